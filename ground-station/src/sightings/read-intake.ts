import { type HttpRequest, newFact } from "@outrider/contract";
import { isJson, problemResponse, readJson, TokenBuckets } from "../http/index.js";
import type { Source, SourceDoor } from "../intake/index.js";
import { type RawRoute, type Reply, type StationContext, systemActor } from "../kernel/index.js";
import { admitRead } from "./admit-read.js";
import type { Claim } from "./claimed.js";
import type { Crops } from "./crops.js";
import { parseFlockAlert } from "./flock-alert.js";
import type { IncomingParse, IncomingRead } from "./incoming-read.js";
import { formBoundary, readForm } from "./multipart.js";
import { parsePlateRecognizer } from "./plate-recognizer.js";
import type { Read } from "./read.js";
import type { ReadIndex } from "./read-index.js";
import type { ReadsFile } from "./reads-file.js";
import { parseRekor } from "./rekor.js";

const mostBytes = 5 * 1024 * 1024;
/** Facts about refusals of one source: the record must not be filled by somebody else's broken reader. */
const refusalFacts = { perS: 1 / 60, burst: 3 } as const;

export type ReadIntakeDeps = {
  readonly context: StationContext;
  readonly door: SourceDoor;
  readonly index: ReadIndex;
  readonly file: ReadsFile;
  readonly crops: Crops;
  /** False until the reads of before the restart are back in memory. */
  readonly loaded: () => boolean;
  /** A new read, or one that its final word has replaced. `flooding`: its source sends more than it may, so it raises few cards. */
  readonly onRead: (read: Read, more: { readonly flooding: boolean; readonly claim: Claim | undefined }) => void;
};

type Format = {
  readonly path: string;
  readonly kind: Source["kind"];
  readonly summary: string;
  /** Takes forms too, its JSON in the part `json`, a JPEG beside it. */
  readonly forms?: true;
  parse(value: unknown, picture?: Uint8Array): IncomingParse;
};
const formats: readonly Format[] = [
  {
    path: "/intake/alpr/rekor",
    kind: "alpr/rekor",
    summary: "Plate reads, Rekor Scout alpr_group",
    parse: parseRekor,
  },
  {
    path: "/intake/alpr/plate-recognizer",
    kind: "alpr/plate-recognizer",
    summary: "Plate reads, Plate Recognizer Stream webhook (JSON, or a form with a picture)",
    forms: true,
    parse: parsePlateRecognizer,
  },
  {
    path: "/intake/alpr/flock",
    kind: "alpr/flock",
    summary: "Plate reads, Flock Safety hotlist alert",
    parse: parseFlockAlert,
  },
];

type Stored = { readonly readId: string; readonly state: "stored" | "storedLate" | "superseded" | "known" };
type Outcome =
  | {
      readonly kind: "stored";
      readonly stored: Stored;
      readonly read: Read | undefined;
      readonly claim?: Claim | undefined;
    }
  | { readonly kind: "refused"; readonly status: number; readonly problem: string; readonly doThis: string };

type Sent =
  | { readonly kind: "ok"; readonly json: Uint8Array; readonly picture?: Uint8Array | undefined }
  | {
      readonly kind: "refused";
      readonly status: 400 | 415;
      readonly title: string;
      readonly detail: string;
      readonly doThis?: string;
    };

/** The JSON of a request and the picture beside it, however they came. */
function sentOf({ forms }: Format, { headers, body }: HttpRequest): Sent {
  const type = headers["content-type"];
  if (isJson(type)) return { kind: "ok", json: body };
  const boundary = forms ? formBoundary(type) : undefined;
  if (boundary === undefined)
    return {
      ...{ kind: "refused", status: 415, title: "Not JSON" },
      detail: forms ? "This takes JSON, or a form with its JSON in the part json." : "This takes JSON.",
      doThis: `Send content-type: application/json${forms ? " or multipart/form-data" : ""}.`,
    };
  const form = readForm(body, boundary);
  const bad = (detail: string): Sent => ({ kind: "refused", status: 400, title: "Form not accepted", detail });
  if (form.kind === "bad") return bad(`Not a form: ${form.problem}.`);
  const [json, second] = form.parts.filter((part) => part.name === "json");
  if (json === undefined || second !== undefined) return bad("The form must have one part named json.");
  return { kind: "ok", json: json.bytes, picture: form.parts.find((part) => part.type === "image/jpeg")?.bytes };
}

/** Where readers post. Everything true is kept; what floods loses only the right to raise cards. */
export class ReadIntake {
  readonly routes: readonly RawRoute[];
  readonly #deps: ReadIntakeDeps;
  readonly #flow = new Map<string, TokenBuckets>();
  readonly #refusals = new TokenBuckets(refusalFacts);
  readonly #floodSaid = new TokenBuckets({ perS: 1 / 60, burst: 1 });

  constructor(deps: ReadIntakeDeps) {
    this.#deps = deps;
    for (const { sourceId, perMinute } of deps.context.config.sources)
      this.#flow.set(sourceId, new TokenBuckets({ perS: perMinute / 60, burst: Math.max(1, perMinute) }));
    this.routes = formats.map((format) => ({
      kind: "raw",
      method: "POST",
      path: format.path,
      maxBytes: mostBytes,
      summary: format.summary,
      handle: (request, reply) => this.#take(format, request, reply),
    }));
  }

  #take(format: Format, request: HttpRequest, reply: Reply): void {
    const who = this.#deps.door.authenticate(request, [format.kind]);
    if (who.kind === "refused") {
      this.#refused(who.sourceId || "unknown", who.status, who.detail);
      return reply.problem(who.status, "Source not accepted", who.detail);
    }
    const { sourceId } = who.source;
    const refuse = (status: number, title: string, detail: string, doThis?: string): void => {
      this.#refused(sourceId, status, detail);
      reply.problem(status, title, detail, doThis);
    };
    if (request.body.byteLength > mostBytes)
      return refuse(413, "Too large", `The body is larger than ${mostBytes} bytes.`);
    const sent = sentOf(format, request);
    if (sent.kind === "refused") return refuse(sent.status, sent.title, sent.detail, sent.doThis);
    if (!this.#deps.loaded())
      return reply.raw(
        problemResponse(503, "Starting", "Earlier reads are being loaded.", "Send it again.", { "retry-after": "2" }),
      );
    const json = readJson(sent.json);
    if (json.kind === "bad") return refuse(json.status, "Body not accepted", json.detail);
    const parsed = format.parse(json.value, sent.picture);
    if (parsed.kind === "bad") return refuse(422, "Read not accepted", parsed.problem);
    if (parsed.kind === "nothing") return reply.ok({ state: "ignored", why: parsed.why });
    this.#storeAll(parsed.reads, sourceId, reply, refuse);
  }

  #storeAll(
    incoming: readonly IncomingRead[],
    sourceId: string,
    reply: Reply,
    refuse: (status: number, title: string, detail: string, doThis?: string) => void,
  ): void {
    const flooding = this.#flooding(sourceId);
    const outcomes = incoming.map((one) => this.#store(one, sourceId));
    const refused = outcomes.find((one) => one.kind === "refused");
    const stored = outcomes.flatMap((one) => (one.kind === "stored" ? [one] : []));
    // One bad plate of a picture must not lose the others.
    if (stored.length === 0 && refused?.kind === "refused")
      return refuse(refused.status, "Read not accepted", `${refused.problem}.`, refused.doThis);
    this.#whenDurable(
      stored.flatMap((one) => (one.read === undefined ? [] : [one.read])),
      (error) => {
        if (error)
          return reply.raw(
            problemResponse(503, "Not stored", "The read could not be written.", "Send it again.", {
              "retry-after": "5",
            }),
          );
        reply.ok({ reads: stored.map((one) => one.stored) }, 202);
      },
    );
    for (const one of stored) if (one.read !== undefined) this.#deps.onRead(one.read, { flooding, claim: one.claim });
  }

  #store(incoming: IncomingRead, sourceId: string): Outcome {
    const { context, index, crops } = this.#deps;
    const { chance, config, kernel } = context;
    const nowMs = kernel.nowMs();
    const held = index.byUuids(sourceId, incoming.uuids);
    const cropId = held?.cropId ?? chance.id("c");
    const readId = held?.readId ?? chance.id("r");
    const admitted = admitRead({ incoming, sourceId, readId, cropId, nowMs, cameras: config.cameras });
    if (admitted.kind === "refused") return admitted;
    if (held !== undefined && (!held.isPreview || incoming.isPreview)) {
      context.count("reads_known");
      return { kind: "stored", stored: { readId, state: "known" }, read: undefined };
    }
    if (admitted.crop !== undefined) crops.hold(cropId, admitted.crop);
    const read: Read =
      held === undefined
        ? admitted.read
        : {
            ...admitted.read,
            uuids: [...new Set([...held.uuids, ...admitted.read.uuids])],
            ...(held.cropId === undefined ? {} : { cropId: held.cropId }),
          };
    if (held === undefined) index.add(read);
    else index.replace(read);
    const late = nowMs - read.atMs > 10 * 60_000;
    const state = held !== undefined ? "superseded" : late ? "storedLate" : "stored";
    context.count("reads_stored", { state });
    return { kind: "stored", stored: { readId, state }, read, claim: incoming.claim };
  }

  #whenDurable(reads: readonly Read[], done: (error?: Error) => void): void {
    let open = reads.length;
    let failed: Error | undefined;
    if (open === 0) return done();
    for (const read of reads)
      this.#deps.file.append(read, (error) => {
        failed ??= error;
        open -= 1;
        if (error) this.#deps.context.count("reads_not_written");
        if (open === 0) done(failed);
      });
  }

  #flooding(sourceId: string): boolean {
    const { context } = this.#deps;
    const nowMs = context.kernel.nowMs();
    if (this.#flow.get(sourceId)?.take(sourceId, nowMs) !== false) return false;
    context.count("reads_flooding");
    if (this.#floodSaid.take(sourceId, nowMs)) {
      const perMinute = context.config.sources.find((one) => one.sourceId === sourceId)?.perMinute ?? 0;
      context.kernel.commit([newFact("SourceFlooding", { sourceId, perMinute }, systemActor)]);
    }
    return true;
  }

  #refused(sourceId: string, status: number, detail: string): void {
    const { context } = this.#deps;
    context.count("reads_refused", { status: String(status) });
    if (!this.#refusals.take(sourceId, context.kernel.nowMs())) return;
    const data = { sourceId: sourceId.slice(0, 40), problem: String(status), detail: detail.slice(0, 1000) };
    context.kernel.commit([newFact("IntakeRefused", data, systemActor)]);
  }
}
