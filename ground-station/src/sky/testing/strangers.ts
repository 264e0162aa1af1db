import { skyConfig } from "@outrider/contract";
import type { EnuPoint } from "@outrider/geo";
import { type Mover, moverOf } from "../motion.js";
import type { Stranger } from "../stranger-book.js";

export const sky = skyConfig.parse({});

/** Metres are degrees over a hundred thousand here: tests of motion need no earth. */
export const local = ({ latDeg, lonDeg }: { latDeg: number; lonDeg: number }): EnuPoint => ({
  eastM: lonDeg * 1e5,
  northM: latDeg * 1e5,
});

export const flatSite = { local, groundAmslM: () => 0, geoidUndulationM: 0, qnhHpa: 1013.25 };

export type Wish = {
  readonly eastM?: number;
  readonly northM?: number;
  readonly velEastMps?: number;
  readonly velNorthMps?: number;
  readonly altAmslM?: number | undefined;
  readonly upMps?: number;
};

/** A helicopter of which everything is known, at the moment 0. */
export function strangerOf(wish: Wish = {}, more: Partial<Stranger> = {}): Stranger {
  const { eastM = 3_000, northM = 0, velEastMps = -60, velNorthMps = 0, upMps = 0 } = wish;
  const altAmslM = "altAmslM" in wish ? wish.altAmslM : 100;
  return {
    ...{ trafficId: "a0bb01", callSign: "N911PD", kind: "helicopter", sources: ["roof"] },
    place: { tMs: 0, value: { latDeg: northM / 1e5, lonDeg: eastM / 1e5, sigmaM: 0 } },
    height: altAmslM === undefined ? undefined : { tMs: 0, value: { altAmslM } },
    velocity: { tMs: 0, value: { northMps: velNorthMps, eastMps: velEastMps } },
    up: { tMs: 0, value: upMps },
    ...more,
  };
}

export const mover = (wish: Wish = {}, more: Partial<Stranger> = {}, nowMs = 0): Mover =>
  moverOf(strangerOf(wish, more), flatSite, nowMs);
