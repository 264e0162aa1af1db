import type { Browser, BrowserContext } from "playwright-core";
import { DemoRig, until } from "../../rig/io/demo-rig.js";
import { StationUser } from "../../rig/io/station-user.js";
import { type Complaints, openContext } from "./browser.js";
import { check } from "./check.js";
import { RecordReader } from "./record.js";
import { Reporters } from "./reports.js";
import { Seat } from "./seat.js";

/** One demonstration with its people and its reporting systems, shared by scenarios that follow one another. */
export type World = {
  readonly rig: DemoRig;
  readonly browser: Browser;
  readonly desks: BrowserContext;
  readonly pilot: Seat;
  readonly rtcc: Seat;
  /** Somebody of every role at the HTTP interface: reads the record, sets the pace. */
  readonly clerk: StationUser;
  readonly record: RecordReader;
  readonly reporters: Reporters;
  readonly complaints: Complaints;
};

export async function makeWorld(browser: Browser, complaints: Complaints): Promise<World> {
  const rig = await DemoRig.make();
  rig.startAll();
  await rig.ready().catch(async (error: unknown) => {
    await rig.stop();
    throw new Error(`${String(error)}\n${rig.log("ground-station").slice(-2000)}`);
  });
  const clerk = new StationUser(rig.base);
  const login = await clerk.act("login", { demoRole: "all" });
  check(login.status < 300, `login was refused: ${login.status} ${JSON.stringify(login.body)}`);
  await until("every aircraft is ready in its dock", 60_000, async () => {
    const answer = await clerk.get("/aircraft");
    return answer.status === 200 && readyCount(answer.body) === 3;
  });
  const desks = await openContext(browser, complaints, { width: 1280, height: 720 });
  const pilot = new Seat(await desks.newPage(), rig.base);
  const rtcc = new Seat(await desks.newPage(), rig.base);
  await pilot.page.bringToFront();
  const record = new RecordReader(clerk);
  const reporters = new Reporters(rig.base, rig.folder);
  return { rig, browser, desks, pilot, rtcc, clerk, record, reporters, complaints };
}

export async function endWorld(world: World): Promise<void> {
  world.pilot.leave();
  world.rtcc.leave();
  await world.desks.close().catch(() => undefined);
  await world.rig.stop();
}

/** The pilot's page is signed in and on watch: brought about where an earlier scenario has not. */
export async function onWatch(world: World): Promise<void> {
  const { pilot, record } = world;
  if (!pilot.page.url().startsWith(world.rig.base)) await pilot.signIn("All four at one seat");
  await record.refresh();
  if (record.all("WatchStarted", () => true).length === 0) await pilot.startWatch();
  pilot.stirring();
  await pilot.page.bringToFront();
}

/** A page that nobody looks at must not draw its map meanwhile: without a graphics card that takes a core. */
export async function leaveRtcc(world: World): Promise<void> {
  await world.rtcc.page.goto("about:blank");
  await world.pilot.page.bringToFront();
}

function readyCount(body: unknown): number {
  const rows = typeof body === "object" && body !== null && "aircraft" in body ? body.aircraft : body;
  return Array.isArray(rows) ? rows.filter((row: { ready?: unknown }) => row.ready === true).length : 0;
}

/** Run time as the station has it now. */
export async function runNowMs(world: World): Promise<number> {
  const answer = await world.clerk.get("/runs");
  const body = answer.body;
  check(
    typeof body === "object" && body !== null && "timing" in body && typeof body.timing === "object",
    `/runs did not answer with its timing: ${answer.status}`,
  );
  const timing = body.timing;
  check(timing !== null && "epochMs" in timing && typeof timing.epochMs === "number", "the timing has no epoch");
  return timing.epochMs;
}

export async function setRate(world: World, rate: number): Promise<void> {
  const answer = await world.clerk.act("rateRun", { rate });
  check(answer.status < 300, `the pace was not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
}
