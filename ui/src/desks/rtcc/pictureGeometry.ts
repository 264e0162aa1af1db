import type { CameraPose } from "@outrider/contract";
import { groundToPixel, type CameraPose as LocalPose, type Projection } from "@outrider/geo";
import { type CityModel, groundAmslM, type LatLon, type LocalFrame, type Surface, toLocal } from "../../world/index.js";

/** Camera of one frame in the city's flat frame, for drawing over the picture that travelled with it. */
export function pictureCamera(pose: CameraPose, frame: LocalFrame, aspect: number): LocalPose {
  const { xM, yM } = toLocal(frame, pose.point);
  return {
    eastM: xM,
    northM: yM,
    altAmslM: pose.altAmslM,
    yawDeg: pose.yawDeg,
    pitchDeg: pose.pitchDeg,
    rollDeg: pose.rollDeg,
    hfovDeg: pose.hfovDeg,
    aspect,
  };
}

/** Where a place on the ground lies in the picture. */
export function placeInPicture(camera: LocalPose, city: CityModel, at: LatLon, upM = 0.5): Projection {
  const { xM, yM } = toLocal(city.frame, at);
  return groundToPixel(camera, { eastM: xM, northM: yM, altAmslM: groundAmslM(city.terrain, xM, yM) + upM });
}

const STEP_M = 6;
/** The last metres before the point are not asked: a kerb or the wall beside it would hide the road itself. */
const SPARE_M = 5;

/** Whether a roof stands between the camera and a place: a name must not lie on the house that hides its street. */
export function seesGround(camera: LocalPose, surface: Surface, xM: number, yM: number): boolean {
  const dx = xM - camera.eastM;
  const dy = yM - camera.northM;
  const dz = surface.groundAmslM(xM, yM) + 0.5 - camera.altAmslM;
  const length = Math.hypot(dx, dy);
  for (let s = STEP_M; s < length - SPARE_M; s += STEP_M) {
    const k = s / length;
    const x = camera.eastM + dx * k;
    const y = camera.northM + dy * k;
    if (surface.roofAmslM(x, y) > camera.altAmslM + dz * k) return false;
  }
  return true;
}

/** A piece of road that can carry its name in this picture. Chosen now and then, projected anew for each frame. */
export interface StreetAnchor {
  readonly name: string;
  readonly xM: number;
  readonly yM: number;
  /** Unit vector along the road. */
  readonly alongX: number;
  readonly alongY: number;
}

export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface StreetPlaced {
  readonly name: string;
  readonly u: number;
  readonly v: number;
  readonly turnDeg: number;
  /** How long 24 m of the road are in the picture, px. */
  readonly roomPx: number;
}

const HALF_M = 12;
const FARTHEST_M = 420;
const EVERY_M = 26;
const MOST = 6;
const LETTER_PX = 8.4;
const EDGE = 0.04;

/** Where a street's name lies in this frame and how it is turned; undefined where it would not be readable. */
export function placeStreet(
  camera: LocalPose,
  city: CityModel,
  a: StreetAnchor,
  size: PictureSize,
): StreetPlaced | undefined {
  const at = (k: number): Projection => {
    const x = a.xM + a.alongX * k;
    const y = a.yM + a.alongY * k;
    return groundToPixel(camera, { eastM: x, northM: y, altAmslM: groundAmslM(city.terrain, x, y) + 0.2 });
  };
  const [from, mid, to] = [at(-HALF_M), at(0), at(HALF_M)];
  if (from.kind !== "ahead" || mid.kind !== "ahead" || to.kind !== "ahead") return undefined;
  if (mid.u < EDGE || mid.u > 1 - EDGE || mid.v < 0.1 || mid.v > 0.9) return undefined;
  const dx = (to.u - from.u) * size.widthPx;
  const dy = (to.v - from.v) * size.heightPx;
  return { name: a.name, u: mid.u, v: mid.v, turnDeg: readable(Math.atan2(dy, dx)), roomPx: Math.hypot(dx, dy) };
}

/** Text never stands on its head. */
function readable(turnRad: number): number {
  const deg = (turnRad * 180) / Math.PI;
  return deg > 90 ? deg - 180 : deg < -90 ? deg + 180 : deg;
}

/** The few roads whose names fit this picture: nearest first, each name once, apart from one another and from pins. */
export function chooseStreets(
  camera: LocalPose,
  city: CityModel,
  surface: Surface,
  size: PictureSize,
  taken: readonly { readonly u: number; readonly v: number }[],
): readonly StreetAnchor[] {
  const found: { anchor: StreetAnchor; placed: StreetPlaced; score: number }[] = [];
  for (const anchor of anchorsNear(camera, city)) {
    const placed = placeStreet(camera, city, anchor, size);
    if (placed === undefined || placed.roomPx < 34) continue;
    const fits = placed.roomPx * 2.2 >= anchor.name.length * LETTER_PX;
    if (fits && seesGround(camera, surface, anchor.xM, anchor.yM))
      found.push({ anchor, placed, score: placed.roomPx - Math.abs(placed.u - 0.5) * 40 });
  }
  found.sort((p, q) => q.score - p.score);
  const out: typeof found = [];
  for (const f of found) {
    if (out.length >= MOST) break;
    if (out.some((o) => o.anchor.name === f.anchor.name)) continue;
    const near = (p: { readonly u: number; readonly v: number }, px: number): boolean =>
      Math.hypot((p.u - f.placed.u) * size.widthPx, (p.v - f.placed.v) * size.heightPx) < px;
    if (out.some((o) => near(o.placed, 110)) || taken.some((t) => near(t, 80))) continue;
    out.push(f);
  }
  return out.map((f) => f.anchor);
}

/** Points each 26 m along named roads that lie within sight. */
function* anchorsNear(camera: LocalPose, city: CityModel): Generator<StreetAnchor> {
  const { roads } = city;
  for (let r = 0; r < roads.count; r++) {
    const name = roads.names[r] ?? "";
    if (name === "" || (roads.level[r] ?? 0) < 0) continue;
    const last = (roads.start[r + 1] ?? 0) - 1;
    for (let p = roads.start[r] ?? 0; p < last; p++) {
      const ax = roads.xyM[2 * p] ?? 0;
      const ay = roads.xyM[2 * p + 1] ?? 0;
      const dx = (roads.xyM[2 * p + 2] ?? 0) - ax;
      const dy = (roads.xyM[2 * p + 3] ?? 0) - ay;
      const length = Math.hypot(dx, dy);
      if (length < 2 * HALF_M) continue;
      for (let s = HALF_M; s <= length - HALF_M; s += EVERY_M) {
        const xM = ax + (dx * s) / length;
        const yM = ay + (dy * s) / length;
        if (Math.hypot(xM - camera.eastM, yM - camera.northM) < FARTHEST_M)
          yield { name, xM, yM, alongX: dx / length, alongY: dy / length };
      }
    }
  }
}
