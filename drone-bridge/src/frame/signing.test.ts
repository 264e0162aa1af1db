import {
  type AnyMessageInit,
  encodeFrame,
  MAX_TIMESTAMP,
  readSignature,
  sha256,
  signatureMatches,
  signFrame,
  signingKeyFrom,
  signingTimestamp,
} from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../testing/index.js";
import { FrameGate, sealedShut, signingStore, unsigned } from "./index.js";
import { key, MemoryStore, signingAircraft, signingBench, startMs, through } from "./testing/signing-bench.js";

const beat: AnyMessageInit = { name: "HEARTBEAT", type: 2, autopilot: 12 };
const plain = (message: AnyMessageInit = beat, sysid = 1, version: 1 | 2 = 2): Uint8Array =>
  encodeFrame(message, { sysid, compid: 1, seq: 1, version });
const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const stampOf = (frame: Uint8Array): number => readSignature(frame)?.timestamp ?? -1;

describe("what comes in signed", () => {
  it("is heard as the reference vector says, once", () => {
    const bench = signingBench({ key: sha256(new TextEncoder().encode("dfr-test-key")) });
    const vector = fromHex("fd09010000010100000000000404020cdd04030e4f0100e03cd6921f582dd671f305");
    const gate = bench.gate("a");
    expect(gate.signed).toBe(false);
    expect(through(gate, vector).length).toBe(1);
    expect(gate.signed).toBe(true);
    expect(through(gate, vector)).toEqual([]);
    expect(bench.signing.refused.replayed).toBe(1);
  });

  it("is not heard again on another link, from another peer, or later", () => {
    const bench = signingBench();
    const aircraft = signingAircraft(bench.clock);
    const [a, b] = [bench.gate("a"), bench.gate("b")];
    const first = aircraft.say(beat);
    const second = aircraft.say(beat);
    expect(through(a, second).length).toBe(1);
    for (const gate of [a, b, bench.gate("a")])
      for (const frame of [first, second]) expect(through(gate, frame)).toEqual([]);
    expect(through(b, aircraft.say(beat)).length).toBe(1);
  });

  it("counts per component and per link id of its sender", () => {
    const bench = signingBench();
    const stamp = signingTimestamp(startMs);
    const signed = (sysid: number, compid: number, linkId: number): Uint8Array =>
      signFrame(encodeFrame(beat, { sysid, compid, seq: 1 }), key, linkId, stamp);
    const gate = bench.gate("a");
    for (const [sysid, compid, linkId] of [
      [1, 1, 0],
      [1, 1, 1],
      [1, 100, 0],
      [2, 1, 0],
    ] as const) {
      expect(through(gate, signed(sysid, compid, linkId)).length).toBe(1);
      expect(through(gate, signed(sysid, compid, linkId)).length).toBe(0);
    }
  });

  it("is a recording where it is more than a minute old, of a newcomer or held back", () => {
    const bench = signingBench();
    const aircraft = signingAircraft(bench.clock);
    const gate = bench.gate("a");
    expect(through(gate, aircraft.say(beat)).length).toBe(1);
    const [heldBack, newcomer] = [aircraft.say(beat), signingAircraft(bench.clock, { sysid: 9 }).say(beat)];
    bench.clock.run(59_000);
    expect(through(gate, aircraft.say(beat, 2)).length).toBe(1);
    bench.clock.run(2_000);
    expect([...through(gate, heldBack), ...through(gate, newcomer)]).toEqual([]);
    expect(bench.signing.refused.old).toBe(2);
  });

  it("asks for our time where it holds the key and its clock stopped, until it has heard it", () => {
    const bench = signingBench();
    const gate = bench.gate("a");
    const behind = new FakeClock(startMs - 86_400_000);
    expect(through(gate, signingAircraft(behind).say(beat))).toEqual([]);
    expect(gate.asksTime).toBe(true);
    const ours = stampOf(gate.encode({ name: "HEARTBEAT", type: 6 }));
    expect(through(gate, signFrame(plain(), key, 1, ours + 1)).length).toBe(1);
    expect(gate.asksTime).toBe(false);
    const other = bench.gate("a");
    through(other, signingAircraft(behind, { key: new Uint8Array(32).fill(3) }).say(beat));
    expect(other.asksTime).toBe(false);
  });

  it("moves our time ahead, and says so where a clock must be wrong", () => {
    const bench = signingBench();
    const ahead = signingTimestamp(startMs + 3_600_000);
    const gate = bench.gate("a");
    expect(through(gate, signFrame(plain(), key, 1, ahead)).length).toBe(1);
    expect(stampOf(gate.encode(beat))).toBe(ahead + 1);
    expect(bench.logged.filter((line) => line.includes("ahead of this clock")).length).toBe(1);
    through(gate, signFrame(plain(beat, 2), key, 1, MAX_TIMESTAMP));
    expect(stampOf(gate.encode(beat))).toBe(ahead + 2);
    expect(through(gate, signingAircraft(bench.clock, { sysid: 3 }).say(beat)).length).toBe(1);
  });
});

describe("what comes in unsigned", () => {
  it("is not heard where signing is required, but for the radio's own status", () => {
    const bench = signingBench();
    const gate = bench.gate("a");
    expect([...through(gate, plain()), ...through(gate, plain(beat, 1, 1))]).toEqual([]);
    expect(through(gate, plain({ name: "RADIO_STATUS", rssi: 100 }, 51)).length).toBe(1);
    expect([gate.signed, bench.signing.refused.unsigned]).toEqual([false, 2]);
  });

  it("is heard and shown as unsigned where signing is preferred, until the system has signed: then never again", () => {
    const store = new MemoryStore();
    const bench = signingBench({ policy: "preferred", store });
    const [old, young] = [bench.gate("a"), bench.gate("a")];
    expect(through(old, plain(beat, 7)).length).toBe(1);
    expect(through(young, signingAircraft(bench.clock, { sysid: 8 }).say(beat)).length).toBe(1);
    expect([old.signed, young.signed]).toEqual([false, true]);
    expect([...through(young, plain(beat, 8)), ...through(young, plain(beat, 8, 1))]).toEqual([]);
    const again = signingBench({ policy: "preferred", store }).gate("a");
    expect([through(again, plain(beat, 8)).length, through(again, plain(beat, 7)).length]).toEqual([0, 1]);
  });

  it("never carries a key, whatever the policy", () => {
    const setup: AnyMessageInit = { name: "SETUP_SIGNING", targetSystem: 255, secretKey: key };
    const bench = signingBench({ policy: "preferred" });
    const signed = signingAircraft(bench.clock, { sysid: 4 }).say(setup);
    const frames = [
      ...through(new FrameGate(unsigned), plain(setup)),
      ...through(bench.gate("a"), plain(setup)),
      ...through(bench.gate("a"), signed),
    ];
    expect(frames).toEqual([]);
    expect(bench.logged.join()).not.toContain("secretKey");
  });
});

describe("what goes out", () => {
  it("is signed by our key, each with a later timestamp than all before, on every link with an id of its own", () => {
    const bench = signingBench();
    const gates = [bench.gate("a"), bench.gate("b"), bench.gate("a")];
    const frames = Array.from({ length: 30 }, (_, i) => {
      if (i % 10 === 9) bench.clock.run(3);
      return gates[i % 3]?.encode(beat) ?? new Uint8Array(0);
    });
    const stamps = frames.map(stampOf);
    expect(stamps.every((stamp, i) => i === 0 || stamp > (stamps[i - 1] ?? 0))).toBe(true);
    expect(frames.every((frame) => signatureMatches(frame, key))).toBe(true);
    expect(frames.slice(0, 3).map((frame) => readSignature(frame)?.linkId)).toEqual([1, 2, 1]);
  });

  it("never uses a timestamp twice, whenever it crashes and wherever the clock is then set", () => {
    const step = fc.record({
      runMs: fc.nat({ max: 100_000 }),
      frames: fc.nat({ max: 20 }),
      setBackMs: fc.integer({ min: -90_000, max: 90_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const store = new MemoryStore();
        let nowMs = startMs;
        let last = 0;
        for (const { runMs, frames, setBackMs } of steps) {
          const clock = new FakeClock(nowMs);
          const gate = signingBench({ store, clock }).gate("a");
          for (let i = 0; i < frames; i++) {
            clock.run(Math.floor(runMs / frames));
            const stamp = stampOf(gate.encode(beat));
            expect(stamp).toBeGreaterThan(last);
            last = stamp;
          }
          nowMs = clock.nowMs() - setBackMs;
        }
      }),
      { numRuns: 100 },
    );
  });

  it("goes on over a full disk, and says so", () => {
    const bench = signingBench();
    const gate = bench.gate("a");
    bench.store.failing = true;
    for (let i = 0; i < 100; i++) {
      bench.clock.run(1_000);
      expect(signatureMatches(gate.encode(beat), key)).toBe(true);
    }
    expect(bench.logged.some((line) => line.startsWith("error timestamps are used that are not on disk"))).toBe(true);
    bench.store.failing = false;
    bench.clock.run(2_000);
    expect(stampOf(gate.encode(beat))).toBeLessThan(bench.store.state.reservedUntil);
  });

  it("is nothing before the first block is on disk", () => {
    const store = new MemoryStore();
    store.held = [];
    const bench = signingBench({ store });
    const gate = bench.gate("a");
    const closed = (): unknown => [
      gate.encode(beat).length,
      through(gate, signingAircraft(bench.clock).say(beat)).length,
    ];
    expect(closed()).toEqual([0, 0]);
    for (const write of store.held) write();
    expect(gate.encode(beat).length).toBe(12 + 9 + 13);
  });
});

describe("without what it needs it stays closed", () => {
  it("where the state cannot be read or written", () => {
    const unreadable = new MemoryStore();
    unreadable.unreadable = true;
    const full = new MemoryStore();
    full.failing = true;
    for (const store of [unreadable, full]) {
      const bench = signingBench({ store });
      expect(bench.opened).toBeInstanceOf(Error);
      const gate = bench.gate("a");
      expect([gate.encode(beat).length, through(gate, signingAircraft(bench.clock).say(beat)).length]).toEqual([0, 0]);
    }
  });

  it("where the file is damaged: which timestamps were used is not guessed", () => {
    for (const text of ["", "{", "[]", '{"reservedUntil":-1,"signers":[]}', '{"reservedUntil":1}']) {
      const disk = { read: (_: string, done: (bytes: Uint8Array) => void) => done(new TextEncoder().encode(text)) };
      const store = signingStore({ ...disk, open: () => {}, replace: () => {}, truncate: () => {} }, "signing.json");
      let kind = "";
      store.load((loaded) => {
        kind = loaded.kind;
      });
      expect([text, kind]).toEqual([text, "error"]);
    }
  });

  it("never writes its state twice at once, and the last one stands", () => {
    const writes: { text: string; done: (error?: Error) => void }[] = [];
    const replace = (_: string, bytes: Uint8Array, done: (error?: Error) => void): void =>
      void writes.push({ text: new TextDecoder().decode(bytes), done });
    const store = signingStore({ read: () => {}, open: () => {}, replace, truncate: () => {} }, "signing.json");
    const told: number[] = [];
    for (const n of [1, 2, 3]) store.save({ reservedUntil: n, signers: [] }, () => void told.push(n));
    expect([writes.length, told]).toEqual([1, []]);
    writes[0]?.done();
    expect([writes.length, told]).toEqual([2, [1]]);
    writes[1]?.done();
    expect([writes.length, told]).toEqual([2, [1, 2, 3]]);
    expect(JSON.parse(writes[1]?.text ?? "")).toMatchObject({ reservedUntil: 3 });
  });

  it("where the key is not there or not one", () => {
    const gate = new FrameGate(sealedShut);
    expect([gate.encode(beat).length, through(gate, plain()).length, gate.signed]).toEqual([0, 0, false]);
    for (const text of ["", "00".repeat(32), "ab".repeat(31), `${"ab".repeat(31)}zz`, "password"]) {
      const read = signingKeyFrom(text);
      expect(read.kind).toBe("error");
      if (text !== "" && read.kind === "error") expect(read.problem).not.toContain(text);
    }
    expect(signingKeyFrom(` ${"AB".repeat(32)}\n`)).toEqual({ kind: "ok", key: new Uint8Array(32).fill(0xab) });
  });
});

it("tells a refusal once a minute, and never the key", () => {
  const bench = signingBench();
  const gate = bench.gate("a");
  for (let i = 0; i < 50; i++)
    through(gate, signFrame(plain(), new Uint8Array(32).fill(9), 1, signingTimestamp(startMs) + i));
  expect(bench.logged).toEqual(['warn frames refused: forged {"link":"a","sysid":1,"compid":1}']);
  bench.clock.run(61_000);
  through(gate, plain());
  expect(bench.logged.length).toBe(2);
  const text = bench.logged.join("\n") + JSON.stringify(bench.store.state);
  expect(text).not.toContain(Buffer.from(key).toString("hex"));
  expect(text).not.toContain(Array.from(key.subarray(0, 6)).join(","));
});
