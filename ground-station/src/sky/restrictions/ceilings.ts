import type { AirspaceRules, FlightPlan, GeoPoint } from "@outrider/contract";
import { type EnuPoint, feetFromMetres, metresFromFeet } from "@outrider/geo";
import type { AirspaceFinding } from "../../gates/index.js";
import { type LocalShape, wayToAreaM } from "./area-geometry.js";
import { alongLine, cornersOf } from "./flight-pieces.js";
import type { GroundOf } from "./meets.js";

export type LocalCell = {
  readonly shapes: readonly LocalShape[];
  readonly ceilingAglM: number;
  readonly airport: string;
};

type Sample = { readonly at: EnuPoint; readonly aglM: number | undefined };

/** A cell's edge is a line on a map and no wall: this near to it both count. */
const EDGE_M = 30;
/** Less than a storey above the ceiling is the ceiling: heights above ground are those of a height model. */
const FORGIVEN_M = 1;

/** The way there, the circle, and the line home, with the height above ground at each place. */
function samplesOf(plan: FlightPlan, local: (point: GeoPoint) => EnuPoint, groundOf: GroundOf): Sample[] {
  const corners = cornersOf(local, plan);
  const sample = (at: EnuPoint, altAmslM: number): Sample => {
    const groundM = groundOf(at);
    return { at, aglM: groundM === undefined ? undefined : altAmslM - groundM };
  };
  const there = corners.slice(1).flatMap((to, i) => {
    const from = corners[i] ?? to;
    return alongLine(from.at, to.at).map((at, k, all) =>
      sample(at, from.altAmslM + ((to.altAmslM - from.altAmslM) * k) / Math.max(1, all.length - 1)),
    );
  });
  const homeAmslM = Math.max(plan.scene.altAmslM, plan.returnAltAmslM);
  const back = alongLine(local(plan.scene.point), local(plan.home.point)).map((at) => sample(at, homeAmslM));
  return [...there, ...back];
}

export type CeilingSite = {
  readonly local: (point: GeoPoint) => EnuPoint;
  readonly groundOf: GroundOf;
  readonly rules: AirspaceRules;
  /** Run time until when the agency's authorisation holds; undefined: it has none. */
  readonly authorisedUntilMs: number | undefined;
};

/** What the facility map says of a plan. A ceiling is guidance: without a paper of its own the agency may fly in no cell. */
export function ceilingFindings(
  plan: FlightPlan,
  cells: readonly LocalCell[],
  endMs: number,
  site: CeilingSite,
): AirspaceFinding[] {
  const touched: { readonly sample: Sample; readonly cell: LocalCell }[] = [];
  let outside = false;
  for (const sample of samplesOf(plan, site.local, site.groundOf)) {
    const here = cells.filter((cell) => cell.shapes.some((shape) => wayToAreaM(sample.at, sample.at, shape) <= EDGE_M));
    const [lowest] = here.sort((a, b) => a.ceilingAglM - b.ceilingAglM);
    if (lowest === undefined) outside = true;
    else touched.push({ sample, cell: lowest });
  }
  const found: AirspaceFinding[] = [];
  if (outside && !site.rules.uncontrolledOutsideMap)
    found.push({
      kind: "unclear",
      text: "Part of the flight lies in no cell of the facility map, which proves nothing",
    });
  const [first] = touched;
  if (first !== undefined) found.push(insideMap(touched, first, endMs, site));
  return found;
}

const feetText = (metres: number): string => `${Math.round(feetFromMetres(metres))} ft`;

function insideMap(
  touched: readonly { readonly sample: Sample; readonly cell: LocalCell }[],
  first: { readonly cell: LocalCell },
  endMs: number,
  { rules, authorisedUntilMs }: CeilingSite,
): AirspaceFinding {
  const { authorisation } = rules;
  const of = first.cell.airport === "" ? "" : ` of ${first.cell.airport}`;
  if (authorisation === undefined || authorisedUntilMs === undefined)
    return { kind: "ceiling", text: `Controlled airspace${of}, and no authorisation is configured` };
  const by = `${authorisation.reference} until ${authorisation.until}`;
  if (authorisedUntilMs < endMs) return { kind: "ceiling", text: `Controlled airspace${of}; ${by} has run out` };
  const { upTo } = authorisation;
  let worst: { aglM: number; ceilingM: number } | undefined;
  for (const { sample, cell } of touched) {
    if (sample.aglM === undefined) return { kind: "unclear", text: "The ground is not known under part of the flight" };
    const ceilingM = upTo === "ceiling" ? cell.ceilingAglM : metresFromFeet(upTo);
    const overM = sample.aglM - ceilingM;
    if (worst === undefined || overM > worst.aglM - worst.ceilingM) worst = { aglM: sample.aglM, ceilingM };
  }
  if (worst === undefined) return { kind: "unclear", text: "Nothing of the flight could be held against the map" };
  const text = `${feetText(worst.aglM)} above ground where ${feetText(worst.ceilingM)} is authorised by ${by}`;
  return { kind: worst.aglM > worst.ceilingM + FORGIVEN_M ? "ceiling" : "authorised", text };
}
