import { cellAt, type Wind } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { makePlan, siteOf } from "../airspace/index.js";
import { at, configForTests, flatWorld } from "../launch/testing/index.js";
import { startSurface } from "./time-lines.js";

const config = configForTests();
const world = flatWorld([]);
const site = siteOf(config, world);
const [aircraft] = config.aircraft;
const [dock] = config.docks;
const type = config.aircraftTypes["quad"];
if (aircraft === undefined || dock === undefined || type === undefined) throw new Error("no aircraft");

const calm: Wind = { speedMps: 0, fromDeg: 0 };
const breeze: Wind = { speedMps: 6, fromDeg: 240 };
const places = [
  [-1000, 300],
  [-400, -700],
  [300, 900],
  [1100, -200],
  [-2300, 1200],
] as const;

/** The lines do not know the place asked about: one surface of each wind and craft serves all places. */
const surfaces = [calm, breeze].flatMap((wind) =>
  [true, false].map((gimbal) => {
    const craft = { ...type, gimbal };
    const whole = { aircraft, type: craft, point: dock.point, dockType: dock.type };
    return { wind, craft, surface: startSurface(whole, wind, config, world) };
  }),
);

/** What the card says and what the lines on the map say, of one place. */
const both = ({ wind, craft, surface }: (typeof surfaces)[number], eastM: number, northM: number) => {
  const aloft = { wind, sigmaMps: 1, known: true };
  const answer = makePlan(site, { planId: "p", type: craft, dock, others: [], scene: at(eastM, northM), aloft });
  if (answer.kind !== "plan") throw new Error(answer.text);
  return { card: answer.plan.etaS, lines: surface.timeS[cellAt(surface.grid, eastM, northM)] ?? Number.NaN };
};

describe("lines of equal time on the map", () => {
  it.each(places.flatMap((place) => [calm, breeze].map((wind) => [place[0], place[1], wind] as const)))(
    "given a place at %d, %d, say what the card says within 5 % (%o)",
    (eastM, northM, wind) => {
      for (const one of surfaces.filter((surface) => surface.wind === wind)) {
        const { card, lines } = both(one, eastM, northM);
        // A cell is 60 m wide: what lies within it is at most half of that from its middle.
        expect(Math.abs(lines - card)).toBeLessThan(0.05 * card + 1);
      }
    },
  );
});
