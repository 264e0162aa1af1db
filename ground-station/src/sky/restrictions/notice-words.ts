import type { RestrictionArea, VerticalLimit } from "@outrider/contract";
import { feetFromMetres } from "@outrider/geo";
import type { LocalArea } from "./area-geometry.js";

const DAY_MS = 86_400_000;

/** Times as the people at this site say them. */
export class SiteTime {
  readonly #clock: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    this.#clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
    this.#day = new Intl.DateTimeFormat("en-GB", { timeZone, day: "numeric", month: "short" });
  }

  /** "14:30", or "14:30 on 25 Nov" where that is not today's. */
  at(ms: number, nowMs: number): string {
    const time = this.#clock.format(ms);
    return Math.abs(ms - nowMs) < DAY_MS / 2 ? time : `${time} on ${this.#day.format(ms)}`;
  }

  /** "until 14:30", "from 15:00 until 16:00", "until it is taken back", "times not told". */
  when(windows: RestrictionArea["windows"], nowMs: number): string {
    const next = windows.find(({ untilMs }) => untilMs === undefined || untilMs > nowMs) ?? windows.at(-1);
    if (next === undefined) return "times not told";
    const until = next.untilMs === undefined ? "until it is taken back" : `until ${this.at(next.untilMs, nowMs)}`;
    return next.fromMs > nowMs ? `from ${this.at(next.fromMs, nowMs)} ${until}` : until;
  }
}

const limitText = ({ m, above }: VerticalLimit): string =>
  `${Math.round(feetFromMetres(m)).toLocaleString("en-US")} ft ${above === "ground" ? "AGL" : "AMSL"}`;

/** "ground to 3,000 ft AGL". */
export const heightsText = ({ lower, upper }: Pick<LocalArea, "lower" | "upper">): string =>
  `${lower === undefined ? "ground" : limitText(lower)} ${upper === undefined ? "and up" : `to ${limitText(upper)}`}`;
