import type { FlightPlan, GeoPoint } from "@outrider/contract";
import { distanceM, type EnuPoint } from "@outrider/geo";

/** A piece of the planned way: between which seconds from now it is flown at the soonest, and where. */
export type Leg = {
  readonly from: EnuPoint;
  readonly to: EnuPoint;
  readonly fromS: number;
  readonly toS: number;
  readonly lowAmslM: number;
  readonly highAmslM: number;
  /** How far from the line it flies: the circle at the scene. */
  readonly reachM: number;
  readonly where: "take-off" | "way there" | "scene";
};

/** The first minutes at the scene; what flies there later is watched from the air. */
export const SCENE_S = 120;
const LEAST_CLIMB_S = 5;
const MOST_CLIMB_S = 60;

/** The way there and the first minutes at the scene, as it would be flown from this moment on. */
export function legsOf(local: (point: GeoPoint) => EnuPoint, plan: FlightPlan): readonly Leg[] {
  const home = local(plan.home.point);
  const scene = local(plan.scene.point);
  const corners = plan.route.map((one) => ({
    at: local(one.point),
    altAmslM: one.altAmslM,
    speedMps: one.speedMps,
  }));
  const last = corners.at(-1);
  const way = [
    ...corners,
    { at: scene, altAmslM: plan.scene.altAmslM, speedMps: last?.speedMps ?? plan.scene.speedMps },
  ];
  let wayS = 0;
  let at = home;
  for (const one of way) {
    wayS += distanceM(at, one.at) / one.speedMps;
    at = one.at;
  }
  const climbS = Math.min(MOST_CLIMB_S, Math.max(LEAST_CLIMB_S, plan.etaS - wayS));
  const legs: Leg[] = [leg(home, home, 0, climbS, plan.home.groundAmslM, plan.takeoffAltAmslM, 0, "take-off")];
  let sinceS = climbS;
  let from = { at: home, altAmslM: plan.takeoffAltAmslM };
  for (const one of way) {
    const untilS = sinceS + distanceM(from.at, one.at) / one.speedMps;
    legs.push(leg(from.at, one.at, sinceS, untilS, from.altAmslM, one.altAmslM, 0, "way there"));
    from = one;
    sinceS = untilS;
  }
  const { altAmslM, orbitRadiusM } = plan.scene;
  legs.push(leg(scene, scene, sinceS, sinceS + SCENE_S, altAmslM, altAmslM, orbitRadiusM, "scene"));
  return legs;
}

function leg(
  from: EnuPoint,
  to: EnuPoint,
  fromS: number,
  toS: number,
  aAmslM: number,
  bAmslM: number,
  reachM: number,
  where: Leg["where"],
): Leg {
  const lowAmslM = Math.min(aAmslM, bAmslM);
  return { from, to, fromS, toS, lowAmslM, highAmslM: Math.max(aAmslM, bAmslM), reachM, where };
}
