import { roadsFromLines } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { nextUnit, seedRandom } from "../air/index.js";
import { Crowds } from "./crowd.js";

const line = (id: string, ...xy: [number, number][]) => ({
  id,
  name: id,
  kind: "street",
  widthM: 10,
  oneWay: false,
  level: 0,
  points: xy.map(([eastM, northM]) => ({ eastM, northM })),
});
const roads = roadsFromLines(
  [-200, -100, 0, 100, 200].flatMap((at) => [
    line(`e${at}`, [-250, at], [250, at]),
    line(`n${at}`, [at, -250], [at, 250]),
  ]),
);
function crowds(seed: number) {
  const random = seedRandom(seed);
  return new Crowds({
    graph: roads.graph,
    nearest: roads.nearest,
    isInside: (eastM, northM) => eastM > 12 && northM > 12 && eastM < 80 && northM < 80,
    chance: { unit: () => nextUnit(random) },
  });
}
const wish = { at: { eastM: 5, northM: 5 }, people: 25, radiusM: 20, stayS: 60 };

describe("a crowd", () => {
  it("comes on foot over minutes, stands apart within its place and outside of buildings, and goes again", () => {
    const all = crowds(2);
    all.gather(wish, 0);
    const most: number[] = [];
    let stood = false;
    for (let tMs = 0; tMs <= 900_000; tMs += 500) {
      const before = new Map(all.people.map((one) => [one.personId, [one.eastM, one.northM] as const]));
      all.step(tMs);
      most.push(all.people.length);
      for (const one of all.people) {
        const [eastM, northM] = before.get(one.personId) ?? [one.eastM, one.northM];
        expect(Math.hypot(one.eastM - eastM, one.northM - northM)).toBeLessThan(1);
      }
      const there = all.people.filter((one) => Math.hypot(one.eastM - 5, one.northM - 5) <= 20);
      if (there.length < 25 || stood) continue;
      stood = true;
      for (const [i, a] of there.entries()) {
        expect(a.eastM > 12 && a.northM > 12).toBe(false);
        for (const b of there.slice(i + 1)) expect(a).not.toMatchObject({ eastM: b.eastM, northM: b.northM });
      }
    }
    expect(stood).toBe(true);
    expect(most[20]).toBeLessThan(15);
    expect(most.at(-1)).toBe(0);
  });

  it("goes at once when it is told to, and is the same for the same seed", () => {
    const places = () => {
      const all = crowds(5);
      all.gather(wish, 0);
      for (let tMs = 0; tMs <= 200_000; tMs += 500) all.step(tMs);
      const stood = all.people.map((one) => [one.eastM, one.northM]);
      all.disperse();
      for (let tMs = 200_000; tMs <= 700_000; tMs += 500) all.step(tMs);
      expect(all.people).toHaveLength(0);
      return stood;
    };
    expect(places()).toEqual(places());
  });
});
