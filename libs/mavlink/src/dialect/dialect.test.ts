import { expect, test } from "vitest";
import { MavCmd, MavFrame, MavLandedState, MavResult, MavSeverity, MavState } from "../generated/enums.js";
import { nameOf } from "./name-of.js";
import { Px4AutoMode, Px4MainMode, px4Mode, px4ModeFromHighLatency, px4ModeName, px4ModeParts } from "./px4-mode.js";

test("PX4's custom mode goes both ways", () => {
  const mission = px4Mode(Px4MainMode.AUTO, Px4AutoMode.MISSION);
  expect(mission).toBe(0x04040000);
  expect(px4ModeParts(mission)).toEqual({ main: 4, sub: 4 });
  expect(px4ModeFromHighLatency(0x0404)).toBe(mission);
  expect(px4Mode(4, 0xff)).toBe(0xff040000);
});

test("modes have names, and unknown ones say their numbers", () => {
  expect(px4ModeName(px4Mode(4, 5))).toBe("AUTO_RTL");
  expect(px4ModeName(px4Mode(3))).toBe("POSCTL");
  expect(px4ModeName(px4Mode(3, 1))).toBe("POSCTL_ORBIT");
  expect(px4ModeName(px4Mode(6))).toBe("OFFBOARD");
  expect(px4ModeName(px4Mode(6, 3))).toBe("UNKNOWN_6_3");
  expect(px4ModeName(px4Mode(99, 1))).toBe("UNKNOWN_99_1");
});

test("numbers that safety rests on are those of MAVLink's common.xml", () => {
  expect([MavCmd.COMPONENT_ARM_DISARM, MavCmd.NAV_TAKEOFF, MavCmd.DO_REPOSITION, MavCmd.NAV_RETURN_TO_LAUNCH]).toEqual([
    400, 22, 192, 20,
  ]);
  expect([MavCmd.NAV_LAND, MavCmd.DO_SET_MODE, MavCmd.DO_PARACHUTE, MavCmd.DO_FLIGHTTERMINATION]).toEqual([
    21, 176, 208, 185,
  ]);
  expect([MavFrame.GLOBAL, MavFrame.GLOBAL_RELATIVE_ALT, MavResult.DENIED, MavResult.IN_PROGRESS]).toEqual([
    0, 3, 2, 5,
  ]);
  expect([MavState.CRITICAL, MavLandedState.IN_AIR, MavSeverity.EMERGENCY]).toEqual([5, 2, 0]);
});

test("values have names, and unknown ones their number", () => {
  expect(nameOf(MavResult, 2)).toBe("DENIED");
  expect(nameOf(MavResult, 77)).toBe("77");
});
