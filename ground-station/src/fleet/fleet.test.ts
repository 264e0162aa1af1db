import { newFact, type StationToBridge, stationToBridge } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { launchRoom } from "../launch/index.js";
import { Bench, GROUND_M, uids } from "../launch/testing/index.js";
import { BridgeSession } from "./bridge-session.js";
import { fleetRoom } from "./index.js";
import { OrderSeal } from "./order-seal.js";

const bench = (): Bench => new Bench({}, [fleetRoom, launchRoom]);
const [osprey, kestrel] = uids;
const connection = { send: () => undefined, bufferedBytes: () => 0, close: () => undefined };
const by = { kind: "system", part: "ground-station" } as const;

describe("bridge connection", () => {
  it("is refused with a wrong token, from a browser, and while another bridge is connected", () => {
    const made = bench();
    const answer = (headers: Record<string, string>) =>
      made.fleet.accept({ path: "/bridge", headers, remote: "x" }, connection);
    expect(answer({ authorization: "Bearer wrong" })).toMatchObject({ kind: "refuse", status: 401 });
    expect(answer({ authorization: "Bearer token", origin: "http://x" })).toMatchObject({
      kind: "refuse",
      status: 403,
    });
    made.bridge.connect();
    expect(answer({ authorization: "Bearer token" })).toMatchObject({ kind: "refuse", status: 409 });
    expect(made.kernel.state(fleetRoom).bridgeUp).toBe(true);
  });

  it("is welcomed with how far the facts are, who is enrolled, and fed once a second", () => {
    const made = bench();
    made.bridge.connect(false);
    expect(made.bridge.haveSeq).toBe(0);
    expect(made.bridge.others.find((one) => one.kind === "enrolled")).toMatchObject({
      aircraft: [{ uid: osprey }, { uid: kestrel }, {}],
    });
    made.bridge.run(3);
    expect(made.bridge.others.filter((one) => one.kind === "feed").length).toBeGreaterThanOrEqual(3);
  });

  it("of the other kind is refused: sim and live never meet", () => {
    const made = bench();
    made.bridge.connect(false);
    made.bridge.drop();
    const answer = made.fleet.accept(
      { path: "/bridge", headers: { authorization: "Bearer token" }, remote: "x" },
      { ...connection, close: (_code, reason) => expect(reason).toMatch(/sim/) },
    );
    if (answer.kind === "accept")
      answer.onMessage(
        JSON.stringify({
          kind: "hello",
          version: 1,
          bridgeId: "bridge-1",
          bootId: "b",
          lastSeq: 0,
          provenance: "live",
        }),
      );
    expect(made.fleet.bridgeProvenance()).toBeUndefined();
  });

  it("that is open but silent is given up after 3.5 s, so that the bridge can come back", () => {
    const made = bench();
    made.bridge.connect();
    made.clock.advance(5_000);
    expect(made.types()).toContain("BridgeLost");
    expect(made.bridge.closed).toMatch(/3.5/);
    expect(made.bridge.connect(false).kind).toBe("accept");
    expect(made.types().at(-1)).toBe("BridgeBack");
  });
});

describe("what is said to a bridge", () => {
  it("carries the station's signature, all but acknowledgements, in one count (INV-11)", () => {
    const { context } = bench();
    const said: StationToBridge[] = [];
    const wire = {
      ...connection,
      send: (data: string | Uint8Array) => void said.push(stationToBridge.parse(JSON.parse(String(data)))),
    };
    const signer = { keyId: "aaaaaaaaaaaaaaaa", sign: (text: string) => `signed ${text.length}` };
    const seal = new OrderSeal({ signer, stationId: "station-1", clock: context.clocks.wall });
    const nothing = () => undefined;
    const session: BridgeSession = new BridgeSession(
      context,
      wire,
      {
        onReady: () => session.send({ kind: "welcome", version: 1, haveSeq: 0 }),
        onSamples: nothing,
        onDocks: nothing,
        onHealth: nothing,
        onTraffic: nothing,
        onCaughtUp: nothing,
      },
      seal,
    );
    const { id: bridgeId } = context.config.bridge;
    const hello = { kind: "hello", version: 1, bridgeId, bootId: "b", lastSeq: 0, provenance: "sim" };
    session.onMessage(JSON.stringify({ ...hello, challenge: "c_1", tMs: 5 }));
    session.feed();
    session.send({ kind: "enrolled", aircraft: [] });
    session.send({ kind: "timing", timing: { runId: "r", epochMs: 1, rate: 1, paused: false } });
    session.send({ kind: "sticks", uid: osprey, forward: 1, right: 0, up: 0, yaw: 0, grantId: "o_1" });
    session.send({ kind: "ack", seq: 1 });
    expect(said.map((one) => [one.kind, one.kind === "ack" ? undefined : one.proof?.seq])).toEqual([
      ["welcome", 1],
      ["feed", 2],
      ["enrolled", 3],
      ["timing", 4],
      ["sticks", 5],
      ["ack", undefined],
    ]);
  });
});

describe("facts of the bridge", () => {
  const armed = { uid: osprey };

  it("are recorded once each, with their origin, and acknowledged when durable", () => {
    const made = bench();
    made.bridge.connect(false);
    made.bridge.fact("Armed", armed);
    made.bridge.fact("Armed", armed, 1);
    const facts = made.facts.filter((fact) => fact.type === "Armed");
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({ origin: { seq: 1 }, by: { part: "drone-bridge" } });
    expect(made.bridge.acks).toEqual([1]);
  });

  it("are not acknowledged when the disk refuses them", () => {
    const made = bench();
    made.bridge.connect(false);
    made.failStore = true;
    made.bridge.fact("Armed", armed);
    expect(made.bridge.acks).toEqual([]);
  });

  it("with a gap end the connection instead of losing one", () => {
    const made = bench();
    made.bridge.connect(false);
    made.bridge.fact("Armed", armed, 3);
    expect(made.bridge.closed).toMatch(/expected fact 1/);
    expect(made.types()).not.toContain("Armed");
  });

  it("resume after a restart of the station where the record ends", () => {
    const first = bench();
    first.bridge.connect();
    const again = new Bench({ replay: [...first.facts], clock: first.clock }, [fleetRoom, launchRoom]);
    again.bridge.seq = first.bridge.seq;
    again.bridge.connect(false);
    expect(again.bridge.haveSeq).toBe(first.bridge.seq);
    again.bridge.fact("Armed", armed);
    expect(again.types()).toContain("Armed");
  });

  it("of a bridge that lost its journal are counted anew, not taken for repeats", () => {
    const first = bench();
    first.bridge.connect();
    const again = new Bench({ replay: [...first.facts], clock: first.clock }, [fleetRoom, launchRoom]);
    again.bridge.connect(false);
    expect(again.bridge.haveSeq).toBe(0);
    again.bridge.fact("Armed", armed);
    expect(again.types()).toContain("Armed");
  });

  it("that a bridge may not state are passed over, and the next ones still come", () => {
    const made = bench();
    made.bridge.connect(false);
    made.bridge.send({ kind: "fact", seq: 1, tMs: 1, type: "LaunchApproved", data: {} });
    made.bridge.send("not json at all");
    made.bridge.seq = 1;
    made.bridge.fact("Armed", armed);
    expect(made.types()).not.toContain("LaunchApproved");
    expect(made.types()).toContain("Armed");
  });
});

describe("samples", () => {
  it("without a battery heard give no time to turn: a bridge that has just come back must not send anything home", () => {
    const made = bench();
    made.bridge.connect();
    const aircraft = made.bridge.aircraft.get(osprey);
    const high = { altAmslM: GROUND_M + 42, inAir: true, armed: true, batteryPct: 0 };
    if (aircraft !== undefined) Object.assign(aircraft, { ...high, over: { batteryUnknown: true } });
    made.bridge.run(1);
    expect(made.fleet.samples.latest(osprey)?.turnInS).toBeUndefined();
    expect(made.fleet.energyOf(osprey)).toBeUndefined();
    if (aircraft !== undefined) Object.assign(aircraft, { over: {} });
    made.bridge.run(1);
    expect(made.fleet.energyOf(osprey)?.turnInS).toBeLessThanOrEqual(0);
  });

  it("have their age, height over ground, and a link that ages with the bridge's silence", () => {
    const made = bench();
    made.bridge.connect();
    const aircraft = made.bridge.aircraft.get(osprey);
    if (aircraft !== undefined) Object.assign(aircraft, { altAmslM: GROUND_M + 42, inAir: true, armed: true });
    made.bridge.run(1);
    expect(made.fleet.samples.latest(osprey)).toMatchObject({ ageMs: 50, link: "live" });
    expect(made.fleet.samples.latest(osprey)?.altAglM).toBeCloseTo(42, 1);
    expect(made.fleet.samples.latest(osprey)?.turnInS).toBeGreaterThan(60);
    made.clock.advance(2_450);
    expect(made.fleet.samples.latest(osprey)).toMatchObject({ ageMs: 2_500, link: "late" });
    made.clock.advance(1_000);
    expect(made.fleet.samples.latest(osprey)?.link).toBe("lost");
    expect(made.fleet.samples.all().size).toBe(3);
  });
});

describe("orders", () => {
  it("are in the record before they leave; without a record only what is safe leaves", () => {
    const made = bench();
    made.bridge.connect();
    made.bridge.orders.length = 0;
    made.failStore = true;
    made.fleet.orders.issue({ uid: osprey, act: { verb: "arm" }, by });
    expect(made.bridge.orders).toEqual([]);
    for (const verb of ["hold", "return", "land"] as const) made.fleet.orders.issue({ uid: osprey, act: { verb }, by });
    expect(made.bridge.orders.map((order) => order.act.verb)).toEqual(["hold", "return", "land"]);
  });

  it("say so when there is no bridge, and are not kept for later", () => {
    const made = bench();
    const orderId = made.fleet.orders.issue({ uid: osprey, act: { verb: "return" }, by });
    expect(made.kernel.state(fleetRoom).orders.get(orderId)).toMatchObject({
      state: "refused",
      text: expect.stringContaining("No contact"),
    });
    made.bridge.connect();
    expect(made.ordersOf("return")).toEqual([]);
  });

  it("that the bridge never journalled before the break did not happen", () => {
    const made = bench();
    made.bridge.connect();
    made.bridge.silent.add("arm");
    const orderId = made.fleet.orders.issue({ uid: osprey, act: { verb: "arm" }, by, approvalId: "a" });
    made.bridge.drop();
    made.clock.advance(1_000);
    made.bridge.connect(false);
    // It was journalled (OrderSent), so what became of it is the bridge's to say.
    expect(made.kernel.state(fleetRoom).orders.get(orderId)?.state).toBe("sending");
  });

  it("that took the sticks are named by every sample that follows, and the later one counts", () => {
    const made = bench();
    made.bridge.connect();
    const axes = { forward: 1, right: 0, up: 0, yaw: 0 };
    const taken = ["first", "second"].map(() => {
      const orderId = made.fleet.orders.issue({ uid: osprey, act: { verb: "takeStick" }, by });
      made.bridge.fact("OrderDone", { orderId, uid: osprey, verb: "takeStick", text: "" });
      made.fleet.orders.sticks(osprey, axes);
      return { kind: "sticks", uid: osprey, ...axes, grantId: orderId };
    });
    expect(made.bridge.others.filter((one) => one.kind === "sticks")).toEqual(taken);
  });

  it("given control passes, tells the bridge at once and after each reconnection, and hands no grant on", () => {
    const made = bench();
    made.bridge.connect();
    const axes = { forward: 1, right: 0, up: 0, yaw: 0 };
    const orderId = made.fleet.orders.issue({ uid: osprey, act: { verb: "takeStick" }, by });
    made.bridge.fact("OrderDone", { orderId, uid: osprey, verb: "takeStick", text: "" });
    made.kernel.commit([newFact("ControlGiven", { uid: osprey, personId: "pic-2", name: "PIC two", from: "p" }, by)]);
    made.fleet.orders.sticks(osprey, axes);
    const told = () => made.bridge.others.filter((one) => one.kind === "pilot" || one.kind === "sticks");
    expect(told()).toEqual([{ kind: "pilot", uid: osprey, personId: "pic-2" }]);
    expect(made.kernel.state(fleetRoom).aircraft.get(osprey)?.sticks).toBe(false);
    made.bridge.connect();
    expect(told().filter((one) => one.kind === "pilot").length).toBeGreaterThanOrEqual(1);
  });

  it("tell who does not say who he is, until he does or the bridge begins anew", () => {
    const made = bench();
    made.bridge.connect();
    const who = { endpoint: "udp 10.0.0.7:1", sysid: 3 };
    const heard = { ...who, compid: 1, reason: "silent", sinceMs: 5 } as const;
    const standing = () => [...made.kernel.state(fleetRoom).unidentified.values()];
    made.bridge.fact("AircraftUnidentified", heard);
    made.bridge.fact("AircraftUnidentified", { ...heard, reason: "noUid" });
    expect(standing()).toEqual([{ ...heard, reason: "noUid" }]);
    made.bridge.fact("AircraftUnidentifiedOver", { ...who, why: "identified" });
    expect(standing()).toEqual([]);
    made.bridge.fact("AircraftUnidentified", heard);
    made.bridge.fact("DuplicateSysid", { sysid: 1, uids: [osprey, kestrel] });
    const shared = (uid: string) => made.kernel.state(fleetRoom).aircraft.get(uid)?.duplicateSysid;
    made.bridge.fact("DuplicateSysidOver", { uid: osprey });
    expect([shared(osprey), shared(kestrel)]).toEqual([false, true]);
    made.bridge.fact("BridgeStarted", { bootId: "boot-3" });
    expect([standing(), shared(kestrel)]).toEqual([[], false]);
  });

  it("move what an aircraft and its dock are known to be", () => {
    const made = bench();
    made.bridge.connect();
    made.bridge.fact("FailsafeSeen", { uid: osprey, text: "low battery" });
    made.bridge.fact("DuplicateSysid", { sysid: 1, uids: [osprey, kestrel] });
    made.bridge.fact("LinkLost", { uid: kestrel, ageS: 3.6 });
    made.bridge.fact("DockDoorChanged", { dockId: "dock-1", door: "jammed", padClear: false, occupied: true });
    const state = made.kernel.state(fleetRoom);
    expect(state.aircraft.get(osprey)).toMatchObject({ failsafe: "low battery", duplicateSysid: true });
    expect(state.aircraft.get(kestrel)).toMatchObject({ link: "lost" });
    expect(state.docks.get("dock-1")).toMatchObject({ door: "jammed", padClear: false });
    const good = { state: "good", text: "the remote ID module is ready" } as const;
    const remoteId = () => made.kernel.state(fleetRoom).aircraft.get(osprey)?.remoteId;
    made.bridge.fact("RemoteIdChanged", { uid: osprey, ...good });
    expect(remoteId()).toEqual(good);
    made.bridge.fact("AircraftRebooted", { uid: osprey });
    expect(made.kernel.state(fleetRoom).aircraft.get(osprey)).toMatchObject({
      parameters: undefined,
      failsafe: undefined,
      remoteId: undefined,
    });
    made.bridge.fact("RemoteIdChanged", { uid: osprey, ...good });
    const gimbals = () =>
      made.kernel
        .state(fleetRoom)
        .aircraft.get(osprey)
        ?.gimbalsTaken.map(({ gimbal }) => gimbal);
    for (const gimbal of [154, 171])
      made.bridge.fact("GimbalTakenByOther", { uid: osprey, gimbal, sysid: 77, compid: 190, text: "77 has it" });
    made.bridge.fact("GimbalGivenBack", { uid: osprey, gimbal: 154 });
    expect(gimbals()).toEqual([171]);
    made.bridge.fact("BridgeStarted", { bootId: "boot-2" });
    expect(gimbals()).toEqual([]);
    expect(remoteId(), "what a bridge heard before it ended is not what is so now").toBeUndefined();
  });
});
