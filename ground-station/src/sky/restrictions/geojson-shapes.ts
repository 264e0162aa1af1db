import type { GeoPoint, RestrictionArea } from "@outrider/contract";
import { isNode, type XmlNode } from "../../intake/index.js";

export type Shape = RestrictionArea["shape"];
/** What could be read, and what of it could not: half a restriction is no restriction that anybody may rely on. */
export type ShapesRead = { readonly shapes: readonly Shape[]; readonly doubt: string | undefined };

/** The FAA's circles have some hundred corners; a coastline is no flight restriction. */
const MOST_CORNERS = 4_000;
const noShape = "it has no shape";

class ShapeReader {
  readonly shapes: Shape[] = [];
  doubt: string | undefined;
  #corners = 0;

  say(doubt: string): undefined {
    this.doubt ??= doubt;
    return undefined;
  }

  geometry(geometry: unknown, radiusM: unknown): void {
    if (!isNode(geometry)) return this.say(noShape);
    const { type, coordinates, geometries } = geometry as XmlNode;
    if (type === "Polygon") this.#polygon(coordinates);
    else if (type === "MultiPolygon" && Array.isArray(coordinates)) for (const one of coordinates) this.#polygon(one);
    else if (type === "GeometryCollection" && Array.isArray(geometries))
      // One level: nothing that is published nests deeper.
      for (const one of geometries.filter((inner) => isNode(inner) && inner["type"] !== type))
        this.geometry(one, radiusM);
    else if (type === "Point") this.#circle(coordinates, radiusM);
    else this.say(noShape);
  }

  #circle(position: unknown, radiusM: unknown): void {
    const centre = this.#position(position);
    if (centre === undefined) return;
    if (typeof radiusM === "number" && radiusM > 0) this.shapes.push({ kind: "circle", centre, radiusM });
    else this.say("it is a point without a radius");
  }

  #polygon(rings: unknown): void {
    if (!Array.isArray(rings)) return this.say(noShape);
    const [first, ...inner] = rings;
    const outer = this.#ring(first);
    if (outer === undefined) return;
    // A hole that cannot be read is none: that restricts more, never less.
    const before = this.doubt;
    const holes = inner.flatMap((one) => {
      const hole = this.#ring(one);
      return hole === undefined ? [] : [hole];
    });
    this.doubt = before;
    this.shapes.push({ kind: "polygon", outer, holes });
  }

  #ring(positions: unknown): GeoPoint[] | undefined {
    if (!Array.isArray(positions)) return this.say(noShape);
    this.#corners += positions.length;
    if (this.#corners > MOST_CORNERS) return this.say(`its outline has more than ${MOST_CORNERS} corners`);
    const points: GeoPoint[] = [];
    for (const one of positions) {
      const point = this.#position(one);
      if (point === undefined) return undefined;
      points.push(point);
    }
    const last = points.at(-1);
    const closed = last !== undefined && same(points[0], last);
    if (closed) points.pop();
    if (points.length < 3) return this.say("its outline has fewer than three corners");
    // What is there is used; what may be missing is told.
    if (!closed) this.say("its outline is not closed");
    return points;
  }

  #position(position: unknown): GeoPoint | undefined {
    const [lonDeg, latDeg]: readonly unknown[] = Array.isArray(position) ? position : [];
    if (typeof lonDeg !== "number" || typeof latDeg !== "number" || !Number.isFinite(lonDeg + latDeg))
      return this.say("its coordinates are no numbers");
    if (Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180) return { latDeg, lonDeg };
    const turned = Math.abs(lonDeg) <= 90 && Math.abs(latDeg) <= 180;
    return this.say(turned ? swapped : "its coordinates are no place on earth");
  }
}

/** WFS 1.1.0 gives latitude first where a server takes EPSG:4326 by its word; GeoJSON wants longitude first. */
export const swapped = "its latitudes and longitudes look swapped";

const same = (a: GeoPoint | undefined, b: GeoPoint): boolean => a?.latDeg === b.latDeg && a.lonDeg === b.lonDeg;

/** The areas of a GeoJSON geometry (RFC 7946). `radiusM` makes a circle of a point. */
export function shapesOf(geometry: unknown, radiusM?: unknown): ShapesRead {
  const reader = new ShapeReader();
  reader.geometry(geometry, radiusM);
  return { shapes: reader.shapes, doubt: reader.doubt };
}

/** Degrees that a shape spans. */
type Box = { readonly south: number; readonly north: number; readonly west: number; readonly east: number };

function boxOf(shape: Shape): Box {
  if (shape.kind === "circle") {
    const { latDeg, lonDeg } = shape.centre;
    const up = shape.radiusM / 111_000;
    const aside = up / Math.max(0.01, Math.cos((latDeg * Math.PI) / 180));
    return { south: latDeg - up, north: latDeg + up, west: lonDeg - aside, east: lonDeg + aside };
  }
  const box = { south: 90, north: -90, west: 180, east: -180 };
  for (const { latDeg, lonDeg } of shape.outer) {
    box.south = Math.min(box.south, latDeg);
    box.north = Math.max(box.north, latDeg);
    box.west = Math.min(box.west, lonDeg);
    box.east = Math.max(box.east, lonDeg);
  }
  return box;
}

/** A flight here is a few kilometres long: what lies more than about 100 km off does not concern it. */
const NEAR_DEG = 1;
const holds = (box: Box, { latDeg, lonDeg }: GeoPoint): boolean =>
  latDeg >= box.south - NEAR_DEG &&
  latDeg <= box.north + NEAR_DEG &&
  lonDeg >= box.west - NEAR_DEG &&
  lonDeg <= box.east + NEAR_DEG;

/** `swapped`: far away as it is written, and here with latitude and longitude exchanged. */
export function whereTo(site: GeoPoint, shape: Shape): "near" | "far" | "swapped" {
  const box = boxOf(shape);
  if (holds(box, site)) return "near";
  const turned = { south: box.west, north: box.east, west: box.south, east: box.north };
  return holds(turned, site) ? "swapped" : "far";
}
