import type { GeoPoint } from "@outrider/contract";
import {
  bearingDeg,
  distanceM,
  type EnuPoint,
  edgeLine,
  type NearestSpot,
  travelTimeS,
  turnDeg,
  type World,
  wrap360Deg,
} from "@outrider/geo";

/** Nobody drives faster than this through a town (correlation.md section 2, the hard gate). */
const mostMps = 36;
/** Clocks of two readers may disagree by this much. */
const clockSlackS = 6;
/** A driver in a hurry against the free speed of the roads. */
const hurried = 1.8;
const roadWithinM = 80;

export type RoadVerdict =
  | { readonly kind: "allowed"; readonly needS: number }
  | { readonly kind: "hard"; readonly needS: number }
  | { readonly kind: "impossible" };

/** Whether the roads allow a vehicle to be here after it was there, in the time between. */
export function roadsAllow(
  world: World,
  from: GeoPoint,
  to: GeoPoint,
  elapsedS: number,
  fromErrorM: number,
): RoadVerdict {
  const [a, b] = [world.frame.toLocal(from), world.frame.toLocal(to)];
  const nearestS = Math.max(0, distanceM(a, b) - fromErrorM) / mostMps;
  if (nearestS > elapsedS + clockSlackS) return { kind: "impossible" };
  const [start, end] = [world.roads.nearest(a, roadWithinM), world.roads.nearest(b, roadWithinM)];
  if (start === undefined || end === undefined) return { kind: "allowed", needS: nearestS };
  const driveS = travelTimeS(world.roads.graph, start, end, {
    speedFactor: hurried,
    ignoreOneWay: true,
    maxS: elapsedS + 600,
  });
  const needS = Math.max(0, driveS - fromErrorM / (12 * hurried));
  return needS <= elapsedS + clockSlackS ? { kind: "allowed", needS } : { kind: "hard", needS };
}

const winds = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"] as const;

export const windOf = (headingDeg: number): string => winds[Math.round(wrap360Deg(headingDeg) / 45) % 8] ?? "north";

/**
 * Direction as said on the radio, "west on Haight St". The road's own direction is taken where it fits, so that a
 * skewed camera does not turn a westbound car into a south-westbound one.
 */
export function directionWords(
  world: World,
  point: GeoPoint,
  headingDeg: number,
): { text: string; headingDeg: number } {
  const here = world.frame.toLocal(point);
  const { graph } = world.roads;
  const spot = spotAlong(world, here, roadWithinM, headingDeg, true);
  const edge = spot === undefined ? undefined : graph.edges[spot.edge];
  if (spot === undefined || edge === undefined) return { text: windOf(headingDeg), headingDeg };
  const piece = edgeLine(graph, spot.edge, spot.alongM - 15, spot.alongM + 15);
  const onRoad = roadHeading(piece, headingDeg).headingDeg;
  return { text: `${windOf(onRoad)} on ${edge.name}`, headingDeg: onRoad };
}

/** The nearest road that runs the way the car went, so that at a corner it is not put on the cross street. */
export function spotAlong(
  world: World,
  point: EnuPoint,
  withinM: number,
  headingDeg: number | undefined,
  namedOnly = false,
): NearestSpot | undefined {
  const { graph, nearest } = world.roads;
  if (headingDeg === undefined) return nearest(point, withinM);
  const along = nearest(point, withinM, (edgeId) => {
    const edge = graph.edges[edgeId];
    const fits = edge !== undefined && roadHeading(edge.points, headingDeg).offDeg <= 40;
    return fits && (edge.name !== "" || !namedOnly);
  });
  return along ?? (namedOnly ? undefined : nearest(point, withinM));
}

function roadHeading(
  points: readonly { eastM: number; northM: number }[],
  headingDeg: number,
): { headingDeg: number; offDeg: number } {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || distanceM(first, last) < 0.1) return { headingDeg, offDeg: 180 };
  const along = bearingDeg(first, last);
  const fits = Math.abs(turnDeg(along, headingDeg)) <= 90;
  const chosen = fits ? along : wrap360Deg(along + 180);
  return { headingDeg: chosen, offDeg: Math.abs(turnDeg(chosen, headingDeg)) };
}
