import {
  type AircraftSample,
  type BridgeFactName,
  encodeSamples,
  type FactData,
  type GeoPoint,
  type Order,
  type StationToBridge,
  stationToBridge,
} from "@outrider/contract";
import { aircraftSample, onDock } from "@outrider/contract/testing";
import { fenceVersion } from "../../airspace/index.js";
import { GROUND_M } from "../../app/testing/flat-world.js";
import type { Bench } from "./bench.js";

export type FakeAircraft = {
  point: GeoPoint;
  altAmslM: number;
  armed: boolean;
  inAir: boolean;
  batteryPct: number;
  over: Partial<AircraftSample>;
};
export type FakeDock = { door: "closed" | "open" | "jammed"; occupied: boolean; padClear: boolean };

/** Speaks the bridge wire and answers orders at once, unless told to keep silent about a verb. */
export class FakeBridge {
  readonly #bench: Bench;
  readonly orders: Order[] = [];
  readonly acks: number[] = [];
  readonly others: StationToBridge[] = [];
  readonly aircraft = new Map<string, FakeAircraft>();
  readonly docks = new Map<string, FakeDock>();
  readonly silent = new Set<string>();
  readonly refuse = new Map<string, string>();
  signedLink = true;
  haveSeq: number | undefined;
  seq = 0;
  closed: string | undefined;
  #toStation: ((data: string | Uint8Array) => void) | undefined;
  #onClose: ((reason: string) => void) | undefined;

  constructor(bench: Bench) {
    this.#bench = bench;
    for (const one of bench.context.config.aircraft) {
      const dock = bench.context.config.docks.find((two) => two.dockId === one.dockId);
      if (dock === undefined) continue;
      this.aircraft.set(one.uid, {
        point: dock.point,
        altAmslM: GROUND_M,
        armed: false,
        inAir: false,
        batteryPct: 95,
        over: {},
      });
      this.docks.set(one.dockId, { door: "closed", occupied: true, padClear: true });
    }
  }

  /** Connects, says hello, and reports every aircraft and dock as ready. */
  connect(ready = true): ReturnType<Bench["fleet"]["accept"]> {
    const connection = {
      send: (data: string | Uint8Array) => {
        if (typeof data === "string") this.#hear(stationToBridge.parse(JSON.parse(data)));
      },
      bufferedBytes: () => 0,
      close: (_code?: number, reason?: string) => {
        this.closed = reason ?? "";
      },
    };
    const answer = this.#bench.fleet.accept(
      { path: "/bridge", headers: { authorization: "Bearer token" }, remote: "x" },
      connection,
    );
    if (answer.kind === "refuse") return answer;
    this.#toStation = answer.onMessage;
    this.#onClose = answer.onClose;
    this.send({ kind: "hello", version: 1, bridgeId: "bridge-1", bootId: "b1", lastSeq: this.seq, provenance: "sim" });
    const handles = [...this.aircraft.keys()].map((uid, i) => ({ handle: i + 1, uid, sysid: i + 1 }));
    this.send({ kind: "handles", handles });
    if (ready) this.report();
    return answer;
  }

  report(): void {
    for (const dockId of this.docks.keys()) this.fact("DockConnected", { dockId, type: "dock" });
    [...this.aircraft.keys()].forEach((uid, i) => {
      this.fact("AircraftIdentified", {
        uid,
        sysid: i + 1,
        autopilot: "px4",
        firmware: "1.16",
        signedLink: this.signedLink,
        endpoint: "udp",
      });
      this.fact("FailsafeParametersRead", { uid, values: { NAV_DLL_ACT: 2, COM_DL_LOSS_T: 10 }, missing: [] });
    });
    this.tick();
  }

  drop(reason = "cut"): void {
    this.#onClose?.(reason);
  }

  send(message: unknown): void {
    this.#toStation?.(JSON.stringify(message));
  }

  fact<N extends BridgeFactName>(type: N, data: FactData<N>, seq = ++this.seq): void {
    this.send({ kind: "fact", seq, tMs: this.#bench.clock.nowMs(), type, data });
  }

  /** Samples and dock states as they are now. */
  tick(): void {
    const samples = [...this.aircraft.values()].map((one, i) => sampleOf(one, i + 1));
    this.#toStation?.(encodeSamples(samples, this.#bench.clock.nowMs()));
    const weather = { windMps: 2, windFromDeg: 270, gustMps: 3, temperatureC: 15, rain: false };
    const docks = [...this.docks].map(([dockId, one]) => ({
      kind: "state",
      dockId,
      ...one,
      charging: false,
      weather,
      ageMs: 100,
    }));
    this.send({ kind: "docks", docks });
  }

  /** Lets time pass with a sample each 200 ms, as a live bridge would. */
  run(seconds: number): void {
    for (let ms = 0; ms < seconds * 1000; ms += 200) {
      this.#bench.clock.advance(200);
      this.tick();
    }
  }

  #hear(message: StationToBridge): void {
    if (message.kind === "order") {
      this.orders.push(message.order);
      this.#obey(message.order);
    } else if (message.kind === "ack") this.acks.push(message.seq);
    else {
      if (message.kind === "welcome") this.haveSeq = message.haveSeq;
      this.others.push(message);
    }
  }

  #obey(order: Order): void {
    const { orderId, uid, act } = order;
    const { verb } = act;
    const launch = order.launchId === undefined ? {} : { launchId: order.launchId };
    const ids = { orderId, uid, ...launch };
    this.fact("OrderSent", { ...ids, act });
    const reason = this.refuse.get(verb);
    if (reason !== undefined) return this.fact("OrderRefused", { ...ids, verb, reason });
    if (this.silent.has(verb)) return;
    this.fact("OrderAcknowledged", { ...ids, verb });
    this.#effect(order, ids);
  }

  #effect(order: Order, ids: { orderId: string; uid: string }): void {
    const { act, uid } = order;
    const aircraft = this.aircraft.get(uid);
    if (aircraft === undefined) return;
    switch (act.verb) {
      case "openDock":
      case "closeDock": {
        const dock = this.docks.get(act.dockId);
        if (dock === undefined) return;
        dock.door = act.verb === "openDock" ? "open" : "closed";
        this.fact("DockDoorChanged", { dockId: act.dockId, door: dock.door, padClear: true, occupied: dock.occupied });
        return;
      }
      case "uploadPlan":
        this.fact("PlanReadBack", {
          ...ids,
          planId: act.plan.planId,
          items: act.plan.route.length,
          fenceHash: fenceVersion(act.plan.fence),
        });
        return;
      case "arm":
        aircraft.armed = true;
        this.fact("Armed", { uid });
        return;
      case "startMission":
        aircraft.inAir = true;
        this.fact("Airborne", { uid, altAmslM: aircraft.altAmslM });
        return;
      default:
        return;
    }
  }

  land(uid: string, dockId: string): void {
    const aircraft = this.aircraft.get(uid);
    const dock = this.docks.get(dockId);
    if (aircraft === undefined || dock === undefined) return;
    Object.assign(aircraft, { armed: false, inAir: false, altAmslM: GROUND_M });
    dock.occupied = true;
    this.fact("Landed", { uid, ...aircraft.point });
    this.fact("Disarmed", { uid });
  }
}

/** Whole, so that a row is one copy of it: a bench that flies for minutes sends thousands. */
const parked = aircraftSample({ ...onDock, ageMs: 50, linkAgeMs: 100, windEastMps: 1, preArmOk: true });

function sampleOf(one: FakeAircraft, handle: number): AircraftSample {
  return {
    ...parked,
    handle,
    ...one.point,
    altAmslM: one.altAmslM,
    batteryPct: one.batteryPct,
    batteryWh: (263 * one.batteryPct) / 100,
    mode: one.inAir ? "mission" : "hold",
    armed: one.armed,
    inAir: one.inAir,
    ...one.over,
  };
}
