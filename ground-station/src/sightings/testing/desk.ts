import type { Config, Fact, HttpRequest, NewFact } from "@outrider/contract";
import { acts, newFact } from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import type { World } from "@outrider/geo";
import { type Answer, answered } from "../../app/testing/answers.js";
import { MemoryDisk } from "../../app/testing/fake-ports.js";
import type { SourceDoor } from "../../intake/index.js";
import { Kernel, type Session, type StationContext, type StationPart, systemActor } from "../../kernel/index.js";
import { createSightingsPart, type SightingsPart } from "../sightings-part.js";
import { at, town } from "./town.js";

export const startMs = Date.UTC(2026, 10, 22, 21, 0, 0);

const reader = (world: World, cameraId: string, name: string, eastM: number, azimuthDeg: number) => ({
  cameraId,
  name,
  kind: "reader" as const,
  point: at(world, eastM, 4),
  heightAglM: 4,
  azimuthDeg,
  pitchDeg: -10,
  hfovDeg: 40,
  rangeM: 40,
  shared: true,
  ptz: false,
});

/** What of the configuration these parts read. */
export function deskConfig(world: World, over: { provenance?: "live" | "sim" } = {}): Config {
  const source = { sourceId: "readers", kind: "alpr/rekor", key: { env: "K" }, auth: "hmac", perMinute: 600 } as const;
  const provenance = over.provenance ?? "sim";
  const part = {
    demo: true,
    site: { provenance },
    sources: [
      { ...source, provenance },
      { ...source, sourceId: "stream", kind: "alpr/plate-recognizer" as const, provenance, perMinute: 30 },
      { ...source, sourceId: "flock", kind: "alpr/flock" as const, provenance, perMinute: 30 },
    ],
    cameras: [
      reader(world, "reader-101", "Cole & Haight reader", -400, 270),
      reader(world, "reader-102", "Stanyan & Haight reader", -590, 270),
    ],
    hotlists: [{ name: "stolen list", file: "list.csv" }],
  };
  // A test's part of a configuration: a field that is not here would be undefined and fail the test.
  return part as unknown as Config;
}

export const listText = [
  "plate,state,reason,caseNumber,source,priority,validFrom,expires,make,model,color,year,enteredBy,note",
  "7KBM042,CA,Stolen vehicle,26-003117,T,high,2026-01-01,P90D,honda,accord,silver,2019,,",
  "7LNS336,CA,Unpaid impound,26-001950,T,low,2026-01-01,P90D,nissan,altima,gray,2018,,",
].join("\n");

export class Desk {
  readonly world: World;
  readonly clock: HandClock;
  readonly disk: MemoryDisk;
  readonly kernel: Kernel;
  readonly part: SightingsPart;
  readonly facts: Fact[] = [];
  readonly counted: string[] = [];
  readonly touched: string[] = [];
  recordWritable = true;

  constructor(
    over: {
      world?: World;
      disk?: MemoryDisk;
      clock?: HandClock;
      replay?: readonly Fact[];
      list?: string;
      provenance?: "live" | "sim";
    } = {},
  ) {
    this.world = over.world ?? town;
    this.disk = over.disk ?? new MemoryDisk();
    this.clock = over.clock ?? new HandClock(startMs);
    let n = over.replay?.length ?? 0;
    const chance = {
      unit: () => 0.5,
      bytes: (length: number) => Uint8Array.from({ length }, (_, i) => (n * 31 + i * 7) % 256),
      id: (prefix: string) => `${prefix}_${++n}`,
    };
    const store = {
      append: (_: readonly Fact[], done: (error?: Error) => void) =>
        done(this.recordWritable ? undefined : new Error("disk full")),
    };
    this.kernel = new Kernel({ run: this.clock, chance, store, prov: "sim", runId: () => undefined }, []);
    const context: StationContext = {
      kernel: this.kernel,
      config: deskConfig(this.world, over),
      world: this.world,
      clocks: { run: this.clock, wall: this.clock },
      chance,
      disk: this.disk,
      log: () => undefined,
      count: (metric, labels) => this.counted.push(`${metric} ${JSON.stringify(labels ?? {})}`),
    };
    const door: SourceDoor = {
      authenticate: (request, kinds) => {
        const source = context.config.sources.find((one) => one.sourceId === request.headers["x-outrider-source"]);
        if (source === undefined || !kinds.includes(source.kind))
          return { kind: "refused", status: 401, detail: "The source or its secret is not known.", sourceId: "" };
        return { kind: "ok", source, signed: true };
      },
    };
    const changedMs = startMs - 3_600_000;
    this.part = createSightingsPart(context, {
      door,
      hotlistFiles: (_, done) => done({ text: over.list ?? listText, changedMs }),
      touch: (rooms) => this.touched.push(...rooms),
    });
    this.kernel.add(this.part.rooms);
    for (const fact of over.replay ?? []) this.kernel.replay(fact);
    this.kernel.onDurable((fact) => {
      this.facts.push(fact);
      this.part.onFact?.(fact);
    });
    this.part.onStart?.();
  }

  commit(...facts: NewFact[]): void {
    this.kernel.commit(facts);
  }

  openIncident(incidentId = "i_1"): void {
    const place = {
      point: at(this.world, 0, 0),
      error: { semiMajorM: 20, semiMinorM: 20, bearingDeg: 0 },
      label: "Haight St & Masonic Ave",
    };
    const data = {
      incidentId,
      number: "26-00001",
      alertId: "a",
      kind: "call" as const,
      title: "Shots fired",
      callType: "SHOOT",
      place,
      urgency: 9,
    };
    this.commit(newFact("IncidentOpened", data, systemActor));
  }

  ofType<T extends Fact["type"]>(type: T): Extract<Fact, { type: T }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
  }

  act(act: keyof typeof acts, params: Record<string, string>, body: unknown, session: Session): Answer {
    const route = this.part.routes.find((one) => one.kind === "act" && one.act === act);
    if (route?.kind !== "act") throw new Error(`no route for ${act}`);
    if (route.roles !== "anyone" && !route.roles.some((role) => session.roles.includes(role)))
      return { status: 403, body: { title: "role" }, raw: undefined };
    const checked = acts[act].body.parse(body);
    return answered((reply) => route.handle({ body: checked, params, session, request: request("POST", {}) }, reply));
  }

  get(path: string, params: Record<string, string>, query: Record<string, string>, session: Session): Answer {
    const route = this.part.routes.find((one) => one.kind === "get" && one.path === path);
    if (route?.kind !== "get") throw new Error(`no route ${path}`);
    return answered((reply) => route.handle({ params, session, request: { ...request("GET", {}), query } }, reply));
  }

  /** @param body bytes and texts as they are, anything else as JSON. */
  post(path: string, sourceId: string, body: unknown, type = "application/json"): Answer {
    const route = this.part.routes.find((one) => one.kind === "raw" && one.path === path);
    if (route?.kind !== "raw") throw new Error(`no route ${path}`);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const bytes = body instanceof Uint8Array ? body : new TextEncoder().encode(text);
    const headers = { "x-outrider-source": sourceId, "content-type": type };
    return answered((reply) => route.handle({ ...request("POST", headers), body: bytes }, reply));
  }

  read(over: RekorOver = {}): Answer {
    return this.post("/intake/alpr/rekor", "readers", rekor(this.clock.nowMs(), over));
  }

  givePurpose(session: Session, incidentId = "i_1"): Answer {
    const body = { caseNumber: "26-00417", offence: "shooting", text: "silver sedan that left the shooting westbound" };
    return this.act("givePurpose", { incidentId }, body, session);
  }
}

const request = (method: string, headers: Record<string, string>): HttpRequest => ({
  method,
  path: "/",
  query: {},
  headers,
  body: new Uint8Array(),
  remote: "127.0.0.1",
});

/** A JPEG as far as anybody here looks at it. */
export const jpegBase64 = btoa(String.fromCharCode(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3));

export type RekorOver = {
  uuid?: string;
  plate?: string;
  cameraId?: number | string;
  atMs?: number;
  preview?: boolean;
  color?: string;
  make?: string;
  body?: string;
  state?: string;
  candidates?: readonly { plate: string; confidence: number }[];
  crop?: string | undefined;
  more?: Record<string, unknown>;
};

export function rekor(nowMs: number, over: RekorOver = {}): unknown {
  const named = (name: string) => [{ name, confidence: 90 }];
  const uuid = over.uuid ?? `u-${nowMs}`;
  return {
    data_type: "alpr_group",
    epoch_start: over.atMs ?? nowMs,
    camera_id: over.cameraId ?? 101,
    gps_latitude: 0,
    gps_longitude: 0,
    uuids: [uuid],
    best_uuid: uuid,
    best_uuid_epoch_ms: over.atMs ?? nowMs,
    best_plate_number: over.plate ?? "7KBM042",
    best_confidence: 93,
    best_region: over.state ?? "us-ca",
    best_plate: "crop" in over && over.crop === undefined ? {} : { plate_crop_jpeg: over.crop ?? jpegBase64 },
    candidates: over.candidates ?? [],
    is_preview: over.preview ?? false,
    travel_direction: 3,
    vehicle: {
      color: named(over.color ?? "silver-gray"),
      make: named(over.make ?? "honda"),
      make_model: named(`${over.make ?? "honda"}_x`),
      body_type: named(over.body ?? "sedan-standard"),
    },
    ...over.more,
  };
}

export type { StationPart };
