import { type AircraftSample, decodeSamples, encodeSamples } from "@outrider/contract";
import { MavAutopilot, type MessageOf } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { doorOf } from "../autopilot/index.js";
import { hear } from "./hear.js";
import { sampleOf } from "./sample.js";
import { newAircraftState } from "./state.js";

const bit = 0x10000000;
/** What a real PX4 tells as present: its pre-arm check is not among it. */
const px4Present = 0x300402f;

const status = (present: number, health: number): MessageOf<"SYS_STATUS"> => ({
  name: "SYS_STATUS",
  onboardControlSensorsPresent: present,
  onboardControlSensorsEnabled: present,
  onboardControlSensorsHealth: health,
  load: 0,
  voltageBattery: 0,
  currentBattery: 0,
  dropRateComm: 0,
  errorsComm: 0,
  errorsCount1: 0,
  errorsCount2: 0,
  errorsCount3: 0,
  errorsCount4: 0,
  batteryRemaining: 90,
  onboardControlSensorsPresentExtended: 0,
  onboardControlSensorsEnabledExtended: 0,
  onboardControlSensorsHealthExtended: 0,
});

/** As the station gets it, through the sample's bytes. */
function heardBy(autopilot: number, message: MessageOf<"SYS_STATUS"> | undefined): AircraftSample | undefined {
  const state = newAircraftState();
  if (message !== undefined) hear(state, message, true, doorOf(autopilot), 0);
  const context = { handle: 1, link: "live", control: "ours", positionDoubted: false, batteryWh: 263 } as const;
  return decodeSamples(encodeSamples([sampleOf(state, context, 0)], 0))?.samples[0];
}
const told = (autopilot: number, message: MessageOf<"SYS_STATUS"> | undefined): boolean | undefined =>
  heardBy(autopilot, message)?.preArmOk;

describe("the autopilot's own pre-arm check", () => {
  it("given PX4, is what its health bit says, though it never says that it has the check", () => {
    expect(told(MavAutopilot.PX4, status(px4Present, px4Present | bit))).toBe(true);
    expect(told(MavAutopilot.PX4, status(px4Present, px4Present))).toBe(false);
  });

  it("given another autopilot, is known only where it says that it has the check, or that it passes", () => {
    expect(told(MavAutopilot.ARDUPILOTMEGA, status(bit, bit))).toBe(true);
    expect(told(MavAutopilot.ARDUPILOTMEGA, status(bit, 0))).toBe(false);
    expect(told(MavAutopilot.ARDUPILOTMEGA, status(0, 0))).toBeUndefined();
  });

  it("given nothing heard yet, is not known", () => {
    expect(told(MavAutopilot.PX4, undefined)).toBeUndefined();
  });
});

describe("the battery", () => {
  it("given nothing heard of it yet, is unknown, and not empty", () => {
    expect(heardBy(MavAutopilot.PX4, undefined)?.batteryUnknown).toBe(true);
    expect(heardBy(MavAutopilot.PX4, { ...status(0, 0), batteryRemaining: -1 })?.batteryUnknown).toBe(true);
  });

  it("given a charge heard once, is known, also when it is nothing", () => {
    expect(heardBy(MavAutopilot.PX4, status(0, bit))).toMatchObject({ batteryPct: 90, preArmOk: true });
    expect(heardBy(MavAutopilot.PX4, status(0, bit))?.batteryUnknown).toBeUndefined();
    expect(heardBy(MavAutopilot.PX4, { ...status(0, 0), batteryRemaining: 0 })?.batteryUnknown).toBeUndefined();
  });
});
