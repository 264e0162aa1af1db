import type { Yuv } from "./colour.js";
import type { Stage } from "./stage.js";
import { directAt, drawPolygon, litFace } from "./stage.js";

/** One of the camera's axes along a thing's own: where the thing stands, and the parts of its forward and right. */
export type StandAxis = { readonly at: number; readonly forward: number; readonly right: number };

/** Where a thing stands: its own axes are forward and right, metres, on ground that may rise along its length. */
export type Stand = {
  readonly eastM: number;
  readonly northM: number;
  readonly sin: number;
  readonly cos: number;
  readonly owner: number;
  readonly x: StandAxis;
  readonly y: StandAxis;
  readonly z: StandAxis;
  /** The camera's place along the thing's own axes: tells which sides look at it. */
  readonly eyeForwardM: number;
  readonly eyeRightM: number;
  readonly eyeUpM: number;
  /** Direct light there, looked up once a side is seen. */
  direct: number | undefined;
};

/** A rectangle at one height: from back to front, and half its width. */
export type Slab = { readonly backM: number; readonly frontM: number; readonly halfM: number; readonly upM: number };

function at(stage: Stage, stand: Stand, forwardM: number, rightM: number, upM: number): void {
  const { x, y, z } = stand;
  const { right, down, forward } = stage.view;
  stage.raster.corner(
    x.at + forwardM * x.forward + rightM * x.right + upM * right.u,
    y.at + forwardM * y.forward + rightM * y.right + upM * down.u,
    z.at + forwardM * z.forward + rightM * z.right + upM * forward.u,
  );
}

/** How much sun a side gets whose outward direction is (forward, right) of the thing. */
function sunOn(stage: Stage, stand: Stand, forward: number, right: number): number {
  const l = stage.lighting;
  const e = forward * stand.sin + right * stand.cos;
  const n = forward * stand.cos - right * stand.sin;
  return Math.max(0, e * l.sunE + n * l.sunN) * 0.8;
}

/** The face drawn last, lit only once pixels were drawn: many are hidden. */
function light(stage: Stage, stand: Stand, paint: Yuv, lean: number, sun: number): void {
  stand.direct ??= directAt(stage, stand.eastM, stand.northM);
  litFace(stage, stand.owner, paint, lean, sun, stand.direct);
}

/** The side whose lower and upper edge go from their first corner to their second, seen from outside. */
function side(stage: Stage, stand: Stand, paint: Yuv, lean: number, forward: number, right: number): void {
  if (!drawPolygon(stage, stage.faces.count)) return;
  light(stage, stand, paint, lean, sunOn(stage, stand, forward, right));
}

/** A block between two rectangles: four sides and the top, sides in one paint, top in another. */
export function block(stage: Stage, stand: Stand, low: Slab, high: Slab, sides: Yuv, top: Yuv): void {
  const tallM = high.upM - low.upM;
  const eyeUpM = stand.eyeUpM - low.upM;
  // Only the sides that look at the camera have their corners worked out: at most three of the five.
  if ((stand.eyeForwardM - low.frontM) * tallM > eyeUpM * (high.frontM - low.frontM)) {
    at(stage, stand, low.frontM, low.halfM, low.upM);
    at(stage, stand, low.frontM, -low.halfM, low.upM);
    at(stage, stand, high.frontM, -high.halfM, high.upM);
    at(stage, stand, high.frontM, high.halfM, high.upM);
    side(stage, stand, sides, 0.6, 1, 0);
  } else if ((low.backM - stand.eyeForwardM) * tallM > eyeUpM * (low.backM - high.backM)) {
    at(stage, stand, low.backM, -low.halfM, low.upM);
    at(stage, stand, low.backM, low.halfM, low.upM);
    at(stage, stand, high.backM, high.halfM, high.upM);
    at(stage, stand, high.backM, -high.halfM, high.upM);
    side(stage, stand, sides, 0.5, -1, 0);
  }
  blockFlanks(stage, stand, low, high, sides);
  if (eyeUpM <= tallM) return;
  at(stage, stand, high.backM, -high.halfM, high.upM);
  at(stage, stand, high.backM, high.halfM, high.upM);
  at(stage, stand, high.frontM, high.halfM, high.upM);
  at(stage, stand, high.frontM, -high.halfM, high.upM);
  if (drawPolygon(stage, stage.faces.count)) light(stage, stand, top, 1, 1);
}

function blockFlanks(stage: Stage, stand: Stand, low: Slab, high: Slab, sides: Yuv): void {
  const tallM = high.upM - low.upM;
  const widensM = (stand.eyeUpM - low.upM) * (high.halfM - low.halfM);
  if ((stand.eyeRightM - low.halfM) * tallM > widensM) {
    at(stage, stand, low.backM, low.halfM, low.upM);
    at(stage, stand, low.frontM, low.halfM, low.upM);
    at(stage, stand, high.frontM, high.halfM, high.upM);
    at(stage, stand, high.backM, high.halfM, high.upM);
    side(stage, stand, sides, 0.45, 0, 1);
  } else if ((-stand.eyeRightM - low.halfM) * tallM > widensM) {
    at(stage, stand, low.frontM, -low.halfM, low.upM);
    at(stage, stand, low.backM, -low.halfM, low.upM);
    at(stage, stand, high.backM, -high.halfM, high.upM);
    at(stage, stand, high.frontM, -high.halfM, high.upM);
    side(stage, stand, sides, 0.55, 0, -1);
  }
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
    const middleM = which * (halfM - 0.3);
    plate(stage, stand, { forwardM, sign, middleM, halfM: 0.2, lowM: 0.55, highM: 0.85 }, face);
  }
}

/** An upright rectangle across a thing that looks to its front (`sign` 1) or its back (−1). */
export type Plate = {
  readonly forwardM: number;
  readonly sign: number;
  readonly middleM: number;
  readonly halfM: number;
  readonly lowM: number;
  readonly highM: number;
};

/** False where no pixel shows it. */
export function plate(stage: Stage, stand: Stand, shape: Plate, face: number): boolean {
  const { forwardM, middleM, lowM, highM } = shape;
  const half = shape.sign * shape.halfM;
  at(stage, stand, forwardM, middleM + half, lowM);
  at(stage, stand, forwardM, middleM - half, lowM);
  at(stage, stand, forwardM, middleM - half, highM);
  at(stage, stand, forwardM, middleM + half, highM);
  return drawPolygon(stage, face);
}
