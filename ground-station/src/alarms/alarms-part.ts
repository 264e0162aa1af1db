import { type AlarmView, bridgeTimes, type NewFact, newFact } from "@outrider/contract";
import { type AircraftState, aircraftOf, type FleetPart, fleetRoom, Ticker } from "../fleet/index.js";
import { actorOf, actRoute, type StationContext, type StationPart, systemActor } from "../kernel/index.js";
import { isFlying, type Launch, launchOfUid, launchRoom, type PilotsPort } from "../launch/index.js";
import { alarmIdOf, alarmRoom, causeOf } from "./alarm-room.js";
import {
  type AircraftNow,
  type AlarmNow,
  type DockNow,
  type LimitNow,
  type RestrictionNow,
  type TrafficNow,
  type UnreadNow,
  wantedAlarms,
} from "./wanted.js";

export type AlarmDeps = {
  readonly fleet: FleetPart;
  readonly pilots: PilotsPort;
  /** Who answers for an aircraft. */
  readonly picOf: (uid: string) => { readonly personId: string; readonly name: string } | undefined;
  /** Cards that their units have not read within this time. */
  readonly unreadCards?: ((afterMs: number) => readonly UnreadNow[]) | undefined;
  /** Limits broken now that the trainer of this run lets everybody hear of. */
  readonly limits?: (() => readonly LimitNow[]) | undefined;
  /** Conflicts with other aircraft that stand. */
  readonly traffic?: (() => readonly TrafficNow[]) | undefined;
  /** Flight restrictions that ours are in, or fly towards. */
  readonly restrictions?: (() => readonly RestrictionNow[]) | undefined;
};

export type AlarmsPart = StationPart & { shown(): readonly AlarmView[] };

const TICK_MS = 500;
const ENDED_SHOWN_MS = 10_000;
/** From the end of COM_DL_LOSS_T to the turn, as measured on PX4: 11.6 to 12.7 s of silence with 10 set. */
const REACTION_S = 2;
const RETURN_ACTION = 2;
const UNREAD_AFTER_S = 30;

export function createAlarmsPart(context: StationContext, deps: AlarmDeps): AlarmsPart {
  const { kernel } = context;
  const look = (): void => kernel.commit(changes(context, alarmNow(context, deps)));
  const ticker = new Ticker(kernel, TICK_MS, look);
  return {
    name: "alarms",
    rooms: [alarmRoom],
    shown: () => {
      const state = kernel.state(alarmRoom);
      const recent = state.ended.filter((one) => kernel.nowMs() - (one.endedMs ?? 0) < ENDED_SHOWN_MS);
      return [...state.open.values(), ...recent];
    },
    onStart: () => {
      ticker.start();
    },
    onFact: (fact) => {
      if (fact.type === "RunStarted") ticker.start();
      if (!fact.type.startsWith("Alarm")) look();
    },
    touches: (fact) => (fact.type.startsWith("Alarm") ? ["fleet", "pilot:*", "supervisor"] : []),
    routes: [
      actRoute({
        act: "acknowledgeAlarm",
        roles: ["pic", "rtcc", "supervisor"],
        handle: ({ params, session }, reply) => {
          const alarmId = params["alarmId"] ?? "";
          if (session === undefined || !kernel.state(alarmRoom).open.has(alarmId))
            return reply.problem(404, "No such alarm", "This alarm does not stand any more.", "Nothing to do.");
          const role = session.roles[0] ?? "pic";
          kernel.commit([newFact("AlarmAcknowledged", { alarmId }, actorOf(session, role))], () => reply.ok({}));
        },
      }),
    ],
  };
}

/** What has begun and what has ended since the last look. */
function changes(context: StationContext, now: AlarmNow): NewFact[] {
  const { open } = context.kernel.state(alarmRoom);
  const wanted = wantedAlarms(now);
  const news: NewFact[] = [];
  for (const [alarmId, view] of open) {
    const still = wanted.find((one) => `${one.cause}:${one.subject}` === causeOf(alarmId));
    if (still === undefined || still.level !== view.level) news.push(newFact("AlarmEnded", { alarmId }, systemActor));
  }
  for (const { cause, subject, ...words } of wanted) {
    const standing = [...open.values()].some(
      (one) => causeOf(one.alarmId) === `${cause}:${subject}` && one.level === words.level,
    );
    if (!standing)
      news.push(
        newFact(
          "AlarmRaised",
          { alarmId: alarmIdOf(context.kernel.newId("al"), cause, subject), ...words },
          systemActor,
        ),
      );
  }
  return news;
}

function alarmNow(context: StationContext, deps: AlarmDeps): AlarmNow {
  const { kernel, config } = context;
  const fleet = kernel.state(fleetRoom);
  return {
    bridgeUp: fleet.bridgeUp,
    everUp: fleet.journal.seq > 0,
    aircraft: config.aircraft.map((one) => aircraftNow(context, deps, one.uid, one.callSign)),
    docks: config.docks.map((dock) => dockNow(context, deps, dock.dockId, dock.name)),
    unidentified: [...fleet.unidentified.values()].map(({ endpoint, sysid, reason, uid }) => ({
      ...{ endpoint, sysid, reason, uid },
    })),
    ourIdsAt: ourIdsAt(context),
    forged: forgedLately(context),
    graceS: bridgeTimes.stationGraceS,
    unread: deps.unreadCards?.((config.dispatch?.unreadAfterS ?? UNREAD_AFTER_S) * 1000) ?? [],
    limits: deps.limits?.() ?? [],
    traffic: deps.traffic?.() ?? [],
    restrictions: deps.restrictions?.() ?? [],
    floods: floodsNow(context),
  };
}

/** Told again while it lasts: silence for twice that time is its end. */
const OUR_IDS_STANDS_MS = 125_000;

function ourIdsAt({ kernel }: StationContext): string | undefined {
  const used = kernel.state(fleetRoom).ourIdsUsed;
  return used !== undefined && kernel.nowMs() - used.tMs < OUR_IDS_STANDS_MS ? used.endpoint : undefined;
}

/** Said once a minute while it lasts. */
const FLOOD_STANDS_MS = 90_000;

function floodsNow({ kernel }: StationContext): AlarmNow["floods"] {
  return [...kernel.state(alarmRoom).floods].flatMap(([sourceId, { perMinute, tMs }]) =>
    kernel.nowMs() - tMs < FLOOD_STANDS_MS ? [{ sourceId, perMinute }] : [],
  );
}

function forgedLately({ kernel }: StationContext) {
  const { forged } = kernel.state(fleetRoom);
  return forged !== undefined && kernel.nowMs() - forged.tMs < OUR_IDS_STANDS_MS ? forged : undefined;
}

function aircraftNow(context: StationContext, deps: AlarmDeps, uid: string, callSign: string): AircraftNow {
  const { kernel } = context;
  const state = aircraftOf(kernel.state(fleetRoom), uid);
  const launch = launchOfUid(kernel.state(launchRoom), uid);
  const sample = deps.fleet.samples.latest(uid);
  const pic = deps.picOf(uid);
  const known = pic !== undefined && deps.pilots.pilotsOnWatch().some((one) => one.personId === pic.personId);
  const inAir = state.inAir || sample?.inAir === true;
  const flying = launch !== undefined && isFlying(launch);
  const brief = launch === undefined ? undefined : kernel.state(launchRoom).incidents.open.get(launch.incidentId);
  const returning = launch?.stage.kind === "returning" || sample?.mode === "return" || sample?.mode === "land";
  const aborted = launch?.stage.kind === "aborted" && launch.mayBeArmed;
  const landedS = launch?.stage.kind === "landed" ? (kernel.nowMs() - launch.sinceMs) / 1000 : 0;
  return {
    uid,
    callSign,
    live: inAir || state.armed,
    inAir,
    link: linkOf(state.link, sample?.link),
    failsafe: failsafeText(context, state),
    returnsAfterS: returnsAfterS(context, state),
    foreignStations: state.foreignStations.length,
    otherControl: state.otherControl,
    changedByOther: state.changedByOther,
    gimbalsTaken: state.gimbalsTaken.map(({ text }) => text),
    sysidShared: state.duplicateSysid,
    doubt: state.doubt,
    turnInS: deps.fleet.energyOf(uid)?.turnInS,
    turnWarned: [...kernel.state(alarmRoom).open.keys()].some((alarmId) => causeOf(alarmId) === `energySoon:${uid}`),
    returning,
    picName: pic?.name,
    presenceS:
      pic === undefined ? undefined : known ? deps.pilots.presenceAgeMs(pic.personId) / 1000 : Number.POSITIVE_INFINITY,
    cancelled: flying && brief !== undefined && brief.alerts.length === 0,
    unconfirmed: launch?.unconfirmed,
    abortedMayBeArmed: aborted,
    landedAwayS: landedS,
    noDock: flying && noDock(context, launch),
  };
}

/** By what was read back, where all of it is as the site wants it: what it will do by itself is then proven. */
function returnsAfterS(context: StationContext, { parameters }: AircraftState): number | undefined {
  const read = parameters?.values;
  if (read === undefined) return undefined;
  const asWanted = Object.entries(context.config.failsafeParameters).every(
    ([name, one]) => Math.fround(read[name] ?? Number.NaN) === Math.fround(one.value),
  );
  const lossS = read["COM_DL_LOSS_T"];
  return asWanted && lossS !== undefined && read["NAV_DLL_ACT"] === RETURN_ACTION ? lossS + REACTION_S : undefined;
}

/** A failsafe that the bridge cannot explain because it was not there: told once it has stood for a moment. */
const UNEXPLAINED = "no reason given";
const SETTLE_MS = 5_000;

function failsafeText({ kernel }: StationContext, state: AircraftState): string | undefined {
  const { failsafe } = state;
  if (failsafe?.includes(UNEXPLAINED) !== true) return failsafe;
  const { lostMs, backMs } = kernel.state(fleetRoom).bridgeAway;
  if (lostMs === undefined || backMs === undefined) return failsafe;
  if (kernel.nowMs() - backMs < SETTLE_MS) return undefined;
  const lossS = state.parameters?.values["COM_DL_LOSS_T"];
  const awayS = (backMs - lostMs) / 1000;
  // While the bridge was away nobody could hear why: long enough away is reason enough.
  const explains = lossS !== undefined && awayS >= lossS && (state.failsafeMs ?? 0) - backMs < SETTLE_MS;
  return explains ? `it began while the bridge was away for ${Math.round(awayS)} s` : failsafe;
}

/** The bridge's facts and the age of the samples: the worse of the two counts. */
function linkOf(fact: "live" | "late" | "lost", sample: string | undefined): "live" | "late" | "lost" {
  if (fact === "lost" || sample === "lost") return "lost";
  return fact === "late" || sample === "late" ? "late" : "live";
}

function noDock(context: StationContext, launch: Launch): boolean {
  const docks = context.kernel.state(fleetRoom).docks;
  const own = docks.get(launch.returnDockId);
  return own === undefined || !own.connected || own.door === "jammed";
}

function dockNow(context: StationContext, deps: AlarmDeps, dockId: string, name: string): DockNow {
  const door = deps.fleet.dockNow(dockId)?.door ?? context.kernel.state(fleetRoom).docks.get(dockId)?.door;
  const jammed = door === "jammed";
  for (const launch of context.kernel.state(launchRoom).launches.values())
    if (isFlying(launch) && launch.returnDockId === dockId)
      return { dockId, name, jammed, expected: launch.offer.choice.callSign };
  return { dockId, name, jammed, expected: undefined };
}
