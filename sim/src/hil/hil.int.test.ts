import { connect } from "node:net";
import { decodeAs, encodeFrame, FrameReader } from "@outrider/mavlink";
import { expect, it } from "vitest";
import { flatWorld } from "../autopilot/index.js";
import { FaultSet } from "../faults/index.js";
import { type HilListener, listenForPx4 } from "./index.js";

const home = { latDeg: 33.749, lonDeg: -84.388 };

it("drives a client over TCP, one answer a step, at the pace of the run", async () => {
  const listener = await new Promise<HilListener>((resolve, reject) =>
    listenForPx4({
      port: 0,
      world: flatWorld(home, 300),
      home,
      seed: 1,
      field: { declinationDeg: -5, inclinationDeg: 61, gauss: 0.48 },
      faults: new FaultSet(),
      target: "uid-1",
      targetMs: (sinceMs) => sinceMs * 5,
      onReady: resolve,
      onError: reject,
    }),
  );
  const reader = new FrameReader();
  let steps = 0;
  const socket = connect(listener.port, "127.0.0.1");
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("data", (chunk) =>
      reader.push(chunk, (frame) => {
        const m = decodeAs(frame, "HIL_SENSOR");
        if (m === undefined) return;
        steps++;
        socket.write(
          encodeFrame(
            { name: "HIL_ACTUATOR_CONTROLS", timeUsec: m.timeUsec, mode: 1, flags: 1n },
            { sysid: 1, compid: 1, seq: 0 },
          ),
        );
        if (steps === 500) resolve();
      }),
    );
  });
  const stats = listener.link()?.stats;
  socket.destroy();
  listener.close();
  expect(stats?.answers).toBeGreaterThan(480);
  expect(stats?.unanswered ?? 99).toBeLessThan(20);
});
