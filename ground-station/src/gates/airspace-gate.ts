import type { Wording } from "@outrider/contract";
import { block, caution, type Outcome, pass, unknown } from "./result.js";
import { partsOf, type Worded, wordedOf } from "./worded.js";

/** One thing that stands in the air or on the map, in words. Distances in metres from the planned lines. */
export type AirspaceFinding = FoundInAir & { readonly wording?: Wording };
type FoundInAir =
  /** In force while it is flown, or soon after, and on its way, over its scene or on a way home. */
  | { readonly kind: "inTheWay"; readonly notam: string; readonly text: string; readonly distanceM: number }
  /** Above the ceiling that the agency is authorised to, or not authorised at all. */
  | { readonly kind: "ceiling"; readonly text: string }
  /** Where it lies, or when it holds, nobody could read. */
  | { readonly kind: "unclear"; readonly notam?: string; readonly text: string; readonly distanceM?: number }
  /** The agency has permission to enter it. */
  | { readonly kind: "waived"; readonly notam: string; readonly text: string; readonly distanceM: number }
  /** Only on the way to the dock that stands in for its own. */
  | { readonly kind: "otherDock"; readonly notam: string; readonly text: string; readonly distanceM: number }
  | { readonly kind: "near"; readonly notam: string; readonly text: string; readonly distanceM: number }
  | { readonly kind: "authorised"; readonly text: string };

/** A list of restrictions or a map, as of when it was asked for. */
export type AirspaceSource = {
  readonly sourceId: string;
  /** A list of notices, or a map of ceilings: the one says nothing of the other. */
  readonly tells: "notices" | "ceilings";
  /** Undefined: it has never answered. */
  readonly ageS: number | undefined;
  readonly maxAgeS: number;
  /** What it answered last, or why it did not. */
  readonly text: string;
  /** When it was asked, on the site's clock: "14:02". */
  readonly asked: string | undefined;
};

export type AirspaceMeasured = {
  readonly sources: readonly AirspaceSource[];
  readonly findings: readonly AirspaceFinding[];
};

const readIt = "Read the notice, then decide.";

/** Published restrictions and ceilings against the whole flight: what is in the way blocks, whoever else is silent. */
export function airspaceGate(m: AirspaceMeasured | undefined): Outcome {
  if (m === undefined) return unknown("No route to hold against the airspace.", "See the other gates.");
  const of = (kind: AirspaceFinding["kind"]): readonly AirspaceFinding[] =>
    m.findings.filter((one) => one.kind === kind);
  const inTheWay = of("inTheWay");
  if (inTheWay.length > 0)
    return block(said(inTheWay), "Reach the scene another way, or ask for an SGI waiver.", ageOf(m));
  const ceiling = of("ceiling");
  if (ceiling.length > 0)
    return block(said(ceiling), "Fly lower, or enter the authorisation that the agency holds.", ageOf(m));
  const unclear = of("unclear");
  if (unclear.length > 0) return unknown(said(unclear), readIt, ageOf(m));
  if (!m.sources.some((one) => one.tells === "notices"))
    return unknown("No source of flight restrictions is configured here.", "Ask for the NOTAMs, then decide.");
  const old = m.sources.filter(({ ageS, maxAgeS }) => ageS === undefined || ageS > maxAgeS);
  if (old.length > 0)
    return unknown(
      `Not known: ${old.map(oldText).join(", ")}.`,
      "Ask for the NOTAMs by another way, then decide.",
      ageOf(m),
    );
  const worth = [...of("waived"), ...of("otherDock"), ...of("near")];
  if (worth.length > 0) return caution(said(worth), ageOf(m));
  const asked = m.sources.flatMap((one) => one.asked ?? []).join(" and ");
  const authorised = of("authorised").map((one) => ` ${one.text}.`);
  return pass(`No restriction on or near the way, as of ${asked}.${authorised.join("")}`, ageOf(m));
}

const oldText = ({ sourceId, ageS, maxAgeS, text }: AirspaceSource): string =>
  ageS === undefined
    ? `${sourceId} (${text})`
    : `${sourceId} is ${Math.round(ageS / 60)} min old, limit ${Math.round(maxAgeS / 60)} (${text})`;

/** Two are read aloud; of more it is said how many. */
function said(findings: readonly AirspaceFinding[]): Worded {
  const spoken = findings.slice(0, 2);
  const more = findings.length - spoken.length;
  const parts = spoken.flatMap(
    ({ text, wording }, at): Wording => [at === 0 ? "" : "; ", ...(wording ?? partsOf(text))],
  );
  return wordedOf([...parts, more > 0 ? `; ${more} more.` : "."]);
}

/** Age of the oldest answer that this rests on. */
function ageOf({ sources }: AirspaceMeasured): { measured?: number; limit?: number; unit?: string } {
  const ages = sources.filter((one) => one.ageS !== undefined).sort((a, b) => (b.ageS ?? 0) - (a.ageS ?? 0));
  const [oldest] = ages;
  return oldest?.ageS === undefined ? {} : { measured: Math.round(oldest.ageS), limit: oldest.maxAgeS, unit: "s" };
}
