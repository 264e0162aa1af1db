import type { ScenePalette } from "../../theme/index.js";
import { type CityModel, type Paths, ROAD_KINDS, type RoadKind } from "../../world/index.js";
import { boxBlur } from "./boxBlur.js";

/** The part of the 2D context that both a canvas and an off-screen canvas in a worker have. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
export type NewPen = (px: number) => Pen;

/** What the ground needs of a city; plain typed arrays, so that it can be handed to a worker. */
export type GroundSource = Pick<CityModel, "buildings" | "roads" | "areas" | "centreXM" | "centreYM" | "radiusM">;

/**
 * Paints the whole ground once: parks, roads in two greys, cast shadows, and two blurs of the footprints as ambient
 * occlusion. A 4096 px ground takes seconds in software, so this runs in a worker.
 */
export function paintGround(source: GroundSource, palette: ScenePalette, px: number, newPen: NewPen): Pen {
  const pen = newPen(px);
  const scale = px / (2 * source.radiusM);
  const x = (m: number): number => (m - source.centreXM + source.radiusM) * scale;
  const y = (m: number): number => (source.centreYM + source.radiusM - m) * scale;
  pen.fillStyle = palette.block;
  pen.fillRect(0, 0, px, px);
  paintAreas(pen, source, palette, x, y);
  paintRoads(pen, source, palette, scale, x, y);
  const half = px / 2;
  put(
    pen,
    px,
    shadowMask(source, palette, half, scale / 2, newPen),
    palette.shadow,
    palette.shadowAlpha,
    0.8 * scale * 0.5,
  );
  const feet = footprintMask(source, half, scale / 2, newPen);
  put(pen, px, feet, palette.occlusion, palette.occlusionAlpha * 0.5, 9 * scale * 0.5);
  put(pen, px, feet, palette.occlusion, palette.occlusionAlpha * 0.6, 3 * scale * 0.5);
  return pen;
}

type Axis = (metres: number) => number;

function trace(pen: Pen, paths: Paths, i: number, x: Axis, y: Axis): void {
  const from = paths.start[i] ?? 0;
  for (let p = from; p < (paths.start[i + 1] ?? 0); p++) {
    const px = x(paths.xyM[2 * p] ?? 0);
    const py = y(paths.xyM[2 * p + 1] ?? 0);
    if (p === from) pen.moveTo(px, py);
    else pen.lineTo(px, py);
  }
}

function paintAreas(pen: Pen, source: GroundSource, palette: ScenePalette, x: Axis, y: Axis): void {
  source.areas.kinds.forEach((kind, a) => {
    if (kind === "hospital" || kind === "parking") return;
    pen.fillStyle = kind === "water" ? palette.water : palette.park;
    pen.beginPath();
    trace(pen, source.areas, a, x, y);
    pen.fill();
  });
}

function paintRoads(pen: Pen, source: GroundSource, palette: ScenePalette, scale: number, x: Axis, y: Axis): void {
  pen.lineCap = "round";
  pen.lineJoin = "round";
  const pass = (extraM: number, colour: (kind: RoadKind) => string): void => {
    ROAD_KINDS.forEach((kind, k) => {
      const kerbless = kind === "path" || kind === "service" || kind === "rail";
      pen.strokeStyle = colour(kind);
      for (let r = 0; r < source.roads.count; r++) {
        // Tunnels are under this ground.
        if (source.roads.kindIndex[r] !== k || (source.roads.level[r] ?? 0) < 0) continue;
        pen.lineWidth = ((source.roads.widthM[r] ?? 6) + (kerbless ? 0 : extraM)) * scale;
        pen.beginPath();
        trace(pen, source.roads, r, x, y);
        pen.stroke();
      }
    });
  };
  const main: ReadonlySet<RoadKind> = new Set(["motorway", "trunk", "primary", "secondary"]);
  pass(5, () => palette.kerb);
  pass(0, (kind) =>
    main.has(kind) ? palette.roadMain : kind === "path" || kind === "rail" ? palette.kerb : palette.road,
  );
}

function footprintMask(source: GroundSource, px: number, scale: number, newPen: NewPen): Pen {
  const pen = newPen(px);
  pen.fillStyle = "#000";
  const x = (m: number): number => (m - source.centreXM + source.radiusM) * scale;
  const y = (m: number): number => (source.centreYM + source.radiusM - m) * scale;
  // One fill per building: a single path over all of them takes over a minute in software.
  for (let b = 0; b < source.buildings.count; b++) {
    pen.beginPath();
    trace(pen, source.buildings, b, x, y);
    pen.fill();
  }
  return pen;
}

function shadowMask(source: GroundSource, palette: ScenePalette, px: number, scale: number, newPen: NewPen): Pen {
  const pen = newPen(px);
  pen.fillStyle = "#000";
  const { start, xyM, heightM, count } = source.buildings;
  const east = -palette.light[0] / palette.light[1];
  const north = palette.light[2] / palette.light[1];
  const x = (m: number): number => (m - source.centreXM + source.radiusM) * scale;
  const y = (m: number): number => (source.centreYM + source.radiusM - m) * scale;
  for (let b = 0; b < count; b++) {
    const from = start[b] ?? 0;
    const n = (start[b + 1] ?? 0) - from;
    const dx = east * (heightM[b] ?? 0) * 0.9 * scale;
    const dy = -north * (heightM[b] ?? 0) * 0.9 * scale;
    for (let i = 0; i < n; i++) {
      const p = from + i;
      const q = from + ((i + 1) % n);
      const ax = x(xyM[2 * p] ?? 0);
      const ay = y(xyM[2 * p + 1] ?? 0);
      const bx = x(xyM[2 * q] ?? 0);
      const by = y(xyM[2 * q + 1] ?? 0);
      pen.beginPath();
      pen.moveTo(ax, ay);
      pen.lineTo(bx, by);
      pen.lineTo(bx + dx, by + dy);
      pen.lineTo(ax + dx, ay + dy);
      pen.fill();
    }
  }
  return pen;
}

/** Lays a blurred mask over the ground in one colour. */
function put(pen: Pen, px: number, mask: Pen, colour: string, alpha: number, blurPx: number): void {
  const size = px / 2;
  const source = mask.getImageData(0, 0, size, size);
  const cover = new Uint8ClampedArray(size * size);
  for (let i = 0; i < cover.length; i++) cover[i] = source.data[i * 4 + 3] ?? 0;
  boxBlur(cover, size, Math.max(1, Math.round(blurPx * 0.6)), 3);
  const n = Number.parseInt(colour.slice(1), 16);
  for (let i = 0; i < cover.length; i++) {
    source.data[i * 4] = n >> 16;
    source.data[i * 4 + 1] = (n >> 8) & 255;
    source.data[i * 4 + 2] = n & 255;
    source.data[i * 4 + 3] = (cover[i] ?? 0) * alpha;
  }
  const kept = mask.getImageData(0, 0, size, size);
  mask.putImageData(source, 0, 0);
  pen.drawImage(mask.canvas, 0, 0, px, px);
  mask.putImageData(kept, 0, 0);
}
