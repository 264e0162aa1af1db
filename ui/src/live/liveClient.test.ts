import { encodeSamples, liveTimes } from "@outrider/contract";
import { aircraftSample } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { LiveClient } from "./liveClient.js";
import type { LivePorts, SocketEvents } from "./socket.js";

/** A world with its own clock, timers and sockets. */
class World {
  nowMs = 1000;
  sockets: { events: SocketEvents; sent: string[]; closed: boolean }[] = [];
  tickets = 0;
  reachable = true;
  readonly #timers: { atMs: number; run: () => void }[] = [];

  ports(): LivePorts {
    return {
      nowMs: () => this.nowMs,
      visible: () => true,
      ticket: (done) =>
        this.reachable ? done({ kind: "ok", ticket: `t${++this.tickets}` }) : done({ kind: "unreachable" }),
      after: (ms, run) => {
        const timer = { atMs: this.nowMs + ms, run };
        this.#timers.push(timer);
        return () => {
          const i = this.#timers.indexOf(timer);
          if (i >= 0) this.#timers.splice(i, 1);
        };
      },
      open: (events) => {
        const socket = { events, sent: [] as string[], closed: false };
        this.sockets.push(socket);
        return { send: (text) => socket.sent.push(text), close: () => (socket.closed = true) };
      },
    };
  }

  run(ms: number): void {
    const until = this.nowMs + ms;
    for (;;) {
      const next = this.#timers.filter((t) => t.atMs <= until).sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
    }
    this.nowMs = Math.max(this.nowMs, until);
  }

  get last() {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error("no socket was opened");
    return socket;
  }

  say(message: unknown): void {
    this.last.events.onText(JSON.stringify(message));
  }

  welcome(bootId = "boot1"): void {
    this.last.events.onOpen();
    const session = { personId: "p1", name: "Pilot 2", roles: ["pic"], demo: true };
    this.say({
      kind: "welcome",
      version: 1,
      session,
      bootId,
      timing: { runId: "r", epochMs: 5000, rate: 1, paused: false },
      nowMs: 5000,
      sim: true,
    });
  }
}

const kinds = (sent: readonly string[]): unknown[] => sent.map((t) => JSON.parse(t) as unknown);
const fact = (seq: number) => ({
  seq,
  id: `f${seq}`,
  type: "IncidentNoteAdded",
  tMs: 1,
  prov: "sim",
  by: { kind: "system", part: "sim" },
  data: { incidentId: "i", text: "x" },
});

function open(): { world: World; client: LiveClient } {
  const world = new World();
  const client = new LiveClient(world.ports());
  client.want("fleet");
  client.start();
  world.welcome();
  return { world, client };
}

describe("live client", () => {
  it("says hello with a fresh ticket first, then joins what is wanted", () => {
    const { world } = open();
    expect(kinds(world.last.sent)).toEqual([
      { kind: "hello", version: 1, ticket: "t1" },
      { kind: "join", room: "fleet" },
    ]);
  });

  it("resumes each room from the last sequence after a break, with a new ticket", () => {
    const { world, client } = open();
    world.say({ kind: "room", room: "fleet", seq: 41, facts: [fact(40), fact(41)], view: { aircraft: [] } });
    world.last.events.onClose("gone");
    world.run(liveTimes.reconnectFirstMs);
    world.welcome();
    expect(kinds(world.last.sent)).toEqual([
      { kind: "hello", version: 1, ticket: "t2" },
      { kind: "join", room: "fleet", since: 41 },
    ]);
    world.say({ kind: "room", room: "fleet", seq: 43, facts: [fact(41), fact(43)], view: { aircraft: [] } });
    expect(client.room("fleet")?.facts.map((f) => f.seq)).toEqual([40, 41, 43]);
  });

  it("asks for everything anew when the station has another life", () => {
    const { world, client } = open();
    world.say({ kind: "room", room: "fleet", seq: 41, facts: [fact(41)], view: {} });
    world.last.events.onClose("gone");
    world.run(liveTimes.reconnectFirstMs);
    world.welcome("boot2");
    expect(kinds(world.last.sent).at(-1)).toEqual({ kind: "join", room: "fleet" });
    world.say({ kind: "room", room: "fleet", seq: 7, facts: [fact(7)], view: {} });
    expect(client.room("fleet")?.facts.map((f) => f.seq)).toEqual([7]);
  });

  it("never goes back to an older view", () => {
    const { world, client } = open();
    world.say({ kind: "room", room: "fleet", seq: 9, facts: [], view: { v: 9 } });
    world.say({ kind: "room", room: "fleet", seq: 8, facts: [], view: { v: 8 } });
    expect(client.room("fleet")?.view).toEqual({ v: 9 });
  });

  it("waits longer between attempts, up to two seconds, while the station is unreachable", () => {
    const world = new World();
    world.reachable = false;
    const client = new LiveClient(world.ports());
    client.start();
    world.run(500 + 1000 + 2000 + 2000 - 1);
    world.reachable = true;
    world.run(1);
    expect(world.sockets).toHaveLength(1);
  });

  it("says itself that the channel is dead after 3 s of silence, drops the half-open socket, and recovers", () => {
    const { world, client } = open();
    world.run(liveTimes.channelDeadMs + liveTimes.pingEveryMs);
    expect(client.link.kind).toBe("dead");
    expect(client.deadForS()).toBeGreaterThan(3);
    expect(world.sockets[0]?.closed).toBe(true);
    world.run(liveTimes.reconnectFirstMs);
    world.welcome();
    expect(client.link.kind).toBe("open");
    expect(client.deadForS()).toBeUndefined();
  });

  it("says so within half a second of the limit, whatever the rhythm of its pings", () => {
    const { world, client } = open();
    world.run(640);
    world.say({ kind: "pong", n: 1, nowMs: 9_000 });
    world.run(liveTimes.channelDeadMs);
    expect(client.link.kind).toBe("open");
    world.run(500);
    expect(client.link.kind).toBe("dead");
  });

  it("does not call the station silent because this page stood still", () => {
    const { world, client } = open();
    world.nowMs += 9_000;
    world.run(0);
    expect(client.link.kind).toBe("open");
    world.say({ kind: "pong", n: 1, nowMs: 14_000 });
    world.run(1000);
    expect(client.link.kind).toBe("open");
    world.run(4000);
    expect(client.link.kind).toBe("dead");
  });

  it("stays alive on any message and pings once a second", () => {
    const { world, client } = open();
    for (let i = 0; i < 10; i++) {
      world.run(1000);
      world.say({ kind: "pong", n: i, nowMs: 6000 + i * 1000 });
    }
    expect(client.link.kind).toBe("open");
    expect(kinds(world.last.sent).filter((m) => JSON.stringify(m).includes("ping"))).toHaveLength(10);
  });

  it("ages samples by the sender's age plus the time since arrival", () => {
    const { world, client } = open();
    world.say({ kind: "handles", aircraft: [{ handle: 3, uid: "heron" }], cameras: [] });
    const sample = aircraftSample({ handle: 3, ageMs: 120, linkAgeMs: 300 });
    world.last.events.onBytes(encodeSamples([sample], 5000));
    expect(client.samples.ageMs("heron")).toBe(120);
    world.run(900);
    expect(client.samples.ageMs("heron")).toBe(1020);
    expect(client.samples.linkAgeMs("heron")).toBe(1200);
    expect(client.samples.ageMs("unknown")).toBeUndefined();
    world.last.events.onBytes(new Uint8Array([1, 2, 3]));
    expect(client.badFrames).toBe(1);
  });

  it("carries the station's time by its own pace and stands still in a pause", () => {
    const { world, client } = open();
    world.run(400);
    expect(client.nowMs()).toBe(5400);
    world.say({ kind: "timing", timing: { runId: "r", epochMs: 5400, rate: 1, paused: true } });
    world.run(5000);
    expect(client.nowMs()).toBe(5400);
  });

  it("stops for good: no timer, no socket", () => {
    const { world, client } = open();
    client.stop();
    world.run(20_000);
    expect(world.sockets).toHaveLength(1);
    expect(world.last.closed).toBe(true);
  });
});
