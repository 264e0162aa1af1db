import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { until } from "../../../rig/io/demo-rig.js";
import { openContext, shoot } from "../browser.js";
import { check, found, pause } from "../check.js";
import { approveWithSpace, inAir } from "../flights.js";
import type { Scenario } from "../scenario.js";
import { Seat } from "../seat.js";
import { leaveRtcc, onWatch, setRate, type World } from "../world.js";

const title = "First launch";
type Run = { readonly world: World; readonly trainer: Seat; readonly fromSeq: number; readonly runId: string };

const lanes = (page: Page): Locator => page.getByRole("region", { name: "Timeline of the run" });
const trainee = (page: Page): Locator => page.getByRole("region", { name: "What the trainee sees" });

async function says(what: Locator, words: RegExp, withinMs = 6_000): Promise<string> {
  let said = "";
  await until(`the trainer's desk says ${words}`, withinMs, async () => {
    said = await what.innerText({ timeout: 1_500 }).catch(() => "");
    return words.test(said);
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}; it says: ${said}`);
  });
  return said;
}

/** The trainer's own key for the pace, as often as it takes. */
async function faster({ record }: World, { page }: Seat, rate: number, fromSeq: number): Promise<void> {
  for (let tries = 0; tries < 4; tries++) {
    await page.keyboard.press("+");
    const told = await record.waitFor("RunRetimed", () => true, 3_000, Math.max(fromSeq, record.lastSeq));
    if (told.data.rate >= rate) return;
  }
  throw new Error(`the run does not go ${rate} times as fast`);
}

/** Finds the scenario by words and starts it: a run of its own in the record, with what it will be judged by. */
async function startRun(world: World, trainer: Seat): Promise<Run> {
  const { page } = trainer;
  await world.record.refresh();
  const before = world.record.lastSeq;
  await page.getByRole("button", { name: "Choose a scenario" }).click({ timeout: 20_000 });
  await page.getByRole("searchbox", { name: "Find a scenario" }).fill("first launch");
  await page.getByRole("button", { name: `Start ${title}` }).click();
  const started = await world.record.waitFor("RunStarted", (f) => f.data.scenario === "first-launch", 8_000, before);
  check((started.data.expect ?? []).length > 2, "the run was started without what it is judged by");
  check((started.data.onWatch ?? []).length > 0, "the run does not know who is on watch");
  await says(lanes(page), /First launch/);
  await faster(world, trainer, 2, started.seq);
  return { world, trainer, fromSeq: started.seq, runId: started.data.runId };
}

/** One inject now by its key, one on the timeline, a mark, a pause in which the run's clock stands. */
async function makeThingsHappen({ world, trainer, fromSeq, runId }: Run): Promise<void> {
  const { record } = world;
  const { page } = trainer;
  // Over before anything flies: a picture that stops later would leave the trainee nothing to play.
  await page.keyboard.press("0");
  const stopped = await record.waitFor("InjectMade", (f) => f.data.inject === "videoLoss", 5_000, fromSeq);
  check(stopped.by.kind === "person" && stopped.by.role === "trainer", "the inject does not bear the trainer's name");
  await page.getByRole("button", { name: "in 0:30" }).click();
  await page.keyboard.press("7");
  await page.getByRole("button", { name: "Now", exact: true }).click();
  const planned = await record.waitFor("InjectPlanned", (f) => f.data.runId === runId, 5_000, fromSeq);
  check(planned.data.deed.kind === "plateMisread", `${planned.data.deed.kind} was planned`);
  await lanes(page).getByRole("button", { name: "Planned: Plate misread" }).waitFor({ timeout: 5_000 });
  await page.keyboard.press("m");
  await record.waitFor("MarkMade", (f) => f.data.runId === runId, 5_000, fromSeq);
  await says(lanes(page), /Mark at 0:\d\d/);
  await page.keyboard.press("k");
  await record.waitFor("RunRetimed", (f) => f.data.paused, 5_000, fromSeq);
  const clock = page.locator("header time");
  await says(page.locator("header"), /Paused/);
  // The pause may reach the page's clock and its words one after the other.
  await pause(500);
  const stood = await clock.innerText();
  await pause(800);
  check((await clock.innerText()) === stood, "the run's clock goes on although it is paused");
  await page.keyboard.press("k");
  await record.waitFor("RunRetimed", (f) => !f.data.paused, 5_000, fromSeq);
}

/** The trainee decides and flies on his own screen in another browser; the trainer's desk shows what he has before him. */
async function traineeFlies({ world, trainer, fromSeq }: Run): Promise<{ uid: string; callSign: string }> {
  const { record } = world;
  const offer = await record.waitFor("LaunchProposed", () => true, 20_000, fromSeq);
  const { callSign, uid } = offer.data.choice;
  await says(trainee(trainer.page), new RegExp(`${callSign} to `));
  await approveWithSpace(world, offer.data.incidentId);
  await faster(world, trainer, 4, offer.seq);
  await record.waitFor("Airborne", (f) => f.data.uid === uid, 60_000, offer.seq);
  const seen = await says(trainee(trainer.page), new RegExp(`${callSign}\\s*(Climbing|En route|On scene)`));
  check(!/No page of his is open/.test(seen), `the trainee's open page is not known: ${seen}`);
  await says(trainee(trainer.page), new RegExp(`plays ${callSign}`), 10_000);
  await shoot(trainer.page, "41-trainer-sees-trainee");
  return { uid, callSign };
}

/** Planned things are made by themselves; the pace is the trainer's; the run ends when everything is home. */
async function flyHome({ world, trainer, fromSeq, runId }: Run, uid: string, callSign: string): Promise<void> {
  const { pilot, record } = world;
  const { page } = trainer;
  const made = await record.waitFor("InjectMade", (f) => f.data.inject === "plateMisread", 40_000, fromSeq);
  const planned = found(record.all("InjectPlanned", () => true, fromSeq)[0], "nothing was planned");
  const lateS = (made.tMs - planned.data.atMs) / 1000;
  check(Math.abs(lateS) < 2, `the planned inject came ${lateS.toFixed(1)} s from its time`);
  await pilot.page.bringToFront();
  await pilot.hold("b", 1_600);
  await record.waitFor("OrderSent", (f) => f.data.uid === uid && f.data.act.verb === "return", 10_000, fromSeq);
  await faster(world, trainer, 8, record.lastSeq);
  await record.waitFor("Docked", (f) => f.data.uid === uid, 60_000, fromSeq);
  await setRate(world, 1);
  check((await inAir(world)) === undefined, `${callSign} is still in the air`);
  await page.getByRole("button", { name: "End and debrief" }).click({ timeout: 10_000 });
  await record.waitFor("RunEnded", (f) => f.data.runId === runId, 8_000, fromSeq);
}

/** The log's time goes both ways and the map follows it: the same moment shows the same, whichever way it was come to. */
async function scrub({ world, trainer, fromSeq }: Run, uid: string, callSign: string): Promise<void> {
  const { page } = trainer;
  const slider = page.getByRole("slider", { name: "Time of the log" });
  await slider.waitFor({ timeout: 15_000 });
  const up = found(world.record.all("Airborne", (f) => f.data.uid === uid, fromSeq)[0], "it never flew");
  const map = page.getByRole("region", { name: "Map" });
  const twin = map.getByText(/^Replay\. /);
  const at = async (tMs: number): Promise<string> => {
    await slider.fill(String(Math.round(tMs / 100) * 100));
    await pause(200);
    return (await twin.textContent()) ?? "";
  };
  const drawn = page.locator(".debrief-map .scene-overlay");
  await says(page.locator(".debrief-source"), /Recorded places/, 10_000);
  const heightOf = (words: string): number => Number(/, ([\d,]+) (?:ft|m)/.exec(words)?.[1]?.replace(",", ""));
  const before = await at(up.tMs - 5_000);
  check(before.includes(callSign) && Number.isNaN(heightOf(before)), `before lift-off the map says: ${before}`);
  const low = await at(up.tMs + 3_000);
  const high = await at(up.tMs + 10_000);
  check(heightOf(high) > heightOf(low) + 5, `it climbs in the log, the map says: ${low} then ${high}`);
  await says(drawn, new RegExp(callSign), 8_000);
  await shoot(page, "42-debrief");
  const back = await at(up.tMs + 3_000);
  check(back === low, `scrubbed back to the same moment the map says: ${back}; it said: ${low}`);
}

async function download(page: Page, button: Locator): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download", { timeout: 10_000 }), button.click()]);
  check(file.suggestedFilename().startsWith("simulation-debrief-first-launch-"), `named ${file.suggestedFilename()}`);
  return readFileSync(await file.path(), "utf8");
}

/** Both files hold the whole run and say that it is simulated. */
async function keep({ world, trainer, fromSeq, runId }: Run, uid: string): Promise<void> {
  const { page } = trainer;
  const html = await download(page, page.getByRole("link", { name: "Save as page" }));
  check(html.includes("SIMULATION") && html.includes(title), "the page does not say SIMULATION and which scenario");
  check(html.includes("Plate misread") || html.includes("plate misread"), "the page does not tell of the inject");
  check(!/<script/i.test(html), "the page carries a script");
  // What is used of the file is checked just below.
  const data = JSON.parse(await download(page, page.getByRole("button", { name: "Save as data" }))) as {
    sim: boolean;
    run: { runId: string };
    facts: { seq: number; type: string }[];
    tracks: { uid: string; rows: unknown[] }[];
  };
  check(data.sim && data.run.runId === runId, "the file does not say that it is simulated, or is of another run");
  const held = world.record.facts.filter((f) => f.seq >= fromSeq && f.seq <= (data.facts.at(-1)?.seq ?? 0));
  check(
    data.facts.length === held.length && data.facts.every((f, i) => f.type === held[i]?.type),
    `the file holds ${data.facts.length} facts of the run, the record ${held.length}`,
  );
  check(
    data.tracks.some((one) => one.uid === uid && one.rows.length > 10),
    "the file holds no track of the flight",
  );
}

/** The score on screen is the one in the record, and stands in the trainee's record. */
async function scoredAndKept({ world, trainer, fromSeq, runId }: Run): Promise<void> {
  const { page } = trainer;
  const scored = await world.record.waitFor("RunScored", (f) => f.data.runId === runId, 8_000, fromSeq);
  const { name, score, of, met, breaches } = scored.data;
  check(of > 2 && met > 0, `${met} of ${of} expectations were met`);
  check(breaches === 0, "a limit was broken on a way that the planner made");
  await says(page.getByRole("complementary", { name: "What the record says" }), new RegExp(`${score} of 100`), 10_000);
  await page.getByRole("button", { name: /^Leave/ }).click();
  await page.getByRole("button", { name: "Choose a scenario" }).click({ timeout: 15_000 });
  await page.getByRole("button", { name: "Training records" }).click();
  const row = page.getByRole("region", { name: "Training records" }).getByRole("listitem").filter({ hasText: name });
  await says(row.first(), new RegExp(`${title}[\\s\\S]*${score}, ${met} of ${of}`), 10_000);
  await shoot(page, "43-training-records");
  const answer = await world.clerk.get("/training/records");
  check(JSON.stringify(answer.body).includes(runId), "the run stands in nobody's record");
}

/** A whole training: chosen, disturbed, marked, paused, flown by somebody else, scored, debriefed, kept. */
export const trainer: Scenario = {
  name: "trainer: a run is chosen, disturbed, scored, debriefed both ways and kept in the trainee's record",
  before: async (world) => {
    await onWatch(world);
    check((await inAir(world)) === undefined, "a run begins when every aircraft is home");
  },
  run: async (world) => {
    await leaveRtcc(world);
    const own = await openContext(world.browser, world.complaints, { width: 1280, height: 720 });
    try {
      const seat = new Seat(await own.newPage(), world.rig.base);
      await seat.signIn("Trainer", "/trainer");
      const run = await startRun(world, seat);
      await makeThingsHappen(run);
      const { uid, callSign } = await traineeFlies(run);
      await flyHome(run, uid, callSign);
      await scrub(run, uid, callSign);
      await keep(run, uid);
      await scoredAndKept(run);
    } finally {
      await own.close();
      await setRate(world, 1).catch(() => undefined);
    }
  },
};
