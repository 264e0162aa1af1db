import type { FlightPlan, Order, OrderVerb } from "@outrider/contract";
import { type Bench, uidA } from "./bench.js";
import { FakeAutopilot, fakeGroundAmslM, fakeHome } from "./fake-autopilot.js";

const north = (metres: number): { latDeg: number; lonDeg: number } => ({
  latDeg: fakeHome.latDeg + metres / 111_320,
  lonDeg: fakeHome.lonDeg,
});
const corner = (latDeg: number, lonDeg: number): { latDeg: number; lonDeg: number } => ({
  latDeg: fakeHome.latDeg + latDeg,
  lonDeg: fakeHome.lonDeg + lonDeg,
});

export const testPlan: FlightPlan = {
  planId: "plan-1",
  home: { point: fakeHome, groundAmslM: fakeGroundAmslM },
  takeoffAltAmslM: fakeGroundAmslM + 60,
  route: [{ point: north(200), altAmslM: fakeGroundAmslM + 60, altAglM: 60, speedMps: 15 }],
  scene: {
    point: north(400),
    groundAmslM: fakeGroundAmslM,
    orbitRadiusM: 40,
    altAmslM: fakeGroundAmslM + 60,
    speedMps: 8,
  },
  returnAltAmslM: fakeGroundAmslM + 70,
  rally: [{ dockId: "dock-a", point: fakeHome, altAmslM: fakeGroundAmslM + 70 }],
  fence: {
    inclusion: [corner(-0.01, -0.01), corner(-0.01, 0.01), corner(0.01, 0.01), corner(0.01, -0.01)],
    exclusions: [],
    ceilingAmslM: fakeGroundAmslM + 120,
  },
  lengthM: 400,
  etaS: 40,
  etaP90S: 50,
  energyOutWh: 5,
  energyHomeWh: 5,
  minClearanceM: 30,
  profile: [],
};

export const gotoAct = (altAmslM: number): OrderVerb => ({
  verb: "goto",
  point: north(300),
  altAmslM,
  groundAmslM: fakeGroundAmslM,
  speedMps: 12,
});

/** Says an order as the station does. */
export function say(b: Bench, orderId: string, act: OrderVerb, more: Partial<Order> = {}): void {
  const order: Order = {
    orderId,
    uid: uidA,
    launchId: "launch-1",
    act,
    issuedBy: { kind: "person", personId: "pic-1", name: "PIC one", role: "pic" },
    issuedAtMs: b.clock.nowMs(),
    maxAgeMs: 5_000,
    ...more,
  };
  b.station.say({ kind: "order", order });
}

/** What became of an order, by its facts in order. */
export const fate = (b: Bench, orderId: string): string[] =>
  b.station
    .facts()
    .filter((fact) => fact.data["orderId"] === orderId)
    .map((fact) => fact.type);

export const lastWords = (b: Bench, orderId: string): string =>
  String(
    b.station
      .facts()
      .filter((fact) => fact.data["orderId"] === orderId)
      .map((fact) => fact.data["reason"] ?? fact.data["text"] ?? "")
      .at(-1),
  );

/** An aircraft that is known, linked and has the plan. */
export function standing(b: Bench, options: { uid?: string; sysid?: number; port?: number } = {}): FakeAutopilot {
  const autopilot = new FakeAutopilot(b, {
    uid: options.uid ?? uidA,
    sysid: options.sysid ?? 1,
    port: options.port ?? 18570,
  });
  b.clock.run(4_000);
  return autopilot;
}

export function flying(b: Bench): FakeAutopilot {
  const autopilot = standing(b);
  say(b, "plan", { verb: "uploadPlan", plan: testPlan });
  b.clock.run(3_000);
  say(b, "arm", { verb: "arm" }, { approvalId: "approval-1" });
  b.clock.run(2_000);
  say(b, "start", { verb: "startMission" });
  b.clock.run(3_000);
  return autopilot;
}
