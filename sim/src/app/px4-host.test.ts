import type { Datagrams } from "@outrider/contract";
import { decode, encodeFrame, FrameReader, type MavMessage, message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { hoverControl, responderQuad } from "../air/index.js";
import { flatWorld } from "../autopilot/index.js";
import { FaultSet } from "../faults/index.js";
import { HilLink, type Px4Radio } from "../hil/index.js";
import { StrictPx4 } from "../hil/testing/strict-px4.js";
import { Px4Host, type Px4SeatWish } from "./px4-host.js";

const pad = { latDeg: 37.77, lonDeg: -122.45 };

/** A host with a strict PX4 in its seat; `held` is what that PX4 holds of the one parameter of the site. */
function bench(options: { held: number; started?: boolean; radio?: Px4Radio }) {
  const said: string[] = [];
  const toPx4: MavMessage[] = [];
  const reader = new FrameReader();
  let hear: (bytes: Uint8Array) => void = () => undefined;
  let link: HilLink | undefined;
  let px4: StrictPx4 | undefined;
  let restarts = 0;
  let held = options.held;
  const datagrams: Datagrams = {
    bind: (at, handlers) => {
      expect(at.port).toBe(14_542);
      hear = (bytes) => handlers.onDatagram(bytes, { host: "127.0.0.1", port: 14_582 });
      return {
        send: (bytes, peer) => {
          expect(peer.port).toBe(14_582);
          reader.pushDatagram(bytes, (frame) => {
            const one = decode(frame);
            if (one !== undefined) toPx4.push(one);
          });
        },
        close: () => undefined,
      };
    },
  };
  const connect = (wish: Px4SeatWish): void => {
    const fresh = new HilLink({ ...wish, send: (bytes) => px4?.take(bytes, 0) });
    link = fresh;
    px4 = new StrictPx4({ send: (bytes) => fresh.take(bytes), controls: () => hoverControl(responderQuad) * 1.2 }, 0);
  };
  const host = new Px4Host({
    aircraft: { uid: "02000000", callSign: "HERON", dockId: "dock-c", type: "q38", videoPort: 5604 },
    instance: 2,
    pad,
    world: flatWorld(pad, 300),
    seed: 3,
    parameters: [["RTL_DESCEND_ALT", 30]],
    radio: options.radio,
    faults: new FaultSet(),
    datagrams,
    runMs: () => 0,
    log: (_level, what) => said.push(what),
    seats: {
      host: "127.0.0.1",
      flies: () => true,
      take: (wish) => {
        connect(wish);
        return {
          link: () => link,
          peerHost: () => "127.0.0.1",
          lag: () => ({ behindMs: 0, givenUpMs: 0 }),
          restart: () => {
            restarts++;
            if (options.started !== false) connect(wish);
            return options.started !== false;
          },
          close: () => undefined,
        };
      },
    },
  });
  const speak = (what: MavMessage): void => hear(encodeFrame(what, { sysid: 3, compid: 1, seq: 0 }));
  let nowMs = 0;
  /** Steps link and host; PX4 speaks once a second and answers for its parameter. */
  const run = (forMs: number): void => {
    for (const endMs = nowMs + forMs; nowMs < endMs; ) {
      nowMs += 20;
      for (let i = 0; i < 5; i++) link?.advance(link.tMs + 4, nowMs + i * 4);
      host.step(nowMs);
      if (nowMs % 1_000 === 0) speak(message("HEARTBEAT", { autopilot: 12 }));
      for (let one = toPx4.shift(); one !== undefined; one = toPx4.shift()) {
        if (one.name === "PARAM_SET") held = one.paramValue;
        if (one.name === "PARAM_SET" || one.name === "PARAM_REQUEST_READ")
          speak(message("PARAM_VALUE", { paramId: "RTL_DESCEND_ALT", paramType: 9, paramValue: held }));
      }
    }
  };
  const arm = (): void => {
    if (px4 !== undefined) px4.armed = true;
  };
  return { host, said, run, arm, restarts: () => restarts, held: () => held };
}

describe("an aircraft that a real PX4 flies", () => {
  it("has PX4's system id, stands on its pad, and flies once PX4 says so", () => {
    const { host, run, arm } = bench({ held: 30 });
    run(2_000);
    expect(host.sysid).toBe(3);
    expect(host.onGround).toBe(true);
    expect(host.autopilot.status()).toMatchObject({ armed: false, landed: "onGround" });
    arm();
    run(4_000);
    expect(host.onGround).toBe(false);
    expect(host.autopilot.truth.altAmslM).toBeGreaterThan(303);
    expect(host.autopilot.cameraPose().pitchDeg).toBe(-45);
    expect(host.autopilot.status().charge).toBeLessThan(0.999);
  });

  it("is flown at once where every parameter is right", () => {
    const { said, run, restarts } = bench({ held: 30 });
    run(12_000);
    expect(said).toEqual(["PX4 flies this aircraft"]);
    expect(restarts()).toBe(0);
  });

  it("has its PX4 start once more after a parameter was set: what the bridge read before is old", () => {
    const { said, run, restarts, held } = bench({ held: 10 });
    run(5_000);
    expect(held()).toBe(30);
    expect(restarts()).toBe(0);
    run(20_000);
    expect(restarts()).toBe(1);
    expect(said).toEqual(["parameters set: PX4 starts once more", "PX4 flies this aircraft"]);
  });

  it("has a radio that can be disturbed where its words pass through the simulator, and one of its own elsewhere", () => {
    const heard: number[] = [];
    const steps: number[] = [];
    let closed = false;
    const radio: Px4Radio = {
      step: (tMs) => steps.push(tMs),
      hearStranger: (bytes) => heard.push(bytes.length),
      close: () => {
        closed = true;
      },
    };
    const { host, run } = bench({ held: 30, radio });
    run(100);
    expect(host.ownRadio).toBe(false);
    expect(steps.at(-1)).toBe(100);
    const later: (() => void)[] = [];
    const clock = {
      nowMs: () => later.length * 1_000,
      after: (_: number, go: () => void) => {
        later.push(go);
        return () => undefined;
      },
    };
    host.hearForeignStation(1, clock);
    for (let i = 0; i < later.length; i++) later[i]?.();
    expect(heard.length).toBe(2);
    host.close();
    expect(closed).toBe(true);
    expect(bench({ held: 30 }).host.ownRadio).toBe(true);
  });

  it("says so where it cannot start that PX4 again itself, and never restarts one that is armed", () => {
    const other = bench({ held: 10, started: false });
    other.run(12_000);
    expect(other.said.join()).toContain("start this PX4 once more");
    const armed = bench({ held: 10 });
    armed.run(500);
    armed.arm();
    armed.run(12_000);
    expect(armed.restarts()).toBe(0);
  });
});
