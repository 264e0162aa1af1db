import {
  type DebriefBreach,
  type Fact,
  type FactData,
  type FactOf,
  type SkyConfig,
  skyConfig,
} from "@outrider/contract";

type Conflict = FactData<"TrafficConflictBegan">;
type Volume = SkyConfig["wellClear"];

/** One conflict with a stranger as the record tells it: it began, may have changed, and is over when somebody says so. */
type Meeting = {
  readonly fromMs: number;
  readonly first: Conflict;
  warned: boolean;
  /** The nearest that a fact says they were, and the height between them then; absent: not known, which counts as none. */
  leastM: number;
  leastVerticalM: number | undefined;
};

type Inside = { readonly fromMs: number; readonly notam: string };

/**
 * What ours broke in the air that is everybody's, from recorded facts alone: nearer to a stranger than well clear, and
 * inside a published flight restriction. A conflict that was alarmed of and flown out of before well clear was lost is no
 * breach: to avoid it is what is trained. What still stands at the last fact counts up to there.
 */
export function skyBreachesOf(
  facts: readonly Fact[],
  sky: SkyConfig | undefined,
  callSignOf: (uid: string) => string,
): readonly DebriefBreach[] {
  const limits = sky ?? skyConfig.parse({});
  const meetings = new Map<string, Meeting>();
  const inside = new Map<string, Inside>();
  const found: DebriefBreach[] = [];
  const meetingOver = (key: string, uid: string, toMs: number): void => {
    const one = meetings.get(key);
    meetings.delete(key);
    if (one !== undefined && isLost(one, limits)) found.push(strangerBreach(one, callSignOf(uid), toMs));
  };
  const insideOver = (key: string, uid: string, toMs: number): void => {
    const one = inside.get(key);
    inside.delete(key);
    if (one === undefined) return;
    const where = `flight restriction ${one.notam}`;
    found.push({ kind: "restriction", callSign: callSignOf(uid), where, fromMs: one.fromMs, toMs, worst: "" });
  };
  for (const fact of facts) {
    switch (fact.type) {
      case "TrafficConflictBegan":
      case "TrafficConflictChanged":
        meet(meetings, fact);
        break;
      case "TrafficConflictEnded": {
        const { uid, trafficId, leastM, leastVerticalM } = fact.data;
        const key = keyOf(uid, trafficId);
        nearer(meetings.get(key), leastM, leastVerticalM);
        meetingOver(key, uid, fact.tMs);
        break;
      }
      case "RestrictionConflictBegan":
      case "RestrictionConflictChanged": {
        const { uid, restrictionId, notam, relation } = fact.data;
        const key = keyOf(uid, restrictionId);
        if (relation !== "inside") insideOver(key, uid, fact.tMs);
        else if (!inside.has(key)) inside.set(key, { fromMs: fact.tMs, notam });
        break;
      }
      case "RestrictionConflictEnded":
        insideOver(keyOf(fact.data.uid, fact.data.restrictionId), fact.data.uid, fact.tMs);
        break;
      default:
    }
  }
  const lastMs = facts.at(-1)?.tMs ?? 0;
  for (const key of [...meetings.keys()]) meetingOver(key, uidOf(key), lastMs);
  for (const key of [...inside.keys()]) insideOver(key, uidOf(key), lastMs);
  return found.sort((a, b) => a.fromMs - b.fromMs);
}

const keyOf = (uid: string, other: string): string => `${uid} ${other}`;
const uidOf = (key: string): string => key.slice(0, key.indexOf(" "));

function meet(
  meetings: Map<string, Meeting>,
  { tMs, data }: FactOf<"TrafficConflictBegan" | "TrafficConflictChanged">,
) {
  const key = keyOf(data.uid, data.trafficId);
  const before = meetings.get(key);
  const one = before ?? { fromMs: tMs, first: data, warned: false, leastM: Infinity, leastVerticalM: undefined };
  one.warned ||= data.level === "warning";
  nearer(one, data.distanceM, data.verticalM);
  meetings.set(key, one);
}

/** Of a stranger not heard again after a restart the station records 0 m: not measured, and no charge against anybody. */
function nearer(one: Meeting | undefined, leastM: number, verticalM: number | undefined): void {
  if (one === undefined || leastM === 0 || leastM >= one.leastM) return;
  one.leastM = leastM;
  one.leastVerticalM = verticalM;
}

const isLost = (one: Meeting, sky: SkyConfig): boolean => {
  const { horizontalM, verticalM } = wellClearOf(one.first, sky);
  return one.leastM < horizontalM && (one.leastVerticalM ?? 0) < verticalM;
};

/** What flies under an aircraft's own 24-bit address is taken for crewed where the record does not say as what it flies. */
const wellClearOf = ({ kind, trafficId }: Conflict, sky: SkyConfig): Volume =>
  (kind === undefined ? !/^[0-9a-f]{6}$/i.test(trafficId) : kind === "drone") ? sky.wellClearOfDrones : sky.wellClear;

function strangerBreach(one: Meeting, callSign: string, toMs: number): DebriefBreach {
  const height =
    one.leastVerticalM === undefined
      ? "height between not known"
      : `${Math.round(one.leastVerticalM)} m of height between`;
  const alarm = one.warned ? "" : ", a caution only";
  const worst = `${Math.round(one.leastM)} m apart, ${height}${alarm}`;
  return { kind: "stranger", callSign, where: one.first.trafficId.toUpperCase(), fromMs: one.fromMs, toMs, worst };
}
