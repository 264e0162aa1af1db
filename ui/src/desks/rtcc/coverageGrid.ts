import type { GeoPoint } from "@outrider/contract";
import type { SceneCoverage, SceneTimeLine } from "../../scene/index.js";
import { type CityModel, toLocal } from "../../world/index.js";

/** Outer ring first, then holes. */
export type Polygon = readonly (readonly GeoPoint[])[];

const CELLS = 180;

/** Counts for each cell of ground how many polygons cover it: what cameras truly see, as the station made it. */
export function coverageGrid(
  city: CityModel,
  polygons: readonly Polygon[],
  show: SceneCoverage["show"],
): SceneCoverage {
  const size = 2 * city.radiusM;
  const x0M = city.centreXM - city.radiusM;
  const y0M = city.centreYM - city.radiusM;
  const step = size / CELLS;
  const seenBy = new Uint8Array(CELLS * CELLS);
  for (const polygon of polygons) {
    const rings = polygon.map((ring) => ring.map((p) => toLocal(city.frame, p)));
    const ys = (rings[0] ?? []).map((p) => p.yM);
    if (ys.length < 3) continue;
    const low = Math.max(0, Math.floor((Math.min(...ys) - y0M) / step));
    const high = Math.min(CELLS - 1, Math.ceil((Math.max(...ys) - y0M) / step));
    for (let row = low; row <= high; row++) {
      const yM = y0M + (row + 0.5) * step;
      const cuts = rings.flatMap((ring) => crossings(ring, yM)).sort((p, q) => p - q);
      fillRow(seenBy, row, cuts, x0M, step);
    }
  }
  return { cols: CELLS, rows: CELLS, x0M, y0M, widthM: size, heightM: size, seenBy, show };
}

/** The same grid from polygons of what nobody sees: cells outside them count as seen. */
export function unseenGrid(city: CityModel, polygons: readonly Polygon[]): SceneCoverage {
  const grid = coverageGrid(city, polygons, "nobodySees");
  return { ...grid, seenBy: grid.seenBy.map((n) => (n === 0 ? 1 : 0)) };
}

function crossings(ring: readonly { readonly xM: number; readonly yM: number }[], yM: number): readonly number[] {
  const out: number[] = [];
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length];
    if (b === undefined || a.yM > yM === b.yM > yM) return;
    out.push(a.xM + ((b.xM - a.xM) * (yM - a.yM)) / (b.yM - a.yM));
  });
  return out;
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

/** Polygons of a GeoJSON document (RFC 7946 3.1.6, 3.1.7) with their holes; anything else in it is left out. */
export function polygonsOfGeoJson(body: unknown): readonly Polygon[] {
  return geometries(body).flatMap(({ kind, coordinates }): readonly Polygon[] => {
    const polygons: readonly unknown[] =
      kind === "Polygon" ? [coordinates] : kind === "MultiPolygon" ? coordinates : [];
    return polygons.flatMap((p): readonly Polygon[] => {
      const rings = Array.isArray(p) ? p.map(pointsOf) : [];
      return (rings[0]?.length ?? 0) >= 3 ? [rings] : [];
    });
  });
}

/** Lines of equal time of a GeoJSON document: one for each piece, its seconds in the id. */
export function timeLinesOfGeoJson(body: unknown): readonly SceneTimeLine[] {
  return geometries(body).flatMap(({ kind, coordinates, seconds }): readonly SceneTimeLine[] => {
    const lines: readonly unknown[] =
      kind === "LineString" ? [coordinates] : kind === "MultiLineString" ? coordinates : [];
    return lines.flatMap((l, i): readonly SceneTimeLine[] => {
      const points = pointsOf(l);
      return points.length >= 2 && typeof seconds === "number" ? [{ id: `${seconds}:${i}`, seconds, points }] : [];
    });
  });
}

/** Which times the lines stand for, in order: "30, 60, 90 s". */
export function timesOfGeoJson(body: unknown): string {
  const all = geometries(body).flatMap((g) => (typeof g.seconds === "number" ? [g.seconds] : []));
  const times = [...new Set(all)].sort((a, b) => a - b);
  return times.length === 0 ? "" : `${times.join(", ")} s`;
}

function geometries(
  body: unknown,
): readonly { readonly kind: unknown; readonly coordinates: readonly unknown[]; readonly seconds: unknown }[] {
  const features = member(body, "features");
  if (!Array.isArray(features)) return [];
  return features.flatMap((f) => {
    const geometry = member(f, "geometry");
    const coordinates = member(geometry, "coordinates");
    const seconds = member(member(f, "properties"), "seconds");
    return Array.isArray(coordinates) ? [{ kind: member(geometry, "type"), coordinates, seconds }] : [];
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
