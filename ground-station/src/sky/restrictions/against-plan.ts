import type { AirspaceRules, FlightPlan, GeoPoint, Restriction } from "@outrider/contract";
import { distanceM, type EnuPoint } from "@outrider/geo";
import { type AirspaceFinding, type Said, worded } from "../../gates/index.js";
import { farFigure } from "../words.js";
import type { LocalArea } from "./area-geometry.js";
import { type Piece, planPieces } from "./flight-pieces.js";
import { type GroundOf, gapM, inForce } from "./meets.js";
import { heightsText, type SiteTime } from "./notice-words.js";

/** What the agency may enter: which notice, by which paper, until when. */
export type Waiver = { readonly notam: string; readonly reference: string; readonly untilMs: number };

export type LocalRestriction = { readonly told: Restriction; readonly areas: readonly LocalArea[] };

export type PlanSite = {
  readonly local: (point: GeoPoint) => EnuPoint;
  readonly groundOf: GroundOf;
  readonly rules: AirspaceRules;
  readonly waivers: readonly Waiver[];
  readonly time: SiteTime;
  /** Metres to either side of a line that count as the line. */
  readonly bufferM: number;
};

/** When a flight is in the air, at the longest. Run time. */
export type FlightTimes = { readonly nowMs: number; readonly endMs: number };

type Met = {
  readonly piece: Piece;
  readonly area: LocalArea;
  readonly gapM: number;
  readonly force: "now" | "later" | "unknown";
};

const order: readonly Piece["where"][] = [
  ...(["at the dock", "on the way there", "over the scene", "on a way home", "on the way to another dock"] as const),
];
const sooner = (a: Met, b: Met): number =>
  order.indexOf(a.piece.where) - order.indexOf(b.piece.where) || a.gapM - b.gapM;

/** What each restriction means to a plan that is flown from now on. */
export function planFindings(
  plan: FlightPlan,
  restrictions: readonly LocalRestriction[],
  times: FlightTimes,
  site: PlanSite,
): AirspaceFinding[] {
  if (restrictions.length === 0) return [];
  const pieces = planPieces(site.local, plan);
  return restrictions.flatMap((one): AirspaceFinding[] => {
    const met = metBy(pieces, one, times, site);
    const found = met === undefined ? undefined : findingOf(met, one, plan, times, site);
    const { notam, doubt = "not all of it is known", placeDoubtful } = one.told;
    const findings = found === undefined ? [] : [found];
    // As far as it could be read it may be elsewhere; what could not be read may stand in the way.
    if (placeDoubtful !== true) return findings;
    return [...findings, { kind: "unclear", notam, text: `${notam} is published, and ${doubt}` }];
  });
}

function metBy(
  pieces: readonly Piece[],
  { areas }: LocalRestriction,
  { nowMs, endMs }: FlightTimes,
  { groundOf, rules }: PlanSite,
): Met | undefined {
  const untilMs = endMs + rules.marginMin * 60_000;
  let worst: Met | undefined;
  for (const area of areas) {
    const force = inForce(area, nowMs, untilMs);
    if (force === "no") continue;
    for (const piece of pieces) {
      const metres = gapM(piece, area, groundOf, rules.nearM);
      if (metres === undefined) continue;
      const met: Met = { piece, area, gapM: metres, force };
      if (worst === undefined || isWorse(met, worst)) worst = met;
    }
  }
  return worst;
}

/** Touching comes before near, a known time before an unknown one, and what is flown sooner before what is later. */
function isWorse(a: Met, b: Met): boolean {
  const [aTouches, bTouches] = [a.gapM === 0, b.gapM === 0];
  if (aTouches !== bTouches) return aTouches;
  const [aSure, bSure] = [a.force !== "unknown", b.force !== "unknown"];
  if (aSure !== bSure) return aSure;
  return aTouches ? sooner(a, b) < 0 : a.gapM < b.gapM;
}

function findingOf(
  { piece, area, gapM: metres, force }: Met,
  { told }: LocalRestriction,
  plan: FlightPlan,
  { nowMs, endMs }: FlightTimes,
  { time, waivers, bufferM, local }: PlanSite,
): AirspaceFinding {
  const { notam } = told;
  const limits = `${heightsText(area)}, ${time.when(area.windows, nowMs)}`;
  const more = { notam, distanceM: metres };
  if (metres > bufferM)
    return { kind: "near", ...more, ...worded`TFR ${notam} is ${farFigure(metres)} off, ${limits}` };
  const length = wayBeforeM(piece, plan, local, area);
  const lies = worded`TFR ${notam} lies ${piece.where}${length}, ${limits}`;
  const waiver = waivers.find((one) => one.notam === notam);
  if (waiver !== undefined && waiver.untilMs >= endMs)
    return {
      kind: "waived",
      ...more,
      ...worded`${lies}; waiver ${waiver.reference} until ${time.at(waiver.untilMs, nowMs)}`,
    };
  const ended = waiver === undefined ? "" : `; waiver ${waiver.reference} ends before the flight does`;
  if (force === "unknown") return { kind: "unclear", ...more, ...worded`${lies}${ended}` };
  const kind = piece.where === "on the way to another dock" ? "otherDock" : "inTheWay";
  return { kind, ...more, ...worded`${lies}${ended}` };
}

/** How far from the dock it begins, where that says something. */
function wayBeforeM({ where }: Piece, plan: FlightPlan, local: PlanSite["local"], { shape }: LocalArea): Said {
  if (where === "at the dock" || where === "over the scene") return "";
  const home = local(plan.home.point);
  const metres =
    shape.kind === "circle"
      ? distanceM(home, shape.centre) - shape.radiusM
      : Math.min(...shape.outer.map((corner) => distanceM(home, corner)));
  return worded`, ${farFigure(Math.max(0, metres))} from the dock`;
}
