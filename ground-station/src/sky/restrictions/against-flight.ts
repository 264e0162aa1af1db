import type { FactData, FlightPlan, RestrictionRelation } from "@outrider/contract";
import { distanceToSegmentM, type EnuPoint } from "@outrider/geo";
import { farText } from "../words.js";
import type { LocalRestriction, PlanSite } from "./against-plan.js";
import type { LocalArea } from "./area-geometry.js";
import { type Corner, cornersOf, type Piece, pieceToAreaM, scenePieces } from "./flight-pieces.js";
import { gapM, inForce } from "./meets.js";
import { heightsText } from "./notice-words.js";

/** One of ours in the air. Without a plan only where it is, and the line home, can be held against a restriction. */
export type OurFlight = {
  readonly uid: string;
  readonly callSign: string;
  readonly launchId: string | undefined;
  readonly at: EnuPoint;
  readonly altAmslM: number;
  readonly plan: FlightPlan | undefined;
  readonly doing: "out" | "scene" | "home";
};

export type InRestriction = FactData<"RestrictionConflictBegan">;
type Found = { readonly relation: RestrictionRelation; readonly area: LocalArea };

const rank: Readonly<Record<RestrictionRelation, number>> = { wayHome: 0, ahead: 1, inside: 2 };
export const isGraver = (a: RestrictionRelation, b: RestrictionRelation): boolean => rank[a] > rank[b];

/** What one restriction means to one flight now; undefined: nothing. */
export function conflictOf(
  flight: OurFlight,
  restriction: LocalRestriction,
  nowMs: number,
  site: PlanSite,
): InRestriction | undefined {
  const { told, areas } = restriction;
  if (site.waivers.some((one) => one.notam === told.notam && one.untilMs >= nowMs)) return undefined;
  const untilMs = nowMs + site.rules.marginMin * 60_000;
  const pieces = piecesOf(flight, site);
  let found: Found | undefined;
  for (const area of areas) {
    // What nobody knows the times of is taken to be in force: up here there is no time to read it.
    const force = inForce(area, nowMs, untilMs);
    if (force === "no") continue;
    for (const { relation, piece } of pieces) {
      if (relation === "inside" && force === "later") continue;
      const withinM = relation === "inside" ? 0 : site.bufferM;
      if (gapM(piece, area, site.groundOf, withinM) === undefined) continue;
      if (found === undefined || isGraver(relation, found.relation)) found = { relation, area };
    }
  }
  return found === undefined ? undefined : conflict(flight, restriction, found, nowMs, site);
}

type RelatedPiece = { readonly relation: RestrictionRelation; readonly piece: Piece };

function piecesOf({ at, altAmslM, plan, doing }: OurFlight, { local }: PlanSite): RelatedPiece[] {
  const height = { lowAmslM: altAmslM, highAmslM: altAmslM, reachM: 0 };
  const here: RelatedPiece = { relation: "inside", piece: { corners: [at, at], ...height, where: "on the way there" } };
  if (plan === undefined) return [here];
  const home = local(plan.home.point);
  const highAmslM = Math.max(altAmslM, plan.returnAltAmslM);
  const back: Piece = { corners: [at, home], ...height, highAmslM, where: "on a way home" };
  const related = (relation: RestrictionRelation) => (piece: Piece) => ({ relation, piece });
  // On the way home that way is what lies ahead of it.
  if (doing === "home") return [here, { relation: "ahead", piece: back }];
  const over = scenePieces(local, plan).map((piece) =>
    related(piece.where === "over the scene" ? "ahead" : "wayHome")(piece),
  );
  const out = doing === "out" ? leftOf(at, altAmslM, cornersOf(local, plan)).map(related("ahead")) : [];
  return [here, ...out, ...over, { relation: "wayHome", piece: back }];
}

/** From where it is along what is left of the planned way. */
function leftOf(at: EnuPoint, altAmslM: number, corners: readonly Corner[]): Piece[] {
  let next = 1;
  let nearestM = Number.POSITIVE_INFINITY;
  corners.slice(1).forEach((to, i) => {
    const metres = distanceToSegmentM(at, corners[i]?.at ?? to.at, to.at);
    if (metres > nearestM) return;
    nearestM = metres;
    next = i + 1;
  });
  const way = [{ at, altAmslM }, ...corners.slice(next)];
  return way.slice(1).map((to, i): Piece => {
    const from = way[i] ?? to;
    const lowAmslM = Math.min(from.altAmslM, to.altAmslM);
    const highAmslM = Math.max(from.altAmslM, to.altAmslM);
    return { corners: [from.at, to.at], reachM: 0, lowAmslM, highAmslM, where: "on the way there" };
  });
}

const relationWords: Readonly<Record<RestrictionRelation, string>> = {
  inside: "is inside",
  ahead: "flies towards",
  wayHome: "has on its way home",
};

function conflict(
  { uid, callSign, launchId, at, altAmslM }: OurFlight,
  { told }: LocalRestriction,
  { relation, area }: Found,
  nowMs: number,
  { time }: PlanSite,
): InRestriction {
  const point: Piece = {
    corners: [at, at],
    reachM: 0,
    lowAmslM: altAmslM,
    highAmslM: altAmslM,
    where: "on a way home",
  };
  const metres = Math.round(pieceToAreaM(point, area.shape));
  const far = relation === "inside" ? "" : metres === 0 ? " below or above it" : `, ${farText(metres)} away`;
  return {
    ...{ uid, restrictionId: told.restrictionId, notam: told.notam, relation, distanceM: metres },
    ...(launchId === undefined ? {} : { launchId }),
    text: `${callSign} ${relationWords[relation]} TFR ${told.notam}${far}, ${heightsText(area)}, ${time.when(area.windows, nowMs)}.`,
  };
}
