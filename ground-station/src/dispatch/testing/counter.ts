import {
  type ActName,
  acts,
  type Config,
  type Fact,
  type HttpRequest,
  newFact,
  type VehicleDescription,
} from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import { type World, worldFromCity } from "@outrider/geo";
import { type Answer, answered, person } from "../../app/testing/answers.js";
import { street } from "../../app/testing/street.js";
import { Kernel, type Session, type StationContext, systemActor } from "../../kernel/index.js";
import { createDispatchPart, type DispatchPart } from "../dispatch-part.js";

export const startMs = Date.UTC(2026, 10, 22, 21, 0, 0);

/** Haight St and Masonic Ave cross at the origin; one house stands at the north-west corner, one far away. */
export const corner: World = worldFromCity({
  origin: { latDeg: 37.7701, lonDeg: -122.445 },
  geoidUndulationM: -32,
  terrain: {
    eastMinM: -500,
    northMinM: -500,
    cellM: 500,
    cols: 3,
    rows: 3,
    heightsAmslDm: Array<number>(9).fill(800),
  },
  buildings: {
    ringStart: [0, 4, 8],
    coordsDm: [-400, 100, -100, 100, -100, 400, -400, 400, 3000, 3000, 3200, 3000, 3200, 3200, 3000, 3200],
    groundAmslDm: [800, 800],
    heightDm: [90, 90],
  },
  roads: [
    street("Haight St", [-4000, 0, 4000, 0]),
    street("Masonic Ave", [0, -4000, 0, 4000]),
    street("Page St", [-4000, 2000, 4000, 2000]),
  ],
});

/** Dispatch alone over a kernel in memory; what other rooms would say comes in as their facts. */
export class Counter {
  readonly clock: HandClock;
  readonly kernel: Kernel;
  readonly part: DispatchPart;
  readonly facts: Fact[] = [];
  readonly world = corner;
  recordWritable = true;

  constructor(over: { clock?: HandClock; replay?: readonly Fact[]; officers?: Config["officers"] } = {}) {
    this.clock = over.clock ?? new HandClock(startMs);
    let n = over.replay?.length ?? 0;
    const chance = {
      unit: () => 0.5,
      bytes: (length: number) => {
        n += 1;
        return Uint8Array.from({ length }, (_, i) => (n * 37 + i * 11) % 256);
      },
      id: (prefix: string) => `${prefix}_${++n}`,
    };
    const store = {
      append: (_: readonly Fact[], done: (error?: Error) => void) =>
        done(this.recordWritable ? undefined : new Error("disk full")),
    };
    this.kernel = new Kernel({ run: this.clock, chance, store, prov: "sim", runId: () => undefined }, []);
    // Dispatch reads the officers of the configuration and writes no file: what is not here would fail the test.
    const context = {
      kernel: this.kernel,
      world: this.world,
      config: { officers: over.officers, site: { provenance: "sim" } },
      clocks: { run: this.clock, wall: this.clock },
      chance,
      log: () => undefined,
      count: () => undefined,
    } as unknown as StationContext;
    this.part = createDispatchPart(
      context,
      (cameraId) => ({
        state: "live",
        why: "",
        ageMs: 80,
        mark: { rtpTime: cameraId.length, capturedMs: startMs },
      }),
      (hash, pin, done) => done(hash === `$argon2id$${pin}`),
    );
    this.kernel.add(this.part.rooms);
    for (const fact of over.replay ?? []) this.kernel.replay(fact);
    this.kernel.onDurable((fact) => {
      this.facts.push(fact);
      this.part.onFact(fact);
    });
    this.part.onStart();
  }

  place(eastM = 0, northM = 0) {
    const point = this.world.frame.toGeo({ eastM, northM });
    return { point, error: { semiMajorM: 20, semiMinorM: 20, bearingDeg: 0 }, label: "Haight St & Masonic Ave" };
  }

  openIncident(incidentId = "i_1", title = "Shots fired"): void {
    const data = {
      incidentId,
      number: "26-00001",
      alertId: "a",
      kind: "gunshot" as const,
      title,
      callType: "SHOOT",
      place: this.place(),
      urgency: 9,
    };
    this.kernel.commit([newFact("IncidentOpened", data, systemActor)]);
  }

  closeIncident(incidentId = "i_1"): void {
    this.kernel.commit([newFact("IncidentClosed", { incidentId, real: "real", reason: "done" }, systemActor)]);
  }

  hit(
    hitId: string,
    over: {
      plateRead?: string;
      plateListed?: string;
      incidentId?: string;
      vehicle?: VehicleDescription;
      secondNeeded?: boolean;
    } = {},
  ): void {
    const data = {
      hitId,
      incidentId: "i_1",
      readId: `r-${hitId}`,
      readerId: "reader-1",
      readerName: "Cole St reader",
      plateRead: "7KBM042",
      plateListed: "7KBM042",
      doubtfulIndexes: [],
      list: "stolen list",
      listedReason: "Stolen",
      listAgeS: 10,
      readAtMs: this.clock.nowMs(),
      place: this.place(-400, 0),
      vehicle: { color: "silver", make: "honda", body: "sedan" },
      checks: [],
      level: "exact" as const,
      secondNeeded: false,
      ...over,
    };
    this.kernel.commit([newFact("HitFound", data, systemActor)]);
  }

  confirm(hitId: string, second = false): void {
    const by = { kind: "person", personId: "op-9", name: "Operator 9", role: "rtcc" } as const;
    this.kernel.commit([newFact("VehicleConfirmed", { hitId, incidentId: "i_1", second }, by)]);
  }

  ruleOut(hitId: string): void {
    this.kernel.commit([newFact("VehicleRuledOut", { hitId, incidentId: "i_1", why: "not-same" }, systemActor)]);
  }

  ofType<T extends Fact["type"]>(type: T): Extract<Fact, { type: T }>[] {
    return this.facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
  }

  act(
    act: ActName,
    params: Record<string, string>,
    body: unknown,
    session: Session | undefined,
    cookie?: string,
  ): Answer {
    const route = this.part.routes.find((one) => one.kind === "act" && one.act === act);
    if (route?.kind !== "act") throw new Error(`no route for ${act}`);
    if (route.roles !== "anyone" && !route.roles.some((role) => session?.roles.includes(role)))
      return { status: 403, body: { title: "role" }, raw: undefined };
    return answered((reply) =>
      route.handle({ body: acts[act].body.parse(body), params, session, request: request(cookie) }, reply),
    );
  }

  get(path: string, params: Record<string, string>, cookie?: string): Answer {
    const route = this.part.routes.find((one) => one.kind === "get" && one.path === path);
    if (route?.kind !== "get") throw new Error(`no route ${path}`);
    return answered((reply) => route.handle({ params, session: undefined, request: request(cookie) }, reply));
  }

  /** A link made and opened; returns the device's cookie header. */
  openPhone(unit = "3A21"): string {
    const made = this.act("makeOfficerLink", { incidentId: "i_1" }, { unit }, person("op-1"));
    const opened = this.act("openOfficerLink", {}, { token: made.body["token"] }, undefined);
    return opened.raw?.headers["set-cookie"]?.split(";")[0] ?? "";
  }

  phone(cookie: string): Answer {
    return this.get("/officer/view", {}, cookie);
  }

  advise(text: string, units = ["3A21"]): Answer {
    return this.act("advise", { incidentId: "i_1" }, { text, units }, person("op-1"));
  }
}

const request = (cookie: string | undefined): HttpRequest => ({
  method: "POST",
  path: "/",
  query: {},
  headers: cookie === undefined ? {} : { cookie },
  body: new Uint8Array(),
  remote: "127.0.0.1",
});
