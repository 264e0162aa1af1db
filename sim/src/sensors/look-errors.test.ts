import { describe, expect, it } from "vitest";
import { nextUnit, seedRandom } from "../air/index.js";
import { type SeenLooks, seeLooks, usualLookErrors } from "./look-errors.js";

const easy = { angleDeg: 0, speedMps: 8, dark: false };
const hard = { angleDeg: 70, speedMps: 45, dark: true };
const passes = 3_000;

function seen(looks: { color: string; make: string; model: string; body: string }, view: typeof easy): SeenLooks[] {
  const random = seedRandom(7);
  const chance = { unit: () => nextUnit(random) };
  return Array.from({ length: passes }, () => seeLooks(looks, view, usualLookErrors, chance));
}
const share = (all: readonly SeenLooks[], is: (one: SeenLooks) => boolean): number => all.filter(is).length / passes;
const mean = (all: readonly (number | undefined)[]): number => {
  const told = all.filter((one) => one !== undefined);
  return told.reduce((sum, one) => sum + one, 0) / told.length;
};

const car = { color: "silver", make: "honda", model: "accord", body: "sedan" };

describe("what a reader makes of a car's looks", () => {
  it("is wrong as often as configured at its best and at its worst", () => {
    const [best, worst] = [seen(car, easy), seen(car, hard)];
    expect(share(best, (one) => one.color?.name !== "silver")).toBeCloseTo(0.18, 1);
    expect(share(worst, (one) => one.color?.name !== "silver")).toBeCloseTo(0.6, 1);
    expect(share(best, (one) => one.make?.name !== "honda")).toBeCloseTo(0.14, 1);
    expect(share(worst, (one) => one.make?.name !== "honda")).toBeCloseTo(0.35, 1);
    expect(share(best, (one) => one.body?.name !== "sedan")).toBeCloseTo(0.08, 1);
    expect(share(worst, (one) => one.body?.name !== "sedan")).toBeCloseTo(0.2, 1);
  });

  it("takes silver for gray and white, blue for black at night, a sedan for an SUV, and mostly no make for a wrong one", () => {
    const day = seen(car, easy);
    expect(new Set(day.map((one) => one.color?.name))).toEqual(new Set(["silver", "gray", "white"]));
    expect(new Set(day.map((one) => one.body?.name))).toEqual(new Set(["sedan", "suv", "hatchback"]));
    const unknown = share(day, (one) => one.make === undefined);
    expect(unknown).toBeGreaterThan(2 * share(day, (one) => one.make !== undefined && one.make.name !== "honda"));
    const night = seen({ ...car, color: "blue" }, { ...easy, dark: true });
    expect(share(night, (one) => one.color?.name === "black")).toBeGreaterThan(0.3);
  });

  it("is told with less confidence the harder the pass, least of all where it is wrong, and never outside 0 to 100", () => {
    const [best, worst] = [seen(car, easy), seen(car, hard)];
    const confidence = (all: readonly SeenLooks[], right: boolean) =>
      mean(all.map(({ color }) => ((color?.name === "silver") === right ? color?.confidence : undefined)));
    expect(confidence(best, true)).toBeGreaterThan(confidence(worst, true) + 15);
    expect(confidence(best, true)).toBeGreaterThan(confidence(best, false) + 15);
    for (const one of worst)
      for (const guess of [one.color, one.make, one.model, one.body])
        if (guess !== undefined) expect(guess.confidence > 0 && guess.confidence < 100).toBe(true);
  });

  it("names a model of the right make alone", () => {
    for (const one of seen(car, hard)) expect(one.model === undefined).toBe(one.make?.name !== "honda");
  });

  it("gives the same for the same seed", () => {
    expect(seen(car, hard).slice(0, 50)).toEqual(seen(car, hard).slice(0, 50));
  });
});
