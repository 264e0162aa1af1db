import type { Frame, MessageOf } from "@outrider/mavlink";
import { type Path, SeenFrames } from "../route/index.js";
import { type Grade, Way } from "./way.js";

/** A better way must stay better for this long: changing back and forth reorders what is sent. */
const betterMs = 2_000;

const rank: Readonly<Record<Grade, number>> = { silent: 0, poor: 1, good: 2 };

export type CarrierChange = { readonly from: Path | undefined; readonly to: Path; readonly why: string };

/**
 * The ways to one aircraft (LTE and radio). The better one carries what we send: by silence at once, by loss and signal
 * after a moment. What comes by two ways is heard once. A change moves what is sent from then on; nothing is sent again
 * because of it.
 */
export class PathChoice {
  readonly #ways: Way[] = [];
  readonly #seen = new SeenFrames();
  readonly #onChange: (change: CarrierChange) => void;
  #present: Way | undefined;
  #last: Path | undefined;
  #better: { readonly way: Way; readonly sinceMs: number } | undefined;

  constructor(onChange: (change: CarrierChange) => void = () => {}) {
    this.#onChange = onChange;
  }

  get all(): readonly Path[] {
    return this.#ways.map((way) => way.path);
  }

  add(path: Path, tMs: number): void {
    if (this.#ways.some((way) => way.path.key === path.key)) return;
    this.#ways.push(new Way(path, tMs));
  }

  remove(pathKey: string): void {
    const at = this.#ways.findIndex((way) => way.path.key === pathKey);
    if (at >= 0) this.#ways.splice(at, 1);
    if (this.#present?.path.key === pathKey) this.#present = undefined;
    if (this.#better?.way.path.key === pathKey) this.#better = undefined;
  }

  /** Running totals of one way. */
  counted(pathKey: string, counts: { readonly frames: number; readonly lost: number }, tMs: number): void {
    this.#of(pathKey)?.counted(counts, tMs);
  }

  radio(pathKey: string, status: MessageOf<"RADIO_STATUS">, tMs: number): void {
    this.#of(pathKey)?.radio(status, tMs);
  }

  /** The way that carries what is sent now. */
  best(tMs: number): Path | undefined {
    const best = this.#bestWay(tMs);
    const present = this.#present;
    if (best === undefined || best === present) {
      this.#better = undefined;
      return present?.path;
    }
    if (present === undefined) return this.#change(best, "the other one is gone");
    if (present.grade(tMs) === "silent")
      return this.#change(best, `nothing came by the other one for ${((tMs - present.heardMs) / 1000).toFixed(1)} s`);
    if (this.#better?.way !== best) this.#better = { way: best, sinceMs: tMs };
    if (tMs - this.#better.sinceMs < betterMs) return present.path;
    return this.#change(best, `of the other one, ${present.whyPoor(tMs) ?? "less is heard"}`);
  }

  /** The ways in the order in which they may be tried: one that does not take the bytes has sent nothing. */
  inOrder(tMs: number): readonly Path[] {
    const first = this.best(tMs);
    const rest = this.#ways
      .filter((way) => way.path.key !== first?.key && way.grade(tMs) !== "silent")
      .map((way) => way.path);
    return first === undefined ? rest : [first, ...rest];
  }

  /**
   * Notes that it was heard by this way, and says whether the same frame came by another just before. What a camera or a
   * companion sends (`fromAutopilot` false) proves no way to the autopilot.
   */
  isDuplicate(path: Path, frame: Frame, tMs: number, fromAutopilot = true): boolean {
    if (fromAutopilot) this.#of(path.key)?.heard(tMs);
    return this.#ways.length > 1 && this.#seen.isRepeat(frame, tMs);
  }

  #of(pathKey: string): Way | undefined {
    for (const way of this.#ways) if (way.path.key === pathKey) return way;
    return undefined;
  }

  /** The present one stays unless another is of a better grade; among silent ones, the one heard last. */
  #bestWay(tMs: number): Way | undefined {
    let best = this.#present;
    for (const way of this.#ways) {
      if (best === undefined) {
        best = way;
        continue;
      }
      const [its, ours] = [rank[way.grade(tMs)], rank[best.grade(tMs)]];
      if (its > ours || (its === ours && (its === 0 || best !== this.#present) && way.heardMs > best.heardMs))
        best = way;
    }
    return best;
  }

  #change(to: Way, why: string): Path {
    const from = this.#last;
    this.#present = to;
    this.#last = to.path;
    this.#better = undefined;
    if (from !== undefined && from.key !== to.path.key) this.#onChange({ from, to: to.path, why });
    return to.path;
  }
}
