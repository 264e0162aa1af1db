import { type DebriefView, newFact, type TraineeRecordView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { gunshot } from "../app/testing/alerts.js";
import { testConfig } from "../app/testing/test-config.js";
import { startMs, TestStation } from "../app/testing/test-station.js";
import { trainingRoom } from "./training-room.js";

const host = "127.0.0.1:8080";
const expectation = { id: "open", text: "A call is taken in", facts: ["IncidentOpened"], withinS: 60 };
const scenario = { id: "shots", title: "Shots", text: "", minutes: 5, teaches: "launch", expect: [expectation] };
const timing = { runId: "run-1", epochMs: startMs, rate: 1, paused: false };
const run = { kind: "run", timing, scenario: "shots", seed: 7, started: true };

function withSim(test: TestStation, rewinds = true) {
  const sent: { kind: string; [name: string]: unknown }[] = [];
  const answer = test.station.accept(
    { path: "/sim", headers: { host, authorization: "Bearer sim-token" }, remote: "127.0.0.1" },
    { send: (data) => void sent.push(JSON.parse(String(data))), bufferedBytes: () => 0, close: () => undefined },
  );
  if (answer.kind === "refuse") throw new Error(answer.reason);
  const say = (message: unknown): void => answer.onMessage(JSON.stringify(message));
  say({ kind: "hello", version: 1, rewinds, scenarios: [scenario] });
  return { sent, say, deeds: () => sent.filter((one) => one.kind === "inject" || one.kind === "demoIncident") };
}

const training = (countsAsFlight: boolean) => ({
  passScore: 70,
  countsAsFlight,
  kinds: [{ teaches: "launch", title: "Launch and look", withinDays: 30, neededForWatch: true }],
});
const pilot = (lastFlight?: string) => ({
  personId: "pilot-1",
  name: "Pilot 1",
  roles: ["pic" as const],
  certificate: { number: "1", until: "2099-01-01" },
  ...(lastFlight === undefined ? {} : { lastFlight }),
  passwordHash: "hash-of-a long password",
});
const station = (lastFlight: string | undefined, countsAsFlight = true) =>
  new TestStation({
    config: testConfig((base) => ({ ...base, people: [pilot(lastFlight)], training: training(countsAsFlight) })),
  });
const signIn = (test: TestStation): string => {
  const answer = test.act({ path: "/session", body: { name: "pilot-1", password: "a long password" } });
  return (answer.headers["set-cookie"] ?? "").split(";")[0] ?? "";
};
const watch = (test: TestStation, cookie: string) =>
  test.act({ path: "/watches", body: { soundTested: true, notConfiguredRead: true }, cookie });
const recordOf = (test: TestStation, personId = "pilot-1"): TraineeRecordView | undefined =>
  (test.get("/api/v1/training/records", test.login("trainer")).body as { trainees: TraineeRecordView[] }).trainees.find(
    (one) => one.personId === personId,
  );

/** One scored run with the pilot on watch; gives its id. */
function flown(test: TestStation, sim: ReturnType<typeof withSim>, met = true): void {
  sim.say(run);
  expect(watch(test, signIn(test)).status).toBe(201);
  if (met) test.post("shots", "/intake/gunshot", gunshot());
  else test.wall.advance(61_000);
  sim.say({ ...run, started: false });
  test.wall.advance(1);
}

describe("a debrief", () => {
  it("judges a past run and one that goes on, and comes as a file that says SIMULATION", () => {
    const test = station("2025-12-30");
    const sim = withSim(test);
    sim.say(run);
    sim.say({ kind: "event", tMs: startMs, lane: "world", text: "3 shots" });
    const cookie = test.login("trainer");
    const path = "/api/v1/runs/run-1/debrief";
    expect(test.get(path, cookie).body).toMatchObject({ over: false, expectations: [{ state: "open" }] });
    test.post("shots", "/intake/gunshot", gunshot());
    sim.say({ ...run, started: false });
    const view = test.get(path, cookie).body as DebriefView;
    expect(view).toMatchObject({ over: true, score: 100, sim: true, title: "Shots", teaches: "launch" });
    expect(view.timeline.some((one) => one.side === "simulator" && one.text === "3 shots")).toBe(true);
    const page = test.get(`${path}?format=html`, cookie);
    expect(page.headers).toMatchObject({ "content-disposition": expect.stringContaining("simulation-debrief-shots") });
    expect(page.text).toContain("SIMULATION");
    expect(JSON.parse(test.get(`${path}?format=json`, cookie).text)).toMatchObject({ sim: true, runId: "run-1" });
    expect(test.get("/api/v1/runs/other/debrief", cookie).status).toBe(404);
    expect(test.get(path, test.login("pic")).status).toBe(403);
  });
});

describe("a record per trainee", () => {
  it("holds the score of each ended run, and the trainer's word stands above it", () => {
    const test = station("2025-12-30");
    const sim = withSim(test);
    flown(test, sim);
    expect(recordOf(test)).toMatchObject({
      runs: [{ runId: "run-1", score: 100, passed: true, met: 1, of: 1, title: "Shots" }],
      currency: [{ teaches: "launch", days: 0, state: "current" }],
    });
    const cookie = test.login("trainer");
    const word = { personId: "pilot-1", passed: false, points: 40, text: "The brief to the unit was late." };
    expect(test.act({ path: "/runs/run-1/grade", body: word, cookie }).status).toBe(200);
    expect(recordOf(test)).toMatchObject({
      runs: [{ passed: true, graded: { passed: false, points: 40, by: expect.stringMatching(/^Trainer/) } }],
      currency: [{ state: "never" }],
    });
    const debrief = test.get("/api/v1/runs/run-1/debrief", cookie).body as DebriefView;
    expect(debrief.trainees).toMatchObject([{ grade: { passed: false, points: 40 } }]);
    expect(test.act({ path: "/runs/run-2/grade", body: word, cookie }).status).toBe(404);
    expect(test.act({ path: "/runs/run-1/grade", body: word, cookie: test.login("pic") }).status).toBe(403);
  });

  it("survives a restart, since it is nothing but facts", () => {
    const test = station("2025-12-30");
    flown(test, withSim(test));
    test.station.close();
    const again = new TestStation({ disk: test.disk, config: test.config, seed: 9 });
    again.wall.advance(1);
    expect(recordOf(again)?.runs).toHaveLength(1);
  });

  it("says of a run that expects nothing that nothing was scored", () => {
    const test = station("2025-12-30");
    const sim = withSim(test);
    sim.say({ ...run, scenario: "other" });
    sim.say({ ...run, scenario: "other", started: false });
    expect(recordOf(test)?.runs).toEqual([]);
  });
});

describe("currency from runs", () => {
  it("keeps who has neither flown nor trained off watch, but for the run that makes him current", () => {
    const test = station("2025-10-01");
    const sim = withSim(test);
    const cookie = signIn(test);
    expect(watch(test, cookie)).toMatchObject({ status: 422, text: expect.stringContaining("limit 30") });
    expect(recordOf(test)).toMatchObject({ mayTakeWatch: false, lastFlightDays: 92 });
    sim.say(run);
    expect(watch(test, cookie).status).toBe(201);
    const { people } = test.station.doors;
    // Not current: the launch gate then wants a human's word for each launch.
    expect(people.watchOf("pilot-1")?.currencyDays).toBe(-1);
    test.post("shots", "/intake/gunshot", gunshot());
    sim.say({ ...run, started: false });
    test.wall.advance(1);
    expect(people.watchOf("pilot-1")?.currencyDays).toBe(0);
    expect(recordOf(test)).toMatchObject({ mayTakeWatch: true, lastFlightDays: 0 });
  });

  it("comes from no run that was not passed, and from none where the agency lets runs not count as flights", () => {
    const failed = station("2025-10-01");
    flown(failed, withSim(failed), false);
    expect(recordOf(failed)).toMatchObject({ mayTakeWatch: false, runs: [{ passed: false, score: 0 }] });
    const strict = station("2025-10-01", false);
    flown(strict, withSim(strict));
    expect(recordOf(strict)).toMatchObject({ mayTakeWatch: false, runs: [{ passed: true }], lastFlightDays: 92 });
  });

  it("wants each training that is needed for a watch, and takes one that was entered from another site", () => {
    const without = station("2025-12-30");
    expect(watch(without, signIn(without)).text).toContain("Launch and look");
    const entered = new TestStation({
      config: testConfig((base) => ({
        ...base,
        people: [{ ...pilot("2025-12-30"), trained: [{ teaches: "launch", on: "2025-12-20" }] }],
        training: training(true),
      })),
    });
    expect(watch(entered, signIn(entered)).status).toBe(201);
    expect(recordOf(entered)?.currency).toMatchObject([{ days: 12, state: "current" }]);
  });
});

const wind = { kind: "wind", windMps: 9, fromDeg: 290, gustMps: 13 };

describe("an inject on the timeline", () => {
  it("is made at its run time whoever looks, waits through a pause, and can be taken off", () => {
    const test = station("2025-12-30");
    const sim = withSim(test);
    const cookie = test.login("trainer");
    const plan = (atS: number) =>
      test.act({ path: "/runs/current/plan", body: { title: "Wind rises", atS, deed: wind }, cookie });
    expect(plan(5).status).toBe(409);
    sim.say(run);
    const { planId } = plan(20).body as { planId: string };
    plan(40);
    expect(test.act({ path: `/runs/current/plan/${planId}/remove`, cookie }).status).toBe(200);
    expect(test.act({ path: `/runs/current/plan/${planId}/remove`, cookie }).status).toBe(404);
    test.wall.advance(30_000);
    expect(sim.deeds()).toEqual([]);
    sim.say({ ...run, timing: { ...test.run.timing, paused: true } });
    test.wall.advance(60_000);
    expect(sim.deeds()).toEqual([]);
    sim.say({ ...run, timing: { ...test.run.timing, paused: false } });
    test.wall.advance(11_000);
    expect(sim.deeds()).toEqual([{ kind: "inject", inject: wind }]);
    expect(test.station.kernel.state(trainingRoom).current?.plan).toEqual([]);
  });

  it("is still made after the station was started again, and by no run but its own", () => {
    const test = station("2025-12-30");
    const first = withSim(test);
    first.say(run);
    const cookie = test.login("trainer");
    test.act({
      path: "/runs/current/plan",
      body: { title: "Call", atS: 20, deed: { kind: "incident", which: "call" } },
      cookie,
    });
    test.station.close();
    const again = new TestStation({ disk: test.disk, config: test.config, seed: 9 });
    const sim = withSim(again);
    sim.say(run);
    again.wall.advance(21_000);
    expect(sim.deeds()).toEqual([{ kind: "demoIncident", which: "call" }]);
    again.act({
      path: "/runs/current/plan",
      body: { title: "Call", atS: 90, deed: wind },
      cookie: again.login("trainer"),
    });
    sim.say({ ...run, timing: { ...again.run.timing, runId: "run-2" } });
    again.wall.advance(120_000);
    expect(sim.deeds()).toHaveLength(1);
  });
});

describe("back to a mark", () => {
  const uid = "aa00000000000001";
  const by = { kind: "system", part: "drone-bridge" } as const;

  it("asks the simulator for the same run up to there, and starts a branch that names its parent; nothing is lost", () => {
    const test = station("2025-12-30");
    const sim = withSim(test);
    const cookie = test.login("trainer");
    sim.say(run);
    test.wall.advance(10_000);
    test.act({ path: "/runs/current/injects", body: wind, cookie });
    test.post("shots", "/intake/gunshot", gunshot());
    test.wall.advance(10_000);
    test.act({ path: "/runs/current/marks", body: { text: "here" }, cookie });
    const markSeq = test.station.kernel.state(trainingRoom).current?.marks.at(-1)?.seq ?? 0;
    // In the air: the simulator carries it home.
    test.station.kernel.commit([newFact("Airborne", { uid, altAmslM: 10 }, by)]);
    const back = test.act({ path: "/runs/run-1/rewind", body: { markSeq }, cookie });
    expect(back).toMatchObject({ status: 202, body: { later: 0 } });
    const asked = sim.sent.find((one) => one.kind === "rewind");
    expect(asked).toMatchObject({ scenario: "shots", seed: 7, branch: { parent: "run-1", markSeq } });
    expect(asked?.["deeds"]).toMatchObject([{ deed: wind }]);
    const stand = () =>
      (test.get("/api/v1/incidents", cookie).body as { incidents: { closed: boolean }[] }).incidents.map(
        (one) => one.closed,
      );
    expect(stand()).toEqual([false]);

    const branch = asked?.["branch"];
    sim.say({ ...run, timing: { ...test.run.timing, runId: "run-2", rate: 4 }, branch, catchingUpToMs: 1 });
    expect(stand()).toEqual([true]);
    const runs = test.get("/api/v1/runs", cookie).body as { current: unknown; past: unknown[] };
    expect(runs.current).toMatchObject({ runId: "run-2", branch: { parent: "run-1", markSeq } });
    expect(runs.past).toMatchObject([{ runId: "run-1" }]);
    expect((test.get("/api/v1/runs/run-1/debrief", cookie).body as DebriefView).score).toBe(100);
    expect(test.get("/api/v1/runs/run-2/debrief", cookie).body).toMatchObject({ branch: { parent: "run-1" } });
  });

  it("is refused without a simulator, with a real autopilot, for a fact of another run, and to a trainee", () => {
    const test = station("2025-12-30");
    const cookie = test.login("trainer");
    const back = (markSeq: number, who = cookie) =>
      test.act({ path: "/runs/run-1/rewind", body: { markSeq }, cookie: who }).status;
    expect(back(1)).toBe(503);
    const sim = withSim(test, false);
    sim.say(run);
    expect(back(5)).toBe(409);
    sim.say({ kind: "hello", version: 1, rewinds: true, scenarios: [scenario] });
    expect(back(1)).toBe(404);
    expect(back(5, test.login("pic"))).toBe(403);
  });
});

describe("what truly happened", () => {
  it("is told to the trainer and kept from those who train in it", () => {
    const test = station("2025-12-30");
    const [trainer, trainee] = [test.socket(test.login("trainer")), test.socket(test.login("pic"))];
    for (const socket of [trainer, trainee])
      for (const room of ["trainer", "incidents", "fleet"]) socket.say({ kind: "join", room });
    const sim = withSim(test);
    sim.say(run);
    sim.say({ kind: "event", tMs: startMs, lane: "world", text: "a car drives off unseen" });
    test.act({
      path: "/runs/current/plan",
      body: { title: "secret wind", atS: 600, deed: wind },
      cookie: test.login("trainer"),
    });
    test.wall.advance(100);
    expect(JSON.stringify(trainer.heard)).toContain("a car drives off unseen");
    expect(JSON.stringify(trainer.heard)).toContain("secret wind");
    expect(JSON.stringify(trainee.heard)).not.toMatch(/drives off unseen|secret wind/);
  });

  it("comes with what everybody has open", () => {
    const test = station("2025-12-30");
    const trainer = test.socket(test.login("trainer"));
    const trainee = test.socket(test.login("pic"));
    trainee.say({ kind: "join", room: "incidents" });
    trainee.say({ kind: "watchVideo", cameraId: "OSPREY", on: true });
    trainer.say({ kind: "join", room: "trainer" });
    test.wall.advance(100);
    expect(JSON.stringify(trainer.room("trainer").at(-1))).toContain(
      '{"personId":"demo-pic","name":"Pilot","rooms":["incidents"],"cameras":["OSPREY"]}',
    );
  });
});
