import type { AircraftSample, CameraPose } from "@outrider/contract";
import { turnDeg, wrap360Deg } from "@outrider/geo";

type Fix = { readonly tMs: number; readonly sample: AircraftSample };

/** A click may come long after its frame, when the picture froze. */
const keepMs = 20_000;
/** A pose further from the frame than this is a guess: the picture then has no place on the ground. */
const staleMs = 500;
const metresPerDegree = 111_320;

/** Where one aircraft's camera was during the last seconds, by run time. */
export class PoseTrack {
  #fixes: Fix[] = [];

  /** `nowMs` is when the sample was looked at; its own age dates it. The same sample twice counts once. */
  add(sample: AircraftSample, nowMs: number): void {
    const tMs = nowMs - sample.ageMs;
    const last = this.#fixes.at(-1);
    if (last !== undefined && tMs <= last.tMs + 5) return;
    this.#fixes.push({ tMs, sample });
    while ((this.#fixes[0]?.tMs ?? tMs) < tMs - keepMs) this.#fixes.shift();
  }

  clear(): void {
    this.#fixes = [];
  }

  /** Speed over ground near a moment, for what a wrong time of the frame costs. */
  velocityAt(tMs: number): { eastMps: number; northMps: number } | undefined {
    const near = this.#around(tMs)[0];
    return near && { eastMps: near.sample.velEastMps, northMps: near.sample.velNorthMps };
  }

  /** The camera's pose at a moment: between two samples, or carried on by speed for at most half a second. */
  at(tMs: number): CameraPose | undefined {
    const [before, after] = this.#around(tMs);
    if (before === undefined) return undefined;
    if (!before.sample.positionOk || !before.sample.gimbalOk) return undefined;
    if (after === undefined) {
      if (Math.abs(tMs - before.tMs) > staleMs) return undefined;
      return carried(before.sample, (tMs - before.tMs) / 1000);
    }
    if (after.tMs - before.tMs > 2 * staleMs) return undefined;
    return between(before.sample, after.sample, (tMs - before.tMs) / (after.tMs - before.tMs));
  }

  #around(tMs: number): readonly [Fix | undefined, Fix | undefined] {
    for (let i = this.#fixes.length - 1; i >= 0; i--) {
      const fix = this.#fixes[i];
      if (fix !== undefined && fix.tMs <= tMs) return [fix, this.#fixes[i + 1]];
    }
    return [this.#fixes[0], undefined];
  }
}

function carried(s: AircraftSample, seconds: number): CameraPose {
  const latDeg = s.latDeg + (s.velNorthMps * seconds) / metresPerDegree;
  const perLon = metresPerDegree * Math.cos((s.latDeg * Math.PI) / 180);
  return {
    point: { latDeg, lonDeg: s.lonDeg + (s.velEastMps * seconds) / perLon },
    altAmslM: s.altAmslM - s.velDownMps * seconds,
    yawDeg: s.gimbalYawDeg,
    pitchDeg: s.gimbalPitchDeg,
    rollDeg: 0,
    hfovDeg: s.hfovDeg,
  };
}

function between(a: AircraftSample, b: AircraftSample, share: number): CameraPose {
  const mix = (from: number, to: number): number => from + (to - from) * share;
  return {
    point: { latDeg: mix(a.latDeg, b.latDeg), lonDeg: mix(a.lonDeg, b.lonDeg) },
    altAmslM: mix(a.altAmslM, b.altAmslM),
    yawDeg: wrap360Deg(a.gimbalYawDeg + turnDeg(a.gimbalYawDeg, b.gimbalYawDeg) * share),
    pitchDeg: mix(a.gimbalPitchDeg, b.gimbalPitchDeg),
    rollDeg: 0,
    hfovDeg: mix(a.hfovDeg, b.hfovDeg),
  };
}
