import type { AircraftView, AlarmView, Config, DockView, RoomViews } from "@outrider/contract";
import { aircraftOf, fleetRoom } from "../fleet/index.js";
import { isBeforeArm, isEnded, type Launch, launchOfUid, launchRoom, phaseOf } from "../launch/index.js";
import type { TaskingDesk } from "./tasking-desk.js";

export type VideoState = AircraftView["videoState"];
export type FleetViewDeps = {
  readonly alarms: () => readonly AlarmView[];
  readonly videoState: (uid: string) => VideoState;
};

const DOCK_FRESH_MS = 10_000;

/** Aircraft, docks, alarms and wind as one picture for every desk. */
export function fleetView(desk: TaskingDesk, deps: FleetViewDeps): RoomViews["fleet"] {
  const { config } = desk.context;
  return {
    aircraft: config.aircraft.map((one) => aircraftView(desk, deps, one)),
    docks: config.docks.map((dock) => dockView(desk, dock)),
    alarms: deps.alarms(),
    wind: desk.deps.fleet.windView(),
  };
}

export function aircraftView(desk: TaskingDesk, deps: FleetViewDeps, one: Config["aircraft"][number]): AircraftView {
  const { kernel, config } = desk.context;
  const { fleet } = desk.deps;
  const { uid } = one;
  const state = aircraftOf(kernel.state(fleetRoom), uid);
  const sample = fleet.samples.latest(uid);
  const launches = kernel.state(launchRoom);
  const active = launchOfUid(launches, uid);
  const launch = active !== undefined && !isEnded(active) ? active : undefined;
  const control = desk.control(uid);
  const notReady = notReadyWhy(desk, uid, launch);
  const energy = fleet.energyOf(uid);
  const brief = launch === undefined ? undefined : launches.incidents.open.get(launch.incidentId);
  return {
    uid,
    handle: fleet.handleOf(uid),
    callSign: one.callSign,
    prov: config.site.provenance,
    dockId: one.dockId,
    phase: launch !== undefined ? phaseOf(launch) : state.identity === undefined ? "unknown" : "inDock",
    job: launch === undefined ? "" : (brief?.title ?? launch.offer.plan.planId),
    next: launch === undefined ? "" : nextWords(desk, launch),
    launchId: launch?.launchId,
    incidentId: launch?.incidentId,
    picId: control?.picId,
    picName: control?.picName,
    cameraHeldBy: control?.camera?.name ?? control?.picName,
    link: sample?.link ?? "never",
    control: state.sticks ? "sticks" : (sample?.control ?? "ours"),
    signedLink: state.identity?.signedLink ?? false,
    armed: state.armed,
    inAir: desk.inAir(uid),
    offeredTo: control?.offer?.to,
    // Frozen: its text is made once for as long as it stands.
    plan: launch === undefined ? undefined : Object.freeze(launch.offer.plan),
    ready: notReady === "",
    notReady,
    energy:
      energy === undefined
        ? undefined
        : {
            nowWh: energy.nowWh,
            homeWh: energy.homeWh,
            reserveWh: energy.reserveWh,
            fullWh: fleet.aircraftConfig(uid)?.type.batteryWh ?? 0,
          },
    videoState: deps.videoState(uid),
  };
}

/** The first thing that keeps it in its dock, in words; empty when it could go. */
function notReadyWhy(desk: TaskingDesk, uid: string, launch: Launch | undefined): string {
  if (launch !== undefined && !isBeforeArm(launch)) return "in flight";
  const state = aircraftOf(desk.context.kernel.state(fleetRoom), uid);
  const sample = desk.deps.fleet.samples.latest(uid);
  const known = desk.deps.fleet.aircraftConfig(uid);
  const dock = desk.deps.fleet.dockNow(known?.dock.dockId ?? "");
  if (!desk.context.kernel.state(fleetRoom).bridgeUp) return "no contact with the bridge";
  if (state.identity === undefined) return "not heard since the bridge started";
  if (sample === undefined || sample.link === "lost" || sample.link === "never") return "no link";
  if (dock === undefined) return "dock not connected";
  if (dock.door === "jammed") return "dock door jammed";
  if (!dock.occupied) return "not in its dock";
  if (sample.batteryPct < desk.context.config.launch.minBatteryPct) return `battery ${Math.floor(sample.batteryPct)} %`;
  if (state.duplicateSysid) return "another aircraft has its system id";
  if (state.foreignStations.length > 0) return "another ground station is heard";
  return state.parameters === undefined ? "failsafe settings not read back" : "";
}

const dockName = (desk: TaskingDesk, dockId: string): string =>
  desk.context.config.docks.find((one) => one.dockId === dockId)?.name ?? dockId;

function nextWords(desk: TaskingDesk, launch: Launch): string {
  const { choice } = launch.offer;
  switch (launch.stage.kind) {
    case "proposed":
      return "waits for a pilot's word";
    case "enRoute":
      return "circles at the scene";
    case "onScene":
      return "stays until it must turn";
    case "returning":
      return launch.returnDockId === choice.dockId
        ? `lands at ${choice.dockName}`
        : `lands at ${dockName(desk, launch.returnDockId)} instead of ${choice.dockName}`;
    case "landed":
      return "its dock closes";
    case "docked":
      return "the flight is closed";
    default:
      return "takes off";
  }
}

function dockView(desk: TaskingDesk, dock: Config["docks"][number]): DockView {
  const { site, fleet } = desk.deps;
  const now = fleet.dockNow(dock.dockId);
  const nowMs = desk.context.kernel.nowMs();
  const ageMs = now === undefined ? Number.POSITIVE_INFINITY : now.ageMs + nowMs - now.heardMs;
  const facts = desk.context.kernel.state(fleetRoom).docks.get(dock.dockId);
  let state: DockView["state"];
  if (now !== undefined) {
    const { heardMs: _heardMs, ...heard } = now;
    state = { ...heard, ageMs };
  }
  return {
    dockId: dock.dockId,
    name: dock.name,
    point: dock.point,
    groundAmslM: site.groundAmslM(site.local(dock.point)),
    connected: (facts?.connected ?? false) && ageMs < DOCK_FRESH_MS,
    state,
    uid: desk.context.config.aircraft.find((one) => one.dockId === dock.dockId)?.uid,
  };
}
