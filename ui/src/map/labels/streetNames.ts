import type { CityModel } from "../../world/index.js";
import { type Box, overlaps } from "./placeLabels.js";

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
  /** Metres from the eye; negative behind it. */
  readonly distanceM: number;
}
export type Project = (xM: number, yM: number, upM: number) => ScreenPoint;

export interface StreetName {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly turnRad: number;
  readonly opacity: number;
}

export interface StreetInput {
  readonly city: CityModel;
  readonly project: Project;
  readonly groundAmslM: (xM: number, yM: number) => number;
  readonly width: number;
  readonly height: number;
  readonly keepOut: readonly Box[];
  readonly most: number;
  readonly farthestM: number;
}

interface Candidate extends ScreenPoint {
  readonly text: string;
  readonly turnRad: number;
  readonly lengthPx: number;
  readonly main: boolean;
}

const SIZE_PX = 13;
const APART_PX = 330;
const STEEPEST_RAD = 1.15;
const EVERY_M = 110;

/** Street names along their roads: nearest and largest first, once per 330 px, never under another label. */
export function streetNames(input: StreetInput): readonly StreetName[] {
  const used: Box[] = [...input.keepOut];
  const out: StreetName[] = [];
  for (const c of candidates(input)) {
    if (out.length >= input.most) break;
    const textPx = c.text.length * SIZE_PX * 0.55;
    if (c.lengthPx < textPx * 0.5 || Math.abs(c.turnRad) > STEEPEST_RAD) continue;
    const w = Math.abs(textPx * Math.cos(c.turnRad)) + 14;
    const h = Math.abs(textPx * Math.sin(c.turnRad)) + SIZE_PX + 6;
    const box: Box = [c.x - w / 2, c.y - h / 2, w, h];
    if (box[0] < 4 || box[1] < 4 || box[0] + w > input.width - 4 || box[1] + h > input.height - 4) continue;
    if (used.some((u) => overlaps(u, box))) continue;
    if (out.some((o) => o.text === c.text && Math.hypot(o.x - c.x, o.y - c.y) < APART_PX)) continue;
    used.push(box);
    const opacity = Math.max(0.62, Math.min(0.9, 1.4 - c.distanceM / 1500));
    out.push({ text: c.text, x: c.x, y: c.y, turnRad: c.turnRad, opacity });
  }
  return out;
}

function candidates(input: StreetInput): readonly Candidate[] {
  const { roads } = input.city;
  const out: Candidate[] = [];
  for (let r = 0; r < roads.count; r++) {
    const text = roads.names[r] ?? "";
    if (text === "") continue;
    const last = (roads.start[r + 1] ?? 0) - 1;
    for (let p = roads.start[r] ?? 0; p < last; p++) along(input, p, text, (roads.kindIndex[r] ?? 0) >= 4, out);
  }
  return out.sort((a, b) => a.distanceM - (a.main ? 250 : 0) - (b.distanceM - (b.main ? 250 : 0)));
}

function along(input: StreetInput, p: number, text: string, main: boolean, out: Candidate[]): void {
  const { xyM } = input.city.roads;
  const ax = xyM[2 * p] ?? 0;
  const ay = xyM[2 * p + 1] ?? 0;
  const dx = (xyM[2 * p + 2] ?? 0) - ax;
  const dy = (xyM[2 * p + 3] ?? 0) - ay;
  const length = Math.hypot(dx, dy);
  if (length < 8) return;
  const pieces = Math.max(1, Math.floor(length / EVERY_M));
  const ux = (dx / length) * 40;
  const uy = (dy / length) * 40;
  for (let k = 0; k < pieces; k++) {
    const t = (k + 0.5) / pieces;
    const mx = ax + dx * t;
    const my = ay + dy * t;
    const a = input.project(mx - ux, my - uy, input.groundAmslM(mx - ux, my - uy) + 1);
    if (a.distanceM < 0 || a.distanceM > input.farthestM) continue;
    const b = input.project(mx + ux, my + uy, input.groundAmslM(mx + ux, my + uy) + 1);
    if (b.distanceM < 0) continue;
    let turnRad = Math.atan2(b.y - a.y, b.x - a.x);
    if (turnRad > Math.PI / 2) turnRad -= Math.PI;
    if (turnRad < -Math.PI / 2) turnRad += Math.PI;
    out.push({
      text,
      main,
      turnRad,
      x: (a.x + b.x) / 2,
      y: (a.y + b.y) / 2,
      distanceM: a.distanceM,
      lengthPx: Math.hypot(b.x - a.x, b.y - a.y),
    });
  }
}
