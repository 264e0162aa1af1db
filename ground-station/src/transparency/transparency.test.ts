import { type FactData, type NewFact, newFact } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at } from "../app/testing/test-config.js";
import { startMs, TestStation } from "../app/testing/test-station.js";
import { coarseScene, streetOnly } from "./coarse.js";

const by = { kind: "person", personId: "secret-person", name: "Secret Name", role: "pic" } as const;
const scene = at(733, 421);
const corner = (eastM: number, northM: number) => ({
  point: at(eastM, northM),
  altAmslM: 1660,
  altAglM: 60,
  speedMps: 15,
});

const proposed = (launchId: string): FactData<"LaunchProposed"> => ({
  launchId,
  incidentId: "i_1",
  version: 1,
  policy: { kind: "approve", seconds: 60 },
  ruleText: "Calls launch when the pilot approves.",
  choice: {
    uid: "aa00000000000001",
    callSign: "OSPREY",
    dockId: "dock-1",
    dockName: "Dock 1",
    etaS: 60,
    etaP90S: 70,
    onSceneS: 600,
    batteryPct: 90,
    why: "",
  },
  losers: [],
  gates: [],
  plan: {
    planId: "p",
    home: { point: at(-1500, 0), groundAmslM: 1600 },
    takeoffAltAmslM: 1660,
    route: [corner(-500, 100), corner(733, 421)],
    scene: { point: scene, groundAmslM: 1600, orbitRadiusM: 60, altAmslM: 1660, speedMps: 5 },
    returnAltAmslM: 1660,
    rally: [],
    fence: { inclusion: [at(-2000, -2000), at(2000, -2000), at(0, 2000)], exclusions: [], ceilingAmslM: 1720 },
    lengthM: 2300,
    etaS: 60,
    etaP90S: 70,
    energyOutWh: 10,
    energyHomeWh: 10,
    minClearanceM: 30,
    profile: [],
  },
  picId: by.personId,
  picName: by.name,
  nonce: "n",
  expiresAtMs: startMs,
  ifNothing: "",
});

const flown = (n: number, end: NewFact[] = []): NewFact[] => {
  const ids = { launchId: `l_${n}`, incidentId: "i_1" };
  const uid = "aa00000000000001";
  return [
    newFact("LaunchProposed", proposed(ids.launchId), by),
    newFact("Airborne", { uid, launchId: ids.launchId, altAmslM: 1660 }, by),
    newFact(
      "FlightClosed",
      {
        ...ids,
        uid,
        flightId: `fl_${n}`,
        purpose: "asked for by 7ABC123 at 1 Example St",
        category: "Robbery",
        airborneS: 130,
      },
      by,
    ),
    ...end,
  ];
};

function flownStation(facts: readonly NewFact[]): TestStation {
  const test = new TestStation();
  test.station.kernel.commit(facts);
  return test;
}
const page = (test: TestStation) =>
  test.get("/api/v1/public/flights").body as { flights: { flightId: string }[]; withheld: unknown[] };
const why = (test: TestStation, point: { latDeg: number; lonDeg: number }, atMs: number) =>
  test.get(`/api/v1/public/why?lat=${point.latDeg}&lon=${point.lonDeg}&at=${atMs}`).body as { answer: string };

describe("the public flight log", () => {
  it("publishes a flight by default, after the delay and not before", () => {
    const test = flownStation(flown(1));
    expect(page(test).flights).toEqual([]);
    test.wall.jump(60 * 60_000 + 1);
    expect(page(test).flights).toHaveLength(1);
  });

  it("counts what is withheld, with the reason, and shows it when the time is over", () => {
    const withheld = newFact(
      "FlightWithheld",
      {
        flightId: "fl_1",
        launchId: "l_1",
        incidentId: "i_1",
        reason: "open investigation",
        untilMs: startMs + 86_400_000,
      },
      by,
    );
    const test = flownStation(flown(1, [withheld]));
    test.wall.jump(2 * 3_600_000);
    expect(page(test)).toMatchObject({ flights: [], withheld: [{ reason: "open investigation", count: 1 }] });
    test.wall.jump(86_400_000);
    expect(page(test).flights).toHaveLength(1);
  });

  it("names nobody, no plate and no door (security test 37)", () => {
    const test = flownStation(flown(1));
    test.wall.jump(2 * 3_600_000);
    const text =
      test.get("/api/v1/public/flights").text +
      test.get(`/api/v1/public/why?lat=${scene.latDeg}&lon=${scene.lonDeg}&at=${startMs}`).text;
    for (const secret of [
      "Secret",
      "7ABC123",
      "1 Example",
      String(scene.latDeg),
      String(scene.lonDeg),
      "aa00000000000001",
    ])
      expect(text).not.toContain(secret);
  });

  it("holds nothing that finds a door, whatever flight it was (security test 37)", () => {
    const place = fc.record({
      eastM: fc.integer({ min: -1800, max: 1800 }),
      northM: fc.integer({ min: -1800, max: 1800 }),
    });
    fc.assert(
      fc.property(place, fc.stringMatching(/^[1-9][A-Z]{3}[0-9]{3}$/), (where, plate) => {
        // Off the round figures, so that a coarse place of the public track cannot hold the exact one's digits by chance.
        const exact = at(where.eastM + 0.37, where.northM + 0.41);
        const one = proposed("l_1");
        const plan = {
          ...one.plan,
          route: [corner(where.eastM + 0.37, where.northM + 0.41)],
          scene: { ...one.plan.scene, point: exact },
        };
        const facts = flown(1).map((fact): NewFact => {
          if (fact.type === "LaunchProposed") return { ...fact, data: { ...fact.data, plan } };
          return fact.type === "FlightClosed" ? { ...fact, data: { ...fact.data, purpose: `for ${plate}` } } : fact;
        });
        const test = flownStation(facts);
        test.wall.jump(2 * 3_600_000);
        const { text, body } = test.get("/api/v1/public/flights");
        for (const secret of [plate, "Secret", "secret", String(exact.latDeg), String(exact.lonDeg)])
          expect(text).not.toContain(secret);
        const [flight] = (body as { flights: { track: { latDeg: number; lonDeg: number }[] }[] }).flights;
        const home = at(-1500, 0);
        for (const point of flight?.track.slice(1) ?? []) expect(point).not.toEqual(exact);
        expect(geoDistanceM(flight?.track[0] ?? home, home)).toBeLessThan(300);
      }),
      { numRuns: 8 },
    );
  });

  it("answers whether a drone was over a place, and answers alike where there was none and where it is withheld", () => {
    const test = flownStation(flown(1));
    test.wall.jump(2 * 3_600_000);
    expect(why(test, at(-1000, 50), startMs).answer).toMatch(/^Yes\. One drone was near/);
    const none = why(test, at(-2500, 2500), startMs).answer;
    expect(none).toBe("No published flight passed near this place at that time.");
    const withheld = newFact(
      "FlightWithheld",
      { flightId: "fl_1", launchId: "l_1", incidentId: "i_1", reason: "x", untilMs: startMs + 86_400_000_000 },
      by,
    );
    const hidden = flownStation(flown(1, [withheld]));
    hidden.wall.jump(2 * 3_600_000);
    expect(why(hidden, at(-1000, 50), startMs).answer).toBe(none);
    expect(test.get("/api/v1/public/why?lat=x&lon=1&at=2").status).toBe(422);
  });

  it("blurs a place so that many places give the same point, and never by more than it says", () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -2000, max: 2000 }), (eastM, northM) => {
        const blurred = coarseScene(at(eastM, northM));
        expect(geoDistanceM(blurred, at(eastM, northM))).toBeLessThan(150);
        expect(Math.abs((blurred.latDeg / 0.002) % 1)).toSatisfy((rest: number) => rest < 1e-6 || rest > 1 - 1e-6);
      }),
    );
  });

  it("gives a street without its number, and nothing for a bare position", () => {
    expect(streetOnly("1423 Haight St, San Francisco")).toBe("Haight St");
    expect(streetOnly("37.77010, -122.44543")).toBe("");
  });
});
