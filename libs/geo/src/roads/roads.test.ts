import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distanceM, polylineLengthM } from "../enu/index.js";
import {
  couldBeBy,
  edgeLine,
  largestPartShare,
  type RoadLine,
  roadsFromLines,
  spotPoint,
  travelTimeS,
  travelTimesS,
} from "./index.js";

const line = (id: string, xs: readonly number[], over: Partial<RoadLine> = {}): RoadLine => {
  const points = [];
  for (let i = 0; i < xs.length; i += 2) points.push({ eastM: xs[i] ?? 0, northM: xs[i + 1] ?? 0 });
  return { id, name: id, kind: "street", widthM: 8, oneWay: false, level: 0, points, ...over };
};
const STREET_MPS = 40 / 3.6;

/** Five streets east-west and five north-south, 100 m apart, none sharing a point with another. */
const town = roadsFromLines([
  ...[0, 1, 2, 3, 4].map((k) => line(`E${k}`, [-20, k * 100, 420, k * 100], { oneWay: k === 2 })),
  ...[0, 1, 2, 3, 4].map((k) => line(`N${k}`, [k * 100, -20, k * 100, 420])),
]);

describe("road graph", () => {
  it("joins streets where they cross, though they share no point", () => {
    expect(town.crossings).toHaveLength(25);
    expect(largestPartShare(town.graph)).toBe(1);
    expect(town.graph.edges).toHaveLength(60);
  });

  it("joins an end that stops just short, and a road that was cut in two", () => {
    const roads = roadsFromLines([
      line("A", [0, 0, 200, 0]),
      line("B", [100, 3, 100, 90]),
      line("B2", [100, 91, 100, 200]),
    ]);
    expect(largestPartShare(roads.graph)).toBe(1);
  });

  it("does not join a bridge with the street below", () => {
    const roads = roadsFromLines([line("A", [0, 0, 200, 0]), line("B", [100, -90, 100, 90], { level: 1 })]);
    expect(roads.crossings).toHaveLength(0);
    expect(largestPartShare(roads.graph)).toBeLessThan(0.6);
  });

  it("takes the posted limit where the map has one, and the kind's speed elsewhere", () => {
    const { graph } = roadsFromLines([
      line("posted", [0, 0, 200, 0], { speedLimitMps: 11 }),
      line("not posted", [0, 50, 200, 50]),
    ]);
    expect(graph.edges.map((edge) => edge.speedMps)).toEqual([11, STREET_MPS]);
  });

  it("leaves out what is not driven", () => {
    expect(roadsFromLines([line("P", [0, 0, 9, 9], { kind: "path" })]).graph.edges).toHaveLength(0);
  });

  it("finds the nearest road and names the place", () => {
    const spot = town.nearest({ eastM: 140, northM: 107 }, 50);
    expect(spot?.distanceM).toBeCloseTo(7, 6);
    expect(spotPoint(town.graph, spot ?? { edge: 0, alongM: 0 })).toMatchObject({ eastM: 140, northM: 100 });
    expect(town.nearest({ eastM: 140, northM: 900 }, 50)).toBeUndefined();
    expect(town.streetNameAt({ eastM: 140, northM: 107 })).toBe("E1");
    expect(town.describe({ eastM: 105, northM: 104 })).toBe("E1 & N1");
    expect(town.describe({ eastM: 140, northM: 101 })).toBe("E1 near E1 & N1");
  });
});

const spotAt = (eastM: number, northM: number) => {
  const spot = town.nearest({ eastM, northM }, 30);
  if (spot === undefined) throw new Error("a road must be near");
  return spot;
};

describe("driving", () => {
  it("takes the time of the shortest way along the streets", () => {
    expect(travelTimeS(town.graph, spotAt(50, 0), spotAt(100, 50))).toBeCloseTo(100 / STREET_MPS, 6);
    expect(travelTimeS(town.graph, spotAt(20, 0), spotAt(80, 0))).toBeCloseTo(60 / STREET_MPS, 6);
    expect(travelTimeS(town.graph, spotAt(20, 0), spotAt(80, 0), { speedFactor: 2 })).toBeCloseTo(30 / STREET_MPS, 6);
  });

  it("respects one-way streets unless told not to", () => {
    expect(travelTimeS(town.graph, spotAt(120, 200), spotAt(180, 200))).toBeCloseTo(60 / STREET_MPS, 6);
    expect(travelTimeS(town.graph, spotAt(180, 200), spotAt(120, 200))).toBeCloseTo((20 + 300 + 20) / STREET_MPS, 6);
    const wrongWay = travelTimeS(town.graph, spotAt(180, 200), spotAt(120, 200), { ignoreOneWay: true });
    expect(wrongWay).toBeCloseTo(60 / STREET_MPS, 6);
  });

  it("could be on no road that cannot be reached in the time, and on every one that can", () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.double({ min: 5, max: 395, noNaN: true }), fc.boolean());
    const spotOf = ([k, along, eastWest]: readonly [number, number, boolean]) =>
      eastWest ? spotAt(along, k * 100) : spotAt(k * 100, along);
    fc.assert(
      fc.property(place, place, fc.double({ min: 1, max: 60, noNaN: true }), (a, b, elapsedS) => {
        const from = spotOf(a);
        const to = spotOf(b);
        const pieces = couldBeBy(town.graph, from, elapsedS);
        const covered = pieces.some((p) => {
          const low = Math.min(p.enterM, p.endM);
          return p.edge === to.edge && to.alongM >= low - 1e-6 && to.alongM <= Math.max(p.enterM, p.endM) + 1e-6;
        });
        const needS = travelTimeS(town.graph, from, to);
        // A hair behind it on a one-way street is all the way round, and within what `covered` allows.
        const same = from.edge === to.edge && Math.abs(from.alongM - to.alongM) < 2e-6;
        if (!same && Math.abs(needS - elapsedS) > 1e-3) expect(covered).toBe(needS < elapsedS);
        for (const p of pieces) expect(p.endS).toBeLessThanOrEqual(elapsedS + 1e-9);
      }),
    );
  });

  it("does not start towards where it was not going", () => {
    const from = spotAt(150, 0);
    const west = couldBeBy(town.graph, from, 4, { blockedDirection: "forward" });
    const east = couldBeBy(town.graph, from, 4, { blockedDirection: "backward" });
    expect(west.every((p) => p.direction === "backward")).toBe(true);
    expect(east.every((p) => p.direction === "forward")).toBe(true);
    expect(polylineLengthM(edgeLine(town.graph, from.edge, east[0]?.enterM ?? 0, east[0]?.endM ?? 0))).toBeCloseTo(
      4 * STREET_MPS,
      6,
    );
  });

  it("keeps the triangle inequality between nodes", () => {
    const first = travelTimesS(town.graph, { edge: 0, alongM: 0 });
    for (const edge of town.graph.edges) {
      const gapS = Math.abs((first[edge.from] ?? 0) - (first[edge.to] ?? 0));
      if (!edge.oneWay) expect(gapS).toBeLessThanOrEqual(edge.lengthM / edge.speedMps + 1e-9);
      expect(distanceM(town.graph.nodes[edge.from] ?? spotAt(0, 0).point, edge.points[0] ?? spotAt(0, 0).point)).toBe(
        0,
      );
    }
  });
});
