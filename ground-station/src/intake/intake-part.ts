import { type Actor, type Alert, type GeoPoint, type HttpRequest, type NewFact, newFact } from "@outrider/contract";
import { type LocalFrame, localFrame, pointInRing } from "@outrider/geo";
import { isJson, problemResponse, TokenBuckets } from "../http/index.js";
import type { AlertDecision, Incidents } from "../incident/index.js";
import { type RawRoute, type Reply, type StationContext, type StationPart, systemActor } from "../kernel/index.js";
import { readCap } from "./formats/cap.js";
import { readEido } from "./formats/eido.js";
import { readFlockCad } from "./formats/flock-cad.js";
import { readGunshot } from "./formats/gunshot.js";
import { readNative } from "./formats/native.js";
import type { Geocoder } from "./geocode.js";
import { type AlertDraft, circle, clip, type Reader, type Report } from "./report.js";
import type { Source, SourceDoor } from "./source-door.js";

type Format = {
  readonly path: string;
  readonly kind: Source["kind"];
  readonly read: Reader;
  readonly maxBytes: number;
  readonly contentType: { readonly words: string; fits(type: string | undefined): boolean };
  readonly summary: string;
};

const json: Format["contentType"] = { words: "application/json", fits: isJson };
const xml: Format["contentType"] = {
  words: "application/cap+xml, application/xml or text/xml",
  fits: (type) => /^(application\/(cap\+)?xml|text\/xml)\s*(;|$)/i.test(type ?? ""),
};
const kib = 1024;

const formats: readonly Format[] = [
  {
    path: "/intake/native",
    kind: "native",
    read: readNative,
    maxBytes: 256 * kib,
    contentType: json,
    summary: "Alerts in our own form",
  },
  {
    path: "/intake/eido",
    kind: "eido",
    read: readEido,
    maxBytes: kib * kib,
    contentType: json,
    summary: "NENA-STA-021.1 EIDO by value",
  },
  {
    path: "/intake/cap",
    kind: "cap",
    read: readCap,
    maxBytes: kib * kib,
    contentType: xml,
    summary: "OASIS CAP 1.2",
  },
  {
    path: "/intake/gunshot",
    kind: "gunshot",
    read: readGunshot,
    maxBytes: 256 * kib,
    contentType: json,
    summary: "Gunshot alerts, canonical form",
  },
  {
    path: "/intake/cad/flock",
    kind: "cad/flock",
    read: readFlockCad,
    maxBytes: kib * kib,
    contentType: json,
    summary: "Flock CAD events",
  },
];

export type IntakeDeps = {
  readonly door: SourceDoor;
  readonly incidents: Incidents;
  readonly addressNear: (point: GeoPoint) => string;
  /** Puts an address in words on the map; absent where the site has no street names. */
  readonly geocode?: Geocoder;
};

type Answer = { readonly alertId: string; readonly incidentId: string };
/** Calls back once what it stands for is durable, or could not be made so. */
type Wait = (done: (ok: boolean) => void) => void;
type Step =
  | { readonly kind: "answer"; readonly answer: Answer | undefined; readonly isNew: boolean; readonly durable: Wait }
  | { readonly kind: "refused"; readonly detail: string };

const nothingToWait: Wait = (done) => done(true);

/** Starts the wait now, so that the next report is decided upon a state that holds this one; it can be asked later. */
function started(wait: Wait): Wait {
  let result: boolean | undefined;
  let listener: ((ok: boolean) => void) | undefined;
  wait((ok) => {
    result = ok;
    listener?.(ok);
  });
  return (done) => {
    if (result === undefined) listener = done;
    else done(result);
  };
}

function afterAll(waits: readonly Wait[], done: (ok: boolean) => void): void {
  let open = waits.length;
  let ok = true;
  if (open === 0) return done(true);
  for (const wait of waits)
    wait((one) => {
      ok &&= one;
      open -= 1;
      if (open === 0) done(ok);
    });
}

const tooEarlyMs = 60_000;
const clockAlarmMs = 2_000;
const tooOldMs = 24 * 3_600_000;
const earlyCancelMs = 600_000;
const mostEarlyCancels = 10_000;

/** The edge where alerts of other systems come in. Nothing is ever thrown through and nothing true is ever dropped. */
export class IntakePart implements StationPart {
  readonly name = "intake";
  readonly rooms = [];
  readonly routes: readonly RawRoute[];
  readonly #context: StationContext;
  readonly #deps: IntakeDeps;
  readonly #frame: LocalFrame;
  readonly #jurisdiction: readonly { eastM: number; northM: number }[];
  readonly #flow = new Map<string, TokenBuckets>();
  readonly #refusals = new TokenBuckets({ perS: 0.1, burst: 5 });
  readonly #early = new Map<string, { untilMs: number; revision: number; reason: string }>();
  readonly #floodSaidMs = new Map<string, number>();

  constructor(context: StationContext, deps: IntakeDeps) {
    this.#context = context;
    this.#deps = deps;
    const ring = context.config.site.jurisdiction;
    this.#frame = localFrame(ring[0] ?? { latDeg: 0, lonDeg: 0 });
    this.#jurisdiction = ring.map((corner) => this.#frame.toLocal(corner));
    for (const { sourceId, perMinute } of context.config.sources)
      this.#flow.set(sourceId, new TokenBuckets({ perS: perMinute / 60, burst: Math.max(1, perMinute) }));
    this.routes = formats.map((format) => ({
      kind: "raw",
      method: "POST",
      path: format.path,
      maxBytes: format.maxBytes,
      summary: format.summary,
      handle: (request, reply) => this.#take(format, request, reply),
      onTooLarge: () => this.#context.count("intake_refused", { kind: format.kind, status: "413" }),
    }));
  }

  #take(format: Format, request: HttpRequest, reply: Reply): void {
    const who = this.#deps.door.authenticate(request, [format.kind]);
    if (who.kind === "refused") {
      this.#refused(who.sourceId || "unknown", format, String(who.status), who.detail);
      return reply.problem(who.status, "Source not accepted", who.detail);
    }
    const { sourceId } = who.source;
    const refuse = (status: number, title: string, detail: string): void => {
      this.#refused(sourceId, format, String(status), detail);
      reply.problem(status, title, detail.slice(0, 1000));
    };
    if (request.body.byteLength > format.maxBytes)
      return refuse(413, "Too large", `The body is larger than ${format.maxBytes} bytes.`);
    if (!format.contentType.fits(request.headers["content-type"]))
      return refuse(415, "Wrong content type", `This takes ${format.contentType.words}.`);
    const { kernel, config } = this.#context;
    const read = format.read(request.body, { nowMs: kernel.nowMs(), prov: config.site.provenance });
    if (read.kind === "bad") return refuse(read.status, "Message not accepted", read.detail);
    this.#receive(read.reports, who.source, who.signed && !this.#flooding(sourceId), reply, refuse);
  }

  /** Decides about each report in turn, so that the second sees what the first did; answers once all is durable. */
  #receive(
    list: readonly Report[],
    source: Source,
    signed: boolean,
    reply: Reply,
    refuse: (status: number, title: string, detail: string) => void,
  ): void {
    const by: Actor = { kind: "source", sourceId: source.sourceId };
    const problem = list.map((report) => this.#problemOf(report)).find((one) => one !== undefined);
    if (problem !== undefined) return refuse(422, "Message not accepted", problem);
    const steps = list.map((report) => this.#step(report, source.sourceId, signed, by));
    const refused = steps.find((step) => step.kind === "refused");
    if (refused?.kind === "refused") return refuse(409, "Message not accepted", refused.detail);
    const answers = steps.flatMap((step) => (step.kind === "answer" && step.answer !== undefined ? [step.answer] : []));
    const waits = steps.flatMap((step) => (step.kind === "answer" ? [step.durable] : []));
    const isNew = steps.some((step) => step.kind === "answer" && step.isNew);
    this.#context.count("intake_accepted", { kind: source.kind });
    afterAll(waits, (ok) => {
      if (!ok)
        return reply.raw(
          problemResponse(503, "Not recorded", "The record cannot be written now.", "Send it again.", {
            "retry-after": "5",
          }),
        );
      reply.ok(list.length === 1 && answers[0] !== undefined ? answers[0] : { results: answers }, isNew ? 202 : 200);
    });
  }

  #commit(facts: readonly NewFact[]): Wait {
    return (done) => this.#context.kernel.commit(facts, (durable) => done(durable.kind === "ok"));
  }

  #step(report: Report, sourceId: string, signed: boolean, by: Actor): Step {
    if (report.kind === "cancel") return this.#cancel(report, sourceId, by);
    const decision = this.#decide(report.draft, sourceId, signed, by);
    if (decision.kind === "conflict") return { kind: "refused", detail: `${decision.why}.` };
    const { alertId, incidentId } = decision;
    const answer = { alertId, incidentId };
    if (decision.kind === "known") return { kind: "answer", answer, isNew: false, durable: nothingToWait };
    const durable = started(
      this.#commit([...decision.facts, ...this.#takenBackBefore(report.draft, sourceId, answer, by)]),
    );
    return { kind: "answer", answer, isNew: true, durable };
  }

  #cancel(report: Extract<Report, { kind: "cancel" }>, sourceId: string, by: Actor): Step {
    const decision = this.#deps.incidents.decideCancel({ sourceId, by, ...report });
    if (decision.kind === "unknown") {
      if (this.#early.size >= mostEarlyCancels) this.#early.clear();
      this.#early.set(`${sourceId}\n${report.sourceIncidentId}`, {
        untilMs: this.#context.kernel.nowMs() + earlyCancelMs,
        revision: report.revision ?? Number.POSITIVE_INFINITY,
        reason: report.reason,
      });
      return { kind: "answer", answer: undefined, isNew: false, durable: nothingToWait };
    }
    const { alertId, incidentId } = decision;
    if (decision.kind === "known")
      return { kind: "answer", answer: { alertId, incidentId }, isNew: false, durable: nothingToWait };
    return {
      kind: "answer",
      answer: { alertId, incidentId },
      isNew: true,
      durable: started(this.#commit(decision.facts)),
    };
  }

  /** A cancellation may overtake its alert on the way: the alert then arrives cancelled, so that nothing is launched. */
  #takenBackBefore(draft: AlertDraft, sourceId: string, answer: Answer, by: Actor): readonly NewFact[] {
    const key = `${sourceId}\n${draft.sourceIncidentId}`;
    const early = this.#early.get(key);
    this.#early.delete(key);
    const nowMs = this.#context.kernel.nowMs();
    for (const [old, { untilMs }] of this.#early) if (untilMs <= nowMs) this.#early.delete(old);
    if (early === undefined || early.untilMs <= nowMs || (draft.revision ?? 0) > early.revision) return [];
    return [newFact("AlertCancelled", { ...answer, reason: early.reason }, by)];
  }

  #decide(draft: AlertDraft, sourceId: string, signed: boolean, by: Actor): AlertDecision {
    const { chance, kernel } = this.#context;
    const nowMs = kernel.nowMs();
    const placed = draft.addressOnly === true ? this.#placed(draft.place.label) : { place: draft.place };
    const { place } = placed;
    const label = place.label === "" ? this.#deps.addressNear(place.point) : place.label;
    const alert: Alert = {
      ...draft,
      revision: draft.revision ?? 0,
      alertId: chance.id("a"),
      sourceId,
      // A source whose clock is ahead cannot prove how old its news is: a person decides.
      signed: signed && draft.occurredAtMs <= nowMs + clockAlarmMs,
      receivedAtMs: nowMs,
      ...placed,
      place: { ...place, label },
    };
    if (draft.occurredAtMs > nowMs + clockAlarmMs) this.#context.log("warn", "a source's clock is ahead", { sourceId });
    if (draft.revision !== undefined) return this.#deps.incidents.decide(alert, by);
    const held = this.#deps.incidents.heldRevision(sourceId, draft.sourceIncidentId);
    const same = this.#deps.incidents.decide({ ...alert, revision: held ?? 0 }, by);
    return same.kind === "conflict" && held !== undefined
      ? this.#deps.incidents.decide({ ...alert, revision: held + 1 }, by)
      : same;
  }

  /** An address by the city's own street names, with the error of that; else nowhere in the site, for a person to place. */
  #placed(address: string): Pick<Alert, "place" | "placedBy"> {
    const found = this.#deps.geocode?.(address);
    if (found !== undefined && pointInRing(this.#frame.toLocal(found.point), this.#jurisdiction)) {
      const label = clip(address, 200);
      return { place: { point: found.point, error: circle(found.errorM), label }, placedBy: "streets" };
    }
    const easts = this.#jurisdiction.map((corner) => corner.eastM);
    const norths = this.#jurisdiction.map((corner) => corner.northM);
    const middle = { eastM: mean(easts), northM: mean(norths) };
    const reachM = Math.max(
      ...this.#jurisdiction.map((one) => Math.hypot(one.eastM - middle.eastM, one.northM - middle.northM)),
    );
    return { place: { point: this.#frame.toGeo(middle), error: circle(reachM), label: clip(address, 200) } };
  }

  #problemOf(report: Report): string | undefined {
    if (report.kind === "cancel") return undefined;
    const { occurredAtMs, place, addressOnly } = report.draft;
    const nowMs = this.#context.kernel.nowMs();
    if (occurredAtMs > nowMs + tooEarlyMs)
      return "It happened in the future: the source's clock is more than 60 s ahead.";
    if (occurredAtMs < nowMs - tooOldMs) return "It happened more than 24 h ago.";
    if (addressOnly !== true && !pointInRing(this.#frame.toLocal(place.point), this.#jurisdiction))
      return "The place is outside this agency's area (latitude and longitude swapped?).";
    return undefined;
  }

  /** Above its usual flow a source may no longer launch anything by itself; what it says is kept and merged all the same. */
  #flooding(sourceId: string): boolean {
    const nowMs = this.#context.clocks.wall.nowMs();
    if (this.#flow.get(sourceId)?.take("", nowMs) !== false) return false;
    this.#context.count("intake_flooding", { sourceId });
    const saidMs = this.#floodSaidMs.get(sourceId);
    if (saidMs === undefined || nowMs - saidMs > 60_000) {
      this.#floodSaidMs.set(sourceId, nowMs);
      const perMinute = this.#context.config.sources.find((one) => one.sourceId === sourceId)?.perMinute ?? 0;
      this.#context.log("warn", "a source floods", { sourceId, perMinute });
      this.#context.kernel.commit([newFact("SourceFlooding", { sourceId, perMinute }, systemActor)]);
    }
    return true;
  }

  /** Counted and logged each time; recorded at a pace that a stranger cannot use to fill the disk. */
  #refused(sourceId: string, format: Format, problem: string, detail: string): void {
    this.#context.count("intake_refused", { kind: format.kind, status: problem });
    this.#context.log("warn", "intake refused", { sourceId: known(sourceId), problem });
    if (!this.#refusals.take(sourceId, this.#context.clocks.wall.nowMs())) return;
    const fact = newFact(
      "IntakeRefused",
      { sourceId: known(sourceId), problem, detail: detail.slice(0, 1000) },
      systemActor,
    );
    this.#context.kernel.commit([fact]);
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

const known = (sourceId: string): string => sourceId.replace(/[^\w-]/g, "_").slice(0, 40);

export const createIntakePart = (context: StationContext, deps: IntakeDeps): IntakePart =>
  new IntakePart(context, deps);
