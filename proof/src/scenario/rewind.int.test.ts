import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseScenario, type Scenario } from "@outrider/sim";
import { describe, expect, it } from "vitest";
import { stormTools } from "../storm/io/tools.js";
import { scenarioSite } from "./scenario-site.js";
import { TrainingDay } from "./training-day.js";

const wind = { kind: "wind", windMps: 6, fromDeg: 290, gustMps: 8 } as const;
const silence = { kind: "radioSilence", seconds: 4 } as const;

function firstLaunch(): Scenario {
  const file = fileURLToPath(new URL("../../../sim/scenarios/first-launch.yaml", import.meta.url));
  const parsed = parseScenario(file, readFileSync(file, "utf8"));
  if (parsed.kind === "bad") throw new Error(parsed.problem);
  return parsed.scenario;
}

/** A day on which the trainee is on watch and the scenario runs. */
function begun(): { readonly day: TrainingDay; readonly runId: string; readonly fromSeq: number } {
  const day = new TrainingDay({ scenario: firstLaunch(), seed: 1, site: scenarioSite(2), tools: stormTools });
  day.pass(12);
  day.trainee.act("startWatch", { soundTested: true, notConfiguredRead: true });
  day.pass(33);
  day.trainer.act("startRun", { scenario: "first-launch", seed: 4 });
  const from = day.lastSeq;
  const started = day.fact("RunStarted", from, 5);
  return { day, runId: started.data.runId, fromSeq: started.seq };
}

/** The trainee answers the card before him. */
function approve(day: TrainingDay): { readonly launchId: string; readonly uid: string } {
  const open = () => day.view("pilot").launches.find((one) => one.phase === "proposed");
  day.until("a card before the trainee", 25, () => open() !== undefined);
  const card = open();
  if (card === undefined) throw new Error("no card");
  const { launchId, version, nonce, choice, gates } = card;
  for (const { gate, state } of gates)
    if (state === "unknown") day.trainee.act("settleGate", { version, gate, text: "Looked myself" }, { launchId });
  day.trainee.act("approveLaunch", { version, nonce, uid: choice.uid }, { launchId });
  return { launchId, uid: choice.uid };
}

const mark = (day: TrainingDay, text: string): number => {
  const before = day.lastSeq;
  day.trainer.act("markRun", { text });
  return day.fact("MarkMade", before, 5).seq;
};
const rewind = (day: TrainingDay, runId: string, markSeq: number) =>
  day.done((done) => day.trainer.act("rewindRun", { markSeq }, { runId }, done));
const typesAfter = (day: TrainingDay, seq: number): readonly string[] =>
  day.facts.filter((one) => one.seq > seq).map((one) => one.type);

describe("a run taken back to a mark through the whole product", () => {
  it("begins a branch at the card of the flight that was in the air, with the parent's record as it was", () => {
    const { day, runId, fromSeq } = begun();
    day.trainer.act("injectRun", wind);
    day.fact("InjectMade", fromSeq, 5);
    const first = approve(day);
    day.fact("Airborne", fromSeq, 90);
    day.trainer.act("injectRun", silence);
    day.pass(8);
    day.trainer.act("planInject", { title: "Later", atS: 400, deed: wind });
    const markSeq = mark(day, "Over the roofs");
    day.pass(3);
    expect(day.view("fleet").aircraft.some((one) => one.inAir)).toBe(true);

    const answer = rewind(day, runId, markSeq);
    expect(answer).toMatchObject({ status: 202, body: { later: 2 } });
    const ended = day.fact("RunEnded", markSeq, 5);
    const branch = day.fact("RunStarted", markSeq, 5);
    expect([ended.data.runId, branch.seq > ended.seq]).toEqual([runId, true]);
    expect(branch.data).toMatchObject({ scenario: "first-launch", seed: 4, branch: { parent: runId, markSeq } });
    day.until("the branch waits for the trainer", 30, () => day.view("trainer").run?.paused === true);
    // The head that stands in it is the whole record's, and moves with every fact.
    const judged = () => ({ ...(day.read(`/runs/${runId}/debrief`) as object), rootHash: "" });
    const parent = judged();
    const told = day.read("/replay", `?fromSeq=${fromSeq}&toSeq=${ended.seq}`);

    // On the trainee's desk: the card, nothing in the air, and nothing that moves before he decides.
    const launches = day.view("pilot").launches.filter((one) => one.phase === "proposed");
    expect(launches.map((one) => one.launchId === first.launchId)).toEqual([false]);
    expect(day.view("fleet").aircraft.map((one) => one.inAir)).toEqual([false, false]);
    expect(typesAfter(day, branch.seq)).not.toContain("Armed");
    expect(typesAfter(day, branch.seq)).not.toContain("LaunchApproved");
    // On the trainer's: where it came from, what was lived again, and what is still to come.
    const desk = day.view("trainer");
    expect(desk.branch).toMatchObject({ parent: runId, markSeq });
    expect(desk.events.filter((one) => one.lane === "inject").map((one) => one.text)).toEqual([
      expect.stringContaining("Wind 6"),
    ]);
    expect(desk.plan?.map((one) => one.deed.kind)).toEqual(["radioSilence", "wind"]);

    day.trainer.act("pauseRun", { paused: false });
    const again = approve(day);
    expect(again.launchId).not.toBe(first.launchId);
    const up = day.fact("Airborne", branch.seq, 90);
    expect(up.data.launchId).toBe(again.launchId);
    expect(judged()).toEqual(parent);
    expect(day.read("/replay", `?fromSeq=${fromSeq}&toSeq=${ended.seq}`)).toEqual(told);
    expect(day.facts.map((one) => one.seq)).toEqual(day.facts.map((_, index) => (day.facts[0]?.seq ?? 1) + index));
  }, 60_000);
});
