import type { MessageOf } from "@outrider/mavlink";
import type { Path } from "../route/index.js";

/** Times and limits by which one way to an aircraft is judged. */
export const wayLimits = {
  /** Silent this long, a way carries nothing while another one speaks. */
  silentMs: 1_000,
  /** Loss is judged over this much of the past, and not by fewer frames than these. */
  lossOverMs: 5_000,
  fewestFrames: 20,
  poorLoss: 0.2,
  /** RADIO_STATUS speaks for the radio this long. */
  radioMs: 5_000,
  /** Signal over noise in the units of SiK radios (about half a decibel each), the worse of both ends. */
  poorMargin: 10,
  /** Free part of the radio's send buffer in percent: below it, what is sent waits. */
  poorTxbufPct: 20,
} as const;

export type Grade = "silent" | "poor" | "good";
type Count = { readonly tMs: number; readonly frames: number; readonly lost: number };

/** One way to an aircraft and how well it carries. */
export class Way {
  readonly path: Path;
  #heardMs: number;
  #counts: Count[] = [];
  #radio: { readonly tMs: number; readonly margin: number; readonly txbufPct: number } | undefined;

  constructor(path: Path, tMs: number) {
    this.path = path;
    this.#heardMs = tMs;
  }

  get heardMs(): number {
    return this.#heardMs;
  }

  heard(tMs: number): void {
    this.#heardMs = tMs;
  }

  /** Running totals of the way, as the link counts them. */
  counted(counts: { readonly frames: number; readonly lost: number }, tMs: number): void {
    const last = this.#counts.at(-1);
    // Its counters began anew: what they said before belongs to a connection that is gone.
    if (last !== undefined && counts.frames < last.frames) this.#counts = [];
    if (last === undefined || tMs - last.tMs >= 500) this.#counts.push({ tMs, ...counts });
    while ((this.#counts[1]?.tMs ?? tMs) <= tMs - wayLimits.lossOverMs) this.#counts.shift();
  }

  radio(status: MessageOf<"RADIO_STATUS">, tMs: number): void {
    const near = status.rssi - status.noise;
    const far = status.remrssi - status.remnoise;
    this.#radio = { tMs, margin: Math.min(near, far), txbufPct: status.txbuf };
  }

  /** Share of frames missing lately. */
  get loss(): number {
    const [first, last] = [this.#counts[0], this.#counts.at(-1)];
    if (first === undefined || last === undefined) return 0;
    const lost = last.lost - first.lost;
    const all = last.frames - first.frames + lost;
    return all < wayLimits.fewestFrames ? 0 : lost / all;
  }

  grade(tMs: number): Grade {
    if (tMs - this.#heardMs > wayLimits.silentMs) return "silent";
    return this.whyPoor(tMs) === undefined ? "good" : "poor";
  }

  whyPoor(tMs: number): string | undefined {
    if (this.loss > wayLimits.poorLoss) return `${(this.loss * 100).toFixed(0)} % of its frames are missing`;
    const radio = this.#radio;
    if (radio === undefined || tMs - radio.tMs > wayLimits.radioMs) return undefined;
    if (radio.margin < wayLimits.poorMargin) return `its signal is ${radio.margin} over noise`;
    if (radio.txbufPct < wayLimits.poorTxbufPct) return `its radio has ${radio.txbufPct} % of its buffer left`;
    return undefined;
  }
}
