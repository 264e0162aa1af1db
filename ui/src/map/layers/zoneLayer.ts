import type { SceneZone } from "../sceneModel.js";
import { type Drawing, polyline } from "./staticLayers.js";

const HATCH_M = 9;

/** Privacy zones are hatched grey; the fence is one thin line. */
export function drawZones(zones: readonly SceneZone[], d: Drawing): void {
  for (const zone of zones) {
    const ring = zone.ring.map((at) => d.ground.place(at, 1.6));
    if (zone.kind === "fence") {
      polyline(d.over, ring, d.inks.ink(0.3), { widthPx: 1, dashM: [22, 14] }, true);
      continue;
    }
    polyline(d.over, ring, d.inks.ink(0.45), { widthPx: 1 }, true);
    hatch(ring, d);
  }
}

/** Parallel lines clipped to the ring by its crossings with each line (even-odd). */
function hatch(ring: readonly (readonly [number, number, number])[], d: Drawing): void {
  const slope = 0.8;
  const key = (p: readonly [number, number, number]): number => p[0] + p[2] * slope;
  const keys = ring.map(key);
  for (let k = Math.min(...keys) + HATCH_M / 2; k < Math.max(...keys); k += HATCH_M) {
    const cuts: (readonly [number, number])[] = [];
    ring.forEach((a, i) => {
      const b = ring[(i + 1) % ring.length];
      if (b === undefined) return;
      const ka = key(a) - k;
      const kb = key(b) - k;
      if (ka < 0 === kb < 0) return;
      const t = ka / (ka - kb);
      cuts.push([a[0] + (b[0] - a[0]) * t, a[2] + (b[2] - a[2]) * t]);
    });
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
      d.over.add(...up(a), ...up(b), d.inks.ink(0.24), d.inks.ink(0.24), { widthPx: 0.8 });
    }
  }
}
