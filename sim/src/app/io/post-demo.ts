import { randomBytes } from "node:crypto";
import type { GeoPoint } from "@outrider/contract";
import { eidoDocument, gunshotDocument, signedHeaders } from "../../sensors/index.js";
import { signTools } from "./platform.js";
import { configFrom, sourceKey } from "./read-setup.js";

/** `npm run demo:call | demo:shots | demo:pursuit`: posts fresh reports and prints the curl that does the same once more. */
const [which = "call", file = process.env["OUTRIDER_CONFIG"] ?? "outrider.yaml"] = process.argv.slice(2);
const config = configFrom(file);
const host = `${config.listen.host}:${config.listen.http}`;
const haightAndMasonic: GeoPoint = { latDeg: 37.770217, lonDeg: -122.445363 };
/** About 60 m north-east of it. */
const nearby: GeoPoint = { latDeg: 37.7706, lonDeg: -122.44488 };

/** The station's run time: a trainer who runs faster leaves it ahead of this machine's clock. */
async function runAheadMs(): Promise<number> {
  const answer = await fetch(`http://${host}/readyz`).catch(() => undefined);
  const told: unknown = answer?.ok === true ? await answer.json().catch(() => undefined) : undefined;
  const nowMs = typeof told === "object" && told !== null && "nowMs" in told ? told.nowMs : undefined;
  return typeof nowMs === "number" ? nowMs - Date.now() : 0;
}
const aheadMs = await runAheadMs();
const runNowMs = (): number => Math.round(Date.now() + aheadMs);

type Posting = { readonly path: string; readonly source: string; readonly body: string };

function call(narrative: string): Posting {
  const id = randomBytes(6).toString("hex");
  const document = eidoDocument({
    incidentUrn: `urn:emergency:uid:incidentid:${id}:psap.demo.example`,
    internalId: `26-${id}`,
    tMs: runNowMs(),
    callType: "SHOOT",
    priority: 9,
    point: haightAndMasonic,
    radiusM: 40,
    address: "Haight St & Masonic Ave",
    narrative,
    status: "Active",
  });
  return { path: "/api/v1/intake/eido", source: "demo-cad", body: JSON.stringify(document) };
}

function shots(): Posting {
  const document = gunshotDocument({
    source: "demo-shots",
    sourceIncidentId: randomBytes(6).toString("hex"),
    revision: 1,
    occurredMs: runNowMs() - 15_000,
    publishedMs: runNowMs(),
    point: nearby,
    radiusM: 25,
    address: "Masonic Ave near Haight St",
    rounds: 4,
    workflow: "published",
    kind: "gunfire",
  });
  return { path: "/api/v1/intake/gunshot", source: "demo-shots", body: JSON.stringify(document) };
}

function headersFor(posting: Posting): Record<string, string> {
  const key = sourceKey(config, posting.source);
  return signedHeaders(
    { method: "POST", host, path: posting.path, body: posting.body },
    key,
    Date.now() / 1000,
    randomBytes(16).toString("hex"),
    signTools,
  );
}

async function post(posting: Posting): Promise<void> {
  const response = await fetch(`http://${host}${posting.path}`, {
    method: "POST",
    headers: headersFor(posting),
    body: posting.body,
  }).catch((error: unknown) => {
    process.stderr.write(
      `Nobody answers at http://${host}: start Outrider with npm start, then run this again. (${String(error)})\n`,
    );
    process.exit(1);
  });
  process.stdout.write(`POST ${posting.path} -> ${response.status} ${await response.text()}\n`);
  if (!response.ok) process.exitCode = 1;
}

/** A signature holds for its own body, once and for five minutes: so the curl is made for a report of its own. */
function printCurl(posting: Posting): void {
  const headers = Object.entries(headersFor(posting)).map(([name, value]) => `  -H '${name}: ${value}' \\`);
  process.stdout.write(
    `\nThe same with curl (a fresh report, valid once within 5 minutes):\n\ncurl -X POST http://${host}${posting.path} \\\n${headers.join("\n")}\n  -d '${posting.body.replaceAll("'", "'\\''")}'\n`,
  );
}

const bangs = "Caller heard several bangs. A car left fast.";
if (which === "call") {
  await post(call(bangs));
  printCurl(call(bangs));
} else if (which === "shots") {
  await post(shots());
  printCurl(shots());
} else {
  await post(shots());
  await post(call("Silver Honda sedan left fast to the west, plate may be 7KBM042."));
  printCurl(call("Silver Honda sedan left fast to the west, plate may be 7KBM042."));
}
