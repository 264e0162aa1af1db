import { assign } from "./assign.js";
import type { Cards } from "./cards.js";
import type { LaunchDesk } from "./desk.js";
import type { IncidentBrief } from "./incidents.js";
import type { Launch } from "./launch.js";

/** A card is only changed under a pilot's eyes for a gain that matters. */
const REASSIGN_GAIN_S = 10;
const NEVER_S = 3_600;

/**
 * Several open cards want aircraft: the least sum of times decides. Gives the aircraft that an incident leaves to others;
 * a card that gives its aircraft up for a real gain becomes a new version.
 */
export function leftToOthers(
  desk: LaunchDesk,
  cards: Pick<Cards, "offerTo" | "offer">,
  incident: IncidentBrief,
): ReadonlySet<string> {
  const open = [...desk.state.launches.values()].filter(
    (launch) => launch.stage.kind === "proposed" && launch.incidentId !== incident.incidentId,
  );
  const held = new Set(open.map((card) => card.offer.choice.uid));
  const contested = open.find((card) => firstChoice(desk, incident) === card.offer.choice.uid);
  const other = desk.brief(contested?.incidentId ?? "");
  if (contested === undefined || other === undefined) return held;
  const has = contested.offer.choice.uid;
  const free = desk.context.config.aircraft.map((one) => one.uid).filter((uid) => !held.has(uid) || uid === has);
  const times = [timesOf(desk, other, contested, free), timesOf(desk, incident, undefined, free)];
  const [forOther, forThis] = assign(times);
  const uid = forOther === undefined ? undefined : free[forOther];
  if (uid === undefined || uid === has) return held;
  if (gainS(times, free.indexOf(has), forOther, forThis) < REASSIGN_GAIN_S) return held;
  const proposal = cards.offerTo({ incident: other, launch: contested, onlyUid: uid });
  if (proposal.kind !== "offer") return held;
  cards.offer(proposal.offer);
  return new Set([...[...held].filter((one) => one !== has), uid]);
}

const anyPic = (desk: LaunchDesk): string => desk.deps.pilots.pilotsOnWatch()[0]?.personId ?? "";

const firstChoice = (desk: LaunchDesk, incident: IncidentBrief): string | undefined =>
  desk.proposer.search({ incident, launch: undefined }, anyPic(desk)).best?.uid;

const timesOf = (
  desk: LaunchDesk,
  incident: IncidentBrief,
  launch: Launch | undefined,
  uids: readonly string[],
): number[] =>
  uids.map(
    (uid) =>
      desk.proposer.search({ incident, launch, onlyUid: uid }, anyPic(desk)).best?.etaS ?? Number.POSITIVE_INFINITY,
  );

/** Seconds that both incidents together gain when the first one gives its aircraft up. */
function gainS(
  times: readonly (readonly number[])[],
  held: number,
  forOther: number | undefined,
  forThis: number | undefined,
): number {
  const cost = (row: number, column: number | undefined): number =>
    Math.min(NEVER_S, times[row]?.[column ?? -1] ?? NEVER_S);
  const next = Math.min(NEVER_S, ...(times[1] ?? []).filter((_, column) => column !== held));
  return cost(0, held) + next - (cost(0, forOther) + cost(1, forThis));
}
