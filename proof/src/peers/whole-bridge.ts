import { type Connection, config, type Fact, type Order, type OrderVerb } from "@outrider/contract";
import { siteConfig } from "@outrider/contract/testing";
import { type Bridge, bridgeConfigFrom, createBridge } from "@outrider/drone-bridge";
import { createAutopilot, createLossyConduit, type Fault, FaultSet, flatWorld } from "@outrider/sim";
import { EventQueue, ProcessClock } from "../storm/event-queue.js";
import { SeededChance } from "../storm/seeded-chance.js";
import { Platters, SimDisk } from "../storm/sim-disk.js";
import { SimNetwork } from "../storm/sim-network.js";

export const home = { latDeg: 39.74, lonDeg: -104.99 };
export const groundAmslM = 1600;
export const uid = "a1b2c3d4e5f60718";
const north = (metres: number) => ({ latDeg: home.latDeg + metres / 111_320, lonDeg: home.lonDeg });
const corner = (latDeg: number, lonDeg: number) => ({ latDeg: home.latDeg + latDeg, lonDeg: home.lonDeg + lonDeg });
const ring = [corner(-0.01, -0.01), corner(-0.01, 0.01), corner(0.01, 0.01), corner(0.01, -0.01)];

const written = siteConfig(ring);
const site = config.parse({
  ...written,
  bridge: { ...written.bridge, token: { env: "BRIDGE" }, journal: "bridge" },
  aircraft: [{ uid, callSign: "OSPREY", dockId: "dock-1", type: "q38", videoPort: 5600 }],
  docks: [{ dockId: "dock-1", name: "Dock 1", point: home, type: "dock" }],
});

const plan: Extract<OrderVerb, { verb: "uploadPlan" }>["plan"] = {
  planId: "plan-1",
  home: { point: home, groundAmslM },
  takeoffAltAmslM: groundAmslM + 60,
  route: [{ point: north(200), altAmslM: groundAmslM + 60, altAglM: 60, speedMps: 15 }],
  scene: { point: north(400), groundAmslM, orbitRadiusM: 40, altAmslM: groundAmslM + 60, speedMps: 8 },
  returnAltAmslM: groundAmslM + 70,
  rally: [{ dockId: "dock-1", point: home, altAmslM: groundAmslM + 70 }],
  fence: { inclusion: ring, exclusions: [], ceilingAmslM: groundAmslM + 120 },
  ...{ lengthM: 400, etaS: 40, etaP90S: 50, energyOutWh: 5, energyHomeWh: 5, minClearanceM: 30, profile: [] },
};

export type WholeBridgeOptions = {
  readonly seed?: number;
  readonly params?: Readonly<Record<string, number>>;
  /** Share of the battery that is used already. */
  readonly used?: number;
  /** What is heard of one message of the aircraft: by its id; all where left out. */
  readonly heard?: (msgid: number) => boolean;
};

/**
 * The bridge as it is shipped (journal, router, link, desks), a station that only asks and listens, and the simulated
 * autopilot, with both ways of a radio between them; all on one queue, nothing waits for a real clock.
 */
export class WholeBridge {
  readonly vehicle: ReturnType<typeof createAutopilot>;
  readonly bridge: Bridge;
  readonly facts: Pick<Fact, "type" | "data">[] = [];
  readonly #queue = new EventQueue(0);
  readonly #faults = new FaultSet();
  readonly #step: (tMs: number) => void;
  #station: Connection | undefined;
  #n = 0;

  constructor({ seed = 1, params = {}, used = 0, heard = () => true }: WholeBridgeOptions = {}) {
    const chance = new SeededChance(seed);
    const clock = new ProcessClock(this.#queue);
    const net = new SimNetwork(chance);
    let toBridge: (bytes: Uint8Array) => void = () => undefined;
    const link = { chance, faults: this.#faults, target: "link" };
    const down = createLossyConduit({ ...link, deliver: (bytes) => toBridge(bytes) });
    this.vehicle = createAutopilot({
      ...{
        sysid: 1,
        uid2: uid,
        home,
        world: flatWorld(home, groundAmslM),
        seed,
        lowFidelity: true,
        params,
        used,
        faults: this.#faults,
      },
      send: (bytes) => {
        if (heard((bytes[7] ?? 0) + (bytes[8] ?? 0) * 256)) down.send(bytes.slice(), this.#queue.nowMs);
      },
    });
    const up = createLossyConduit({ ...link, deliver: (bytes) => this.vehicle.onDatagram(bytes, "bridge") });
    this.#step = (tMs) => {
      up.step(tMs);
      this.vehicle.step(tMs);
      down.step(tMs);
    };
    this.#listen(net, clock);
    this.bridge = createBridge({
      config: bridgeConfigFrom(site),
      clocks: { run: clock, wall: clock },
      ...{ chance, token: "token", stationUrl: `ws://127.0.0.1:${site.listen.http}/bridge` },
      disk: new SimDisk(new Platters(), clock, chance),
      datagrams: {
        bind: (_at, handlers) => {
          toBridge = (bytes) => handlers.onDatagram(bytes, { host: "127.0.0.1", port: 18_570 });
          clock.after(0, () => handlers.onBound(site.listen.mavlinkUdp));
          return { send: (bytes) => up.send(bytes.slice(), this.#queue.nowMs), close: () => undefined };
        },
      },
      dialer: net.dialer(clock),
      messageServer: net.server(clock),
      log: () => undefined,
    });
    this.bridge.start((error) => {
      if (error !== undefined) throw error;
    });
  }

  /** The station's end of the bridge wire. */
  #listen(net: SimNetwork, clock: ProcessClock): void {
    net.server(clock).listen(
      site.listen.http,
      "",
      (_info, connection) => {
        this.#station = connection;
        connection.send(JSON.stringify({ kind: "welcome", version: 1, haveSeq: 0 }));
        return { kind: "accept", onMessage: (data) => this.#hear(data), onClose: () => undefined };
      },
      () => undefined,
    );
  }

  get nowMs(): number {
    return this.#queue.nowMs;
  }

  /** The radio becomes bad, both ways. It begins clean: how a bridge starts is not what is tested. */
  spoil(faults: readonly Fault[]): void {
    for (const fault of faults) this.#faults.inject("link", fault, this.nowMs);
  }

  /** Something breaks aboard. */
  fail(fault: Fault): void {
    this.#faults.inject(uid, fault, this.nowMs);
  }

  run(seconds: number, done = (): boolean => false): void {
    const endMs = this.nowMs + seconds * 1000;
    for (let tMs = this.nowMs + 20; tMs <= endMs && !done(); tMs += 20) {
      while (this.#queue.step(tMs));
      if (tMs % 1000 === 0) this.#say({ kind: "feed", n: this.#n++ });
      this.#step(tMs);
    }
  }

  order(orderId: string, act: OrderVerb, approvalId?: string): void {
    const order: Order = {
      ...{ orderId, uid, launchId: "launch-1", act, issuedAtMs: this.nowMs, maxAgeMs: 5_000 },
      issuedBy: { kind: "person", personId: "pic-1", name: "PIC one", role: "pic" },
      ...(approvalId === undefined ? {} : { approvalId }),
    };
    this.#say({ kind: "order", order });
  }

  /** Known, linked, and with its plan on board. */
  standing(): void {
    this.run(15, () => this.vehicle.status().ready && this.facts.some(({ type }) => type === "CameraIdentified"));
    this.order("plan", { verb: "uploadPlan", plan });
    this.run(8, () => this.facts.some(({ type }) => type === "PlanReadBack"));
  }

  /** Facts about one order, in their order. */
  fate(orderId: string): readonly { readonly type: string; readonly data: Record<string, unknown> }[] {
    // Facts of orders are records that carry their order's id.
    const all = this.facts as { type: string; data: Record<string, unknown> }[];
    return all.filter(({ data }) => data["orderId"] === orderId);
  }

  #say(message: unknown): void {
    this.#station?.send(JSON.stringify(message));
  }

  #hear(data: string | Uint8Array): void {
    if (typeof data !== "string") return;
    // What the bridge says is checked by the station's own reader; here it is only looked at.
    const message = JSON.parse(data) as { kind: string } & Pick<Fact, "type" | "data">;
    if (message.kind === "fact") this.facts.push({ type: message.type, data: message.data });
  }
}
