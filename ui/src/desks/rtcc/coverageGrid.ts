import type { GeoPoint } from "@outrider/contract";
import type { SceneCoverage } from "../../scene/index.js";
import { type CityModel, toLocal } from "../../world/index.js";

const CELLS = 180;

/** Counts for each cell of ground how many rings cover it. Rings are what cameras truly see, made by the station. */
export function coverageGrid(
  city: CityModel,
  rings: readonly (readonly GeoPoint[])[],
  show: SceneCoverage["show"],
): SceneCoverage {
  const size = 2 * city.radiusM;
  const x0M = city.centreXM - city.radiusM;
  const y0M = city.centreYM - city.radiusM;
  const step = size / CELLS;
  const seenBy = new Uint8Array(CELLS * CELLS);
  for (const ring of rings) {
    const local = ring.map((p) => toLocal(city.frame, p));
    const low = Math.max(0, Math.floor((Math.min(...local.map((p) => p.yM)) - y0M) / step));
    const high = Math.min(CELLS - 1, Math.ceil((Math.max(...local.map((p) => p.yM)) - y0M) / step));
    for (let row = low; row <= high; row++) fillRow(seenBy, row, crossings(local, y0M + (row + 0.5) * step), x0M, step);
  }
  return { cols: CELLS, rows: CELLS, x0M, y0M, widthM: size, heightM: size, seenBy, show };
}

function crossings(ring: readonly { readonly xM: number; readonly yM: number }[], yM: number): readonly number[] {
  const out: number[] = [];
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length];
    if (b === undefined || a.yM > yM === b.yM > yM) return;
    out.push(a.xM + ((b.xM - a.xM) * (yM - a.yM)) / (b.yM - a.yM));
  });
  return out.sort((p, q) => p - q);
}

function fillRow(seenBy: Uint8Array, row: number, cuts: readonly number[], x0M: number, step: number): void {
  for (let k = 0; k + 1 < cuts.length; k += 2) {
    const from = Math.max(0, Math.round(((cuts[k] ?? 0) - x0M) / step));
    const to = Math.min(CELLS, Math.round(((cuts[k + 1] ?? 0) - x0M) / step));
    for (let col = from; col < to; col++) {
      const at = row * CELLS + col;
      seenBy[at] = Math.min(255, (seenBy[at] ?? 0) + 1);
    }
  }
}

/** Outer rings of the polygons in a GeoJSON document (RFC 7946 3.1.6, 3.1.7); anything else in it is left out. */
export function ringsOfGeoJson(body: unknown): readonly (readonly GeoPoint[])[] {
  const features = member(body, "features");
  if (!Array.isArray(features)) return [];
  return features.flatMap((f) => {
    const geometry = member(f, "geometry");
    const coordinates = member(geometry, "coordinates");
    const kind = member(geometry, "type");
    if (!Array.isArray(coordinates)) return [];
    const polygons: readonly unknown[] = kind === "Polygon" ? [coordinates] : kind === "MultiPolygon" ? coordinates : [];
    return polygons.flatMap((p) => {
      const ring = Array.isArray(p) ? pointsOf(p[0]) : [];
      return ring.length >= 3 ? [ring] : [];
    });
  });
}

const member = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined; // Any JSON object.

function pointsOf(ring: unknown): readonly GeoPoint[] {
  if (!Array.isArray(ring)) return [];
  return ring.flatMap((p: unknown): GeoPoint[] => {
    const [lonDeg, latDeg] = Array.isArray(p) ? (p as readonly unknown[]) : [];
    return typeof lonDeg === "number" && typeof latDeg === "number" ? [{ latDeg, lonDeg }] : [];
  });
}
