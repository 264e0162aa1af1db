/** How long a source may fail before it counts as silent: one lost answer is no silence. */
export const SILENT_AFTER_MS = 5_000;

export type HealthNow = { readonly state: "live" | "silent" | "never"; readonly text: string };

/**
 * Whether a source answers, on the wall clock: networks do not run faster because a simulated run does. Silence counts
 * from the first failure, so that a run that stands still, and asks nothing, makes nobody silent.
 */
export class SourceHealth {
  #everOk = false;
  #failingSinceMs: number | undefined;
  #text = "not asked yet";

  ok(text: string): void {
    this.#everOk = true;
    this.#failingSinceMs = undefined;
    this.#text = text;
  }

  failed(wallMs: number, problem: string): void {
    this.#failingSinceMs ??= wallMs;
    this.#text = problem;
  }

  /** Its last answer was none, or none that could be read. */
  get failing(): boolean {
    return this.#failingSinceMs !== undefined;
  }

  now(wallMs: number): HealthNow {
    const sinceMs = this.#failingSinceMs;
    if (sinceMs !== undefined && wallMs - sinceMs >= SILENT_AFTER_MS) return { state: "silent", text: this.#text };
    return this.#everOk ? { state: "live", text: this.#text } : { state: "never", text: this.#text };
  }
}
