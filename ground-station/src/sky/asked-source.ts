import type { HttpClient, SkySource } from "@outrider/contract";
import { SourceHealth } from "./source-health.js";
import type { RunningSource, SourceDeps } from "./sources.js";

export type Answer = Parameters<Parameters<HttpClient["request"]>[1]>[0];

/** What one question wants besides its address. */
type Question = { readonly headers?: Readonly<Record<string, string>>; readonly withinMs?: number };

/** A source that is asked over HTTP. */
export abstract class AskedSource implements RunningSource {
  readonly health = new SourceHealth();
  abstract readonly source: SkySource & { readonly url: string };
  protected readonly deps: SourceDeps;
  #asking = false;
  #closed = false;
  #dueMs = Number.NEGATIVE_INFINITY;

  constructor(deps: SourceDeps) {
    this.deps = deps;
  }

  abstract tick(): void;
  protected abstract answered(body: string, askedMs: number): void;

  close(): void {
    this.#closed = true;
  }

  newRun(): void {
    this.#dueMs = Number.NEGATIVE_INFINITY;
  }

  /**
   * Of what is asked seldom: whether it is time. One that fails is asked again soon, so that one lost answer is no
   * silence; one that is silent after `silentS`.
   */
  protected due(everyS: number, againS = 0, silentS = againS): boolean {
    // What is asked now would not be sent, and its time would be gone.
    if (this.#asking) return false;
    const nowMs = this.deps.run.nowMs();
    const { failing } = this.health;
    const isSilent = this.health.now(this.deps.wall.nowMs()).state === "silent";
    const waitMs = (failing ? Math.min(everyS, isSilent ? silentS : againS) : everyS) * 1000;
    const sinceMs = nowMs - this.#dueMs;
    // A new run may begin earlier than the old one had reached.
    if (sinceMs >= 0 && sinceMs < waitMs) return false;
    this.#dueMs = nowMs;
    return true;
  }

  protected fail(problem: string): void {
    this.health.failed(this.deps.wall.nowMs(), problem);
  }

  /** One question at a time: a slow service is not asked the faster for it. */
  protected ask(): void {
    const askedMs = this.deps.run.nowMs();
    this.askFor(this.source.url, {}, (answer) => {
      if (answer.kind === "error") this.fail(`no answer: ${answer.error.message}`);
      else if (answer.status !== 200) this.fail(`it answers with HTTP ${answer.status}`);
      else this.answered(answer.body, askedMs);
    });
  }

  /** As `ask`, of any address and with more to say; what the answer means is the asker's to say. */
  protected askFor(url: string, question: Question, done: (answer: Answer) => void): void {
    if (this.#asking) return;
    this.#asking = true;
    const { headers = {}, ...more } = question;
    this.deps.ports.http.request({ method: "GET", url, headers, body: "", ...more }, (answer) => {
      this.#asking = false;
      if (!this.#closed) done(answer);
    });
  }
}
