import { decodeSamples, encodeSamples } from "@outrider/contract";
import { aircraftSample, onDock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { gunshot } from "../app/testing/alerts.js";
import { testCity } from "../app/testing/test-config.js";
import { startMs, type TestSocket, TestStation, testOrigin } from "../app/testing/test-station.js";
import { liveLimits } from "./client.js";

const join = (socket: TestSocket, room: string, since?: number): void =>
  socket.say({ kind: "join", room, ...(since === undefined ? {} : { since }) });
const host = "127.0.0.1:8080";

/** A bridge that only sends samples. */
function bridge(test: TestStation) {
  const sent: string[] = [];
  const answer = test.station.accept(
    { path: "/bridge", headers: { host, authorization: "Bearer token" }, remote: "127.0.0.1" },
    { send: (data) => void sent.push(String(data)), bufferedBytes: () => 0, close: () => undefined },
  );
  if (answer.kind === "refuse") throw new Error(answer.reason);
  const uid = test.config.aircraft[0]?.uid ?? "";
  answer.onMessage(
    JSON.stringify({ kind: "hello", version: 1, bridgeId: "bridge-1", bootId: "b", lastSeq: 0, provenance: "sim" }),
  );
  answer.onMessage(JSON.stringify({ kind: "handles", handles: [{ handle: 9, uid, sysid: 1 }] }));
  return (ageMs: number): void =>
    answer.onMessage(
      encodeSamples(
        [aircraftSample({ handle: 9, ageMs, linkAgeMs: 100, ...testCity.origin, altAmslM: 1650, ...onDock })],
        test.run.nowMs(),
      ),
    );
}

describe("the live wire", () => {
  it("welcomes with a ticket, then gives a snapshot and what follows", () => {
    const test = new TestStation();
    const socket = test.socket(test.login("rtcc"));
    expect(socket.heard.map((one) => one.kind).slice(0, 2)).toEqual(["welcome", "handles"]);
    join(socket, "incidents");
    expect(socket.room("incidents")[0]).toMatchObject({ kind: "room", facts: [], view: { incidents: [] } });
    test.post("shots", "/intake/gunshot", gunshot());
    test.wall.advance(liveLimits.gatherMs);
    const told = socket.room("incidents").at(-1);
    expect(told).toMatchObject({ view: { incidents: [{ number: "26-00001" }] } });
    expect(JSON.stringify(told?.["facts"])).toContain('"IncidentOpened"');
  });

  it("gives one who comes back every fact since the last it saw, once each and in order", () => {
    const test = new TestStation();
    const cookie = test.login("rtcc");
    const first = test.socket(cookie);
    join(first, "incidents");
    const seen = Number(first.room("incidents")[0]?.["seq"]);
    first.drop();
    for (let n = 0; n < 5; n++) test.post("shots", "/intake/gunshot", gunshot({ sourceIncidentId: `g${n}` }));
    const again = test.socket(cookie);
    join(again, "incidents", seen);
    const facts = again.room("incidents")[0]?.["facts"] as { seq: number; type: string }[];
    expect(facts.filter((fact) => fact.type === "IncidentOpened" || fact.type === "AlertMerged")).toHaveLength(5);
    expect(facts.map((fact) => fact.seq)).toEqual([...facts.map((fact) => fact.seq)].sort((a, b) => a - b));
  });

  it("gives one who comes in between a fact and its showing that fact once", () => {
    const test = new TestStation();
    const cookie = test.login("rtcc");
    const socket = test.socket(cookie);
    join(socket, "incidents");
    const seen = Number(socket.room("incidents").at(-1)?.["seq"]);
    test.post("shots", "/intake/gunshot", gunshot());
    join(socket, "incidents", seen);
    test.wall.advance(2 * liveLimits.gatherMs);
    const facts = socket.room("incidents").flatMap((one) => one["facts"] as { seq: number }[]);
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.map((fact) => fact.seq)).toEqual([...new Set(facts.map((fact) => fact.seq))]);
  });

  it("shows nothing that is not on disk yet", () => {
    const test = new TestStation();
    const socket = test.socket(test.login("rtcc"));
    join(socket, "incidents");
    test.disk.hold = true;
    expect(() => test.post("shots", "/intake/gunshot", gunshot())).toThrow();
    test.wall.advance(2_000);
    expect(JSON.stringify(socket.room("incidents"))).not.toContain("26-00001");
    test.disk.hold = false;
    test.disk.settle();
    test.wall.advance(50);
    expect(JSON.stringify(socket.room("incidents"))).toContain("26-00001");
  });

  it("goes on showing while the record cannot be written", () => {
    const test = new TestStation();
    const socket = test.socket(test.login("rtcc"));
    join(socket, "health");
    test.disk.failAppends = 50;
    test.post("shots", "/intake/gunshot", gunshot());
    test.wall.advance(1_500);
    expect(JSON.stringify(socket.room("health").at(-1))).toContain("cannot be written");
  });

  it.each([
    ["a foreign Origin", { origin: "http://127.0.0.1:9" }, 403],
    ["no Origin", { origin: undefined }, 403],
    ["the null Origin", { origin: "null" }, 403],
    ["a rebound Host", { host: "evil.example" }, 421],
    ["no session", { cookie: undefined }, 401],
  ])("refuses %s before the upgrade (security test 22)", (_, over, status) => {
    const test = new TestStation();
    const headers = { host, origin: testOrigin, cookie: test.login("pic"), ...over };
    const answer = test.station.accept(
      { path: "/live", headers, remote: "127.0.0.1" },
      { send: () => undefined, bufferedBytes: () => 0, close: () => undefined },
    );
    expect(answer).toMatchObject({ kind: "refuse", status });
  });

  it("takes a ticket once, within 30 s, and only from the session it was given to (security test 22)", () => {
    const test = new TestStation();
    const cookie = test.login("rtcc");
    const ticket = () => (test.act({ path: "/live-ticket", cookie }).body as { ticket: string }).ticket;
    const say = (with_: string, from = cookie): TestSocket => {
      const socket = test.socket(from, false);
      socket.say({ kind: "hello", version: 1, ticket: with_ });
      return socket;
    };
    const used = ticket();
    expect(say(used).closed).toBeUndefined();
    expect(say(used).closed).toContain("ticket");
    expect(say(ticket(), test.login("pic")).closed).toContain("ticket");
    const late = ticket();
    test.wall.advance(30_001);
    expect(say(late).closed).toContain("ticket");
    const silent = test.socket(cookie, false);
    test.wall.advance(5_001);
    expect(silent.closed).toContain("hello");
  });

  it("gives each role its rooms and no other", () => {
    const test = new TestStation();
    const refused = (role: string, room: string): boolean => {
      const socket = test.socket(test.login(role));
      join(socket, room);
      return socket.ofKind("refused").length > 0;
    };
    expect(refused("pic", "trainer")).toBe(true);
    expect(refused("pic", "sightings")).toBe(true);
    expect(refused("rtcc", "supervisor")).toBe(true);
    expect(refused("trainer", "trainer")).toBe(false);
    expect(refused("supervisor", "supervisor")).toBe(false);
  });

  it("sends not another byte of a room whose role was taken away, and ends with the session (security test 23)", () => {
    const test = new TestStation();
    const cookie = test.login("rtcc");
    const { personId } = (test.get("/api/v1/session", cookie).body as { session: { personId: string } }).session;
    const socket = test.socket(cookie);
    join(socket, "incidents");
    test.station.doors.people.sessions.setRoles(personId, ["auditor"]);
    const before = socket.room("incidents").filter((one) => one.kind === "room").length;
    test.post("shots", "/intake/gunshot", gunshot());
    test.wall.advance(2_000);
    expect(socket.room("incidents").filter((one) => one.kind === "room")).toHaveLength(before);
    expect(socket.ofKind("refused")).toHaveLength(1);
    test.act({ path: "/session", method: "DELETE", cookie });
    expect(socket.closed).toBe("signed out");
  });

  it("drops what comes faster than 20 messages a second and closes on one who never stops (security test 36)", () => {
    const test = new TestStation();
    const socket = test.socket(test.login("rtcc"));
    for (let n = 0; n < 100; n++) socket.say({ kind: "ping", n, visible: true });
    expect(socket.ofKind("pong").length).toBeLessThan(50);
    for (let n = 0; n < 1_000; n++) socket.say({ kind: "ping", n, visible: true });
    expect(socket.closed).toContain("too many");
  });
});

describe("samples on the live wire", () => {
  const rows = (socket: TestSocket) => socket.binary.map((bytes) => decodeSamples(bytes)?.samples[0]);

  it("carry the true age, come once for each change, and are the same bytes for everybody", () => {
    const test = new TestStation();
    const [a, b] = [test.socket(test.login("pic")), test.socket(test.login("rtcc"))];
    const sample = bridge(test);
    test.wall.advance(100);
    sample(40);
    test.wall.advance(500);
    expect(a.binary.length).toBe(b.binary.length);
    const told = rows(a).filter((row) => row !== undefined);
    expect(told).toHaveLength(1);
    expect(told[0]?.ageMs).toBeGreaterThanOrEqual(40);
    expect(told[0]?.ageMs).toBeLessThanOrEqual(95);
    expect(a.binary.at(-1)).toBe(b.binary.at(-1));
  });

  it("are skipped while a socket is backed up, then everything is told once", () => {
    const test = new TestStation();
    const socket = test.socket(test.login("pic"));
    const sample = bridge(test);
    test.wall.advance(100);
    socket.buffered = 100_000;
    const before = socket.binary.length;
    for (let n = 0; n < 10; n++) {
      sample(10);
      test.wall.advance(50);
    }
    expect(socket.binary).toHaveLength(before);
    socket.buffered = 0;
    test.wall.advance(50);
    expect(rows(socket).at(-1)?.handle).toBe(1);
  });
});

describe("pictures on the live wire", () => {
  const unit = (key: boolean): Uint8Array => Uint8Array.of(0x56, 0x4f, 1, key ? 1 : 0, 0, 0);

  it("start at a key frame, skip while backed up, and start again at the next key frame", () => {
    const test = new TestStation();
    const { live } = test.station.doors;
    const socket = test.socket(test.login("pic"));
    const watchers: number[] = [];
    live.onWatchers((_, count) => void watchers.push(count));
    socket.say({ kind: "watchVideo", cameraId: "c1", on: true });
    const heard = (units: boolean[]): number => {
      const before = socket.binary.length;
      for (const key of units) live.sendVideo("c1", unit(key));
      return socket.binary.length - before;
    };
    expect(heard([false, true, false])).toBe(2);
    socket.buffered = 100_000;
    expect(heard([false, true])).toBe(0);
    socket.buffered = 0;
    expect(heard([false, true, false])).toBe(2);
    socket.drop();
    expect(watchers).toEqual([1, 0]);
    expect(startMs).toBeGreaterThan(0);
  });
});
