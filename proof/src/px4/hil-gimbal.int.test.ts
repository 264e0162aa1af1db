import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { incidentOf, seen, tellOf } from "./io/flight-story.js";
import { takeGimbalAway } from "./io/foreign-hand.js";
import { lookedPast } from "./io/gimbal-track.js";
import { HilBench, typesOf, wantedRate } from "./io/hil-bench.js";
import { px4Missing } from "./io/px4-process.js";

const missing = px4Missing();
if (missing !== undefined) console.info(`${missing} (docs/px4.md)`);

describe.skipIf(missing !== undefined)("a real PX4 with a MAVLink gimbal", () => {
  let bench: HilBench | undefined;
  afterEach(async () => {
    await bench?.close();
    bench = undefined;
  });

  it("keeps the scene in the picture all round the orbit, and gives the camera back after a stranger took it", {
    timeout: 600_000,
  }, async () => {
    const product = await HilBench.start(1);
    bench = product;
    const flight = await product.launch();
    const { uid, launch } = flight;
    await product.pace(wantedRate);
    await seen(flight, "OnScene", 240);
    await seen(flight, "CameraOnTarget", 60);
    await product.during(flight, 5_000);
    const fromMs = flight.track.at(-1)?.tMs ?? 0;
    await product.during(flight, 40_000);
    const forMs = (flight.track.at(-1)?.tMs ?? 0) - fromMs;

    await product.pace(1);
    await takeGimbalAway(250);
    await seen(flight, "GimbalTakenByOther", 30);
    await product.camera(flight, { verb: "aim", pitchDeg: -30, yawDeg: 90 });
    await seen(flight, "GimbalGivenBack", 30);
    await product.pace(wantedRate);
    await product.fly(flight, { verb: "return" });
    await seen(flight, "Landed", 300);
    await seen(flight, "Docked", 60);

    const view = await incidentOf(flight);
    const { point, groundAmslM } = launch.plan.scene;
    const looks = lookedPast(join(product.rig.folder, "bridge"), { ...point, altAmslM: groundAmslM });
    const lastMs = looks.at(-1)?.bootMs ?? 0;
    console.info(`${tellOf(view)}\n${looks.length} looks to ${lastMs} ms; circled for ${forMs} ms`);
    const refused = view.timeline.filter((line) => line.type === "OrderRefused" || line.type === "OrderUnconfirmed");
    expect(refused.map((line) => line.detail)).toEqual([]);
    expect(typesOf(view)).toContain("CameraOnTarget");
    expect(uid).toBe(launch.choice.uid);
  });
});
