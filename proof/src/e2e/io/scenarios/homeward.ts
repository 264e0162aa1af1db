import { parseFact } from "@outrider/contract";
import { flightSteps } from "../../../rig/flight-steps.js";
import { shoot } from "../browser.js";
import { check, found, pause } from "../check.js";
import { inAir, inOrder } from "../flights.js";
import { inAirLaunch } from "../launches.js";
import type { Scenario } from "../scenario.js";
import { leaveRtcc, setRate, type World } from "../world.js";

const story = ["AlertReceived", "IncidentOpened", ...flightSteps, "FlightPublished"] as const;

async function holdHere(world: World, callSign: string, uid: string): Promise<void> {
  const { pilot, record } = world;
  const fromSeq = record.lastSeq;
  await pilot.page.keyboard.press("x");
  await record.waitFor("OrderSent", (f) => f.data.uid === uid && f.data.act.verb === "hold", 10_000, fromSeq);
  await record.waitFor("ModeChanged", (f) => f.data.uid === uid && f.data.mode === "hold", 10_000, fromSeq);
  await shoot(pilot.page, "15-stopped-here");
  check((await pilot.stripText(callSign)).length > 0, "the strip is gone after Stop here");
}

async function storyHolds(world: World, incidentId: string): Promise<void> {
  const answer = await world.clerk.get(`/incidents/${incidentId}`);
  check(answer.status === 200, `/incidents answers ${answer.status}`);
  // The station's own interface; what is used of it is checked just below.
  const body = answer.body as {
    title: string;
    clock: Record<string, number>;
    facts: unknown[];
    place: { label: string };
  };
  const facts = body.facts.map((row) => {
    const read = parseFact(row);
    if (read.kind === "bad") throw new Error(read.problem);
    return read.fact;
  });
  const told = [
    ...inOrder(facts, story),
    // The camera may have the place before the aircraft is there: on the way is soon enough, on the way home too late.
    ...inOrder(facts, ["EnRoute", "CameraOnTarget", "Returning"]),
  ];
  const at = (type: string): number =>
    found(
      told.find((f) => f.type === type),
      `no ${type}`,
    ).tMs;
  const { clock } = body;
  const near = (name: string, tMs: number): void =>
    check(
      Math.abs((clock[name] ?? Number.NaN) - tMs) < 1_500,
      `the clock's ${name} is ${clock[name]}, its fact ${tMs}`,
    );
  near("alertMs", at("AlertReceived"));
  near("proposedMs", at("LaunchProposed"));
  near("decidedMs", at("LaunchApproved"));
  near("liftOffMs", at("Airborne"));
  near("cameraOnTargetMs", at("CameraOnTarget"));
}

/** X holds it where it is, B brings it home; the incident's record tells all of it in order. */
export const homeward: Scenario = {
  name: "stop here, home, landed, docked, closed: every step is a fact in order",
  run: async (world) => {
    const { pilot, rtcc, record } = world;
    const { uid, callSign } = found(await inAir(world), "nothing is in the air");
    const { incidentId } = await inAirLaunch(world, uid);
    await pilot.page.bringToFront();
    await holdHere(world, callSign, uid);
    await pause(600);
    const fromSeq = record.lastSeq;
    await pilot.hold("b", 1_300);
    await record.waitFor("OrderSent", (f) => f.data.uid === uid && f.data.act.verb === "return", 10_000, fromSeq);
    await pilot.phase(callSign, /Going home/, 20_000);
    await shoot(pilot.page, "16-going-home");
    await setRate(world, 4);
    await record.waitFor("Landed", (f) => f.data.uid === uid, 120_000, fromSeq);
    await record.waitFor("Docked", (f) => f.data.uid === uid, 30_000, fromSeq);
    await record.waitFor("FlightClosed", (f) => f.data.uid === uid, 100_000, fromSeq);
    await setRate(world, 1);
    await record.waitFor("FlightPublished", (f) => f.data.incidentId === incidentId, 15_000, fromSeq);
    await shoot(pilot.page, "17-docked");
    await storyHolds(world, incidentId);
    await rtcc.page.goto(`${world.rig.base}/rtcc`);
    const panel = rtcc.page.getByRole("complementary", { name: "Incident" });
    await panel.getByText("Haight St & Masonic Ave").first().waitFor({ timeout: 25_000 });
    await panel.getByText("Shots fired").first().waitFor({ timeout: 20_000 });
    await leaveRtcc(world);
  },
};
