import { type AircraftSample, type Config, type FlightPlan, type SkyView, skyConfig } from "@outrider/contract";
import { aircraftSample, HandClock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import type { ByteDialer } from "../feeds/index.js";
import { fleetRoom } from "../fleet/index.js";
import { launchRoom } from "../launch/index.js";
import { at, Bench, GROUND_M, START_MS, uids } from "../launch/testing/index.js";
import { createSkyPart, type SkyPart, skyRoom } from "./index.js";

type Served = { status: number; body: string } | Error;
type Entry = Record<string, unknown>;

const ourUid = uids[0];
/** One of ours, 60 m over flat ground. */
const sample = (over: Partial<AircraftSample> = {}): AircraftSample =>
  aircraftSample({ ...at(0, 0), altAmslM: GROUND_M + 60, ...over });

const feet = (metres: number): number => metres / 0.3048;
/** West of the middle by `eastM`, coming at 60 m/s, 90 m over the ground by satellite. */
const helicopter = (eastM: number, more: Entry = {}): Entry => {
  const { latDeg, lonDeg } = at(eastM, 0);
  return {
    ...{
      hex: "a0bb01",
      flight: "N911PD",
      category: "A7",
      lat: latDeg,
      lon: lonDeg,
      gs: 116.63,
      track: 90,
      baro_rate: 0,
    },
    ...{ alt_geom: feet(GROUND_M + 90 - 17), nac_p: 11, seen_pos: 0, ...more },
  };
};

/** The sky alone, on a bench whose world is asked over HTTP by a hand. */
class SkyBench {
  readonly served = new Map<string, Served>([["/metar", { status: 200, body: "" }]]);
  readonly flying = new Map<string, AircraftSample>();
  readonly clock = new HandClock(START_MS);
  asked = 0;
  #sky: SkyPart | undefined;
  readonly bench: Bench;

  constructor(sources: readonly object[] = roof, dialer: ByteDialer = { dial: () => () => undefined }) {
    const config = (base: Config): Config => ({ ...base, sky: skyConfig.parse({ sources }) });
    this.serve([]);
    this.bench = new Bench(
      {
        config,
        clock: this.clock,
        rooms: [skyRoom],
        more: (context, _fleet, _launch, site) => {
          const sky = createSkyPart(context, {
            ...{ site, geoidUndulationM: -17, launchOf: () => "l1" },
            samples: { latest: (uid) => this.flying.get(uid), all: () => this.flying },
            ports: {
              dialer,
              http: {
                request: ({ url }, done) => {
                  this.asked += 1;
                  const answer = this.served.get(new URL(url).pathname) ?? { status: 404, body: "" };
                  this.clock.after(5, () =>
                    done(answer instanceof Error ? { kind: "error", error: answer } : { kind: "ok", ...answer }),
                  );
                },
              },
            },
          });
          this.#sky = sky;
          return [sky];
        },
      },
      [fleetRoom, launchRoom],
    );
  }

  get sky(): SkyPart {
    if (this.#sky === undefined) throw new Error("no sky");
    return this.#sky;
  }

  /** The receiver's file, which it writes each time anew. */
  serve(aircraft: readonly Entry[], now = this.clock.nowMs() / 1000): void {
    this.served.set("/aircraft.json", { status: 200, body: JSON.stringify({ now, aircraft }) });
  }

  get view(): SkyView {
    const answer = this.sky.views?.sky?.("", { personId: "", name: "", roles: [], demo: false, sessionId: "" });
    if (answer?.kind !== "view") throw new Error("no view");
    return answer.view;
  }

  facts(): string[] {
    return this.bench.facts
      .filter((fact) => /^(Traffic|Sky)/.test(fact.type))
      .map((fact) => ("level" in fact.data ? `${fact.type} ${fact.data.level}` : fact.type));
  }

  /** Seconds go by, the helicopter flies on, and the receiver tells. */
  fly(seconds: number, eastM: (second: number) => number | undefined): void {
    for (let second = 0; second < seconds; second++) {
      const now = eastM(second);
      this.serve(now === undefined ? [] : [helicopter(now)]);
      this.clock.advance(1_000);
    }
  }
}

const roof = [{ sourceId: "roof", kind: "aircraft-json", url: "http://r/aircraft.json", provenance: "sim" }];
const weather = { sourceId: "air", kind: "metar", url: "http://w/metar", station: "KSIM", provenance: "sim" };
const waypoint = { point: at(0, 0), altAmslM: GROUND_M + 60, altAglM: 60, speedMps: 15 };
const plan = {
  home: { point: at(-300, 0), groundAmslM: GROUND_M },
  takeoffAltAmslM: GROUND_M + 50,
  route: [waypoint],
  scene: { point: at(0, 300), groundAmslM: GROUND_M, orbitRadiusM: 50, altAmslM: GROUND_M + 60, speedMps: 8 },
  etaS: 50,
} as unknown as FlightPlan;

describe("the sky", () => {
  it("given a quiet receiver, is quiet; given none that answers, is not known, and says so once", () => {
    const bench = new SkyBench();
    bench.fly(3, () => undefined);
    expect(bench.sky.traffic(plan)).toMatchObject({
      heard: 0,
      meetings: [],
      sources: [{ sourceId: "roof", state: "live" }],
    });
    bench.served.set("/aircraft.json", new Error("ECONNREFUSED"));
    bench.clock.advance(12_000);
    expect(bench.sky.sources()[0]).toMatchObject({ state: "silent", text: "no answer: ECONNREFUSED" });
    bench.fly(2, () => undefined);
    expect(bench.facts()).toEqual(["SkySourceSilent", "SkySourceBack"]);
  });

  it("given a file that nobody writes any more, does not take it for an empty sky", () => {
    const bench = new SkyBench();
    bench.serve([], 1_700_000_000);
    bench.clock.advance(15_000);
    expect(bench.sky.sources()[0]).toMatchObject({ state: "silent", text: "its file is not written any more" });
  });

  it("given a helicopter that comes, warns in two steps, lists it, and ends when it has gone", () => {
    const bench = new SkyBench();
    bench.flying.set(ourUid, sample());
    const began = bench.clock.nowMs();
    bench.fly(150, (second) => -4_000 + 60 * second);
    expect(bench.facts()).toEqual([
      ...["TrafficConflictBegan caution", "TrafficConflictChanged warning", "TrafficConflictEnded"],
    ]);
    const [caution, warning, ended] = bench.bench.facts.filter((fact) => fact.type.startsWith("TrafficConflict"));
    // Well clear is lost at 610 m: 56.5 s after the start, so a caution at once and a warning half a minute before.
    expect(((warning?.tMs ?? 0) - began) / 1000).toBeGreaterThanOrEqual(26);
    expect(((warning?.tMs ?? 0) - began) / 1000).toBeLessThanOrEqual(29);
    expect(caution?.data).toMatchObject({
      uid: ourUid,
      trafficId: "a0bb01",
      launchId: "l1",
      closestM: 0,
      level: "caution",
    });
    expect(warning?.data).toMatchObject({
      text: expect.stringMatching(/^OSPREY: N911PD helicopter 2\.\d km W, 300 ft AGL, closest 0 m in \d\d s\.$/),
      suggestion: "Agreed: move aside, then hold or land.",
    });
    expect(ended?.data).toMatchObject({ why: "well clear", leastM: expect.any(Number) });
    expect(ended?.type === "TrafficConflictEnded" ? ended.data.leastM : Number.NaN).toBeLessThan(60);
  });

  it("given a helicopter that falls silent in the middle of it, goes on warning for a minute", () => {
    const bench = new SkyBench();
    bench.flying.set(ourUid, sample());
    bench.fly(95, (second) => (second < 20 ? -2_500 + 60 * second : undefined));
    expect(bench.sky.conflicts()).toEqual([]);
    const ended = bench.bench.facts.find((fact) => fact.type === "TrafficConflictEnded");
    expect(ended?.data).toMatchObject({ why: "not heard for 60 s" });
  });

  it("given one that comes near to a planned way, says who, where, how high, how near and when", () => {
    const bench = new SkyBench();
    bench.fly(2, () => -3_000);
    const [meeting] = bench.sky.traffic(plan)?.meetings ?? [];
    expect(meeting).toMatchObject({
      closestM: expect.closeTo(0, 3),
      text: expect.stringMatching(
        /^N911PD helicopter 3\.0 km west of the scene, 300 ft above ground, closest 0 m to the /,
      ),
    });
    expect(meeting?.inS).toBeLessThan(45);
    expect(bench.view.strangers).toMatchObject([
      { name: "N911PD", kind: "helicopter", altAglM: 90, level: "none", sources: ["roof"] },
    ]);
    expect(bench.facts()).toEqual([]);
  });

  it("given a pressure height and no weather report, does not know how high it is; with its QNH it does", () => {
    const bench = new SkyBench([...roof, weather]);
    const told = helicopter(-3_000, { alt_geom: undefined, alt_baro: feet(GROUND_M + 500) });
    bench.served.set("/metar", { status: 200, body: "nothing" });
    bench.serve([told]);
    bench.clock.advance(2_000);
    expect(bench.view.strangers[0]).toMatchObject({
      altAmslM: undefined,
      heightTold: expect.stringContaining("no QNH"),
    });
    expect(bench.sky.traffic(plan)?.meetings[0]?.text).toContain("height unknown");
    const now = new Date(bench.clock.nowMs() - 72 * 60_000);
    const two = (n: number): string => String(n).padStart(2, "0");
    const time = `${two(now.getUTCDate())}${two(now.getUTCHours())}${two(now.getUTCMinutes())}Z`;
    bench.served.set("/metar", { status: 200, body: `KSIM ${time} 27008KT 10SM FEW020 16/10 Q1013` });
    bench.serve([told]);
    bench.clock.advance(3_000);
    bench.serve([told]);
    bench.clock.advance(2_000);
    expect(bench.view.strangers[0]?.altAglM).toBeGreaterThan(480);
    expect(bench.sky.traffic(plan)?.meetings).toEqual([]);
    expect(bench.sky.air()).toMatchObject({ kind: "reported", station: "KSIM", ceilingM: "none" });
    bench.clock.advance(4 * 60_000);
    expect(bench.sky.air()).toMatchObject({ kind: "none", why: expect.stringContaining("min old, limit 75") });
  });

  it("hands the gate what the weather is now, in the words of the simulator, also where it changes within the minute", () => {
    const bench = new SkyBench([{ ...weather, everyS: 10 }]);
    const stamp = new Date(START_MS).toISOString();
    const head = `METAR KSIM ${stamp.slice(8, 10)}${stamp.slice(11, 13)}${stamp.slice(14, 16)}Z 27008KT`;
    const serve = (words: string): void => {
      bench.served.set("/metar", { status: 200, body: `${head} ${words} A2994 RMK AO2 SIMULATED\n` });
      bench.clock.advance(11_000);
    };
    serve("10SM FEW020 16/10");
    expect(bench.sky.air()).toMatchObject({ kind: "reported", ceilingM: "none", weather: [], temperatureC: 16 });
    serve("1 3/4SM FZRA BR OVC004 M08/M09");
    expect(bench.sky.air()).toMatchObject({
      ...{ visibilityM: 1.75 * 1609.344, ceilingM: expect.closeTo(121.9, 1), weather: ["FZRA", "BR"] },
      ...{ temperatureC: -8, dewPointC: -9 },
    });
    serve("10SM FEW020 16/10");
    expect(bench.sky.air()).toMatchObject({ ceilingM: "none", weather: [], temperatureC: 16 });
  });

  it("reads SBS lines over a connection that breaks, and dials again", () => {
    type Handlers = Parameters<ByteDialer["dial"]>[1];
    const lines: Handlers[] = [];
    const dialer: ByteDialer = {
      dial: (_, handlers) => {
        lines.push(handlers);
        return () => undefined;
      },
    };
    const bench = new SkyBench([{ sourceId: "sbs", kind: "sbs", host: "r", port: 30003, provenance: "sim" }], dialer);
    const { latDeg, lonDeg } = at(-3_000, 0);
    const head = "1,1,A0BB01,1,2026/01/31,08:05:09.123,2026/01/31,08:05:09.123";
    const text = `MSG,3,${head},,5500,,,${latDeg.toFixed(5)},${lonDeg.toFixed(5)},,,0,0,0,0\r\nMSG,4,${head},,,117,90,,,0,,,,,0\r\n`;
    const stream = { send: () => undefined, close: () => undefined };
    lines[0]?.onOpen(stream);
    lines[0]?.onBytes(new TextEncoder().encode(text.slice(0, 40)));
    lines[0]?.onClose("ECONNRESET");
    bench.clock.advance(1_500);
    expect(lines).toHaveLength(2);
    lines[1]?.onOpen(stream);
    lines[1]?.onBytes(new TextEncoder().encode(text));
    bench.clock.advance(1_000);
    expect(bench.view.strangers).toMatchObject([{ trafficId: "a0bb01", headingDeg: 90, altAmslM: undefined }]);
    bench.clock.advance(85_000);
    expect(bench.sky.sources()[0]).toMatchObject({ state: "silent", text: expect.stringContaining("not a byte") });
  });

  it("given what the receivers aboard ours hear, warns of it where no other source is configured, and asks nobody", () => {
    const bench = new SkyBench([]);
    bench.flying.set(ourUid, sample());
    const seen = {
      trafficId: "a0bb01",
      source: "adsb" as const,
      heardBy: ourUid,
      simulated: false,
      ...at(-1_500, 0),
      ageMs: 0,
    };
    bench.sky.hear([{ ...seen, velEastMps: 60, velNorthMps: 0, altM: GROUND_M + 80, altKind: "amsl" }]);
    bench.clock.advance(1_000);
    expect(bench.facts()).toEqual(["TrafficConflictBegan warning"]);
    expect([bench.asked, bench.sky.traffic(plan)?.sources, bench.sky.air()]).toEqual([0, [], undefined]);
  });

  it("given somebody's drone heard by Remote ID, shows it as it was heard and counts it, and none of ours", () => {
    const bench = new SkyBench([]);
    bench.flying.set(ourUid, sample({ ageMs: 0 }));
    const operator = { ...at(-400, 0), kind: "live" as const, ageMs: 500 };
    const accuracy = { horizontal: 10, vertical: 3, barometer: 0, speed: 3 };
    const remoteId = { sender: "01", idKind: "sender" as const, onGround: false, accuracy, doubts: ["it tells no id"] };
    // It flies 400 m away and does not say how high.
    const seen = { trafficId: "sender-01", source: "remote-id" as const, heardBy: "link:roof", simulated: false };
    const drone = { ...seen, ...at(-400, 0), velEastMps: 0, velNorthMps: 0, ageMs: 200, remoteId };
    bench.sky.hear([drone]);
    bench.clock.advance(1_000);
    expect(bench.view.strangers).toMatchObject([
      { trafficId: "sender-01", kind: "drone", altAmslM: undefined, heightTold: "it tells no height", ageMs: 1_200 },
    ]);
    expect(bench.view.strangers[0]).toMatchObject({ sources: ["remote-id:link:roof"], doubts: ["it tells no id"] });
    const named = { ...remoteId, idKind: "serial" as const, operator, doubts: [] };
    const known = { ...drone, trafficId: "1581F4XYZ", callSign: "1581F4XYZ", remoteId: named };
    // It comes nearer: its height is not known, so that it may be at ours.
    bench.sky.hear([{ ...known, ...at(-120, 0), velEastMps: 10 }]);
    bench.clock.advance(1_000);
    expect(bench.view.strangers).toMatchObject([{ trafficId: "1581f4xyz", name: "1581F4XYZ", altAmslM: undefined }]);
    expect(bench.view.strangers[0]?.operator).toMatchObject({ kind: "live", point: at(-400, 0) });
    expect(bench.facts()).toEqual(["TrafficConflictBegan warning"]);
    expect(bench.sky.traffic(plan)).toMatchObject({ heard: 1, meetings: [{ closestM: 0 }] });
    // Our own module, by our id; and somebody who took that id a kilometre away.
    const own = { ...known, trafficId: ourUid, callSign: ourUid.slice(0, 20) };
    bench.sky.hear([{ ...own, ...at(0, 0) }]);
    bench.clock.advance(1_000);
    expect(bench.view.strangers.map((one) => one.trafficId)).toEqual(["1581f4xyz"]);
    bench.sky.hear([{ ...own, ...at(0, 1_000) }]);
    bench.clock.advance(1_000);
    const borrowed = bench.view.strangers.find((one) => one.trafficId === ourUid);
    expect(borrowed?.doubts?.join()).toContain("goes by the id of");
  });
});
