import type { Fact } from "@outrider/contract";
import type { Room } from "../kernel/index.js";
import { evolveLaunch } from "./evolve.js";
import { evolveIncidents, type Incidents, noIncidents } from "./incidents.js";
import { isEnded, type Launch } from "./launch.js";

export type LaunchState = {
  readonly launches: ReadonlyMap<string, Launch>;
  readonly incidents: Incidents;
};

const KEPT_ENDED = 100;

/** All launches and what they were proposed for. */
export const launchRoom: Room<LaunchState> = {
  name: "launch",
  initial: () => ({ launches: new Map(), incidents: noIncidents }),
  evolve: (state, fact) => {
    if (fact.type === "RunStarted") return newRun(state, fact.tMs);
    const incidents = evolveIncidents(state.incidents, fact);
    const launches = evolveLaunches(state.launches, fact);
    return incidents === state.incidents && launches === state.launches ? state : { launches, incidents };
  },
};

/** Flights and calls of the old run are over: its aircraft stand in their docks again. */
function newRun(state: LaunchState, tMs: number): LaunchState {
  const launches = new Map<string, Launch>();
  for (const [id, launch] of state.launches) {
    const stage = { kind: "aborted", reason: "A new run began." } as const;
    const over = { mayBeArmed: false, openDocks: [] };
    launches.set(id, isEnded(launch) ? { ...launch, ...over } : { ...launch, ...over, stage, sinceMs: tMs });
  }
  return { launches, incidents: noIncidents };
}

function evolveLaunches(launches: ReadonlyMap<string, Launch>, fact: Fact): ReadonlyMap<string, Launch> {
  if (fact.type === "LaunchProposed")
    return put(launches, fact.data.launchId, evolveLaunch(launches.get(fact.data.launchId), fact));
  let next = launches;
  for (const [id, before] of launches) {
    if (!live(before)) continue;
    const after = evolveLaunch(before, fact);
    if (after !== before) next = put(next, id, after);
  }
  return next;
}

/** Ended launches are history, unless something of theirs is still open or may turn. */
export const live = (launch: Launch): boolean => !isEnded(launch) || launch.mayBeArmed || launch.openDocks.length > 0;

function put(
  launches: ReadonlyMap<string, Launch>,
  id: string,
  launch: Launch | undefined,
): ReadonlyMap<string, Launch> {
  if (launch === undefined) return launches;
  const next = new Map(launches).set(id, launch);
  for (const [oldId, old] of next) {
    if (next.size <= KEPT_ENDED) break;
    if (!live(old)) next.delete(oldId);
  }
  return next;
}

export const launchOfUid = (state: LaunchState, uid: string): Launch | undefined => {
  let found: Launch | undefined;
  for (const launch of state.launches.values())
    if (launch.offer.choice.uid === uid && live(launch) && launch.stage.kind !== "proposed") found = launch;
  return found;
};

/** Another launch that has this aircraft: approved for it, flying it, or not sure that it is disarmed. */
export const busyWith = (state: LaunchState, uid: string, launchId: string | undefined): Launch | undefined =>
  [...state.launches.values()].find(
    (one) => one.offer.choice.uid === uid && one.launchId !== launchId && one.stage.kind !== "proposed" && live(one),
  );
