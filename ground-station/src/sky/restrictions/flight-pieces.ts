import type { FlightPlan, GeoPoint } from "@outrider/contract";
import { distanceM, type EnuPoint } from "@outrider/geo";
import type { LocalShape } from "./area-geometry.js";
import { triangleToAreaM, wayToAreaM } from "./area-geometry.js";

/** A part of a flight, with every height that it may have there. */
export type Piece = {
  readonly corners: readonly [EnuPoint, EnuPoint] | readonly [EnuPoint, EnuPoint, EnuPoint];
  /** How far from the line it flies: the circle at the scene. */
  readonly reachM: number;
  readonly lowAmslM: number;
  readonly highAmslM: number;
  readonly where:
    | "at the dock"
    | "on the way there"
    | "over the scene"
    | "on a way home"
    | "on the way to another dock";
};

export const pieceToAreaM = ({ corners, reachM }: Piece, shape: LocalShape): number => {
  const [a, b, c] = corners;
  const metres = c === undefined ? wayToAreaM(a, b, shape) : triangleToAreaM([a, b, c], shape);
  return Math.max(0, metres - reachM);
};

type Local = (point: GeoPoint) => EnuPoint;
export type Corner = { readonly at: EnuPoint; readonly altAmslM: number };

/** The planned way from the top of the climb to the scene. */
export const cornersOf = (local: Local, plan: FlightPlan): readonly Corner[] => [
  { at: local(plan.home.point), altAmslM: plan.takeoffAltAmslM },
  ...plan.route.map((one) => ({ at: local(one.point), altAmslM: one.altAmslM })),
  { at: local(plan.scene.point), altAmslM: plan.scene.altAmslM },
];

/** The way along corners, and from each place of it straight home: all those lines together fill a triangle. */
export function wayPieces(local: Local, plan: FlightPlan, corners: readonly Corner[]): Piece[] {
  const home = local(plan.home.point);
  return corners.slice(1).flatMap((to, i): Piece[] => {
    const from = corners[i] ?? to;
    const lowAmslM = Math.min(from.altAmslM, to.altAmslM);
    const highAmslM = Math.max(from.altAmslM, to.altAmslM);
    // It climbs to the return height where it turns, and never goes lower to come home.
    const back = { lowAmslM, highAmslM: Math.max(highAmslM, plan.returnAltAmslM), reachM: 0 };
    return [
      { corners: [from.at, to.at], reachM: 0, lowAmslM, highAmslM, where: "on the way there" },
      { corners: [home, from.at, to.at], ...back, where: "on a way home" },
    ];
  });
}

/** The circle over the scene, and the lines home from all of it. */
export function scenePieces(local: Local, plan: FlightPlan): Piece[] {
  const { altAmslM, orbitRadiusM } = plan.scene;
  const scene = local(plan.scene.point);
  const highAmslM = Math.max(altAmslM, plan.returnAltAmslM);
  const here = { reachM: orbitRadiusM, lowAmslM: altAmslM };
  return [
    { corners: [scene, scene], ...here, highAmslM: altAmslM, where: "over the scene" },
    { corners: [scene, local(plan.home.point)], ...here, highAmslM, where: "on a way home" },
  ];
}

/** Everything that a flight may do by its plan: there, stay, home from everywhere; and to the dock that stands in. */
export function planPieces(local: Local, plan: FlightPlan): readonly Piece[] {
  const home = local(plan.home.point);
  const scene = local(plan.scene.point);
  const other = plan.rally.find((one) => one.dockId === plan.alternateDockId);
  const overDock = { lowAmslM: plan.home.groundAmslM, highAmslM: Math.max(plan.takeoffAltAmslM, plan.returnAltAmslM) };
  return [
    { corners: [home, home], reachM: 0, ...overDock, where: "at the dock" },
    ...wayPieces(local, plan, cornersOf(local, plan)),
    ...scenePieces(local, plan),
    ...(other === undefined ? [] : otherDockPieces(scene, { at: local(other.point), altAmslM: other.altAmslM }, plan)),
  ];
}

function otherDockPieces(scene: EnuPoint, dock: Corner, plan: FlightPlan): Piece[] {
  const lowAmslM = plan.scene.altAmslM;
  const high = { highAmslM: Math.max(lowAmslM, plan.returnAltAmslM), reachM: 0 };
  return [
    { corners: [scene, dock.at], lowAmslM, ...high, where: "on the way to another dock" },
    { corners: [dock.at, dock.at], lowAmslM: dock.altAmslM, ...high, where: "on the way to another dock" },
  ];
}

const STEP_M = 50;
/** Places all over a piece, so that the ground beneath is seen: heights of notices are often counted from it. */
export function placesOn({ corners, reachM }: Piece): EnuPoint[] {
  const [a, b, c] = corners;
  const ends = c === undefined ? [b] : alongLine(b, c);
  const places = ends.flatMap((end) => alongLine(a, end));
  if (reachM === 0) return places;
  return places.flatMap((at) => [
    at,
    ...[0, 60, 120, 180, 240, 300].map((deg) => ({
      eastM: at.eastM + reachM * Math.sin((deg * Math.PI) / 180),
      northM: at.northM + reachM * Math.cos((deg * Math.PI) / 180),
    })),
  ]);
}

export function alongLine(from: EnuPoint, to: EnuPoint): EnuPoint[] {
  const steps = Math.max(1, Math.ceil(distanceM(from, to) / STEP_M));
  return Array.from({ length: steps + 1 }, (_, i) => ({
    eastM: from.eastM + ((to.eastM - from.eastM) * i) / steps,
    northM: from.northM + ((to.northM - from.northM) * i) / steps,
  }));
}
