import { request } from "node:http";
import { check } from "../check.js";
import { incidentIdOf } from "../flights.js";
import { places } from "../places.js";
import type { Posting } from "../reports.js";
import type { Scenario } from "../scenario.js";
import { runNowMs, type World } from "../world.js";

/** Posts without giving up when the other side stops reading: what matters is what it answers. */
async function postWhole(base: string, posting: Posting): Promise<number> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const headers = { ...posting.headers, "content-length": Buffer.byteLength(posting.body) };
    const call = request({ hostname, port, path: posting.path, method: "POST", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end(posting.body);
  });
}

async function metrics(world: World): Promise<string> {
  const answer = await fetch(`${world.rig.base}/metrics`);
  check(answer.status === 200, `/metrics answers ${answer.status}`);
  return answer.text();
}

const refusedCount = (text: string): number =>
  text
    .split("\n")
    .filter((line) => /intake_refused|source_refused/.test(line) && !line.startsWith("#"))
    .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);

async function expectProblem(world: World, what: string, posting: Posting, statuses: readonly number[]): Promise<void> {
  const answer = await world.reporters.send(posting);
  const said = `${answer.status} ${answer.type} ${JSON.stringify(answer.body).slice(0, 200)}`;
  check(statuses.includes(answer.status), `${what}: wanted ${statuses.join(" or ")}, got ${said}`);
  check(answer.type.startsWith("application/problem+json"), `${what}: no problem details: ${said}`);
}

/** Everything wrong that a stranger or a broken system may send: refused in words, counted, and nothing flies. */
export const badInput: Scenario = {
  name: "bad input is refused, counted and launches nothing",
  run: async (world) => {
    const { reporters, rig, record } = world;
    const now = await runNowMs(world);
    const before = refusedCount(await metrics(world));
    const good = reporters.call(now, places.oakDivisadero, "Oak St & Divisadero St");
    const eido = (body: string): Posting => reporters.sign("/api/v1/intake/eido", "demo-cad", body);
    const big = await postWhole(rig.base, eido(JSON.stringify({ fill: "x".repeat(10_000_000) })));
    check(big === 413, `a body of 10 MB: wanted 413, got ${big}`);
    const typed = eido(good.body);
    const asText = { ...typed, headers: { ...typed.headers, "content-type": "text/plain" } };
    await expectProblem(world, "a wrong content type", asText, [415]);
    await expectProblem(world, "what is no JSON", eido("{"), [400]);
    await expectProblem(world, "an EIDO without its parts", eido('{"eidoVersion":"1.0"}'), [400, 422]);
    await expectProblem(world, "a place outside", reporters.call(now, places.outside, "The bay"), [422]);
    const forged = eido(good.body);
    await expectProblem(world, "an altered body", { ...forged, body: forged.body.replace("SHOOT", "FIGHT") }, [401]);
    const { "x-outrider-signature": _, ...unsigned } = eido(good.body).headers;
    await expectProblem(world, "no signature", { ...eido(good.body), headers: unsigned }, [401]);
    const wrongDoor = { ...eido(good.body), path: "/api/v1/intake/gunshot" };
    await expectProblem(world, "another source's door", wrongDoor, [401, 403]);
    const first = await reporters.send(good);
    check(first.status === 202, `the whole report: wanted 202, got ${first.status}`);
    await expectProblem(world, "the very same request again", good, [409]);
    await record.waitFor("IntakeRefused", () => true, 5_000);
    const count = refusedCount(await metrics(world)) - before;
    check(count >= 8, `8 refusals or more should be counted in /metrics, ${count} are`);
    const opened = record.all("IncidentOpened", () => true);
    check(opened.length === 1, `one incident should be open, ${opened.length} are`);
    check(record.all("OrderIssued", (f) => f.data.act.verb === "arm").length === 0, "something was armed");
    // Said a moment after the incident is open: nobody is on watch.
    await record.waitFor("LaunchNotPossible", () => true, 10_000);
    const incidentId = incidentIdOf(first);
    await world.clerk.act("closeIncident", { real: "not-real", reason: "A test of the report's door" }, { incidentId });
  },
};
