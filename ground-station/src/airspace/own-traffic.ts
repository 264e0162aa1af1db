import type { FlightPlan, GeoPoint } from "@outrider/contract";
import { type EnuPoint, segmentDistanceM } from "@outrider/geo";

/** Two of ours are kept at least so far apart, one or the other (flight.md 5.6: crossing under 60 m and 15 m). */
export const ownSeparation = { horizontalM: 60, verticalM: 15 } as const;

export type OwnFlight = { readonly callSign: string; readonly plan: FlightPlan; readonly onlyHome: boolean };
export type OwnCrossing = {
  readonly callSign: string;
  readonly horizontalM: number;
  readonly verticalM: number;
  /** Where the other one is then. */
  readonly where: "way there" | "scene" | "way home";
};

type Piece = {
  readonly from: EnuPoint;
  readonly to: EnuPoint;
  readonly lowAmslM: number;
  readonly highAmslM: number;
  readonly reachM: number;
  readonly where: OwnCrossing["where"];
};

/**
 * Where a flight would come too near to another of ours, in space: both may be late or early, so time saves nobody here.
 * Take-off and landing above a dock of its own are left out.
 */
export function crossingsOf(
  local: (point: GeoPoint) => EnuPoint,
  plan: FlightPlan,
  others: readonly OwnFlight[],
): OwnCrossing[] {
  const ours = piecesOf(local, plan);
  return others.flatMap(({ callSign, plan: theirs, onlyHome }) => {
    const pieces = piecesOf(local, theirs).filter(({ where }) => !onlyHome || where === "way home");
    let worst: OwnCrossing | undefined;
    for (const their of pieces)
      for (const our of ours) {
        const gap = gapOf(our, their);
        if (gap.horizontalM >= ownSeparation.horizontalM || gap.verticalM >= ownSeparation.verticalM) continue;
        const nearer =
          worst === undefined ||
          gap.verticalM < worst.verticalM ||
          (gap.verticalM === worst.verticalM && gap.horizontalM < worst.horizontalM);
        if (nearer) worst = { callSign, ...gap, where: their.where };
      }
    return worst === undefined ? [] : [worst];
  });
}

function piecesOf(local: (point: GeoPoint) => EnuPoint, plan: FlightPlan): Piece[] {
  const home = local(plan.home.point);
  const scene = local(plan.scene.point);
  const { altAmslM, orbitRadiusM } = plan.scene;
  const corners = [
    { at: home, altAmslM: plan.takeoffAltAmslM },
    ...plan.route.map((one) => ({ at: local(one.point), altAmslM: one.altAmslM })),
  ];
  const there = corners.slice(1).map((to, i): Piece => {
    const from = corners[i] ?? to;
    const [lowAmslM, highAmslM] = [Math.min(from.altAmslM, to.altAmslM), Math.max(from.altAmslM, to.altAmslM)];
    return { from: from.at, to: to.at, lowAmslM, highAmslM, reachM: 0, where: "way there" };
  });
  const over = { lowAmslM: altAmslM, highAmslM: altAmslM };
  // The autopilot climbs to the return height where it stands, and never goes lower to come home.
  const homeAmslM = Math.max(altAmslM, plan.returnAltAmslM);
  return [
    ...there,
    { from: scene, to: scene, ...over, reachM: orbitRadiusM, where: "scene" },
    { from: scene, to: home, lowAmslM: homeAmslM, highAmslM: homeAmslM, reachM: 0, where: "way home" },
  ];
}

function gapOf(a: Piece, b: Piece): { readonly horizontalM: number; readonly verticalM: number } {
  const apartM = segmentDistanceM(a.from, a.to, b.from, b.to) - a.reachM - b.reachM;
  const verticalM = Math.max(0, a.lowAmslM - b.highAmslM, b.lowAmslM - a.highAmslM);
  return { horizontalM: Math.max(0, apartM), verticalM };
}
