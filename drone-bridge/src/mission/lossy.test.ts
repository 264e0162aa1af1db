import { type AnyMessageInit, decode, encodeFrame, FrameReader, type MavMessage } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { byteNoise, FakeClock, FakePlanStore, fakeChance, lossyPipe, type PipeFaults } from "../testing/index.js";
import { MissionDesk, type PlanItem, type PlanList, type PlanOutcome } from "./index.js";

const item = (n: number): PlanItem => ({
  command: 16,
  frame: 5,
  params: [0, 0, 0, Number.NaN],
  x: 397_400_000 + n,
  y: -1_049_900_000 - n,
  z: 1660 + n,
});
const vertex = (n: number): PlanItem => ({
  command: 5001,
  frame: 5,
  params: [4, 0, 0, 0],
  x: 397_400_000 + n * 1000,
  y: -1_049_900_000,
  z: 0,
});
const lists: readonly PlanList[] = [
  { type: 1, items: [0, 1, 2, 3].map(vertex) },
  { type: 2, items: [] },
  { type: 0, items: [0, 1, 2, 3, 4, 5].map(item) },
];

/** As it looks after the wire: what an encoder changes, both sides see changed. */
function overTheWire(message: AnyMessageInit): MavMessage {
  let out: MavMessage | undefined;
  new FrameReader().pushDatagram(encodeFrame(message, { sysid: 1, compid: 1, seq: 0 }), (frame) => {
    out = decode(frame);
  });
  if (out === undefined) throw new Error(`not decoded: ${message.name}`);
  return out;
}

function exchange(
  faults: PipeFaults,
  seed: number,
  spoil?: (items: PlanItem[], clock: FakeClock) => PlanItem[],
  homeFirst = false,
): { outcome: PlanOutcome | undefined; store: FakePlanStore; tookMs: number } {
  const clock = new FakeClock();
  const chance = fakeChance(seed);
  let outcome: PlanOutcome | undefined;
  let endMs = 0;
  // Without delay the answer comes inside the sending call, as it does from a peer in the same process.
  const pipe = (to: (message: MavMessage) => void) => {
    const deliver = byteNoise(chance, faults.noise ?? 0, to);
    return faults.delayMs > 0
      ? lossyPipe<MavMessage>(clock, chance, faults, deliver)
      : (message: MavMessage) => (chance.unit() < faults.loss ? undefined : deliver(message));
  };
  const down = pipe((message) => desk.onMessage(message));
  const store = new FakePlanStore(clock, (message) => down(overTheWire(message)));
  store.spoil = spoil && ((items) => spoil(items, clock));
  const up = pipe((message) => store.take(message));
  const desk = new MissionDesk({
    clock,
    homeFirst,
    sysid: () => 1,
    send: (message) => {
      up(overTheWire(message));
      return true;
    },
  });
  desk.put(lists, (result) => {
    expect(outcome, "an exchange ends once").toBeUndefined();
    outcome = result;
    endMs = clock.nowMs();
  });
  clock.run(300_000);
  return { outcome, store, tookMs: endMs - 1_000_000 };
}

const held = (store: FakePlanStore): unknown =>
  [0, 1, 2].map((type) => store.lists.get(type)?.map(({ command, x, y, z }) => [command, x, y, z]));
const lossless = exchange({ loss: 0, duplicate: 0, delayMs: 5 }, 1);

describe("plan exchange over a bad link", () => {
  it("puts every list on the aircraft and reads it back over a good one", () => {
    expect(lossless.outcome).toEqual({ kind: "same", items: 10 });
    expect(lossless.tookMs).toBeLessThan(1_000);
  });

  it.each([
    ["20 % loss and answers inside the call", { loss: 0.2, duplicate: 0, delayMs: 0 }],
    ["5 % loss", { loss: 0.05, duplicate: 0, delayMs: 20 }],
    ["20 % loss", { loss: 0.2, duplicate: 0, delayMs: 20 }],
    ["20 % loss, 20 % doubled, reordered", { loss: 0.2, duplicate: 0.2, delayMs: 60 }],
    ["one byte in five hundred turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.002 }],
  ])("ends equal to lossless with %s, or says that it did not", (_name, faults) => {
    let equal = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { outcome, store } = exchange(faults, seed);
      expect(outcome, `seed ${seed} must end`).toBeDefined();
      if (outcome?.kind !== "same") continue;
      equal++;
      expect(held(store), `seed ${seed}`).toEqual(held(lossless.store));
    }
    expect(equal).toBeGreaterThanOrEqual(54);
  });

  it("with 2 s of delay never calls the same what is not", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { outcome, store } = exchange({ loss: 0.05, duplicate: 0.1, delayMs: 2_000 }, seed);
      expect(outcome, `seed ${seed} must end`).toBeDefined();
      if (outcome?.kind === "same") expect(held(store)).toEqual(held(lossless.store));
    }
  });

  it("names the item that the aircraft holds otherwise", () => {
    const lower = (items: PlanItem[]): PlanItem[] =>
      items.map((each, n) => (each.command === 16 && n === 3 ? { ...each, z: each.z - 60 } : each));
    expect(exchange({ loss: 0, duplicate: 0, delayMs: 5 }, 1, lower).outcome).toEqual({
      kind: "failed",
      reason: "mission on the aircraft is not what was sent: item 3 differs in height",
    });
  });

  it("reads again what is another list for a moment, as after another link of PX4 had put the old one back", () => {
    const later = (items: PlanItem[], clock: FakeClock): PlanItem[] => {
      if (items[0]?.command !== 16) return items;
      const held: PlanItem[] = [];
      clock.after(300, () => held.push(...items));
      return held;
    };
    const { outcome, store } = exchange({ loss: 0, duplicate: 0, delayMs: 5 }, 1, later);
    expect(outcome).toEqual({ kind: "same", items: 10 });
    expect(held(store)).toEqual(held(lossless.store));
  });

  it("given its questions were lost, each of them, asks once more before it calls a plan unread", () => {
    const clock = new FakeClock();
    let outcome: PlanOutcome | undefined;
    let lost = 0;
    const store = new FakePlanStore(clock, (message) => desk.onMessage(overTheWire(message)));
    const desk = new MissionDesk({
      clock,
      sysid: () => 1,
      send: (message) => {
        // One way of two is dead for ten seconds, and it is the one that carries.
        if (message.name === "MISSION_REQUEST_LIST" && lost++ < 6) return true;
        store.take(overTheWire(message));
        return true;
      },
    });
    desk.put(lists, (result) => {
      outcome = result;
    });
    clock.run(60_000);
    expect(outcome).toEqual({ kind: "same", items: 10 });
  });

  it("calls half a plan a failure", () => {
    expect(exchange({ loss: 0, duplicate: 0, delayMs: 5 }, 1, (items) => items.slice(0, -1)).outcome).toMatchObject({
      kind: "failed",
    });
  });

  it("says so when nobody answers", () => {
    expect(exchange({ loss: 1, duplicate: 0, delayMs: 5 }, 1).outcome).toEqual({
      kind: "failed",
      reason: "no answer while sending the fence",
    });
  });

  it("gives an autopilot that keeps home as item 0 a place for it, and compares only what is flown", () => {
    const itsHome = (items: PlanItem[]): PlanItem[] =>
      items[0]?.command === 16 ? [{ ...items[0], x: 5, y: 6, z: 1_600 }, ...items.slice(1)] : items;
    const { outcome, store } = exchange({ loss: 0.05, duplicate: 0.1, delayMs: 20 }, 1, itsHome, true);
    expect(outcome).toEqual({ kind: "same", items: 10 });
    expect(store.lists.get(0)).toHaveLength(7);
    expect(store.lists.get(0)?.[1]).toMatchObject({ x: 397_400_000, z: 1660 });
    expect(exchange({ loss: 0, duplicate: 0, delayMs: 5 }, 1, itsHome, false).outcome).toMatchObject({
      kind: "failed",
    });
  });
});
