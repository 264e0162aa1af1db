import type { Fence, FlightPlan, GateResult } from "@outrider/contract";
import { distanceM } from "@outrider/geo";
import {
  crossingsOf,
  fenceVersion,
  type OwnFlight,
  ownSeparation,
  type PlanChecks,
  type Site,
} from "../airspace/index.js";
import { aircraftOf, type FleetPart, fleetRoom } from "../fleet/index.js";
import { type Measured, measureGates } from "../gates/index.js";
import type { StationContext } from "../kernel/index.js";
import type { SkyPort } from "../sky/index.js";
import type { IncidentBrief } from "./incidents.js";
import { isFlying, isPreparing } from "./launch.js";
import { busyWith, launchRoom } from "./launch-room.js";
import { type LoadView, loadOf } from "./load.js";
import type { PilotsPort } from "./ports.js";

export type MeasureDeps = {
  readonly fleet: FleetPart;
  readonly site: Site;
  readonly pilots: PilotsPort;
  readonly loadView: () => LoadView;
  /** Other aircraft and the weather; without it neither is measured. */
  readonly sky?: SkyPort | undefined;
};

export type MeasureWish = {
  readonly uid: string;
  readonly picId: string | undefined;
  readonly incident: IncidentBrief | undefined;
  readonly checks: PlanChecks | undefined;
  /** The fence of the plan; undefined: of a plan that is being made now, so the site's own. */
  readonly fence: Fence | undefined;
  /** The plan has been read back from the aircraft. */
  readonly uploaded: boolean;
  readonly launchId: string | undefined;
  readonly plan: FlightPlan | undefined;
  /** The launch that it relieves comes home when it is there: they meet by agreement, and apart in height. */
  readonly relieves?: string | undefined;
  /** The act that is being judged is itself input by the pilot. */
  readonly picActsNow: boolean;
};

/** Takes every value that the gates look at, now. */
export function measureLaunch(context: StationContext, deps: MeasureDeps, wish: MeasureWish): GateResult[] {
  return measureGates(measuredNow(context, deps, wish), context.config.notConfigured);
}

function measuredNow(context: StationContext, deps: MeasureDeps, wish: MeasureWish): Measured {
  const { kernel, config } = context;
  const nowMs = kernel.nowMs();
  const { launch } = config;
  const pic = deps.pilots.pilotsOnWatch().find((one) => one.personId === wish.picId);
  const presenceMs = wish.picActsNow ? nowMs : nowMs - deps.pilots.presenceAgeMs(wish.picId ?? "");
  const load = loadOf(wish.picId ?? "", deps.loadView(), wish.launchId);
  const { checks } = wish;
  return {
    pic: {
      pic: pic === undefined ? undefined : { name: pic.name, certificateUntilMs: pic.certificateUntilMs, presenceMs },
      nowMs,
    },
    workload: { picName: pic?.name, ...load, maxAircraft: launch.maxAircraftPerPic },
    currency: { picName: pic?.name, days: pic?.currencyDays ?? Number.NaN, limitDays: launch.currencyDays },
    ...aircraftNow(context, deps, wish),
    minBatteryPct: launch.minBatteryPct,
    fence: checks?.fence,
    fenceVersions: {
      site: deps.site.fenceVersion,
      plan: wish.fence === undefined ? undefined : fenceVersion(wish.fence),
      aboard: aircraftOf(kernel.state(fleetRoom), wish.uid).fenceAboard,
      uploaded: wish.uploaded,
    },
    criteria: {
      criteria: launch.criteria,
      alerts: (wish.incident?.alerts ?? []).map(({ callType, kind, urgency, realOf100 }) => ({
        callType,
        kind,
        urgency,
        realOf100,
      })),
    },
    clearance: checks?.clearance,
    wayHome: checks?.wayHome,
    own: ownNow(context, deps, wish),
    airspace: deps.sky?.airspace(wish.plan),
    traffic: deps.sky?.traffic(wish.plan),
    privacy: checks?.privacy,
    foreignStationAllowed: config.bridge.allowForeignStation,
  };
}

function ownNow(
  context: StationContext,
  deps: MeasureDeps,
  { plan, launchId, relieves, uid }: MeasureWish,
): Measured["own"] {
  if (plan === undefined) return undefined;
  const others: OwnFlight[] = [];
  for (const other of context.kernel.state(launchRoom).launches.values()) {
    const { callSign, uid: theirs } = other.offer.choice;
    if (other.launchId === launchId || other.launchId === relieves || theirs === uid) continue;
    if (!isFlying(other) && !isPreparing(other)) continue;
    others.push({ callSign, plan: other.offer.plan, onlyHome: other.stage.kind === "returning" });
  }
  const crossings = others.length === 0 ? [] : crossingsOf(deps.site.local, plan, others);
  return { others: others.length, crossings, leastVerticalM: ownSeparation.verticalM };
}

function dockOfAircraft(context: StationContext, deps: MeasureDeps, uid: string): Measured["dock"] {
  const { kernel } = context;
  const known = deps.fleet.aircraftConfig(uid);
  const now = known === undefined ? undefined : deps.fleet.dockNow(known.dock.dockId);
  const facts = kernel.state(fleetRoom).docks.get(known?.dock.dockId ?? "");
  const ageS = now === undefined ? 0 : (now.ageMs + kernel.nowMs() - now.heardMs) / 1000;
  return {
    dockName: known?.dock.name ?? "Dock",
    connected: facts?.connected ?? false,
    state: now === undefined ? undefined : { door: now.door, padClear: now.padClear, ageS },
  };
}

type OfAircraft = Pick<
  Measured,
  | "aircraft"
  | "parameters"
  | "batteryPct"
  | "preArm"
  | "dock"
  | "link"
  | "energy"
  | "weather"
  | "provenance"
  | "foreignStations"
  | "otherControl"
  | "position"
  | "remoteId"
>;

function aircraftNow(context: StationContext, deps: MeasureDeps, wish: MeasureWish): OfAircraft {
  const { kernel, config } = context;
  const { uid } = wish;
  const known = deps.fleet.aircraftConfig(uid);
  const state = aircraftOf(kernel.state(fleetRoom), uid);
  const sample = deps.fleet.samples.latest(uid);
  const dockState = known === undefined ? undefined : deps.fleet.dockNow(known.dock.dockId);
  const fullWh = known?.type.batteryWh ?? 0;
  const busy = busyWith(kernel.state(launchRoom), uid, wish.launchId);
  const identified = state.identity !== undefined;
  const allFleet = kernel.state(fleetRoom);
  const nowMs = kernel.nowMs();
  return {
    aircraft: {
      callSign: known?.aircraft.callSign ?? uid,
      enrolled: known !== undefined,
      identified,
      duplicateSysid: state.duplicateSysid,
      armed: sample === undefined ? undefined : sample.armed || state.armed,
      inAir: sample === undefined ? undefined : sample.inAir || state.inAir,
      inDock: dockState?.occupied,
      busyWith: busy?.launchId,
    },
    parameters: { wanted: config.failsafeParameters, read: state.parameters?.values },
    batteryPct: sample?.batteryUnknown === true ? undefined : sample?.batteryPct,
    preArm: { callSign: known?.aircraft.callSign ?? uid, ok: sample?.preArmOk, said: freshSaid(state.said, nowMs) },
    dock: dockOfAircraft(context, deps, uid),
    remoteId: { callSign: known?.aircraft.callSign ?? uid, module: state.remoteId },
    link: {
      link: sample?.link,
      ageS: sample === undefined ? undefined : sample.linkAgeMs / 1000,
      signed: state.identity?.signedLink,
      unsignedMayLaunch: config.launch.unsignedLinkMayLaunch,
    },
    energy: {
      nowWh: sample?.batteryUnknown === true ? undefined : sample?.batteryWh,
      fullWh,
      needWh: wish.checks?.needWh,
      reserveWh: (config.launch.reservePct / 100) * fullWh,
      windKnown: deps.fleet.wind().known,
    },
    weather: weatherNow(deps, wish),
    provenance: {
      site: config.site.provenance,
      aircraft: deps.fleet.bridgeProvenance(),
      sources: (wish.incident?.alerts ?? []).flatMap((alert) => {
        const source = config.sources.find((one) => one.sourceId === alert.sourceId);
        return source === undefined ? [] : [source.provenance];
      }),
    },
    foreignStations: allFleet.bridgeUp ? state.foreignStations : undefined,
    otherControl: state.otherControl,
    position: positionNow(deps, wish, state.doubt),
  };
}

function weatherNow({ fleet, sky }: MeasureDeps, { uid, checks }: MeasureWish): Measured["weather"] {
  const known = fleet.aircraftConfig(uid);
  if (known === undefined) return undefined;
  const { maxWindMps, maxGustMps } = known.type;
  const dock = fleet.dockNow(known.dock.dockId)?.weather;
  const flightAglM = checks?.clearance.maxAglM;
  return { dock, air: sky?.air(), limits: sky?.limits, maxWindMps, maxGustMps, flightAglM };
}

/** What it said longer ago need not be why it refuses now. */
const SAID_FRESH_MS = 60_000;
const freshSaid = (said: { text: string; tMs: number } | undefined, nowMs: number): string | undefined =>
  said !== undefined && nowMs - said.tMs < SAID_FRESH_MS ? said.text : undefined;

function positionNow(deps: MeasureDeps, wish: MeasureWish, doubt: string | undefined): Measured["position"] {
  const known = deps.fleet.aircraftConfig(wish.uid);
  const sample = deps.fleet.samples.latest(wish.uid);
  if (known === undefined || sample === undefined)
    return { ok: undefined, doubt: undefined, padOffM: undefined, padHeightOffM: undefined };
  const pad = deps.site.local(known.dock.point);
  return {
    ok: sample.positionOk,
    doubt,
    padOffM: distanceM(pad, deps.site.local({ latDeg: sample.latDeg, lonDeg: sample.lonDeg })),
    padHeightOffM: sample.altAmslM - deps.site.groundAmslM(pad),
  };
}
