import type { Chance, Clock, GeoPoint } from "@outrider/contract";
import { eidoDocument, gunshotDocument, type SignTools, signedHeaders } from "@outrider/sim";
import { type StormHttp, stormKeys, stormOrigin } from "./machines.js";
import type { StormSite } from "./storm-site.js";

export type CallersDeps = {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly site: StormSite;
  readonly http: StormHttp;
  readonly tools: SignTools;
  acknowledged(alertId: string): void;
};

type Shots = { id: string; point: GeoPoint; occurredMs: number };

/** Calls and shots at random places, some doubled, some taken back, some garbled, some from a stranger without a key. */
export function startCallers(deps: CallersDeps): void {
  const { clock, chance } = deps;
  const recent: Shots[] = [];
  const next = (): void => {
    clock.after(8_000 + chance.unit() * 70_000, () => {
      something(deps, recent);
      next();
    });
  };
  next();
}

function something(deps: CallersDeps, recent: Shots[]): void {
  const { clock, chance } = deps;
  const dice = chance.unit();
  const point = somewhere(deps);
  if (dice < 0.4) return shots(deps, recent, point);
  if (dice < 0.7) return call(deps, point);
  if (dice < 0.85) {
    call(deps, point);
    clock.after(3_000, () => shots(deps, recent, point));
    return;
  }
  if (dice < 0.95) {
    const taken = recent[Math.floor(chance.unit() * recent.length)];
    if (taken !== undefined) post(deps, "gunshot", shotDocument(deps, taken, 2), "demo-shots", stormKeys.shots);
    return;
  }
  // A stranger's key, and bytes that are no JSON.
  post(
    deps,
    "gunshot",
    shotDocument(deps, { id: chance.id("x"), point, occurredMs: clock.nowMs() - 10_000 }, 1),
    "demo-shots",
    "44".repeat(32),
  );
  post(deps, "eido", "{", "demo-cad", stormKeys.cad);
}

function somewhere(deps: CallersDeps): GeoPoint {
  const spread = (): number => (deps.chance.unit() - 0.5) * 900;
  return deps.site.world.frame.toGeo({ eastM: spread(), northM: spread() });
}

function shots(deps: CallersDeps, recent: Shots[], point: GeoPoint): void {
  const made = { id: deps.chance.id("shot"), point, occurredMs: deps.clock.nowMs() - 12_000 };
  recent.push(made);
  if (recent.length > 6) recent.shift();
  post(deps, "gunshot", shotDocument(deps, made, 1), "demo-shots", stormKeys.shots);
  if (deps.chance.unit() < 0.3)
    deps.clock.after(2_000 + deps.chance.unit() * 12_000, () =>
      post(deps, "gunshot", shotDocument(deps, made, 2), "demo-shots", stormKeys.shots),
    );
}

const shotDocument = (deps: CallersDeps, made: Shots, revision: number): unknown =>
  gunshotDocument({
    source: "demo-shots",
    sourceIncidentId: made.id,
    revision,
    occurredMs: made.occurredMs,
    publishedMs: deps.clock.nowMs(),
    point: made.point,
    radiusM: 25,
    address: "",
    rounds: 3,
    workflow: revision === 1 ? "published" : "dismissed",
    kind: revision === 1 ? "gunfire" : "fireworks",
  });

function call(deps: CallersDeps, point: GeoPoint): void {
  const id = deps.chance.id("cad");
  const document = eidoDocument({
    incidentUrn: `urn:emergency:uid:incidentid:${id.replace(/[^0-9a-z]/gi, "")}:psap.demo.example`,
    internalId: id,
    tMs: deps.clock.nowMs(),
    callType: "FIGHT",
    priority: 8,
    point,
    radiusM: 40,
    address: "",
    narrative: "People fighting.",
    status: "Active",
  });
  post(deps, "eido", document, "demo-cad", stormKeys.cad);
}

function post(deps: CallersDeps, kind: string, document: unknown, sourceId: string, keyHex: string): void {
  const path = `/api/v1/intake/${kind}`;
  const body = typeof document === "string" ? document : JSON.stringify(document);
  const nonce = [...deps.chance.bytes(16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const headers = signedHeaders(
    { method: "POST", host: new URL(stormOrigin).host, path, body },
    { sourceId, keyId: "1", keyHex },
    deps.clock.nowMs() / 1000,
    nonce,
    deps.tools,
  );
  deps.http.request({ method: "POST", url: `${stormOrigin}${path}`, headers, body }, (answer) => {
    if (answer.kind === "error" || answer.status !== 202) return;
    const parsed: unknown = JSON.parse(answer.body);
    if (typeof parsed === "object" && parsed !== null && "alertId" in parsed) deps.acknowledged(String(parsed.alertId));
  });
}
