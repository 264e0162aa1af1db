import {
  type AircraftSample,
  type Config,
  type FlightPlan,
  type HttpClient,
  newFact,
  parseFact,
  skyConfig,
} from "@outrider/contract";
import { aircraftSample, HandClock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { alarmRoom, createAlarmsPart } from "../../alarms/index.js";
import { fleetRoom } from "../../fleet/index.js";
import { launchRoom } from "../../launch/index.js";
import { at, Bench, GROUND_M, START_MS, uids } from "../../launch/testing/index.js";
import { createSkyPart, type SkyPart, skyRoom } from "../index.js";

type Answer = Parameters<Parameters<HttpClient["request"]>[1]>[0];
const uid = uids[0];
const plan = {
  home: { point: at(-1_500, 0), groundAmslM: GROUND_M },
  takeoffAltAmslM: GROUND_M + 60,
  route: [{ point: at(-750, 0), altAmslM: GROUND_M + 60, altAglM: 60, speedMps: 15 }],
  scene: { point: at(0, 0), groundAmslM: GROUND_M, orbitRadiusM: 50, altAmslM: GROUND_M + 60, speedMps: 8 },
  returnAltAmslM: GROUND_M + 80,
  rally: [],
  etaP90S: 140,
} as unknown as FlightPlan;

const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19);
const corners = (eastM: number): readonly { latDeg: number; lonDeg: number }[] => [
  ...[at(eastM - 100, -100), at(eastM + 100, -100), at(eastM + 100, 100), at(eastM - 100, 100), at(eastM - 100, -100)],
];
const feature = (eastM: number, number: string, modified = "1") => ({
  type: "Feature",
  geometry: { type: "Polygon", coordinates: [corners(eastM).map(({ latDeg, lonDeg }) => [lonDeg, latDeg])] },
  properties: { NOTAM_KEY: `${number}-1-FDC-F`, STATE: "CA", LAST_MODIFICATION_DATETIME: modified },
});
const list = (...features: unknown[]) => JSON.stringify({ type: "FeatureCollection", features });
const notice = (fromMs: number, untilMs: number) =>
  `<XNOTAM-Update><Group><Add><Not><dateEffective>${stamp(fromMs)}</dateEffective><dateExpire>${stamp(untilMs)}</dateExpire><TfrNot><TFRAreaGroup><aseTFRArea/></TFRAreaGroup></TfrNot></Not></Add></Group></XNOTAM-Update>`;

const faa = {
  ...{
    sourceId: "faa",
    kind: "tfr",
    url: "http://f/list",
    detailUrl: "http://f/detail_{notam}.xml",
    provenance: "sim",
  },
  ...{ everyS: 60, maxAgeS: 300 },
};
const DETAIL = "/detail_6_0421.xml";

/** The sky alone with its alarms, over a flat world; the publisher is a hand. */
class NoticeBench {
  readonly served = new Map<string, Answer>();
  readonly asked: string[] = [];
  readonly flying = new Map<string, AircraftSample>();
  readonly clock = new HandClock(START_MS);
  readonly bench: Bench;
  #sky: SkyPart | undefined;

  constructor(more: object = {}, source: object = faa) {
    const config = (base: Config): Config => ({ ...base, sky: skyConfig.parse({ sources: [source], ...more }) });
    const http: HttpClient = {
      request: ({ url, headers }, done) => {
        const { pathname } = new URL(url);
        this.asked.push(`${pathname}${headers["if-none-match"] === undefined ? "" : " if changed"}`);
        this.clock.after(5, () => done(this.served.get(pathname) ?? { kind: "ok", status: 404, body: "" }));
      },
    };
    this.serve("/list", list());
    this.bench = new Bench(
      {
        ...{ config, clock: this.clock, rooms: [skyRoom, alarmRoom] },
        more: (context, fleet, _launch, site) => {
          const sky = createSkyPart(context, {
            ...{ site, geoidUndulationM: -17, launchOf: () => "l1", flightOf: () => ({ plan, doing: "out" as const }) },
            samples: { latest: (one) => this.flying.get(one), all: () => this.flying },
            ports: { http, dialer: { dial: () => () => undefined } },
          });
          this.#sky = sky;
          const pilots = { pilotsOnWatch: () => [], presenceAgeMs: () => 0, touchPresence: () => undefined };
          const alarms = createAlarmsPart(context, {
            ...{ fleet, pilots, picOf: () => undefined, restrictions: () => sky.inRestriction() },
          });
          return [sky, alarms];
        },
      },
      [fleetRoom, launchRoom],
    );
  }

  get sky(): SkyPart {
    if (this.#sky === undefined) throw new Error("no sky");
    return this.#sky;
  }

  serve(path: string, body: string, headers: Readonly<Record<string, string>> = {}): void {
    this.served.set(path, { kind: "ok", status: 200, body, headers });
  }

  publish(eastM: number, more: { readonly untilMs?: number; readonly modified?: string } = {}): void {
    this.serve("/list", list(feature(eastM, "6/0421", more.modified), feature(2_000_000, "6/9999")));
    this.serve(DETAIL, notice(START_MS - 1_000, more.untilMs ?? START_MS + 3_600_000));
  }

  facts(): string[] {
    return this.bench.facts.filter((fact) => /^(Restriction|SkySource)/.test(fact.type)).map((fact) => fact.type);
  }

  gate() {
    const { sources, findings } = this.sky.airspace(plan) ?? { sources: [], findings: [] };
    const [source] = sources;
    return { ageS: source?.ageS, text: source?.text, kinds: findings.map((one) => one.kind) };
  }
}

describe("published restrictions", () => {
  it("given a list, records what appears, changes and ends near the site, and nothing for a question that brings no news", () => {
    const bench = new NoticeBench();
    bench.clock.advance(1_000);
    expect(bench.gate()).toMatchObject({ kinds: [], text: "0 near, of 0 published" });
    bench.publish(-750);
    bench.clock.advance(300_000);
    expect(bench.facts()).toEqual(["RestrictionAppeared"]);
    const [appeared] = bench.bench.facts.filter((fact) => fact.type === "RestrictionAppeared");
    expect(appeared?.data).toMatchObject({
      restriction: { notam: "FDC 6/0421", areas: [{ windows: [{ fromMs: START_MS - 1_000 }] }] },
    });
    expect(bench.gate()).toMatchObject({ kinds: ["inTheWay"], text: "1 near, of 2 published" });
    // The notice itself is asked for once, and again when it has changed.
    expect(bench.asked.filter((path) => path === DETAIL)).toHaveLength(1);
    bench.publish(-760, { modified: "2" });
    bench.clock.advance(60_000);
    bench.serve("/list", list());
    bench.clock.advance(60_000);
    expect(bench.facts()).toEqual(["RestrictionAppeared", "RestrictionChanged", "RestrictionEnded"]);
    expect(bench.bench.facts.find((fact) => fact.type === "RestrictionEnded")?.data).toMatchObject({
      why: "no longer published",
    });
    expect(bench.gate().kinds).toEqual([]);
  });

  it("given a list that breaks, keeps the last good one with its age, names it, and says when it is back", () => {
    const bench = new NoticeBench();
    bench.publish(-750);
    bench.clock.advance(1_000);
    const bodies: Answer[] = [
      { kind: "ok", status: 200, body: "<html>maintenance</html>" },
      { kind: "ok", status: 503, body: "" },
      { kind: "error", error: new Error("the answer is too long") },
    ];
    for (const body of bodies) {
      bench.served.set("/list", body);
      bench.clock.advance(120_000);
      expect(bench.gate().kinds).toEqual(["inTheWay"]);
    }
    expect(bench.gate()).toMatchObject({ text: "no answer: the answer is too long" });
    expect(bench.gate().ageS).toBeGreaterThan(300);
    bench.publish(-750);
    bench.clock.advance(11_000);
    expect(bench.gate().ageS).toBeLessThan(12);
    expect(bench.facts()).toEqual(["RestrictionAppeared", "SkySourceSilent", "SkySourceBack"]);
  });

  it("given a server that knows it has not changed, is as good as told again", () => {
    const bench = new NoticeBench();
    bench.publish(-750);
    bench.serve("/list", list(feature(-750, "6/0421")), { etag: '"1"' });
    bench.clock.advance(1_000);
    bench.served.set("/list", { kind: "ok", status: 304, body: "" });
    bench.clock.advance(120_000);
    expect(bench.asked).toContain("/list if changed");
    expect(bench.gate()).toMatchObject({ kinds: ["inTheWay"] });
    expect(bench.gate().ageS).toBeLessThan(61);
  });

  it("given a notice that cannot be read, tells of the restriction at once, and of its times when it can", () => {
    const bench = new NoticeBench();
    bench.publish(-750);
    bench.served.set(DETAIL, { kind: "error", error: new Error("ECONNRESET") });
    bench.clock.advance(1_000);
    expect(bench.gate().kinds).toEqual(["unclear"]);
    bench.publish(-750);
    bench.clock.advance(60_000);
    expect(bench.gate().kinds).toEqual(["inTheWay"]);
    expect(bench.facts()).toEqual(["RestrictionAppeared", "RestrictionChanged"]);
  });

  it("given that its time is over, ends although it is still listed; before the first answer nothing is known", () => {
    const bench = new NoticeBench();
    expect(bench.gate().ageS).toBeUndefined();
    bench.publish(-750, { untilMs: START_MS + 90_000 });
    bench.clock.advance(200_000);
    const ended = bench.bench.facts.find((fact) => fact.type === "RestrictionEnded");
    expect(ended?.data).toMatchObject({ why: "its time is over" });
  });

  it("given a restart, knows what stood before the list is asked again", () => {
    const before = new NoticeBench();
    before.publish(-750);
    before.clock.advance(1_000);
    const after = new NoticeBench();
    for (const fact of before.bench.facts) {
      const read = parseFact(JSON.parse(JSON.stringify(fact)));
      if (read.kind === "ok") after.bench.kernel.replay(read.fact);
    }
    expect(after.gate()).toMatchObject({ ageS: undefined, kinds: ["inTheWay"] });
    // The same list is no news, although the record may hold its members in another order.
    after.publish(-750);
    after.clock.advance(1_000);
    expect([after.facts(), after.gate().ageS]).toEqual([[], expect.closeTo(1, 0)]);
  });

  it("given a new run while an answer is on its way, takes that answer for none and asks again at once", () => {
    const bench = new NoticeBench();
    bench.clock.advance(1_000);
    bench.publish(-750);
    bench.clock.advance(59_002);
    const run = { runId: "r2", scenario: "x", seed: 1, onWatch: [] };
    bench.bench.commit(newFact("RunStarted", run, { kind: "system", part: "sim" }));
    expect(bench.gate().ageS).toBeUndefined();
    bench.clock.advance(3_000);
    expect(bench.gate()).toMatchObject({ kinds: ["inTheWay"] });
    expect(bench.gate().ageS).toBeLessThan(3);
  });

  it("given notices without a shape, needs a person for those of this state", () => {
    const bench = new NoticeBench({}, { ...faa, noShapeUrl: "http://f/noshape", states: ["CA"] });
    const rows = [
      { notam_id: "3/1862", state: "CA" },
      { notam_id: "3/1863", state: "NY" },
    ];
    bench.serve("/noshape", JSON.stringify(rows));
    bench.served.set("/detail_3_1862.xml", { kind: "ok", status: 404, body: "" });
    bench.clock.advance(1_000);
    expect(bench.gate().kinds).toEqual(["unclear"]);
  });
});

describe("the facility map as a source", () => {
  const map = { sourceId: "map", kind: "uasfm", url: "http://f/layer/0", provenance: "sim" };
  const cell = { ...feature(-750, "x"), properties: { CEILING: 200, APT1_ICAO: "KSFO" } };

  it("given its cells, blocks without an authorisation; given none that can be read, is not known and asked again", () => {
    const bench = new NoticeBench({}, map);
    bench.serve("/layer/0/query", list({ ...cell, geometry: null }));
    bench.clock.advance(1_000);
    expect(bench.gate()).toMatchObject({ ageS: undefined, text: expect.stringContaining("cannot be read"), kinds: [] });
    bench.serve("/layer/0/query", list(cell));
    bench.clock.advance(3_000);
    expect(bench.gate()).toMatchObject({ text: "cells of the map: 1", kinds: ["unclear", "ceiling"] });
    const asked = bench.asked.length;
    bench.clock.advance(3_600_000);
    expect(bench.asked).toHaveLength(asked);
    expect(bench.facts()).toEqual([]);
  });
});

describe("a restriction that appears in flight", () => {
  const here = (eastM: number) => aircraftSample({ ...at(eastM, 0), altAmslM: GROUND_M + 60 });
  const alarms = (bench: NoticeBench): string[] =>
    bench.bench.facts.flatMap((fact) =>
      fact.type === "AlarmRaised" && fact.data.text.includes("TFR") ? [`${fact.data.level}: ${fact.data.text}`] : [],
    );

  it("given one ahead, alarms the pilot with distance and time until it is clear, and moves nothing", () => {
    const bench = new NoticeBench();
    bench.flying.set(uid, here(-1_400));
    bench.clock.advance(1_000);
    bench.publish(-750);
    bench.clock.advance(62_000);
    expect(alarms(bench)).toEqual([
      "warning: OSPREY flies towards TFR FDC 6/0421, 550 m away, ground and up, until 02:00.",
    ]);
    bench.flying.set(uid, here(-750));
    bench.clock.advance(2_000);
    expect(alarms(bench)[1]).toBe("warning: OSPREY is inside TFR FDC 6/0421, ground and up, until 02:00.");
    // Past it, what is left is the way home.
    bench.flying.set(uid, here(-300));
    bench.clock.advance(6_000);
    expect(alarms(bench)[2]).toMatch(/^caution: OSPREY has on its way home TFR FDC 6\/0421/);
    expect(
      [...bench.bench.kernel.state(alarmRoom).open.values()].filter((one) => one.text.includes("TFR")),
    ).toHaveLength(1);
    bench.serve("/list", list());
    bench.clock.advance(62_000);
    expect([...bench.bench.kernel.state(alarmRoom).open.values()].filter((one) => one.text.includes("TFR"))).toEqual(
      [],
    );
    expect(bench.facts()).toEqual([
      ...["RestrictionAppeared", "RestrictionConflictBegan", "RestrictionConflictChanged"],
      ...["RestrictionConflictChanged", "RestrictionEnded", "RestrictionConflictEnded"],
    ]);
    expect(bench.bench.facts.some((fact) => fact.type === "OrderIssued")).toBe(false);
  });

  it("given a waiver of the agency, raises no alarm, and the map says by what paper", () => {
    const waivers = [{ notam: "FDC 6/0421", reference: "SGI-12", until: "2027-02-01T00:00:00Z" }];
    const bench = new NoticeBench({ airspace: { waivers } });
    bench.flying.set(uid, here(-1_400));
    bench.publish(-750);
    bench.clock.advance(3_000);
    expect(alarms(bench)).toEqual([]);
    expect(bench.gate().kinds).toEqual(["waived"]);
    const answer = bench.sky.views?.sky?.("", { personId: "", name: "", roles: [], demo: false, sessionId: "" });
    expect(answer).toMatchObject({
      view: {
        restrictions: [{ state: "active", waiver: "SGI-12", when: "until 02:00", areas: [{ outer: { length: 4 } }] }],
      },
    });
  });
});
