import type { AskView, DecidedView, LaunchView, NextBar, RoomViews, WorkloadView } from "@outrider/contract";
import { LAUNCH_WEIGHT, limits, workloadFits } from "../gates/index.js";
import { isEnded, isFlying, type Launch, type LoadView, launchRoom, loadOf } from "../launch/index.js";
import type { Ask } from "./control-room.js";
import type { TaskingDesk } from "./tasking-desk.js";

export type PilotViewDeps = {
  readonly cards: () => readonly LaunchView[];
  readonly load: () => LoadView;
  readonly decided?: () => readonly DecidedView[];
};

const NEXT_MS = 12 * 60_000;
const ENDED_SHOWN_MS = 60_000;
/** In a flood of alerts what is over must not slow down what is not: every change of the room carries all of its cards. */
const ENDED_SHOWN = 6;
const LANDING_S = 40;
/** Two moments that both need the pilot closer together than this are said aloud. */
const COLLISION_MS = 60_000;

/** Everything one pilot has to decide, to watch and to expect. */
export function pilotView(desk: TaskingDesk, deps: PilotViewDeps, personId: string): RoomViews["pilot"] {
  const { kernel, config } = desk.context;
  const launches = kernel.state(launchRoom).launches;
  const nowMs = kernel.nowMs();
  const ended = new Set(
    [...launches.values()]
      .filter((launch) => isEnded(launch) && nowMs - launch.sinceMs < ENDED_SHOWN_MS)
      .slice(-ENDED_SHOWN)
      .map((launch) => launch.launchId),
  );
  const shown = deps.cards().filter(({ launchId }) => {
    const launch = launches.get(launchId);
    return launch !== undefined && (!isEnded(launch) || ended.has(launchId));
  });
  const load = deps.load();
  const own = loadOf(personId, load);
  const watch = desk.deps.pilots.pilotsOnWatch().find((one) => one.personId === personId);
  const next = [...launches.values()].flatMap((launch) => barOf(desk, launch, personId, nowMs));
  return {
    watch: watch === undefined ? undefined : { watchId: watch.watchId, sinceMs: watch.sinceMs, name: watch.name },
    launches: shown,
    asks: [...desk.state.asks.values()].filter((ask) => forPilot(desk, ask, personId)).map(askView),
    workload: workloadView(own, config.launch.maxAircraftPerPic),
    next,
    collision: collisionOf(next, own.used),
    pilotsOnWatch: desk.deps.pilots.pilotsOnWatch().map((one) => ({
      personId: one.personId,
      name: one.name,
      aircraft: loadOf(one.personId, load).aircraft,
    })),
    ...(deps.decided === undefined ? {} : { decided: deps.decided() }),
  };
}

function forPilot(desk: TaskingDesk, ask: Ask, personId: string): boolean {
  if (ask.state !== "open") return false;
  return ask.ask.kind === "aircraft" || desk.control(ask.ask.uid)?.picId === personId;
}

export const askView = (ask: Ask): AskView => ({
  askId: ask.askId,
  incidentId: ask.incidentId,
  ask: ask.ask,
  by: ask.byName,
  tMs: ask.tMs,
  state: ask.state,
  word: ask.word,
});

function workloadView(own: { used: number; aircraft: number }, maxAircraft: number): WorkloadView {
  const limit = limits.workloadBlock / 100;
  const room = workloadFits(own.used + LAUNCH_WEIGHT) && own.aircraft < maxAircraft;
  const aircraft = `${own.aircraft} of ${maxAircraft} aircraft`;
  return {
    used: own.used / 100,
    limit,
    aircraft: own.aircraft,
    maxAircraft,
    text: room ? `${aircraft}; room for one more launch.` : `${aircraft}; no room for another launch.`,
  };
}

/** When an aircraft will need its pilot within the next minutes. */
function barOf(desk: TaskingDesk, launch: Launch, personId: string, nowMs: number): NextBar[] {
  if (launch.picId !== personId || isEnded(launch) || launch.stage.kind === "landed" || launch.stage.kind === "docked")
    return [];
  const { uid, callSign, etaS, onSceneS } = launch.offer.choice;
  const endMs = nowMs + NEXT_MS;
  const sample = desk.deps.fleet.samples.latest(uid);
  const homeMs = (sample?.homeInS ?? etaS) * 1000;
  const flying = isFlying(launch);
  const mustTurnMs =
    flying && sample?.turnInS !== undefined ? nowMs + sample.turnInS * 1000 : nowMs + (etaS + onSceneS) * 1000;
  const onSceneMs = launch.stage.kind === "onScene" ? nowMs : launch.sinceMs + etaS * 1000;
  const turnMs = launch.stage.kind === "returning" ? nowMs : mustTurnMs;
  const downMs = turnMs + homeMs;
  const bars: NextBar["bars"][number][] = [];
  const add = (kind: NextBar["bars"][number]["kind"], fromMs: number, toMs: number, text: string): void => {
    if (fromMs < endMs && toMs > nowMs)
      bars.push({ kind, fromMs: Math.max(nowMs, fromMs), toMs: Math.min(endMs, toMs), text });
  };
  if (launch.stage.kind === "proposed")
    add("proposed", nowMs, launch.offer.expiresAtMs, `${callSign} waits for your word`);
  else if (launch.stage.kind !== "onScene" && launch.stage.kind !== "returning")
    add("outbound", nowMs, onSceneMs, `${callSign} to the scene`);
  if (launch.stage.kind !== "returning" && launch.stage.kind !== "proposed")
    add("onScene", Math.max(nowMs, onSceneMs), turnMs, `${callSign} on scene`);
  if (launch.stage.kind !== "proposed") {
    add("home", turnMs, downMs - LANDING_S * 1000, `${callSign} comes home`);
    add("landing", downMs - LANDING_S * 1000, downMs, `${callSign} lands`);
  }
  return [{ uid, callSign, mustTurnMs: flying && launch.stage.kind !== "returning" ? mustTurnMs : undefined, bars }];
}

/** Says in one sentence when two aircraft will need the pilot at once. */
export function collisionOf(next: readonly NextBar[], used: number): string {
  const needs = next.flatMap((bar) =>
    bar.bars
      .filter((one) => one.kind === "landing" || one.kind === "outbound")
      .map((one) => ({ ...one, callSign: bar.callSign })),
  );
  for (const a of needs)
    for (const b of needs) {
      if (a.callSign >= b.callSign || (a.kind === b.kind && a.kind !== "landing")) continue;
      const apartMs = Math.max(a.fromMs, b.fromMs) - Math.min(a.toMs, b.toMs);
      if (apartMs < COLLISION_MS && (a.kind === "landing" || b.kind === "landing"))
        return `${a.text} and ${b.text} at the same time: hand one over before.`;
    }
  return used > limits.workloadWarn ? "Workload is high: hand one over before the next launch." : "";
}
