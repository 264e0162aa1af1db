export type Helicopter = {
  readonly icao24: string;
  readonly callSign: string;
  /** Cooperative ones send ADS-B; the others nobody hears. */
  readonly cooperative: boolean;
  readonly altAmslM: number;
  readonly speedMps: number;
  readonly trackDeg: number;
  eastM: number;
  northM: number;
};

export type Crossing = {
  readonly cooperative: boolean;
  readonly callSign: string;
  readonly altAmslM: number;
  readonly speedMps: number;
  /** Where it comes from, degrees true. */
  readonly fromDeg: number;
  /** The place that it passes, and how far to the left of it. */
  readonly eastM: number;
  readonly northM: number;
  readonly passM: number;
};

/** Seen from this far before and after the place: about two minutes' warning at helicopter speed. */
const reachM = 4_000;

/** Manned aircraft that cross the site on straight lines and are gone again. */
export class Helicopters {
  #list: { craft: Helicopter; leftM: number }[] = [];
  #lastMs: number | undefined;
  #next = 1;

  get all(): readonly Helicopter[] {
    return this.#list.map((one) => one.craft);
  }

  add(crossing: Crossing): Helicopter {
    const trackDeg = (crossing.fromDeg + 180) % 360;
    const track = (trackDeg * Math.PI) / 180;
    const sin = Math.sin(track);
    const cos = Math.cos(track);
    const craft: Helicopter = {
      // A0BB00 and up: a block of the United States' addresses, counted from one per run.
      icao24: (0xa0bb00 + this.#next++).toString(16),
      callSign: crossing.callSign,
      cooperative: crossing.cooperative,
      altAmslM: crossing.altAmslM,
      speedMps: crossing.speedMps,
      trackDeg,
      eastM: crossing.eastM - sin * reachM - cos * crossing.passM,
      northM: crossing.northM - cos * reachM + sin * crossing.passM,
    };
    this.#list.push({ craft, leftM: 2 * reachM });
    return craft;
  }

  step(nowMs: number): void {
    const dtS = Math.max(0, nowMs - (this.#lastMs ?? nowMs)) / 1000;
    this.#lastMs = nowMs;
    for (const one of this.#list) {
      const track = (one.craft.trackDeg * Math.PI) / 180;
      const movedM = one.craft.speedMps * dtS;
      one.craft.eastM += Math.sin(track) * movedM;
      one.craft.northM += Math.cos(track) * movedM;
      one.leftM -= movedM;
    }
    this.#list = this.#list.filter((one) => one.leftM > 0);
  }

  clear(): void {
    this.#list = [];
  }
}
