import { afterEach, describe, expect, it } from "vitest";
import { incidentOf, seen, story, tellOf } from "./io/flight-story.js";
import { awayM, HilBench, paceOf, typesOf, wantedRate } from "./io/hil-bench.js";
import { px4Missing } from "./io/px4-process.js";

const missing = px4Missing();

/** Nearer to another dock than the example's own place is. */
const second = { point: { latDeg: 37.7745, lonDeg: -122.4365 }, number: "CAD-EXAMPLE-2" };

describe.skipIf(missing !== undefined)("three real PX4s in the simulator's physics", () => {
  let bench: HilBench | undefined;
  afterEach(async () => {
    await bench?.close();
    bench = undefined;
  });

  it("serve two incidents with two, one pilot for both, while the third stands by", {
    timeout: 900_000,
  }, async () => {
    const beganMs = performance.now();
    const product = await HilBench.start(3);
    bench = product;
    const preparedS = (performance.now() - beganMs) / 1000;
    const one = await product.launch();
    const two = await product.launch(second);
    expect(one.uid).not.toBe(two.uid);
    await product.pace(wantedRate);
    const flights = [one, two];
    for (const flight of flights) await seen(flight, "OnScene", 400);
    expect(product.pilot.ready).toBe(1);
    await product.during(one, 20_000);
    for (const flight of flights) await product.fly(flight, { verb: "return" });
    for (const flight of flights) {
      await seen(flight, "Landed", 500);
      await seen(flight, "Docked", 90);
      await product.closeFlight(flight);
      await seen(flight, "FlightClosed", 30);
    }
    console.info(`three prepared in ${preparedS.toFixed(0)} s`);
    for (const flight of flights) {
      const view = await incidentOf(flight);
      const { flownS, tookS } = paceOf(flight);
      console.info(
        `${tellOf(view)}\n${flownS.toFixed(1)} s flown in ${tookS.toFixed(1)} s (${(flownS / tookS).toFixed(1)} x); stands ${awayM(flight, flight.pad).toFixed(2)} m off`,
      );
      expect(typesOf(view).filter((type) => story.includes(type))).toEqual(story);
      expect(awayM(flight, flight.pad)).toBeLessThan(2);
    }
  });
});
