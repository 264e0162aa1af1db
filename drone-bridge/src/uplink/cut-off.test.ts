import type { BridgeToStation, Connection, ConnectionHandlers, Dialer } from "@outrider/contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Journal } from "../journal/index.js";
import { FakeClock, FakeDisk, fakeChance } from "../testing/index.js";
import { Uplink, uplinkTiming } from "./index.js";

type Fact = Extract<BridgeToStation, { kind: "fact" }>;

/** A station with a memory of its own, behind a wire that can be cut and loses what was under way. */
class Far implements Dialer {
  /** What it has on its disk. */
  facts: Fact[] = [];
  samples = 0;
  reachable = true;
  /** Bytes that its end has not taken yet. */
  backlog = 0;
  /** How many facts of one connection arrive before it breaks under them. */
  breaksAfter = Number.POSITIVE_INFINITY;
  readonly repeats: number[] = [];
  #handlers: ConnectionHandlers | undefined;

  dial: Dialer["dial"] = (_url, _headers, handlers) => {
    if (!this.reachable) {
      handlers.onClose("no way");
      return () => {};
    }
    this.#handlers = handlers;
    let open = true;
    const connection: Connection = {
      send: (data) => {
        if (!open || !this.reachable) return;
        if (typeof data !== "string") this.samples++;
        else this.#hear(JSON.parse(data) as BridgeToStation);
      },
      bufferedBytes: () => this.backlog,
      close: () => {
        open = false;
        handlers.onClose("closed");
      },
    };
    handlers.onOpen(connection);
    return () => {
      open = false;
    };
  };

  get lastSeq(): number {
    return this.facts.at(-1)?.seq ?? 0;
  }

  cut(): void {
    this.reachable = false;
    this.#handlers?.onClose("cut");
    this.#handlers = undefined;
  }

  #say(message: unknown): void {
    this.#handlers?.onMessage(JSON.stringify(message));
  }

  #hear(message: BridgeToStation): void {
    if (message.kind === "hello") return this.#say({ kind: "welcome", version: 1, haveSeq: this.lastSeq });
    if (message.kind !== "fact") return;
    if (this.breaksAfter-- <= 0) return this.cut();
    if (message.seq <= this.lastSeq) {
      this.repeats.push(message.seq);
      return;
    }
    this.facts.push(message);
    this.#say({ kind: "ack", seq: message.seq });
  }
}

type End = { readonly journal: Journal; readonly uplink: Uplink };

function bridge(clock: FakeClock, disk: FakeDisk, far: Far): End {
  const journal = new Journal({ disk, name: "j", run: clock, wall: clock, log: () => {} });
  journal.open(() => {});
  const uplink = new Uplink({
    url: "ws://station/bridge",
    token: "t",
    bridgeId: "b",
    bootId: "boot",
    provenance: "sim",
    clocks: { run: clock, wall: clock },
    chance: fakeChance(),
    dialer: far,
    journal,
    log: () => {},
    challenge: () => ({ challenge: "c", tMs: clock.nowMs() }),
    judge: () => "own",
    onSaid: () => {},
    onOrder: () => {},
    onWelcome: () => {},
  });
  uplink.dial();
  return { journal, uplink };
}

const seqs = (far: Far): number[] => far.facts.map(({ seq }) => seq);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);
const say = ({ journal }: End, n: number): void => journal.fact("BridgeStarted", { bootId: `b${n}` });
const minutes = (n: number): number => n * 60_000;

describe("facts over a wire that is cut", () => {
  it("all come after ten minutes without a station, in order and once", () => {
    const [clock, disk, far] = [new FakeClock(), new FakeDisk(), new Far()];
    const end = bridge(clock, disk, far);
    say(end, 1);
    far.cut();
    for (let s = 0; s < 600; s++) {
      clock.run(1_000);
      say(end, 2 + s);
    }
    expect(seqs(far)).toEqual([1]);
    far.reachable = true;
    clock.run(2 * uplinkTiming.redialMaxMs);
    expect(seqs(far)).toEqual(upTo(601));
    expect(far.facts.map(({ data }) => (data as { bootId: string }).bootId)).toEqual(upTo(601).map((n) => `b${n}`));
    expect(far.repeats).toEqual([]);
  });

  it("all come where the bridge crashes in the middle of the cut, torn line and all", () => {
    const [clock, disk, far] = [new FakeClock(), new FakeDisk(), new Far()];
    const first = bridge(clock, disk, far);
    far.cut();
    for (let n = 1; n <= 300; n++) say(first, n);
    clock.run(minutes(5));
    first.uplink.close();
    // A crash: nothing is closed in order, and the last line was half on the disk.
    disk.files.get("j")?.push(...new TextEncoder().encode('{"kind":"fact","seq":301,"tMs":1,"ty'));
    const second = bridge(clock, disk, far);
    for (let n = 301; n <= 600; n++) say(second, n);
    clock.run(minutes(5));
    far.reachable = true;
    clock.run(2 * uplinkTiming.redialMaxMs);
    expect(seqs(far)).toEqual(upTo(600));
    expect(far.repeats).toEqual([]);
  });

  it("come again from where a station stands that lost its last ones", () => {
    const [clock, disk, far] = [new FakeClock(), new FakeDisk(), new Far()];
    const end = bridge(clock, disk, far);
    for (let n = 1; n <= 50; n++) say(end, n);
    far.cut();
    // Restored from an older copy: it had acknowledged these, so the bridge holds them on its disk alone.
    far.facts = far.facts.slice(0, 20);
    far.reachable = true;
    clock.run(2 * uplinkTiming.redialMaxMs);
    expect(seqs(far)).toEqual(upTo(50));
  });

  it("come again to a station that begins anew, after a restart of the bridge too", () => {
    const [clock, disk, far] = [new FakeClock(), new FakeDisk(), new Far()];
    const end = bridge(clock, disk, far);
    for (let n = 1; n <= 30; n++) say(end, n);
    far.cut();
    end.uplink.close();
    far.facts = [];
    far.reachable = true;
    bridge(clock, disk, far);
    expect(seqs(far)).toEqual(upTo(30));
  });

  it("come whole whatever breaks in between: wire, bridge, station's memory", () => {
    const steps = fc.array(fc.constantFrom("fact", "facts", "cut", "back", "crash", "breaks", "older"), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (wanted) => {
        const [clock, disk, far] = [new FakeClock(), new FakeDisk(), new Far()];
        let end = bridge(clock, disk, far);
        let said = 0;
        for (const step of wanted) {
          if (step === "fact") say(end, ++said);
          if (step === "facts") for (let i = 0; i < 7; i++) say(end, ++said);
          if (step === "cut") far.cut();
          if (step === "back") far.reachable = true;
          if (step === "breaks") far.breaksAfter = 3;
          if (step === "older") {
            far.cut();
            far.facts = far.facts.slice(0, Math.floor(far.facts.length / 2));
          }
          if (step === "crash") {
            end.uplink.close();
            disk.files.get("j")?.push(...new TextEncoder().encode('{"kind":"fa'));
            end = bridge(clock, disk, far);
          }
          clock.run(700);
        }
        far.breaksAfter = Number.POSITIVE_INFINITY;
        far.reachable = true;
        clock.run(3 * uplinkTiming.redialMaxMs);
        expect(seqs(far)).toEqual(upTo(said));
        expect(far.repeats).toEqual([]);
        end.uplink.close();
      }),
      { numRuns: 200 },
    );
  });
});

describe("a station that does not keep up", () => {
  it("loses samples, which would arrive old, and no fact", () => {
    const [clock, disk, far] = [new FakeClock(), new FakeDisk(), new Far()];
    const end = bridge(clock, disk, far);
    far.backlog = uplinkTiming.factsUnderBytes + 1;
    expect(end.uplink.samples(Uint8Array.of(1))).toBe(false);
    say(end, 1);
    say(end, 2);
    expect([far.samples, seqs(far)]).toEqual([0, []]);
    far.backlog = 0;
    end.uplink.pump();
    expect(end.uplink.samples(Uint8Array.of(1))).toBe(true);
    expect([far.samples, seqs(far), end.uplink.stats.skippedSamples]).toEqual([1, [1, 2], 1]);
  });
});
