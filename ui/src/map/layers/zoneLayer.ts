import type { Rgba } from "../gl/index.js";
import type { SceneZone } from "../sceneModel.js";
import { type Drawing, polyline } from "./staticLayers.js";

const HATCH_M = 9;

/** No more lines than this over one zone: a restriction may be as large as a county. */
const MOST_LINES = 240;

/** Privacy zones are hatched grey; the fence is one thin line; restricted air is red. */
export function drawZones(zones: readonly SceneZone[], d: Drawing): void {
  for (const zone of zones) {
    const ring = zone.ring.map((at) => d.ground.place(at, 1.6));
    if (zone.kind === "fence") {
      polyline(d.over, ring, d.inks.ink(0.3), { widthPx: 1, dashM: [22, 14] }, true);
      continue;
    }
    if (zone.kind === "restriction") {
      drawRestriction(zone, ring, d);
      continue;
    }
    polyline(d.over, ring, d.inks.ink(0.45), { widthPx: 1 }, true);
    hatch([ring], d, d.inks.ink(0.24));
  }
}

/** Hatched only where it holds: a wide hatch, so that streets and aircraft are seen through it. */
function drawRestriction(zone: SceneZone, ring: Ring, d: Drawing): void {
  const holes = (zone.holes ?? []).map((hole) => hole.map((at) => d.ground.place(at, 1.6)));
  const colour = zone.look === "unclear" ? d.inks.amber : d.inks.red;
  const dash = zone.look === "closed" ? {} : { dashM: [18, 10] as const };
  for (const edge of [ring, ...holes]) polyline(d.over, edge, colour(0.95), { widthPx: 2, ...dash }, true);
  if (zone.look !== "open") hatch([ring, ...holes], d, colour(0.5), 3 * HATCH_M);
}

type Ring = readonly (readonly [number, number, number])[];

/** Parallel lines clipped to the rings by their crossings with each line (even-odd). */
function hatch(rings: readonly Ring[], d: Drawing, colour: Rgba, everyM = HATCH_M): void {
  const slope = 0.8;
  const key = (p: readonly [number, number, number]): number => p[0] + p[2] * slope;
  const keys = rings.flatMap((ring) => ring.map(key));
  const [from, to] = [Math.min(...keys), Math.max(...keys)];
  const stepM = Math.max(everyM, (to - from) / MOST_LINES);
  for (let k = from + stepM / 2; k < to; k += stepM) {
    const cuts = rings.flatMap((ring) => cutsOf(ring, key, k));
    cuts.sort((p, q) => p[1] - q[1]);
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      const a = cuts[i];
      const b = cuts[i + 1];
      if (a === undefined || b === undefined) continue;
      const up = (p: readonly [number, number]): readonly [number, number, number] => [
        p[0],
        d.ground.heightAt(p[0], -p[1]) + 1.6,
        p[1],
      ];
      d.over.add(...up(a), ...up(b), colour, colour, { widthPx: 0.8 });
    }
  }
}

/** Where a ring crosses the line with this key. */
function cutsOf(ring: Ring, key: (p: Ring[number]) => number, k: number): (readonly [number, number])[] {
  return ring.flatMap((a, i) => {
    const b = ring[(i + 1) % ring.length];
    if (b === undefined) return [];
    const ka = key(a) - k;
    const kb = key(b) - k;
    if (ka < 0 === kb < 0) return [];
    const t = ka / (ka - kb);
    return [[a[0] + (b[0] - a[0]) * t, a[2] + (b[2] - a[2]) * t] as const];
  });
}
