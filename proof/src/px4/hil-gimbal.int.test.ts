import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { incidentOf, seen, tellOf } from "./io/flight-story.js";
import { takeGimbalAway } from "./io/foreign-hand.js";
import { lookedPast } from "./io/gimbal-track.js";
import { HilBench, typesOf, wantedRate } from "./io/hil-bench.js";
import { px4Missing } from "./io/px4-process.js";

/** More than one round of the scene. */
const orbitMs = 40_000;
/** Half the height of the picture: further off, the scene has left it at the top or bottom. */
const inPictureDeg = 17;

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
    const { point, groundAmslM } = flight.launch.plan.scene;
    const looks = () => lookedPast(join(product.rig.folder, "bridge"), { ...point, altAmslM: groundAmslM });
    await product.pace(wantedRate);
    await seen(flight, "OnScene", 240);
    await seen(flight, "CameraOnTarget", 60);
    await product.during(flight, 5_000);
    const before = looks().length;
    await product.during(flight, orbitMs);
    const circling = looks().slice(before);

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
    const worstDeg = Math.max(...circling.map((one) => one.offDeg));
    console.info(`${tellOf(view)}\n${circling.length} looks while circling, ${worstDeg.toFixed(1)}° off at worst`);
    expect(circling.length).toBeGreaterThan(orbitMs / 1000);
    expect(worstDeg).toBeLessThan(inPictureDeg);
    // PX4 levels it on its way home and leaves it with nobody: no stranger did.
    expect(typesOf(view).filter((type) => type === "GimbalTakenByOther")).toHaveLength(1);
    const refused = view.timeline.filter((line) => line.type === "OrderRefused" || line.type === "OrderUnconfirmed");
    expect(refused.map((line) => line.detail)).toEqual([]);
  });
});
