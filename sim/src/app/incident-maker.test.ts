import type { GeoPoint } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { nextUnit, seedRandom } from "../air/index.js";
import { generateCity } from "../city/index.js";
import { IncidentMaker, type IncidentMakerDeps } from "./incident-maker.js";

const world = worldFromCity(generateCity(3));
const at = (eastM: number, northM: number): GeoPoint => world.frame.toGeo({ eastM, northM });
const key = { sourceId: "s" };

function bench(sensors?: IncidentMakerDeps["sensors"], seed = 1) {
  const random = seedRandom(seed);
  const posts: { path: string; body: Record<string, never> }[] = [];
  const later: { atMs: number; run: () => void }[] = [];
  let nowMs = 1_000_000;
  let named = 0;
  // Only what the maker asks of them: a key's name, and a poster that keeps what it is given.
  const deps = {
    world,
    chance: {
      unit: () => nextUnit(random),
      id: (prefix: string) => `${prefix}_${++named}`,
      bytes: () => new Uint8Array(),
    },
    poster: { post: (path: string, body: Record<string, never>) => posts.push({ path, body }) },
    keys: { cad: key, shots: key },
    middle: at(0, 0),
    radiusM: 450,
    sensors,
    nowMs: () => nowMs,
    after: (delayMs: number, run: () => void) => later.push({ atMs: nowMs + delayMs, run }),
    told: () => undefined,
  } as unknown as IncidentMakerDeps;
  const goOn = (ms: number): void => {
    nowMs += ms;
    for (const one of later.splice(0).filter((wait) => wait.atMs <= nowMs || !later.push(wait))) one.run();
  };
  return { maker: new IncidentMaker(deps), posts, goOn, nowMs: () => nowMs };
}

const wish = { callType: "SUSP", title: "t", narrative: "n", radiusM: 40, priority: 6 } as const;
const text = (body: unknown): string => JSON.stringify(body);
const urnOf = (body: unknown): string | undefined => /urn:emergency[^"]*/.exec(text(body))?.[0];
const placeOf = (body: unknown) => {
  const [, lat = "", lon = ""] = /<gml:pos>([-\d.]+) ([-\d.]+)</.exec(text(body)) ?? [];
  return world.frame.toLocal({ latDeg: Number(lat), lonDeg: Number(lon) });
};
const streetOf = (body: unknown): string => /"locationDescriptionText":"([^"]*)"/.exec(text(body))?.[1] ?? "";
const streetNear = (body: unknown): string => world.roads.describe(placeOf(body)) ?? "no street name near";
const metres = (a: { eastM: number; northM: number }, b: { eastM: number; northM: number }): number =>
  Math.hypot(a.eastM - b.eastM, a.northM - b.northM);

describe("a caller", () => {
  it("corrects the last call under its own name, so far off, later", () => {
    const { maker, posts, goOn } = bench();
    expect(maker.correctCall(120)).toBe(false);
    maker.call({ ...wish, point: at(100, 100) });
    goOn(5_000);
    expect(maker.correctCall(120)).toBe(true);
    const [first, second] = posts;
    expect(urnOf(second?.body)).toBe(urnOf(first?.body));
    expect(metres(placeOf(first?.body), placeOf(second?.body))).toBeCloseTo(120, 0);
    expect(String(second?.body["lastUpdateTimeStamp"]) > String(first?.body["lastUpdateTimeStamp"])).toBe(true);
  });
  it("by habit is repeated by others, names a wrong street and is corrected as often as configured, the same for a seed", () => {
    const night = (
      habits: { duplicateShare: number; wrongStreetShare: number; correctionShare: number },
      calls = 60,
    ) => {
      const one = bench({ callers: habits }, 5);
      for (let n = 0; n < calls; n++) {
        one.maker.call({ ...wish, title: `call ${n}`, point: at(0, 0) });
        for (let s = 0; s < 95; s += 5) one.goOn(5_000);
      }
      const urns = one.posts.map(({ body }) => urnOf(body));
      const wrong = one.posts.filter(({ body }) => streetOf(body) !== streetNear(body)).length;
      return { posts: one.posts, calls: new Set(urns).size, corrections: urns.length - new Set(urns).size, wrong };
    };
    const shares = { duplicateShare: 0.3, wrongStreetShare: 0.1, correctionShare: 0.1 };
    const usual = night(shares, 300);
    expect(usual.calls / 300 - 1).toBeCloseTo(0.3, 1);
    expect(usual.corrections / 300).toBeCloseTo(0.1, 1);
    expect(night({ duplicateShare: 0, wrongStreetShare: 0, correctionShare: 0 })).toMatchObject({
      ...{ calls: 60, corrections: 0, wrong: 0 },
    });
    expect(night({ duplicateShare: 0, wrongStreetShare: 1, correctionShare: 0 }).wrong).toBeGreaterThan(40);
    expect(night(shares).posts).toEqual(night(shares).posts);
  });
  it("by habit is repeated under another name from near the place, and not corrected once the centre has closed the call", () => {
    const all = { duplicateShare: 1, wrongStreetShare: 0, correctionShare: 1 };
    const { maker, posts, goOn } = bench({ callers: all });
    maker.call({ ...wish, point: at(100, 100) });
    maker.callEnds("Closed");
    for (let s = 0; s < 100; s += 5) goOn(5_000);
    const [first, , second, ...more] = posts;
    expect(more).toEqual([]);
    expect(urnOf(second?.body)).not.toBe(urnOf(first?.body));
    const off = metres(placeOf(first?.body), placeOf(second?.body));
    expect(off > 0 && off < 150 + wish.radiusM).toBe(true);
  });
  it("is closed or cancelled by the centre under that name, once", () => {
    const { maker, posts } = bench();
    maker.call(wish);
    expect(maker.callEnds("Cancelled")).toBe(true);
    expect(urnOf(posts[1]?.body)).toBe(urnOf(posts[0]?.body));
    expect(text(posts[1]?.body)).toContain('"Cancelled"');
    expect(maker.callEnds("Closed")).toBe(false);
  });
  it("names another street than the point's when it is the wrong one", () => {
    const { maker, posts } = bench();
    maker.call({ ...wish, point: at(100, 100) });
    const other = bench();
    other.maker.call({ ...wish, point: at(100, 100), wrongStreet: true });
    expect(placeOf(other.posts[0]?.body)).toEqual(placeOf(posts[0]?.body));
    expect(text(other.posts[0]?.body)).not.toBe(text(posts[0]?.body));
  });
});

describe("the gunshot network", () => {
  it("tells after its delay of the moment when they were fired", () => {
    const { maker, posts, goOn, nowMs } = bench();
    const firedMs = nowMs();
    maker.shots({ rounds: 3, errorM: 18, delayS: 20 });
    expect(maker.shotsWereFireworks()).toBe(false);
    goOn(19_000);
    expect(posts).toEqual([]);
    goOn(1_000);
    expect(posts[0]?.body["occurredAt"]).toBe(new Date(firedMs).toISOString());
    expect(posts[0]?.body["publishedAt"]).toBe(new Date(firedMs + 20_000).toISOString());
    expect(maker.shotsWereFireworks()).toBe(true);
  });
  it("takes 15 to 60 s where nothing is said", () => {
    const { maker, posts, goOn } = bench();
    maker.shots({ rounds: 3, errorM: 18 });
    goOn(14_900);
    expect(posts).toHaveLength(0);
    goOn(45_100);
    expect(posts).toHaveLength(1);
  });
  it("errs as told of real ones where it is let: mostly near its mean, one in ten wide of its own circle, now and then an echo", () => {
    const delayS = { from: 15, to: 60 };
    const { maker, posts, goOn } = bench({ gunshot: { outlierShare: 0.1, echoShare: 0.05, delayS } }, 11);
    for (let n = 0; n < 400; n++) {
      maker.shots({ rounds: 3, errorM: 12.5, point: at(0, 0) });
      for (let s = 0; s < 70; s += 5) goOn(5_000);
    }
    const off = posts.map(({ body }) => {
      const { lat, lon } = body["location"] ?? { lat: 0, lon: 0 };
      return metres(world.frame.toLocal({ latDeg: lat, lonDeg: lon }), { eastM: 0, northM: 0 });
    });
    expect(posts.length / 400 - 1).toBeCloseTo(0.05, 1);
    const sorted = off.toSorted((a, b) => a - b);
    expect(sorted[200]).toBeGreaterThan(9);
    expect(sorted[200]).toBeLessThan(16);
    // Rayleigh at 60 m: seven in ten of the outliers, and all echoes, beyond 50 m; next to none of the rest.
    const wide = off.filter((one) => one > 50).length / 400;
    expect(wide).toBeGreaterThan(0.07);
    expect(wide).toBeLessThan(0.18);
  });
  it("hears other shots and echoes as far off as asked, each under a name of its own", () => {
    const { maker, posts } = bench();
    maker.shots({ rounds: 3, errorM: 0, delayS: 0, point: at(0, 0) });
    expect(maker.shotsEcho(120)).toBe(true);
    maker.otherShots(400);
    const places = posts.map(({ body }) => {
      const { lat, lon } = body["location"] ?? { lat: 0, lon: 0 };
      return world.frame.toLocal({ latDeg: lat, lonDeg: lon });
    });
    const [shots, echo, other] = places;
    if (shots === undefined || echo === undefined || other === undefined) throw new Error("three alerts expected");
    expect(metres(shots, echo)).toBeCloseTo(120, 0);
    expect(Math.abs(metres(shots, other) - 400)).toBeLessThanOrEqual(25.5);
    expect(new Set(posts.map(({ body }) => body["sourceIncidentId"])).size).toBe(3);
  });
  it("takes fireworks for an unsure sound of which no person has heard", () => {
    const { maker, posts } = bench();
    maker.shots({ rounds: 9, errorM: 10, delayS: 0, sound: "fireworks" });
    expect(posts[0]?.body).toMatchObject({ kind: "possible_gunfire", classifier: "machine", workflow: "machine" });
    expect(Number(posts[0]?.body["confidence"])).toBeLessThan(0.9);
  });
});
