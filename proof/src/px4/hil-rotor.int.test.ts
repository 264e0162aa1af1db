import { afterEach, describe, expect, it } from "vitest";
import { incidentOf, seen, tellOf } from "./io/flight-story.js";
import { HilBench, typesOf, wantedRate } from "./io/hil-bench.js";
import { px4Missing } from "./io/px4-process.js";

const missing = px4Missing();

describe.skipIf(missing !== undefined)("a real PX4 that loses a rotor", () => {
  let bench: HilBench | undefined;
  afterEach(async () => {
    await bench?.close();
    bench = undefined;
  });

  it("falls, goes on saying that all is well, and is told as out of control by how it lies", {
    timeout: 600_000,
  }, async () => {
    const product = await HilBench.start(1);
    bench = product;
    const flight = await product.launch();
    await product.pace(wantedRate);
    await seen(flight, "OnScene", 240);
    await product.pace(1);
    const { altAmslM } = flight.track.at(-1) ?? { altAmslM: Number.NaN };
    await product.inject({ kind: "rotorLoss", uid: flight.uid, rotor: 1 });
    await seen(flight, "FailsafeSeen", 30);
    const fall = await product.during(flight, 15_000);
    const view = await incidentOf(flight);
    console.info(tellOf(view));
    expect(fall.at(-1)?.altAmslM).toBeLessThan(altAmslM - 30);
    expect(view.timeline.find((line) => line.type === "FailsafeSeen")?.detail).toContain("out of control");
    // It may come to lie on its feet with PX4 content: that is no taking of orders again.
    expect(typesOf(view)).not.toContain("FailsafeOver");
    expect(typesOf(view)).not.toContain("Landed");
  });
});
