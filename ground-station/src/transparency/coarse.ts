import type { GeoPoint } from "@outrider/contract";
import { geoDestination } from "@outrider/geo";

/** About 110 m of latitude: coarse enough that a house is one of many. */
const trackGridDeg = 0.001;
/** The place itself is blurred more than the way there. */
const sceneGridDeg = 0.002;

const snap = (value: number, gridDeg: number): number => Math.round(value / gridDeg) * gridDeg;
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;

export const coarse = (point: GeoPoint, gridDeg: number = trackGridDeg): GeoPoint => ({
  latDeg: tidy(snap(point.latDeg, gridDeg)),
  lonDeg: tidy(snap(point.lonDeg, gridDeg)),
});

export const coarseScene = (point: GeoPoint): GeoPoint => coarse(point, sceneGridDeg);

/** Points of a way on the grid, repeated ones left out. */
export function coarseTrack(points: readonly GeoPoint[]): readonly GeoPoint[] {
  const track: GeoPoint[] = [];
  for (const point of points.map((one) => coarse(one))) {
    const last = track.at(-1);
    if (last?.latDeg !== point.latDeg || last.lonDeg !== point.lonDeg) track.push(point);
  }
  return track;
}

/** Ground that the camera can have shown, as eight corners around the blurred place. */
export function coarseSeen(scene: GeoPoint, radiusM: number): readonly GeoPoint[] {
  const middle = coarseScene(scene);
  return Array.from({ length: 8 }, (_, i) => geoDestination(middle, i * 45, radiusM)).map((point) =>
    coarse(point, trackGridDeg / 2),
  );
}

/** A street without its house number: never somebody's door. */
export const streetOnly = (label: string): string =>
  /^-?\d+\.\d+, /.test(label) ? "" : label.replace(/^\s*\d+[\w-]*\s+/, "").replace(/,.*$/, "");
