import {
  type AcceptInfo,
  type AircraftConfig,
  type AircraftSample,
  type AircraftTypeConfig,
  type BridgeToStation,
  bridgeFactNames,
  type Connection,
  type DockConfig,
  type DockState,
  type Fact,
  type GeoPoint,
  type OrderSigner,
  type Provenance,
  type RunTiming,
  type StationToBridge,
  type TrafficSeen,
  type WireData,
} from "@outrider/contract";
import { windFromVector } from "@outrider/geo";
import { type Site, type TurnAnswer, turnTimes, type WindAloft } from "../airspace/index.js";
import {
  type OrderPort,
  type SamplePort,
  type StationContext,
  type StationPart,
  systemActor,
} from "../kernel/index.js";
import { BridgeSession, bridgeBack, bridgeLost, type SessionEvents } from "./bridge-session.js";
import { aircraftOf, fleetRoom } from "./fleet-room.js";
import { OrderSeal } from "./order-seal.js";
import { Orders } from "./orders.js";
import { SampleBook } from "./samples.js";
import { Ticker } from "./ticker.js";
import { aloftFrom, type WindView } from "./wind.js";

export type FleetDeps = {
  readonly site: Site;
  readonly bridgeToken: string;
  /** Compares without telling by its time how much was right. */
  readonly sameSecret: (a: string, b: string) => boolean;
  readonly timing: () => RunTiming | undefined;
  /** Signs what leaves for the bridge; without it all leaves unsigned, and a bridge that wants it signed refuses. */
  readonly orderSigner?: OrderSigner;
  /** Told of other aircraft that the receivers of ours hear. */
  readonly onTraffic?: (seen: readonly TrafficSeen[]) => void;
};

type BridgeHealth = Extract<BridgeToStation, { kind: "health" }>;

export type BridgeAccept =
  | { kind: "accept"; onMessage(data: WireData): void; onClose(reason: string): void }
  | { kind: "refuse"; status: number; reason: string };

export type DockNow = DockState & { readonly heardMs: number };

type WayHome = { readonly point: GeoPoint; readonly returnAltAmslM: number };

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
  setWayHome(uid: string, way: WayHome | undefined): void;
  readonly health: () => {
    readonly connected: boolean;
    readonly heartbeatsOut: boolean | undefined;
    /** What the bridge says of keys and limits; undefined until it has. */
    readonly orders: BridgeHealth["orders"];
    /** Signed MAVLink frames counted; undefined where the site signs nothing, or before the bridge has told. */
    readonly signing: BridgeHealth["signing"];
  };
};

const FEED_MS = 1_000;
/** A bridge sends something at least once a second; a connection silent for this long is dead although it is open. */
const SILENT_MS = 3_500;
const AIRCRAFT_WIND_SIGMA_MPS = 0.7;

class Fleet {
  readonly #context: StationContext;
  readonly #deps: FleetDeps;
  readonly samples: SampleBook;
  readonly orders: Orders;
  readonly docks = new Map<string, DockNow>();
  readonly energy = new Map<string, TurnAnswer & { nowWh: number }>();
  readonly waysHome = new Map<string, WayHome>();
  readonly #ticker: Ticker;
  #session: BridgeSession | undefined;
  heartbeatsOut: boolean | undefined;
  ordersHealth: BridgeHealth["orders"];
  signingHealth: BridgeHealth["signing"];

  constructor(context: StationContext, deps: FleetDeps) {
    this.#context = context;
    this.#deps = deps;
    this.#ticker = new Ticker(context.kernel, FEED_MS, () => this.#tick());
    this.orders = new Orders(context, (message) => this.send(message));
    this.samples = new SampleBook(context.clocks.run, (latDeg, lonDeg) => this.#groundAt({ latDeg, lonDeg }));
    for (const one of context.config.aircraft) this.samples.handleOf(one.uid);
  }

  #groundAt(point: GeoPoint): number | undefined {
    const { site } = this.#deps;
    const at = site.local(point);
    return site.obstacles.terrain.covers(at.eastM, at.northM) ? site.groundAmslM(at) : undefined;
  }

  get session(): BridgeSession | undefined {
    return this.#session;
  }

  send(message: StationToBridge): boolean {
    if (this.#session === undefined || !this.#session.ready) return false;
    this.#session.send(message);
    return true;
  }

  configOf(uid: string): ReturnType<FleetPart["aircraftConfig"]> {
    const { config } = this.#context;
    const aircraft = config.aircraft.find((one) => one.uid === uid);
    const type = aircraft === undefined ? undefined : config.aircraftTypes[aircraft.type];
    const dock = config.docks.find((one) => one.dockId === aircraft?.dockId);
    return aircraft === undefined || type === undefined || dock === undefined ? undefined : { aircraft, type, dock };
  }

  accept(info: AcceptInfo, connection: Connection): BridgeAccept {
    const given = info.headers["authorization"] ?? "";
    if (info.headers["origin"] !== undefined)
      return { kind: "refuse", status: 403, reason: "no browser may be a bridge" };
    if (!this.#deps.sameSecret(given, `Bearer ${this.#deps.bridgeToken}`)) {
      this.#context.count("bridge_refused");
      return { kind: "refuse", status: 401, reason: "wrong bridge token" };
    }
    if (this.#session !== undefined) {
      this.#context.log("warn", "a second bridge was refused", { remote: info.remote });
      return { kind: "refuse", status: 409, reason: "another bridge is connected" };
    }
    const opened = this.#open(connection);
    this.#session = opened;
    return {
      kind: "accept",
      onMessage: (data) => {
        if (this.#session === opened) opened.onMessage(data);
      },
      onClose: (reason) => this.#lose(opened, reason),
    };
  }

  #open(connection: Connection): BridgeSession {
    const { kernel } = this.#context;
    const openedMs = kernel.nowMs();
    const events: SessionEvents = {
      onReady: () => this.#welcome(opened),
      onSamples: (frame, uidOf) => {
        if (this.samples.take(frame, uidOf) > 0) this.#context.count("bridge_samples_without_handle");
      },
      onDocks: (states) => {
        for (const state of states) this.docks.set(state.dockId, { ...state, heardMs: kernel.nowMs() });
      },
      onHealth: (health) => {
        this.heartbeatsOut = health.heartbeatsOut;
        this.ordersHealth = health.orders;
        this.signingHealth = health.signing;
      },
      onTraffic: (seen) => this.#deps.onTraffic?.(seen),
      onCaughtUp: () => this.orders.settleUnsent(openedMs),
    };
    const opened: BridgeSession = new BridgeSession(this.#context, connection, events, this.#sealOf());
    return opened;
  }

  #sealOf(): OrderSeal | undefined {
    const { orderSigner: signer } = this.#deps;
    const { config, clocks } = this.#context;
    const stationId = config.bridge.orders?.stationId;
    if (signer === undefined || stationId === undefined) return undefined;
    return new OrderSeal({ signer, stationId, clock: clocks.wall });
  }

  #welcome(opened: BridgeSession): void {
    const { config, kernel } = this.#context;
    const timing = this.#deps.timing();
    const stationId = config.bridge.orders?.stationId;
    const keyId = this.#deps.orderSigner?.keyId;
    opened.send({
      kind: "welcome",
      version: 1,
      haveSeq: opened.haveSeq,
      ...(timing === undefined ? {} : { timing }),
      ...(stationId === undefined || keyId === undefined ? {} : { signs: { stationId, keyId } }),
    });
    const aircraft = config.aircraft.map(({ uid, callSign, dockId }) => ({ uid, callSign, dockId }));
    opened.send({ kind: "enrolled", aircraft });
    for (const { uid } of aircraft) this.orders.pilot(uid);
    opened.feed();
    if (!kernel.state(fleetRoom).bridgeUp) kernel.commit([bridgeBack(config.bridge.id)]);
  }

  #lose(lost: BridgeSession, reason: string): void {
    if (this.#session !== lost) return;
    this.#session = undefined;
    this.heartbeatsOut = undefined;
    this.ordersHealth = undefined;
    this.signingHealth = undefined;
    this.#context.log("warn", "bridge connection lost", { reason });
    if (lost.ready) this.#context.kernel.commit([bridgeLost(this.#context.config.bridge.id)]);
  }

  start(): void {
    const { kernel, config } = this.#context;
    // What was true of the bridge before a restart is not known to be true now.
    if (kernel.state(fleetRoom).bridgeUp) kernel.commit([bridgeLost(config.bridge.id)]);
    this.#ticker.start();
  }

  #tick(): void {
    const { kernel } = this.#context;
    const current = this.#session;
    if (current !== undefined) {
      if (kernel.nowMs() - current.lastHeardMs > SILENT_MS) {
        this.#lose(current, "silent");
        current.close("nothing heard for 3.5 s");
      } else if (current.ready) current.feed();
    }
    for (const [uid, sample] of this.samples.all()) this.#measureEnergy(uid, sample);
  }

  #measureEnergy(uid: string, sample: AircraftSample): void {
    const known = this.configOf(uid);
    // A bridge that has just come back has not heard the battery yet: no figure, rather than one that turns it home.
    if (known === undefined || !sample.inAir || sample.batteryUnknown === true) {
      this.energy.delete(uid);
      this.samples.setExtra(uid, { turnInS: undefined, homeInS: undefined });
      return;
    }
    const way = this.waysHome.get(uid);
    const wind = windFromVector(sample.windEastMps, sample.windNorthMps);
    const answer = turnTimes(this.#deps.site, {
      at: { latDeg: sample.latDeg, lonDeg: sample.lonDeg },
      altAmslM: sample.altAmslM,
      home: way?.point ?? known.dock.point,
      returnAltAmslM: way?.returnAltAmslM ?? sample.altAmslM,
      nowWh: sample.batteryWh,
      type: known.type,
      aloft: { wind, sigmaMps: AIRCRAFT_WIND_SIGMA_MPS, known: true },
    });
    this.energy.set(uid, { ...answer, nowWh: sample.batteryWh });
    this.samples.setExtra(uid, answer);
  }

  /** What was heard in the old run says nothing about the new one. */
  #newRun(): void {
    this.samples.forget();
    this.docks.clear();
    this.energy.clear();
    this.waysHome.clear();
    if (this.#session !== undefined) this.#session.lastHeardMs = this.#context.kernel.nowMs();
    this.#ticker.start();
  }

  wind() {
    const { config, kernel } = this.#context;
    return aloftFrom(config, this.docks, this.samples.all(), kernel.nowMs());
  }

  /** Read back once it has said who it is: the gate compares what the aircraft will really do. */
  onFact(fact: Fact): void {
    if (fact.type === "RunStarted") this.#newRun();
    if (fact.type === "ControlTaken" || fact.type === "ControlGiven" || fact.type === "ControlKept")
      this.orders.pilot(fact.data.uid);
    if (fact.type !== "AircraftIdentified" || this.configOf(fact.data.uid) === undefined) return;
    const { uid } = fact.data;
    if (aircraftOf(this.#context.kernel.state(fleetRoom), uid).parameters !== undefined) return;
    this.orders.issue({ uid, act: { verb: "refreshParameters" }, by: systemActor });
  }
}

export function createFleetPart(context: StationContext, deps: FleetDeps): FleetPart {
  const fleet = new Fleet(context, deps);
  return {
    name: "fleet",
    rooms: [fleetRoom],
    orders: fleet.orders,
    samples: fleet.samples,
    accept: (info, connection) => fleet.accept(info, connection),
    aircraftConfig: (uid) => fleet.configOf(uid),
    retime: (timing) => {
      fleet.send({ kind: "timing", timing });
    },
    bridgeProvenance: () => fleet.session?.provenance,
    dockNow: (dockId) => fleet.docks.get(dockId),
    wind: () => fleet.wind().aloft,
    windView: () => fleet.wind().view,
    energyOf: (uid) => fleet.energy.get(uid),
    handleOf: (uid) => fleet.samples.handleOf(uid),
    setWayHome: (uid, way) => {
      if (way === undefined) fleet.waysHome.delete(uid);
      else fleet.waysHome.set(uid, way);
    },
    health: () => ({
      connected: fleet.session?.ready ?? false,
      heartbeatsOut: fleet.heartbeatsOut,
      orders: fleet.ordersHealth,
      signing: fleet.signingHealth,
    }),
    onStart: () => fleet.start(),
    onFact: (fact) => fleet.onFact(fact),
    touches: (fact) => (fleetFacts.has(fact.type) ? ["fleet", "health"] : []),
  };
}

const fleetFacts: ReadonlySet<string> = new Set([...bridgeFactNames, "BridgeLost", "BridgeBack", "OrderIssued"]);
