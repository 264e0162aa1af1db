import type { FixedCameraConfig } from "@outrider/contract";
import type { Reply } from "../kernel/index.js";
import type { CameraLook } from "./camera-looks.js";
import type { CoverageEngine, CoverageNews } from "./coverage-engine.js";
import type { CoverageDeps } from "./coverage-part.js";

export type DocumentName = "seen" | "unseen" | "counts";

const mostWaiting = 50;

/** Those who asked for a map and wait for it, and the documents as they were last computed. */
export class CoverageAnswers {
  readonly #cameras: readonly FixedCameraConfig[];
  readonly #deps: Pick<CoverageDeps, "wind" | "ready" | "presentAim">;
  readonly #engine: CoverageEngine;
  readonly #nowMs: () => number;
  #site: Extract<CoverageNews, { kind: "site" }> | undefined;
  readonly #forTimes = new Map<number, Reply>();
  readonly #forLooks: { readonly reply: Reply; readonly name: DocumentName }[] = [];
  #asks = 0;

  constructor(
    cameras: readonly FixedCameraConfig[],
    deps: Pick<CoverageDeps, "wind" | "ready" | "presentAim">,
    engine: CoverageEngine,
    nowMs: () => number,
  ) {
    this.#cameras = cameras;
    this.#deps = deps;
    this.#engine = engine;
    this.#nowMs = nowMs;
  }

  take(news: Exclude<CoverageNews, { kind: "sees" }>): void {
    if (news.kind === "times") {
      const reply = this.#forTimes.get(news.askId);
      this.#forTimes.delete(news.askId);
      if (reply !== undefined) answer(reply, "time-to-camera", news.body);
      return;
    }
    this.#site = news;
    if (news.askId === undefined) return;
    for (const { reply, name } of this.#forLooks.splice(0)) answer(reply, name, news[name]);
  }

  /**
   * Cameras that turn are counted as they look now: what was computed before may say otherwise. Who asks while that is
   * under way gets the same, which says how old its directions are.
   */
  document(name: DocumentName, reply: Reply): void {
    const looks = this.#looks();
    if (this.#site === undefined || looks.length === 0) return answer(reply, name, this.#site?.[name]);
    if (this.#forLooks.length >= mostWaiting) return busy(reply);
    this.#forLooks.push({ reply, name });
    if (this.#forLooks.length > 1) return;
    this.#asks += 1;
    this.#engine.ask({ kind: "looks", askId: this.#asks, nowMs: this.#nowMs(), looks });
  }

  timeToCamera(reply: Reply): void {
    if (this.#forTimes.size >= mostWaiting) return busy(reply);
    this.#asks += 1;
    this.#forTimes.set(this.#asks, reply);
    const { wind, ready } = this.#deps;
    this.#engine.ask({ kind: "times", askId: this.#asks, wind: wind(), uids: ready() });
  }

  #looks(): CameraLook[] {
    return this.#cameras.flatMap(({ cameraId }) => {
      const present = this.#deps.presentAim?.(cameraId);
      return present === undefined ? [] : [{ cameraId, present }];
    });
  }
}

const busy = (reply: Reply): void =>
  reply.problem(503, "Busy", "Too many ask for coverage at once.", "Ask again in a few seconds.");

function answer(reply: Reply, name: string, body: Uint8Array | undefined): void {
  if (body === undefined) {
    reply.problem(503, "Not computed yet", "Coverage is computed in the first seconds after the start.", "Ask again.");
    return;
  }
  const headers = {
    "content-type": "application/geo+json",
    "content-disposition": `attachment; filename="coverage-${name}.geojson"`,
  };
  reply.raw({ status: 200, headers, body });
}
