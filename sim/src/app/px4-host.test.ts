import type { Datagrams, Peer } from "@outrider/contract";
import { type AnyMessageInit, decode, encodeFrame, FrameReader, type MavMessage, message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { hoverControl, responderQuad } from "../air/index.js";
import { flatWorld } from "../autopilot/index.js";
import { FaultSet } from "../faults/index.js";
import { HilLink, type Px4Radio } from "../hil/index.js";
import { StrictPx4 } from "../hil/testing/strict-px4.js";
import { Px4Host, type Px4SeatWish } from "./px4-host.js";

const pad = { latDeg: 37.77, lonDeg: -122.45 };

/** A host with a strict PX4 in its seat; `held` is what that PX4 holds of the one parameter of the site. */
function bench(options: { held: number; started?: boolean; radio?: Px4Radio; gimbal?: boolean }) {
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
      if (at.port === 13_282) return gimbalPort(handlers);
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
  let aim: (what: AnyMessageInit) => void = () => undefined;
  const ofGimbal: MavMessage[] = [];
  const gimbalPort = (handlers: { onDatagram(bytes: Uint8Array, from: Peer): void }) => {
    const gimbalReader = new FrameReader();
    const from = { host: "127.0.0.1", port: 13_032 };
    aim = (what) => handlers.onDatagram(encodeFrame(what, { sysid: 3, compid: 1, seq: 0 }), from);
    return {
      send: (bytes: Uint8Array, peer: Peer) => {
        expect(peer).toEqual(from);
        gimbalReader.pushDatagram(bytes, (frame) => {
          const one = decode(frame);
          if (one !== undefined) ofGimbal.push(one);
        });
      },
      close: () => undefined,
    };
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
    gimbal: options.gimbal ?? false,
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
  return {
    host,
    said,
    run,
    arm,
    aim: (what: AnyMessageInit) => aim(what),
    ofGimbal,
    restarts: () => restarts,
    held: () => held,
  };
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

  it("has a MAVLink gimbal on PX4's own port for one, by which its picture looks", () => {
    const { host, run, aim, ofGimbal } = bench({ held: 30, gimbal: true });
    run(1_000);
    expect(host.autopilot.cameraPose()).toMatchObject({ pitchDeg: 0 });
    // Nose north, aimed at 60° west of it and 30° down, locked to the earth.
    const [cp, sp, cy, sy] = [
      Math.cos(-Math.PI / 12),
      Math.sin(-Math.PI / 12),
      Math.cos(-Math.PI / 6),
      Math.sin(-Math.PI / 6),
    ];
    const q = [cy * cp, -sy * sp, cy * sp, sy * cp];
    aim({
      name: "GIMBAL_DEVICE_SET_ATTITUDE",
      q,
      flags: 28,
      targetSystem: 3,
      targetComponent: 154,
      angularVelocityY: Number.NaN,
      angularVelocityZ: Number.NaN,
    });
    run(1_500);
    expect(host.autopilot.cameraPose().headingDeg).toBeCloseTo(300, 0);
    expect(host.autopilot.cameraPose().pitchDeg).toBeCloseTo(-30, 1);
    const commandLong = { name: "COMMAND_LONG", targetSystem: 3, targetComponent: 100 } as const;
    aim({ ...commandLong, command: 512, param1: 259 });
    expect(ofGimbal.slice(-2)).toMatchObject([{ result: 0 }, { name: "CAMERA_INFORMATION", gimbalDeviceId: 154 }]);
    aim({ ...commandLong, command: 531, param1: 4, param2: 30 });
    expect(ofGimbal.slice(-1)).toMatchObject([{ name: "COMMAND_ACK", command: 531, result: 3 }]);
    aim({ name: "COMMAND_LONG", command: 512, param1: 283 });
    expect(ofGimbal.slice(-2)).toMatchObject([
      { name: "COMMAND_ACK", command: 512, result: 0 },
      { name: "GIMBAL_DEVICE_INFORMATION", modelName: "Simulated mount" },
    ]);
    const told = ofGimbal.findLast((one) => one.name === "GIMBAL_DEVICE_ATTITUDE_STATUS");
    expect(told?.name === "GIMBAL_DEVICE_ATTITUDE_STATUS" ? told.flags : 0).toBe(4 + 8 + 16 + 64);
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
