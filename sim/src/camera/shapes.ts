import type { Yuv } from "./colour.js";
import type { Stage } from "./stage.js";
import { corner, drawPolygon, litFace } from "./stage.js";

/** Where a thing stands: its own axes are forward and right, metres, on ground that may rise along its length. */
export type Stand = {
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
  readonly sin: number;
  readonly cos: number;
  /** Rise per metre forward. */
  readonly rise: number;
  readonly owner: number;
  readonly direct: number;
};

/** A rectangle at one height: from back to front, and half its width. */
export type Slab = { readonly backM: number; readonly frontM: number; readonly halfM: number; readonly upM: number };

function at(stage: Stage, stand: Stand, forwardM: number, rightM: number, upM: number): void {
  corner(
    stage,
    stand.eastM + forwardM * stand.sin + rightM * stand.cos,
    stand.northM + forwardM * stand.cos - rightM * stand.sin,
    stand.upM + upM + forwardM * stand.rise,
  );
}

/** How much sun a side gets whose outward direction is (forward, right) of the thing. */
function sunOn(stage: Stage, stand: Stand, forward: number, right: number): number {
  const l = stage.lighting;
  const e = forward * stand.sin + right * stand.cos;
  const n = forward * stand.cos - right * stand.sin;
  return Math.max(0, e * l.sunE + n * l.sunN) * 0.8;
}

/** One upright side, its face lit only once pixels were drawn: half of all sides look away and many are hidden. */
function side(stage: Stage, stand: Stand, paint: Yuv, lean: number, forward: number, right: number): void {
  if (!drawPolygon(stage, stage.faces.count)) return;
  litFace(stage, stand.owner, paint, lean, sunOn(stage, stand, forward, right), stand.direct);
}

/** A block between two rectangles: four sides and the top, sides in one paint, top in another. */
export function block(stage: Stage, stand: Stand, low: Slab, high: Slab, sides: Yuv, top: Yuv): void {
  at(stage, stand, low.frontM, low.halfM, low.upM);
  at(stage, stand, low.frontM, -low.halfM, low.upM);
  at(stage, stand, high.frontM, -high.halfM, high.upM);
  at(stage, stand, high.frontM, high.halfM, high.upM);
  side(stage, stand, sides, 0.6, 1, 0);
  at(stage, stand, low.backM, -low.halfM, low.upM);
  at(stage, stand, low.backM, low.halfM, low.upM);
  at(stage, stand, high.backM, high.halfM, high.upM);
  at(stage, stand, high.backM, -high.halfM, high.upM);
  side(stage, stand, sides, 0.5, -1, 0);
  at(stage, stand, low.backM, low.halfM, low.upM);
  at(stage, stand, low.frontM, low.halfM, low.upM);
  at(stage, stand, high.frontM, high.halfM, high.upM);
  at(stage, stand, high.backM, high.halfM, high.upM);
  side(stage, stand, sides, 0.45, 0, 1);
  at(stage, stand, low.frontM, -low.halfM, low.upM);
  at(stage, stand, low.backM, -low.halfM, low.upM);
  at(stage, stand, high.backM, -high.halfM, high.upM);
  at(stage, stand, high.frontM, -high.halfM, high.upM);
  side(stage, stand, sides, 0.55, 0, -1);
  at(stage, stand, high.backM, -high.halfM, high.upM);
  at(stage, stand, high.backM, high.halfM, high.upM);
  at(stage, stand, high.frontM, high.halfM, high.upM);
  at(stage, stand, high.frontM, -high.halfM, high.upM);
  if (drawPolygon(stage, stage.faces.count)) litFace(stage, stand.owner, top, 1, 1, stand.direct);
}

/** A small upright light on the front (`sign` 1) or the back (−1), seen as it is, whatever the hour. */
export function lampPair(
  stage: Stage,
  stand: Stand,
  forwardM: number,
  sign: number,
  halfM: number,
  face: number,
): void {
  for (const which of [1, -1]) {
    const middle = which * (halfM - 0.3);
    at(stage, stand, forwardM, middle + sign * 0.2, 0.55);
    at(stage, stand, forwardM, middle - sign * 0.2, 0.55);
    at(stage, stand, forwardM, middle - sign * 0.2, 0.85);
    at(stage, stand, forwardM, middle + sign * 0.2, 0.85);
    drawPolygon(stage, face);
  }
}
