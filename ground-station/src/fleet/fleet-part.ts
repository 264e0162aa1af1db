import type {
  AcceptInfo,
  AircraftConfig,
  AircraftTypeConfig,
  Connection,
  DockConfig,
  DockState,
  Provenance,
  RunTiming,
  StationToBridge,
  WireData,
} from "@outrider/contract";
import { windFromVector } from "@outrider/geo";
import { type Site, type TurnAnswer, turnTimes, type WindAloft } from "../airspace/index.js";
import type { OrderPort, SamplePort, StationContext, StationPart } from "../kernel/index.js";
import { BridgeSession, bridgeBack, bridgeLost } from "./bridge-session.js";
import { aircraftOf, fleetRoom } from "./fleet-room.js";
import { Orders } from "./orders.js";
import { SampleBook } from "./samples.js";
import { aloftFrom, type WindView } from "./wind.js";

export type FleetDeps = {
  readonly site: Site;
  readonly bridgeToken: string;
  /** Compares without telling by its time how much was right. */
  readonly sameSecret: (a: string, b: string) => boolean;
  readonly timing: () => RunTiming | undefined;
};

export type BridgeAccept =
  | { kind: "accept"; onMessage(data: WireData): void; onClose(reason: string): void }
  | { kind: "refuse"; status: number; reason: string };

export type DockNow = DockState & { readonly heardMs: number };

/** The station's side of the bridge: aircraft, docks, orders, samples. */
export type FleetPart = StationPart & {
  readonly orders: OrderPort;
  readonly samples: SamplePort;
  accept(info: AcceptInfo, connection: Connection): BridgeAccept;
  /** Tells the bridge of a new pace of the run. */
  retime(timing: RunTiming): void;
  readonly bridgeProvenance: () => Provenance | undefined;
  dockNow(dockId: string): DockNow | undefined;
  wind(): WindAloft;
  windView(): WindView | undefined;
  energyOf(uid: string): (TurnAnswer & { readonly nowWh: number }) | undefined;
  handleOf(uid: string): number;
  aircraftConfig(uid: string): { aircraft: AircraftConfig; type: AircraftTypeConfig; dock: DockConfig } | undefined;
  /** Where it is to come home to and how high, when that is not its own dock. Set by what plans flights. */
  setWayHome(uid: string, way: { point: { latDeg: number; lonDeg: number }; returnAltAmslM: number } | undefined): void;
  readonly health: () => { readonly connected: boolean; readonly heartbeatsOut: boolean | undefined };
};

const FEED_MS = 1_000;
/** A bridge sends something at least once a second; a connection silent for this long is dead although it is open. */
const SILENT_MS = 3_500;

export function createFleetPart(context: StationContext, deps: FleetDeps): FleetPart {
  const { kernel, config } = context;
  const { site } = deps;
  let session: BridgeSession | undefined;
  let heartbeatsOut: boolean | undefined;
  const docks = new Map<string, DockNow>();
  const energy = new Map<string, TurnAnswer & { nowWh: number }>();
  const waysHome = new Map<string, { point: { latDeg: number; lonDeg: number }; returnAltAmslM: number }>();
  const samples = new SampleBook(context.clocks.run, (latDeg, lonDeg) => {
    const at = site.local({ latDeg, lonDeg });
    return site.obstacles.terrain.covers(at.eastM, at.northM) ? site.groundAmslM(at) : undefined;
  });
  for (const one of config.aircraft) samples.handleOf(one.uid);

  const send = (message: StationToBridge): boolean => {
    if (session === undefined || !session.ready) return false;
    session.send(message);
    return true;
  };
  const orders = new Orders(context, send);

  const aircraftConfig: FleetPart["aircraftConfig"] = (uid) => {
    const aircraft = config.aircraft.find((one) => one.uid === uid);
    const type = aircraft === undefined ? undefined : config.aircraftTypes[aircraft.type];
    const dock = config.docks.find((one) => one.dockId === aircraft?.dockId);
    return aircraft === undefined || type === undefined || dock === undefined ? undefined : { aircraft, type, dock };
  };

  const lose = (lost: BridgeSession, reason: string): void => {
    if (session !== lost) return;
    session = undefined;
    heartbeatsOut = undefined;
    context.log("warn", "bridge connection lost", { reason });
    if (lost.ready) kernel.commit([bridgeLost(config.bridge.id)]);
  };

  const openSession = (connection: Connection): BridgeSession => {
    const openedMs = kernel.nowMs();
    const opened: BridgeSession = new BridgeSession(context, connection, {
      onReady: () => {
        const timing = deps.timing();
        opened.send({
          kind: "welcome",
          version: 1,
          haveSeq: opened.haveSeq,
          ...(timing === undefined ? {} : { timing }),
        });
        opened.send({
          kind: "enrolled",
          aircraft: config.aircraft.map(({ uid, callSign, dockId }) => ({ uid, callSign, dockId })),
        });
        opened.feed();
        if (!kernel.state(fleetRoom).bridgeUp) kernel.commit([bridgeBack(config.bridge.id)]);
      },
      onSamples: (frame, uidOf) => {
        const unknown = samples.take(frame, uidOf);
        if (unknown > 0) context.count("bridge_samples_without_handle");
      },
      onDocks: (states) => {
        const heardMs = kernel.nowMs();
        for (const state of states) docks.set(state.dockId, { ...state, heardMs });
      },
      onHealth: (health) => {
        heartbeatsOut = health.heartbeatsOut;
      },
      onCaughtUp: () => orders.settleUnsent(openedMs),
    });
    return opened;
  };

  const measureEnergy = (): void => {
    for (const [uid, sample] of samples.all()) {
      const known = aircraftConfig(uid);
      if (known === undefined || !sample.inAir) {
        energy.delete(uid);
        samples.setExtra(uid, { turnInS: undefined, homeInS: undefined });
        continue;
      }
      const way = waysHome.get(uid);
      const home = way?.point ?? known.dock.point;
      const answer = turnTimes(site, {
        at: { latDeg: sample.latDeg, lonDeg: sample.lonDeg },
        altAmslM: sample.altAmslM,
        home,
        returnAltAmslM: way?.returnAltAmslM ?? sample.altAmslM,
        nowWh: sample.batteryWh,
        type: known.type,
        aloft: { wind: windFromVector(sample.windEastMps, sample.windNorthMps), sigmaMps: 0.7, known: true },
      });
      energy.set(uid, { ...answer, nowWh: sample.batteryWh });
      samples.setExtra(uid, answer);
    }
  };

  const tick = (): void => {
    const current = session;
    if (current !== undefined) {
      if (kernel.nowMs() - current.lastHeardMs > SILENT_MS) {
        lose(current, "silent");
        current.close("nothing heard for 3.5 s");
      } else if (current.ready) current.feed();
    }
    measureEnergy();
    kernel.after(FEED_MS, tick);
  };

  return {
    name: "fleet",
    rooms: [fleetRoom],
    orders,
    samples,
    aircraftConfig,
    retime: (timing) => {
      send({ kind: "timing", timing });
    },
    bridgeProvenance: () => session?.provenance,
    dockNow: (dockId) => docks.get(dockId),
    wind: () => aloftFrom(config, docks, samples.all(), kernel.nowMs()).aloft,
    windView: () => aloftFrom(config, docks, samples.all(), kernel.nowMs()).view,
    energyOf: (uid) => energy.get(uid),
    handleOf: (uid) => samples.handleOf(uid),
    setWayHome: (uid, way) => {
      if (way === undefined) waysHome.delete(uid);
      else waysHome.set(uid, way);
    },
    health: () => ({ connected: session?.ready ?? false, heartbeatsOut }),
    onStart: () => {
      // What was true of the bridge before a restart is not known to be true now.
      if (kernel.state(fleetRoom).bridgeUp) kernel.commit([bridgeLost(config.bridge.id)]);
      kernel.after(FEED_MS, tick);
    },
    onFact: (fact) => {
      if (fact.type === "AircraftIdentified" && fact.data.autopilot === "px4")
        askParameters(context, orders, fact.data.uid);
    },
    accept: (info, connection) => {
      const given = info.headers["authorization"] ?? "";
      if (info.headers["origin"] !== undefined)
        return { kind: "refuse", status: 403, reason: "no browser may be a bridge" };
      if (!deps.sameSecret(given, `Bearer ${deps.bridgeToken}`)) {
        context.count("bridge_refused");
        return { kind: "refuse", status: 401, reason: "wrong bridge token" };
      }
      if (session !== undefined) {
        context.log("warn", "a second bridge was refused", { remote: info.remote });
        return { kind: "refuse", status: 409, reason: "another bridge is connected" };
      }
      const opened = openSession(connection);
      session = opened;
      return {
        kind: "accept",
        onMessage: (data) => {
          if (session === opened) opened.onMessage(data);
        },
        onClose: (reason) => lose(opened, reason),
      };
    },
  };
}

/** Read back once it has said who it is: the gate compares what the aircraft will really do. */
function askParameters(context: StationContext, orders: OrderPort, uid: string): void {
  const known = context.config.aircraft.some((one) => one.uid === uid);
  if (!known || aircraftOf(context.kernel.state(fleetRoom), uid).parameters !== undefined) return;
  orders.issue({ uid, act: { verb: "refreshParameters" }, by: { kind: "system", part: "ground-station" } });
}
