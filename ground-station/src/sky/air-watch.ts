import type { MetarView, SkyConfig, SkySource } from "@outrider/contract";
import type { Site } from "../airspace/index.js";
import type { AirMeasured } from "../gates/index.js";
import type { StationContext } from "../kernel/index.js";
import type { Metar } from "./metar.js";

type Heard = { readonly metar: Metar; readonly distanceM: number | undefined };

/** Weather reports: of several stations the nearest whose report is fresh. */
export class AirWatch {
  readonly #context: StationContext;
  readonly #sky: SkyConfig;
  readonly #site: Site;
  readonly #heard = new Map<string, Heard>();

  constructor(context: StationContext, sky: SkyConfig, site: Site) {
    this.#context = context;
    this.#sky = sky;
    this.#site = site;
  }

  clear(): void {
    this.#heard.clear();
  }

  hear(source: SkySource, metar: Metar): void {
    const at = source.kind === "metar" && source.point !== undefined ? this.#site.local(source.point) : undefined;
    const before = this.#heard.get(source.sourceId);
    // A service that answers with an older report than before has not unsaid the newer one.
    if (before !== undefined && before.metar.observedMs > metar.observedMs) return;
    this.#heard.set(source.sourceId, {
      metar,
      distanceM: at === undefined ? undefined : Math.hypot(at.eastM, at.northM),
    });
  }

  #best(): Heard | undefined {
    const { maxAgeMin, maxDistanceM } = this.#sky.weather;
    const nowMs = this.#context.kernel.nowMs();
    return [...this.#heard.values()]
      .filter((one) => nowMs - one.metar.observedMs <= maxAgeMin * 60_000 && (one.distanceM ?? 0) <= maxDistanceM)
      .sort((a, b) => (a.distanceM ?? 0) - (b.distanceM ?? 0) || b.metar.observedMs - a.metar.observedMs)[0];
  }

  /** For pressure altitudes; undefined where no report is fresh enough to trust it. */
  qnhHpa(): number | undefined {
    return this.#best()?.metar.qnhHpa;
  }

  view(): MetarView | undefined {
    const [newest] = [...this.#heard.values()].sort((a, b) => b.metar.observedMs - a.metar.observedMs);
    const shown = this.#best() ?? newest;
    if (shown === undefined) return undefined;
    return { raw: shown.metar.raw, observedMs: shown.metar.observedMs, distanceM: shown.distanceM };
  }

  measured(): AirMeasured | undefined {
    if (!this.#sky.sources.some((one) => one.kind === "metar")) return undefined;
    const best = this.#best();
    if (best === undefined) return { kind: "none", why: this.#whyNone() };
    const { raw: _, observedMs, qnhHpa: __, windFromDeg: ___, ...rest } = best.metar;
    const ageS = Math.max(0, (this.#context.kernel.nowMs() - observedMs) / 1000);
    return { kind: "reported", ...rest, ageS, distanceM: best.distanceM };
  }

  #whyNone(): string {
    const { maxAgeMin, maxDistanceM } = this.#sky.weather;
    const heard = [...this.#heard.values()];
    if (heard.length === 0) return "No weather report has come.";
    const near = heard.filter((one) => (one.distanceM ?? 0) <= maxDistanceM);
    const [newest] = near.sort((a, b) => b.metar.observedMs - a.metar.observedMs);
    if (newest === undefined)
      return `Weather is reported further away than ${Math.round(maxDistanceM / 1000)} km only.`;
    const minutes = Math.round((this.#context.kernel.nowMs() - newest.metar.observedMs) / 60_000);
    return `The last report of ${newest.metar.station} is ${minutes} min old, limit ${maxAgeMin}.`;
  }
}
