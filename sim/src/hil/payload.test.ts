import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  FrameReader,
  GimbalDeviceFlags,
  MavCmd,
  type MavMessage,
  MavResult,
  message,
  messageId,
} from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { quaternionOf } from "../autopilot/index.js";
import { CameraComponent, GimbalDevice } from "./index.js";

const rad = Math.PI / 180;
const { YAW_LOCK } = GimbalDeviceFlags;

/** What a component on PX4's gimbal link says, and a way to speak to it as PX4 does. */
function onLink<T extends { take(bytes: Uint8Array): void }>(make: (send: (bytes: Uint8Array) => void) => T) {
  const said: (MavMessage & { compid: number })[] = [];
  const reader = new FrameReader();
  const one = make((bytes) =>
    reader.pushDatagram(bytes, (frame) => {
      const heard = decode(frame);
      if (heard !== undefined) said.push({ ...heard, compid: frame.compid });
    }),
  );
  const tell = (what: AnyMessageInit): void => one.take(encodeFrame(what, { sysid: 3, compid: 1, seq: 0 }));
  const ask = (targetComponent: number, of: "GIMBAL_DEVICE_INFORMATION" | "CAMERA_INFORMATION"): void =>
    tell(
      message("COMMAND_LONG", {
        targetSystem: 3,
        targetComponent,
        command: MavCmd.REQUEST_MESSAGE,
        param1: messageId(of),
      }),
    );
  const names = () => said.splice(0).map(({ name, compid }) => `${name} ${compid}`);
  return { one, said, tell, ask, names };
}

const gimbal = () => onLink((send) => new GimbalDevice({ sysid: 3, send }));
const lookAt = (pitchDeg: number, yawDeg: number, flags: number, targetComponent = 154): AnyMessageInit =>
  message("GIMBAL_DEVICE_SET_ATTITUDE", {
    targetSystem: 3,
    targetComponent,
    flags,
    q: quaternionOf(pitchDeg * rad, yawDeg * rad),
    angularVelocityX: Number.NaN,
    angularVelocityY: Number.NaN,
    angularVelocityZ: Number.NaN,
  });
/** Two seconds by tenths at one heading. */
const settle = (one: GimbalDevice, fromMs: number, headingDeg: number): void => {
  for (let ms = fromMs + 100; ms <= fromMs + 2_000; ms += 100) one.step(ms, headingDeg * rad);
};

describe("a MAVLink gimbal behind a real PX4", () => {
  it("is heard once a second, says ten times a second where it looks, and what it is when asked", () => {
    const { one, ask, names } = gimbal();
    settle(one, 0, 0);
    const heard = names();
    expect(heard.filter((name) => name === "HEARTBEAT 154")).toHaveLength(2);
    expect(heard.filter((name) => name === "GIMBAL_DEVICE_ATTITUDE_STATUS 154")).toHaveLength(20);
    ask(100, "GIMBAL_DEVICE_INFORMATION");
    expect(names()).toEqual([]);
    ask(154, "GIMBAL_DEVICE_INFORMATION");
    expect(names()).toEqual(["COMMAND_ACK 154", "GIMBAL_DEVICE_INFORMATION 154"]);
  });

  it("keeps a locked yaw to the earth while the aircraft turns, and one that follows to the nose", () => {
    const { one, tell } = gimbal();
    one.step(1, 40 * rad);
    tell(lookAt(-30, 90, YAW_LOCK));
    settle(one, 1, 40);
    expect(one.aim.pitchDeg).toBeCloseTo(-30, 3);
    expect(one.aim.headingDeg).toBeCloseTo(90, 3);
    settle(one, 2_001, 70);
    expect(one.aim.headingDeg).toBeCloseTo(90, 3);
    tell(lookAt(-20, 15, 0));
    settle(one, 4_001, 70);
    expect(one.aim.headingDeg).toBeCloseTo(85, 3);
    settle(one, 6_001, 350);
    expect(one.aim.headingDeg).toBeCloseTo(5, 3);
  });

  it("turns no faster than its motors, no further than it reaches, and heeds nothing meant for another", () => {
    const { one, tell } = gimbal();
    one.step(1, 0);
    tell(lookAt(-60, 0, 0, 155));
    settle(one, 1, 0);
    expect(one.aim.pitchDeg).toBeCloseTo(0, 6);
    tell(lookAt(-60, 0, 0));
    one.step(2_501, 0);
    expect(one.aim.pitchDeg).toBeCloseTo(-30, 1);
    tell(lookAt(80, 0, 0));
    settle(one, 2_501, 0);
    settle(one, 4_501, 0);
    expect(one.aim.pitchDeg).toBeCloseTo(30, 6);
  });
});

describe("the camera on it", () => {
  it("says what it is and how wide it sees, and refuses what it cannot do", () => {
    const { one, said, ask, tell, names } = onLink((send) => new CameraComponent({ sysid: 3, hfovDeg: 60, send }));
    one.step(1);
    expect(names()).toEqual(["HEARTBEAT 100"]);
    ask(154, "CAMERA_INFORMATION");
    expect(names()).toEqual([]);
    ask(100, "CAMERA_INFORMATION");
    const information = said.find((heard) => heard.name === "CAMERA_INFORMATION");
    if (information?.name !== "CAMERA_INFORMATION") throw new Error("said nothing of itself");
    const { sensorSizeH, focalLength, gimbalDeviceId } = information;
    expect((2 * Math.atan(sensorSizeH / 2 / focalLength)) / rad).toBeCloseTo(60, 3);
    expect(gimbalDeviceId).toBe(154);
    said.length = 0;
    const zoom = { targetSystem: 3, targetComponent: 100, command: MavCmd.SET_CAMERA_ZOOM, param1: 2, param2: 50 };
    tell(message("COMMAND_LONG", zoom));
    expect(said).toMatchObject([{ name: "COMMAND_ACK", result: MavResult.UNSUPPORTED }]);
  });
});
