import { geoDistanceM } from "@outrider/geo";
import { afterEach, describe, expect, it } from "vitest";
import { until } from "../rig/io/demo-rig.js";
import { incidentOf, seen, story, tellOf } from "./io/flight-story.js";
import { awayM, HilBench, type HilFlight, paceOf, typesOf, wantedRate } from "./io/hil-bench.js";
import { px4Missing } from "./io/px4-process.js";

const missing = px4Missing();
if (missing !== undefined) console.info(`${missing} (docs/px4.md)`);

const gotoPoint = { latDeg: 37.7708, lonDeg: -122.448 };
const orbitRadiusM = 60;

describe.skipIf(missing !== undefined)("a real PX4 in the simulator's physics", () => {
  let bench: HilBench | undefined;
  afterEach(async () => {
    await bench?.close();
    bench = undefined;
  });

  /** A call comes at the pace of the world; from the approval on the run goes as fast as PX4 does. */
  async function launch(): Promise<{ product: HilBench; flight: HilFlight }> {
    const product = await HilBench.start(1);
    bench = product;
    const flight = await product.launch();
    await product.pace(wantedRate);
    return { product, flight };
  }

  it("flies a call: take-off, goto, orbit, return, landing, and faster than real time", {
    timeout: 600_000,
  }, async () => {
    const { product, flight } = await launch();
    const { track, pad } = flight;
    await seen(flight, "Airborne", 60);
    await seen(flight, "OnScene", 240);

    // At once: the circle that the launch itself asks for on the scene is still unseen.
    await product.fly(flight, { verb: "goto", point: gotoPoint, altAglM: 60 });
    await product.waitFor(flight, "it is where the pilot sent it", 90_000, () => awayM(flight, gotoPoint) < 3);
    await product.fly(flight, { verb: "orbit", point: gotoPoint, radiusM: orbitRadiusM });
    await product.waitFor(flight, "it is on the circle", 60_000, () => awayM(flight, gotoPoint) > orbitRadiusM - 3);
    const round = await product.during(flight, 30_000);
    const radii = round.map((one) => geoDistanceM(one.point, gotoPoint));
    await product.fly(flight, { verb: "return" });
    await seen(flight, "Landed", 300);
    await seen(flight, "Docked", 60);
    await product.closeFlight(flight);
    await seen(flight, "FlightClosed", 20);

    const view = await incidentOf(flight);
    const [first, last] = [track[0], track.at(-1)];
    const { flownS, tookS } = paceOf(flight);
    const offM = geoDistanceM(last?.point ?? gotoPoint, pad);
    const [leastM, mostM] = [Math.min(...radii), Math.max(...radii)];
    console.info(
      `${tellOf(view)}\n${flownS.toFixed(1)} s flown in ${tookS.toFixed(1)} s (${(flownS / tookS).toFixed(1)} x), rate at the end ${product.ear.rate.toFixed(1)}; orbit ${leastM.toFixed(1)} to ${mostM.toFixed(1)} m; stands ${offM.toFixed(2)} m off; battery ${first?.batteryPct.toFixed(1)} to ${last?.batteryPct.toFixed(1)} %`,
    );
    const types = typesOf(view);
    expect(types.filter((type) => story.includes(type))).toEqual(story);
    // An order that a later one replaced is no order without an answer.
    expect(types).not.toContain("OrderUnconfirmed");
    expect(leastM).toBeGreaterThan(orbitRadiusM - 5);
    expect(mostM).toBeLessThan(orbitRadiusM + 5);
    expect(offM).toBeLessThan(2);
    expect(last?.batteryPct).toBeLessThan((first?.batteryPct ?? 0) - 2);
    expect(flownS / tookS).toBeGreaterThan(1);
    expect(product.rig.log("sim")).not.toContain("does not take a parameter");
  });

  it("stands still in a pause, acts by its own failsafe without satellites, and comes home", {
    timeout: 600_000,
  }, async () => {
    const { product, flight } = await launch();
    const { track, pad } = flight;
    await seen(flight, "OnScene", 240);
    await product.during(flight, 5_000);

    await product.pause(true);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const paused = track.length;
    // PX4 sleeps and says nothing: longer than any link may be silent, in wall time.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(track.length - paused).toBeLessThan(2);
    await product.pause(false);
    await product.during(flight, 5_000);
    expect(typesOf(await incidentOf(flight))).not.toContain("LinkLost");

    await product.inject({ kind: "gpsLoss", uid: flight.uid, seconds: 15 });
    await seen(flight, "FailsafeSeen", 120);
    await seen(flight, "FailsafeOver", 120);
    await product.fly(flight, { verb: "return" });
    await seen(flight, "Landed", 300);
    await seen(flight, "Docked", 60);
    console.info(tellOf(await incidentOf(flight)));
    expect(awayM(flight, pad)).toBeLessThan(2);
  });

  it("comes home by its own link-loss return from behind a hill, while a stranger is heard for what it is", {
    timeout: 600_000,
  }, async () => {
    const { product, flight } = await launch();
    const { uid, pad } = flight;
    await seen(flight, "OnScene", 240);
    await product.inject({ kind: "foreignStation", uid, seconds: 4 });
    await seen(flight, "ForeignStationHeard", 60);
    await product.during(flight, 6_000);
    const beforeM = awayM(flight, pad);

    await product.inject({ kind: "linkBeyond", uid, beyondM: 100, on: true });
    await seen(flight, "LinkLost", 60);
    await until("it turned home by itself", 120_000, () => awayM(flight, pad) < beforeM - 100);
    await seen(flight, "LinkBack", 240);
    await seen(flight, "Landed", 300);
    await seen(flight, "Docked", 60);
    const view = await incidentOf(flight);
    console.info(tellOf(view));
    expect(product.ear.events.some((text) => text.includes("No link beyond 100 m"))).toBe(true);
    // Its words were said while nobody heard, and are asked for again.
    expect(view.timeline.find((line) => line.type === "FailsafeSeen")?.detail).toContain("ground control station lost");
    expect(awayM(flight, pad)).toBeLessThan(2);
  });
});
