import type { EnuPoint } from "@outrider/geo";
import { boxGapM, boxOf, type LocalArea } from "./area-geometry.js";
import { type Piece, pieceToAreaM, placesOn } from "./flight-pieces.js";

/** Height of the ground; undefined where nobody knows it. */
export type GroundOf = (at: EnuPoint) => number | undefined;

/** Height is measured and told to this much, and no pilot wants to fly nearer beneath a restriction (100 ft). */
const HEIGHT_DOUBT_M = 30;

/** When it is in force within a time: now or soon, then, never, or nobody knows. */
export function inForce(area: LocalArea, fromMs: number, untilMs: number): "now" | "later" | "no" | "unknown" {
  if (area.windows.length === 0) return "unknown";
  let found: "later" | "no" = "no";
  for (const window of area.windows) {
    if (window.fromMs > untilMs || (window.untilMs ?? Number.POSITIVE_INFINITY) <= fromMs) continue;
    if (window.fromMs <= fromMs) return "now";
    found = "later";
  }
  return found;
}

/** Metres between a piece and an area; undefined: it passes above or below, wherever it is. */
export function gapM(piece: Piece, area: LocalArea, groundOf: GroundOf, withinM: number): number | undefined {
  if (boxGapM(boxOf(piece.corners, piece.reachM), area.box) > withinM) return undefined;
  const metres = pieceToAreaM(piece, area.shape);
  return metres <= withinM && heightsMeet(piece, area, groundOf) ? metres : undefined;
}

function heightsMeet(piece: Piece, { lower, upper }: LocalArea, groundOf: GroundOf): boolean {
  const fromGround = lower?.above === "ground" || upper?.above === "ground";
  const { lowM, highM } = fromGround ? groundUnder(piece, groundOf) : { lowM: 0, highM: 0 };
  const floorM = lower === undefined ? Number.NEGATIVE_INFINITY : lower.m + (lower.above === "ground" ? lowM : 0);
  const topM = upper === undefined ? Number.POSITIVE_INFINITY : upper.m + (upper.above === "ground" ? highM : 0);
  return piece.highAmslM >= floorM - HEIGHT_DOUBT_M && piece.lowAmslM <= topM + HEIGHT_DOUBT_M;
}

/** Where the ground is not known anywhere beneath, it may be of any height. */
function groundUnder(piece: Piece, groundOf: GroundOf): { readonly lowM: number; readonly highM: number } {
  let [lowM, highM] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of placesOn(piece)) {
    const groundM = groundOf(at);
    if (groundM === undefined) return { lowM: Number.NEGATIVE_INFINITY, highM: Number.POSITIVE_INFINITY };
    lowM = Math.min(lowM, groundM);
    highM = Math.max(highM, groundM);
  }
  return { lowM, highM };
}
