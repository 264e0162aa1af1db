import type { Fact, FactOf } from "@outrider/contract";
import type { Answer } from "../../rig/io/station-user.js";
import { check, found, pause } from "./check.js";
import type { Posting } from "./reports.js";
import type { World } from "./world.js";

/** Sends a report and returns the incident that the station made of it. */
export async function report(world: World, posting: Posting): Promise<string> {
  const answer = await world.reporters.send(posting);
  check(answer.status === 202, `a signed report was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return incidentIdOf(answer);
}

export function incidentIdOf(answer: Answer): string {
  const { body } = answer;
  check(
    typeof body === "object" && body !== null && "incidentId" in body && typeof body.incidentId === "string",
    `the answer names no incident: ${JSON.stringify(body)}`,
  );
  return body.incidentId;
}

export async function proposed(world: World, incidentId: string, withinMs = 15_000): Promise<FactOf<"LaunchProposed">> {
  return world.record.waitFor("LaunchProposed", (f) => f.data.incidentId === incidentId, withinMs);
}

/** Holds Space on the card in front until the station has the approval. */
export async function approveWithSpace(world: World, incidentId: string): Promise<FactOf<"LaunchApproved">> {
  const { pilot, record } = world;
  for (let tries = 0; tries < 3; tries++) {
    await pilot.card().waitFor({ timeout: 10_000 });
    await pause(700);
    await pilot.hold("Space", 1_900);
    const approved = await record
      .waitFor("LaunchApproved", (f) => f.data.incidentId === incidentId, 2_500)
      .catch(() => undefined);
    if (approved !== undefined) return approved;
  }
  throw new Error(`Space was held three times and nothing was approved; last: ${record.tail()}`);
}

/** An aircraft in the air with our pilot: one that flies already, or a new one that the pilot launches. */
export async function flying(
  world: World,
  posting: () => Promise<Posting>,
): Promise<{ uid: string; callSign: string }> {
  const now = await inAir(world);
  if (now !== undefined) return now;
  const incidentId = await report(world, await posting());
  const offer = await proposed(world, incidentId);
  const { choice } = offer.data;
  await approveWithSpace(world, incidentId);
  await world.record.waitFor("Airborne", (f) => f.data.uid === choice.uid, 90_000, offer.seq);
  return { uid: choice.uid, callSign: choice.callSign };
}

export async function inAir(world: World): Promise<{ uid: string; callSign: string } | undefined> {
  const answer = await world.clerk.get("/aircraft");
  const body = answer.body;
  const rows = typeof body === "object" && body !== null && "aircraft" in body ? body.aircraft : [];
  check(Array.isArray(rows), "the answer of /aircraft holds no aircraft");
  const hit: unknown = rows.find((row: { inAir?: unknown }) => row.inAir === true);
  if (typeof hit !== "object" || hit === null || !("uid" in hit) || !("callSign" in hit)) return undefined;
  return { uid: String(hit.uid), callSign: String(hit.callSign) };
}

/** Checks that facts of these types stand in the record in this order, and returns them. */
export function inOrder(facts: readonly Fact[], types: readonly Fact["type"][]): readonly Fact[] {
  let after = 0;
  return types.map((type) => {
    const hit = found(
      facts.find((f) => f.type === type && f.seq > after),
      `the record holds no ${type} after position ${after}: ${facts.map((f) => f.type).join(" ")}`,
    );
    after = hit.seq;
    return hit;
  });
}
