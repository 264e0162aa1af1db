import { connect, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { hoverControl, responderQuad } from "../air/index.js";
import { flatWorld } from "../autopilot/index.js";
import { FaultSet } from "../faults/index.js";
import { earthFieldAt, type HilListener, type HilListenerOptions, listenForPx4 } from "./index.js";
import { StrictPx4 } from "./testing/strict-px4.js";

const home = { latDeg: 33.749, lonDeg: -84.388 };
const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0).reverse()) end();
});

async function listen(over: Partial<HilListenerOptions> = {}): Promise<HilListener> {
  const listener = await new Promise<HilListener>((resolve, reject) =>
    listenForPx4({
      port: 0,
      world: flatWorld(home, 300),
      home,
      seed: 1,
      field: earthFieldAt(home),
      faults: new FaultSet(),
      target: "uid-1",
      runMs: () => performance.now() * 5,
      onReady: resolve,
      onError: reject,
      ...over,
    }),
  );
  endings.push(() => listener.close());
  return listener;
}

/** A strict PX4 that dials a simulator, as the real one does. */
function dial(port: number): { readonly px4: StrictPx4; readonly socket: Socket } {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  const options = {
    send: (bytes: Uint8Array) => void socket.write(bytes),
    controls: () => hoverControl(responderQuad) * 1.2,
  };
  const px4 = new StrictPx4(options, performance.now());
  socket.on("data", (chunk) => px4.take(chunk, performance.now()));
  socket.on("error", () => undefined);
  const watch = setInterval(() => px4.tick(performance.now()), 50);
  endings.push(() => {
    clearInterval(watch);
    socket.destroy();
  });
  return { px4, socket };
}

async function until(what: string, test: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    if (test()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`never: ${what}`);
}

describe("the simulator link over TCP", () => {
  it("drives a strict PX4 in lockstep faster than real time, and moves nothing while it is disarmed", async () => {
    const listener = await listen();
    const { px4 } = dial(listener.port);
    await until("two simulated seconds", () => px4.steps >= 500);
    expect(px4.problems).toEqual([]);
    const link = listener.link();
    expect(link?.stats.answers).toBeGreaterThan(450);
    expect(link?.stats.unanswered).toBeLessThan(20);
    expect(link?.truth.rotor1).toBe(0);
    px4.armed = true;
    await until("it flies", () => (link?.truth.altAmslM ?? 0) > 303);
    expect(px4.problems).toEqual([]);
  });

  it("stands still in a pause and skips nothing after it", async () => {
    let paused = false;
    let frozenMs = 0;
    const listener = await listen({ runMs: () => (paused ? frozenMs : performance.now()) });
    const { px4 } = dial(listener.port);
    await until("lockstep", () => px4.answers > 20);
    frozenMs = performance.now();
    paused = true;
    await new Promise((done) => setTimeout(done, 50));
    const steps = px4.steps;
    await new Promise((done) => setTimeout(done, 200));
    expect(px4.steps).toBe(steps);
    paused = false;
    await until("it goes on", () => px4.steps > steps + 50);
    expect(px4.problems).toEqual([]);
  });

  it("gives a PX4 that was started again a new aircraft on the pad, its clock from the beginning", async () => {
    const listener = await listen();
    const first = dial(listener.port);
    first.px4.armed = true;
    await until("the first flies", () => (listener.link()?.truth.altAmslM ?? 0) > 302);
    const flown = listener.link();
    first.socket.destroy();
    await until("it is gone", () => listener.link() === undefined);
    const second = dial(listener.port);
    await until("the second is in lockstep", () => second.px4.answers > 50);
    expect(second.px4.problems).toEqual([]);
    expect(listener.link()).not.toBe(flown);
    expect(listener.link()?.truth.inContact).toBe(true);
  });
});

describe("the strict stand-in", () => {
  it("times out a simulator that accepts and sends nothing", async () => {
    const mute = createServer(() => undefined);
    await new Promise<void>((done) => mute.listen(0, "127.0.0.1", done));
    endings.push(() => mute.close());
    const address = mute.address();
    const { px4 } = dial(typeof address === "object" && address !== null ? address.port : 0);
    await until("its patience ends", () => px4.timedOut);
    expect(px4.problems.join()).toContain("no HIL_SENSOR");
  });
});
