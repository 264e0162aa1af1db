import type { GeoPoint, OfficerView } from "@outrider/contract";
import { between, buildingRing, type EnuPoint, type World } from "@outrider/geo";

/** Half the side of the plan, m: a corner and the houses round it. */
export const planReachM = 80;

/** Streets and outlines of buildings round a place, for a plan that says which corner is meant. */
export function cornerPlan(world: World, point: GeoPoint): OfficerView["plan"] {
  const here = world.frame.toLocal(point);
  const geo = (points: readonly EnuPoint[]): GeoPoint[] => points.map((one) => rounded(world.frame.toGeo(one)));
  const streets = world.roads.graph.edges.flatMap((edge) =>
    clipLine(edge.points, here).map((points) => ({ name: edge.name, points: geo(points) })),
  );
  const { near, buildings } = world.obstacles;
  const ids = near(
    here.eastM - planReachM,
    here.northM - planReachM,
    here.eastM + planReachM,
    here.northM + planReachM,
  );
  return { point, streets, buildings: ids.map((id) => geo(buildingRing(buildings, id))) };
}

/** The parts of a line inside the square round a place (Liang and Barsky). */
function clipLine(line: readonly EnuPoint[], centre: EnuPoint): EnuPoint[][] {
  const parts: EnuPoint[][] = [];
  let part: EnuPoint[] = [];
  line.slice(1).forEach((b, index) => {
    const a = line[index];
    const inside = a === undefined ? undefined : clipSegment(a, b, centre);
    if (a === undefined || inside === undefined) return;
    if (inside.from > 0 && part.length > 0) {
      parts.push(part);
      part = [];
    }
    if (part.length === 0) part.push(between(a, b, inside.from));
    part.push(between(a, b, inside.to));
    if (inside.to < 1) {
      parts.push(part);
      part = [];
    }
  });
  if (part.length > 0) parts.push(part);
  return parts;
}

function clipSegment(a: EnuPoint, b: EnuPoint, centre: EnuPoint): { from: number; to: number } | undefined {
  let from = 0;
  let to = 1;
  const sides = [
    [a.eastM - centre.eastM, b.eastM - a.eastM],
    [a.northM - centre.northM, b.northM - a.northM],
  ] as const;
  for (const [start, run] of sides)
    for (const sign of [-1, 1] as const) {
      // sign·(start + t·run) must stay at most the reach.
      const room = planReachM - sign * start;
      const slope = sign * run;
      if (slope === 0) {
        if (room < 0) return undefined;
      } else if (slope > 0) to = Math.min(to, room / slope);
      else from = Math.max(from, room / slope);
    }
  return from < to ? { from, to } : undefined;
}

const rounded = (point: GeoPoint): GeoPoint => ({
  latDeg: Math.round(point.latDeg * 1e7) / 1e7,
  lonDeg: Math.round(point.lonDeg * 1e7) / 1e7,
});
