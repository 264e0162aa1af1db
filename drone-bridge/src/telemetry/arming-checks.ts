import type { EventWords } from "../autopilot/index.js";
import { holdModeBit } from "../autopilot/index.js";

const mostChecks = 40;
/** Told again this much later at the earliest: a GNSS on the edge fails and passes by the second. */
const againMs = 5_000;
/** MAV_SEVERITY ERROR and worse keeps it from arming; a warning does not. */
const errorSeverity = 3;

/**
 * What keeps the autopilot from arming, by its own checks. PX4 sends them as one block whenever one changes: a summary,
 * each failed check, and the summary of health at the end.
 */
export class ArmingChecks {
  #collecting: Set<string> | undefined;
  #failing: readonly string[] = [];
  /** What was last compared with what was told: the same list need not be compared with every frame. */
  #compared: readonly string[] | undefined;
  #told: string | undefined;
  #toldMs = Number.NEGATIVE_INFINITY;

  get failing(): readonly string[] {
    return this.#failing;
  }

  hear(words: EventWords, severity: number): void {
    if (words.group === "summary") return this.#summary(words.text);
    if (words.group !== "check" && words.group !== "health") return;
    if (severity > errorSeverity || (words.modes & holdModeBit) === 0) return;
    // Outside of a block it is one that was asked for again: it belongs to the block that was heard.
    if (this.#collecting === undefined)
      this.#failing = [...new Set([...this.#failing, words.text])].slice(0, mostChecks);
    else if (this.#collecting.size < mostChecks) this.#collecting.add(words.text);
  }

  /** What is new to tell; undefined while nothing is. */
  changed(tMs: number): readonly string[] | undefined {
    if (this.#failing === this.#compared || this.#collecting !== undefined || tMs - this.#toldMs < againMs)
      return undefined;
    this.#compared = this.#failing;
    const now = this.#failing.join("\n");
    if (now === (this.#told ?? "")) return undefined;
    this.#told = now;
    this.#toldMs = tMs;
    return this.#failing;
  }

  reset(): void {
    this.#collecting = undefined;
    this.#failing = [];
  }

  #summary(text: string): void {
    if (text.startsWith("Arming")) this.#collecting = new Set();
    else if (this.#collecting !== undefined) {
      this.#failing = [...this.#collecting];
      this.#collecting = undefined;
    }
  }
}
