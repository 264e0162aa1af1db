import {
  type AircraftSample,
  type Fact,
  type HttpResponse,
  type NewFact,
  newFact,
  type Role,
  type TrackView,
} from "@outrider/contract";
import { aircraftSample, HandClock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { MemoryDisk, seededChance } from "../app/testing/fake-ports.js";
import { testConfig } from "../app/testing/test-config.js";
import { Kernel, type Reply, type Session, type StationContext, systemActor } from "../kernel/index.js";
import { sha256Hex } from "./hash.js";
import { FactRecord } from "./record.js";
import { createTrackPart, type TrackPart } from "./track-part.js";
import { trackRoom } from "./track-room.js";

const startMs = 1_000_000;
const uid = "aa";

const sampleAt = (nowMs: number): AircraftSample =>
  aircraftSample({
    latDeg: 37 + (nowMs - startMs) / 1e8,
    lonDeg: -122,
    altAmslM: 160,
    altAglM: 58,
    velNorthMps: 1,
    velEastMps: 2,
    headingDeg: 90,
    pitchDeg: -4,
    gimbalPitchDeg: -30,
    gimbalYawDeg: 91,
    mode: "mission",
  });

type Asked = { status: number; body: unknown };

/** Record, kernel and tracks on one disk; the sample book is a function of time. */
class Bench {
  readonly wall = new HandClock(startMs);
  readonly told: Fact[] = [];
  readonly kernel: Kernel;
  readonly part: TrackPart;
  heard = true;
  readonly #disk: MemoryDisk;

  constructor(disk = new MemoryDisk()) {
    this.#disk = disk;
    const record = new FactRecord({ disk, name: "r", wall: this.wall, log: () => undefined });
    const chance = seededChance();
    const deps = { run: this.wall, chance, store: record, prov: "sim", runId: () => undefined } as const;
    this.kernel = new Kernel(deps, [trackRoom]);
    // Only what the tracks use of a station.
    const context = {
      kernel: this.kernel,
      config: testConfig(),
      clocks: { run: this.wall, wall: this.wall },
      chance,
      disk,
      log: () => undefined,
      count: () => undefined,
    } as unknown as StationContext;
    const latest = (): AircraftSample | undefined => (this.heard ? sampleAt(this.wall.nowMs()) : undefined);
    this.part = createTrackPart(context, { samples: { latest, all: () => new Map() } });
    record.open(
      (fact) => this.kernel.replay(fact),
      () => undefined,
    );
    this.kernel.onDurable((fact) => {
      this.told.push(fact);
      this.part.onFact?.(fact);
    });
    this.part.onStart?.();
  }

  say(...facts: NewFact[]): void {
    this.kernel.commit(facts);
  }

  takeOff(launchId?: string): void {
    const launch = launchId === undefined ? {} : { launchId };
    this.say(newFact("Armed", { uid, ...launch }, systemActor));
    this.say(newFact("Airborne", { uid, ...launch, altAmslM: 102 }, systemActor));
  }

  land(): void {
    this.say(newFact("Landed", { uid, latDeg: 37, lonDeg: -122 }, systemActor));
    this.say(newFact("Disarmed", { uid }, systemActor));
  }

  closeFlight(launchId: string, flightId: string): void {
    const data = { launchId, incidentId: "i_1", uid, flightId, purpose: "", category: "call", airborneS: 10 };
    this.say(newFact("FlightClosed", data, systemActor));
  }

  sealed(): Extract<Fact, { type: "TrackSealed" }>[] {
    return this.told.flatMap((fact) => (fact.type === "TrackSealed" ? [fact] : []));
  }

  file(trackId: string): string {
    return new TextDecoder().decode(this.#disk.files.get(`track-${trackId}.ndjson`));
  }

  ask(path: string, params: Record<string, string>, query: Record<string, string> = {}, role: Role = "trainer"): Asked {
    const route = this.part.routes?.find((one) => one.kind === "get" && one.path === path);
    const session: Session = { personId: "p", name: "Trainer 1", roles: [role], demo: true, sessionId: "s" };
    const answer: Asked = { status: 0, body: undefined };
    const give = (status: number, body: unknown): void => void Object.assign(answer, { status, body });
    const reply: Reply = {
      ok: (body, status = 200) => give(status, body),
      problem: (status, title) => give(status, title),
      raw: (response: HttpResponse) => give(response.status, response.body),
    };
    const request = { method: "GET", path, query, headers: {}, body: new Uint8Array(), remote: "" };
    if (route?.kind === "get") route.handle({ params, session, request }, reply);
    return answer;
  }

  track(id: string, query: Record<string, string> = {}): TrackView {
    // What the route answers; its status is looked at where it matters.
    return this.ask("/flights/{flightId}/track", { flightId: id }, query).body as TrackView;
  }
}

function flown(bench: Bench, seconds: number, launchId = "l_1", flightId = "fl_1"): void {
  bench.takeOff(launchId);
  bench.wall.advance(seconds * 1_000);
  bench.land();
  bench.closeFlight(launchId, flightId);
}

describe("a flight's track", () => {
  it("holds two rows a second of the air time and is sealed by hash when the flight closes", () => {
    const bench = new Bench();
    bench.wall.advance(5_000);
    flown(bench, 10);
    bench.wall.advance(5_000);
    const [seal] = bench.sealed();
    const text = bench.file("l_1");
    expect(seal?.data).toMatchObject({ flightId: "fl_1", launchId: "l_1", uid, count: 20, missed: 0 });
    expect(seal?.data.sha256).toBe(sha256Hex(text));
    expect(seal?.data.toMs).toBe(startMs + 15_000);
    expect(bench.sealed()).toHaveLength(1);
    const view = bench.track("fl_1");
    expect(view).toMatchObject({ flightId: "fl_1", launchId: "l_1", seal: { holds: true, count: 20 } });
    expect(view.rows[0]).toMatchObject({ altAmslM: 160, altAglM: 58, aboveTakeoffM: 58, gimbalYawDeg: 91 });
    expect(view.rows.map((row) => row.tMs)).toEqual([...view.rows.map((row) => row.tMs)].sort((a, b) => a - b));
  });

  it("says when the file is no longer what was sealed", () => {
    const disk = new MemoryDisk();
    const bench = new Bench(disk);
    flown(bench, 10);
    const bytes = disk.files.get("track-l_1.ndjson")?.slice() ?? new Uint8Array();
    bytes[bytes.length - 30] = (bytes[bytes.length - 30] ?? 0) ^ 1;
    disk.files.set("track-l_1.ndjson", bytes);
    expect(bench.track("fl_1").seal?.holds).toBe(false);
  });

  it("goes on after a crash in the air behind a tail that was torn, and seals once", () => {
    const disk = new MemoryDisk();
    const before = new Bench(disk);
    before.takeOff("l_1");
    before.wall.advance(10_000);
    before.part.close();
    disk.files.set("track-l_1.ndjson", (disk.files.get("track-l_1.ndjson") ?? new Uint8Array()).slice(0, -20));
    const after = new Bench(disk);
    after.wall.advance(20_000);
    after.land();
    after.closeFlight("l_1", "fl_1");
    expect(after.sealed()).toHaveLength(1);
    expect(after.sealed()[0]?.data.count).toBeGreaterThan(40);
    expect(
      after
        .file("l_1")
        .trim()
        .split("\n")
        .slice(1)
        .every((line) => JSON.parse(line).latDeg > 36),
    ).toBe(true);
  });

  it("seals after a restart what was closed and not sealed", () => {
    const disk = new MemoryDisk();
    const before = new Bench(disk);
    before.takeOff("l_1");
    before.wall.advance(10_000);
    before.land();
    disk.hold = true;
    before.closeFlight("l_1", "fl_1");
    disk.hold = false;
    disk.settle();
    before.part.close();
    const after = new Bench(disk);
    expect([...before.sealed(), ...after.sealed()].length).toBeGreaterThan(0);
    expect(after.track("fl_1").seal?.holds).toBe(true);
  });

  it("keeps its rows while the disk is full and writes them when there is room again", () => {
    const disk = new MemoryDisk();
    const bench = new Bench(disk);
    bench.takeOff("l_1");
    disk.failAppends = 8;
    disk.tornBytes = 11;
    bench.wall.advance(30_000);
    bench.land();
    bench.closeFlight("l_1", "fl_1");
    bench.wall.advance(20_000);
    expect(bench.sealed()[0]?.data).toMatchObject({ count: 60, missed: 0 });
    expect(bench.track("fl_1").seal?.holds).toBe(true);
  });

  it("is kept, and sealed on landing, for an aircraft that nobody launched here", () => {
    const bench = new Bench();
    bench.takeOff();
    bench.wall.advance(5_000);
    bench.land();
    expect(bench.sealed()[0]?.data).toMatchObject({ flightId: expect.stringMatching(/^air-\d+$/), count: 10 });
  });

  it("has no row for the time in which nothing was heard", () => {
    const bench = new Bench();
    bench.takeOff("l_1");
    bench.heard = false;
    bench.wall.advance(10_000);
    bench.land();
    bench.closeFlight("l_1", "fl_1");
    expect(bench.sealed()[0]?.data.count).toBe(0);
  });

  it("can be asked for in the air by its launch, thinned, and as GeoJSON; each look is recorded first", () => {
    const bench = new Bench();
    bench.takeOff("l_1");
    bench.wall.advance(20_000);
    const view = bench.track("l_1", { everyMs: "2000" });
    expect(view.seal).toBeUndefined();
    expect(view.rows.length).toBe(10);
    const geo = bench.track("l_1", { format: "geojson" }) as unknown as {
      geometry: { coordinates: number[][] };
      properties: { timesMs: number[] };
    };
    expect(geo.geometry.coordinates[0]?.[0]).toBe(-122);
    expect(geo.properties.timesMs).toHaveLength(geo.geometry.coordinates.length);
    expect(bench.told.filter((fact) => fact.type === "TrackRead")).toHaveLength(2);
    expect(bench.ask("/flights/{flightId}/track", { flightId: "none" }).status).toBe(404);
  });

  it("is given for a debrief by the facts between which it was flown", () => {
    const bench = new Bench();
    flown(bench, 10);
    const middle = bench.kernel.seq;
    flown(bench, 10, "l_2", "fl_2");
    const all = bench.ask("/replay/tracks", {}, { fromSeq: "1", toSeq: "99" }).body as { tracks: TrackView[] };
    expect(all.tracks.map((one) => one.launchId)).toEqual(["l_1", "l_2"]);
    expect(all.tracks[0]?.rows).toHaveLength(10);
    const late = bench.ask("/replay/tracks", {}, { fromSeq: String(middle + 1), toSeq: "99" }).body as typeof all;
    expect(late.tracks.map((one) => one.launchId)).toEqual(["l_2"]);
  });
});
