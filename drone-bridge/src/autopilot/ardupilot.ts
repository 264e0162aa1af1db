import type { AircraftMode } from "@outrider/contract";
import { MavCmd, NO_POSITION } from "@outrider/mavlink";
import type { CommandSpec } from "../command/index.js";
import { type AutopilotDoor, e7, moving } from "./door.js";

/** Copter's custom modes (ArduPilot, ArduCopter/mode.h) that a responder meets. */
const copter = {
  STABILIZE: 0,
  ALT_HOLD: 2,
  AUTO: 3,
  GUIDED: 4,
  LOITER: 5,
  RTL: 6,
  CIRCLE: 7,
  LAND: 9,
  BRAKE: 17,
  SMART_RTL: 21,
} as const;

const modes: Readonly<Record<number, AircraftMode>> = {
  [copter.STABILIZE]: "manual",
  [copter.ALT_HOLD]: "manual",
  [copter.AUTO]: "mission",
  [copter.GUIDED]: "goto",
  [copter.LOITER]: "position",
  [copter.RTL]: "return",
  [copter.CIRCLE]: "orbit",
  [copter.LAND]: "land",
  [copter.BRAKE]: "hold",
  [copter.SMART_RTL]: "return",
};

const names: ReadonlyMap<number, string> = new Map(Object.entries(copter).map(([name, mode]) => [mode, name]));

/** ArduCopter: parameters by value, heights by frame. Reads are whole; its flying has not been tried on a real one. */
export const ardupilot: AutopilotDoor = {
  kind: "ardupilot",
  modeOf: (customMode) => modes[customMode] ?? "unknown",
  modeName: (customMode) => names.get(customMode) ?? `MODE_${customMode}`,
  // Integers are cast to float, not copied bytewise.
  paramValue: (param) => param.paramValue,
  arm: () => moving("arm", MavCmd.COMPONENT_ARM_DISARM, "long", [1, 0, 0, 0, 0, 0, 0]),
  readyMode: (customMode) =>
    customMode === copter.GUIDED || customMode === copter.LOITER ? undefined : setMode("stand ready", copter.GUIDED),
  startMission: () => moving("start the mission", MavCmd.MISSION_START, "long", [0, 0, 0, 0, 0, 0, 0]),
  goto: (target, speedMps) =>
    moving("go to", MavCmd.DO_REPOSITION, "int", [
      speedMps,
      1,
      0,
      Number.NaN,
      e7(target.point.latDeg),
      e7(target.point.lonDeg),
      target.altAmslM,
    ]),
  orbit: (target, radiusM, speedMps) =>
    moving("orbit", MavCmd.DO_ORBIT, "int", [
      radiusM,
      speedMps,
      0,
      Number.NaN,
      e7(target.point.latDeg),
      e7(target.point.lonDeg),
      target.altAmslM,
    ]),
  changeHeight: (altAmslM) =>
    moving("change height", MavCmd.DO_REPOSITION, "int", [-1, 1, 0, Number.NaN, NO_POSITION, NO_POSITION, altAmslM]),
  hold: () => setMode("hold", copter.BRAKE),
  holdByMode: () => setMode("hold", copter.LOITER),
  returnHome: () => moving("return", MavCmd.NAV_RETURN_TO_LAUNCH, "long", [0, 0, 0, 0, 0, 0, 0]),
  land: () => moving("land", MavCmd.NAV_LAND, "long", [0, 0, 0, 0, 0, 0, 0]),
  emergencyStop: () => moving("emergency stop", MavCmd.DO_FLIGHTTERMINATION, "long", [1, 0, 0, 0, 0, 0, 0]),
  manualMode: () => setMode("fly by hand", copter.LOITER),
  takesBack: () => false,
};

function setMode(what: string, mode: number): CommandSpec {
  return moving(what, MavCmd.DO_SET_MODE, "long", [1, mode, 0, 0, 0, 0, 0]);
}
