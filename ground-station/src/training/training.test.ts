import { newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { configProblems } from "../app/index.js";
import { gunshot } from "../app/testing/alerts.js";
import { testConfig } from "../app/testing/test-config.js";
import { startMs, TestStation } from "../app/testing/test-station.js";

const host = "127.0.0.1:8080";

function dial(test: TestStation, token = "sim-token", more: Record<string, string> = {}) {
  const sent: { kind: string; [name: string]: unknown }[] = [];
  const answer = test.station.accept(
    { path: "/sim", headers: { host, authorization: `Bearer ${token}`, ...more }, remote: "127.0.0.1" },
    { send: (data) => void sent.push(JSON.parse(String(data))), bufferedBytes: () => 0, close: () => undefined },
  );
  const say = (message: unknown): void => {
    if (answer.kind === "accept") answer.onMessage(JSON.stringify(message));
  };
  return { answer, sent, say };
}

const timing = { runId: "run-1", epochMs: startMs - 3_600_000, rate: 4, paused: false };
const run = { kind: "run", timing, scenario: "carjacking", seed: 7, started: true };
const hello = {
  kind: "hello",
  version: 1,
  scenarios: [{ id: "carjacking", title: "Carjacking", text: "", minutes: 20 }],
};

describe("a station that restarts in a run of another pace", () => {
  const times = (test: TestStation): number[] =>
    new TextDecoder()
      .decode(test.disk.files.get("record.ndjson"))
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line).fact.tMs);

  it.each([
    ["ten times as fast", 10, false],
    ["a tenth as fast", 0.1, false],
    ["paused", 1, true],
  ])("stamps no fact before the last recorded one: %s", (_what, rate, paused) => {
    const test = new TestStation();
    const sim = dial(test);
    sim.say(hello);
    const began = { ...timing, rate, epochMs: startMs };
    sim.say({ ...run, timing: began });
    test.wall.advance(20_000);
    test.post("shots", "/intake/gunshot", gunshot());
    sim.say({ ...run, timing: { ...test.run.timing, paused } });
    const leftMs = test.run.nowMs();
    test.station.close();

    const again = new TestStation({ disk: test.disk, seed: 5 });
    again.wall.advance(2_000);
    again.login("rtcc");
    const other = dial(again);
    other.say(hello);
    other.say({ ...run, timing: { ...began, epochMs: leftMs + (paused ? 0 : 2_000 * rate), paused } });
    again.post("shots", "/intake/gunshot", gunshot({ sourceIncidentId: "g-2" }), {
      "x-outrider-nonce": "d".repeat(32),
    });
    const stamped = times(again);
    expect(stamped).toEqual([...stamped].sort((a, b) => a - b));
    expect(stamped.length).toBeGreaterThan(8);
    expect(Math.abs((stamped.at(-1) ?? 0) - again.run.nowMs())).toBeLessThan(2_500);
  });
});

describe("a run while aircraft fly", () => {
  it("is neither started nor ended, and the answer says who flies", () => {
    const test = new TestStation();
    const cookie = test.login("trainer");
    const sim = dial(test);
    sim.say(hello);
    sim.say(run);
    const flying = test.config.aircraft[0];
    if (flying === undefined) throw new Error("no aircraft");
    const { uid, callSign } = flying;
    const by = { kind: "system", part: "drone-bridge" } as const;
    test.station.kernel.commit([newFact("Airborne", { uid, altAmslM: 10 }, by)]);
    const start = () => test.act({ path: "/runs", body: { scenario: "carjacking", seed: 1 }, cookie });
    const refused = start();
    expect(refused).toMatchObject({ status: 409, text: expect.stringContaining(callSign) });
    expect(sim.sent.some((one) => one.kind === "start")).toBe(false);
    test.station.kernel.commit([newFact("Landed", { uid, latDeg: 0, lonDeg: 0 }, by)]);
    expect(start().status).toBe(202);
    expect(sim.sent.some((one) => one.kind === "start")).toBe(true);
  });
});

describe("the sim wire", () => {
  it("takes one simulator with the right token, no browser, and none at a live site (security test 31)", () => {
    const test = new TestStation();
    expect(dial(test, "wrong").answer).toMatchObject({ kind: "refuse", status: 401 });
    expect(dial(test, "sim-token", { origin: "http://127.0.0.1:8080" }).answer).toMatchObject({
      kind: "refuse",
      status: 403,
    });
    expect(dial(test).answer.kind).toBe("accept");
    expect(dial(test).answer).toMatchObject({ kind: "refuse", status: 409 });
    const off = new TestStation({ config: testConfig((base) => ({ ...base, sim: undefined })) });
    expect(dial(off).answer).toMatchObject({ kind: "refuse", status: 403 });
  });

  it("does not start a station whose live site has a simulator enabled (INV-7)", () => {
    const live = testConfig((base) => ({ ...base, site: { ...base.site, provenance: "live" } }));
    expect(configProblems(live, new Map())).toContain("sim.enabled: a simulator never stands beside a live site");
    const without = testConfig((base) => ({ ...base, site: live.site, sim: undefined }));
    expect(configProblems(without, new Map()).filter((text) => text.startsWith("sim"))).toEqual([]);
  });

  it("is shut at a live site even where sim.enabled slipped through: no simulator, no run, no inject", () => {
    const config = testConfig();
    const test = new TestStation({ config });
    const cookie = test.login("trainer");
    // Past the check at start, so that the second barrier is seen to hold by itself.
    Object.assign(config.site, { provenance: "live" });
    expect(config.sim?.enabled).toBe(true);
    const sim = dial(test);
    expect(sim.answer).toMatchObject({ kind: "refuse", status: 403 });
    const start = test.act({ path: "/runs", body: { scenario: "carjacking", seed: 1 }, cookie });
    expect(start.status).toBeGreaterThanOrEqual(400);
    const inject = test.act({ path: "/runs/current/injects", body: { kind: "plateMisread", on: true }, cookie });
    expect(inject.status).toBe(409);
    expect(sim.sent).toEqual([]);
  });

  it("sets the pace for clock, facts and browsers", () => {
    const test = new TestStation();
    const socket = test.socket(test.login("trainer"));
    socket.say({ kind: "join", room: "trainer" });
    const sim = dial(test);
    sim.say(hello);
    sim.say(run);
    test.wall.advance(1_000);
    expect(test.run.nowMs()).toBe(timing.epochMs + 4 * 1_000);
    expect(socket.ofKind("timing").at(-1)).toMatchObject({ timing: { runId: "run-1", rate: 4 } });
    expect(socket.room("trainer").at(-1)).toMatchObject({
      view: { scenario: "carjacking", scenarios: [{ id: "carjacking" }] },
    });
    expect(sim.sent.find((one) => one["type"] === "RunStarted")).toMatchObject({ kind: "fact" });
    sim.say({ ...run, timing: { ...timing, paused: true } });
    const pausedMs = test.run.nowMs();
    test.wall.advance(5_000);
    expect(test.run.nowMs()).toBe(pausedMs);
  });

  it("tells the truth to the trainer alone", () => {
    const test = new TestStation();
    const trainer = test.socket(test.login("trainer"));
    const pilot = test.socket(test.login("pic"));
    for (const room of ["trainer", "fleet", "incidents"]) {
      trainer.say({ kind: "join", room });
      pilot.say({ kind: "join", room });
    }
    const sim = dial(test);
    sim.say(run);
    sim.say({
      kind: "truth",
      tMs: 1,
      aircraft: [],
      vehicles: [{ vehicleId: "the-one", point: { latDeg: 1, lonDeg: 2 }, headingDeg: 0, speedMps: 9, sought: true }],
      alerts: [],
    });
    test.wall.advance(1_100);
    expect(JSON.stringify(trainer.heard)).toContain("the-one");
    expect(JSON.stringify(pilot.heard)).not.toContain("the-one");
  });

  it("passes a trainer's acts on, records injects and marks, and says when no simulator is there", () => {
    const test = new TestStation();
    const cookie = test.login("trainer");
    const start = () => test.act({ path: "/runs", body: { scenario: "carjacking", seed: 7 }, cookie });
    expect(start().status).toBe(503);
    const sim = dial(test);
    expect(start().status).toBe(202);
    expect(sim.sent.at(-1)).toEqual({ kind: "start", scenario: "carjacking", seed: 7 });
    expect(test.act({ path: "/runs/current/marks", body: { text: "late" }, cookie }).status).toBe(409);
    sim.say(run);
    expect(test.act({ path: "/runs/current/marks", body: { text: "late" }, cookie }).status).toBe(200);
    expect(test.act({ path: "/runs/current/injects", body: { kind: "plateMisread", on: true }, cookie }).status).toBe(
      202,
    );
    expect(sim.sent.map((one) => one["type"])).toEqual(expect.arrayContaining(["MarkMade", "InjectMade"]));
    expect(test.act({ path: "/runs", body: { scenario: "x", seed: 1 }, cookie: test.login("rtcc") }).status).toBe(403);
  });

  it("gives a run back in order with its own times", () => {
    const test = new TestStation();
    const sim = dial(test);
    sim.say({ ...run, timing: { ...timing, epochMs: startMs } });
    test.post("shots", "/intake/gunshot", gunshot());
    sim.say({ ...run, started: false });
    const cookie = test.login("trainer");
    const [past] = (test.get("/api/v1/runs", cookie).body as { past: { fromSeq: number; toSeq: number }[] }).past;
    const replay = test.get(`/api/v1/replay?fromSeq=${past?.fromSeq}&toSeq=${past?.toSeq}`, cookie).body as {
      facts: { type: string; runId?: string }[];
    };
    expect(replay.facts[0]?.type).toBe("RunStarted");
    expect(replay.facts.at(-1)?.type).toBe("RunEnded");
    expect(replay.facts.find((fact) => fact.type === "AlertReceived")?.runId).toBe("run-1");
  });
});
