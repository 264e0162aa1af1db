import type { AircraftMode, VerbName } from "@outrider/contract";
import { MavCmd } from "@outrider/mavlink";
import type { CommandSpec } from "../command/index.js";
import { type AutopilotDoor, e7, moving } from "./door.js";
import { goToPlace, orbitPlace } from "./to-place.js";

/** Copter's custom modes (ArduPilot, ArduCopter/mode.h) that a responder meets. */
const copter = {
  STABILIZE: 0,
  ACRO: 1,
  ALT_HOLD: 2,
  AUTO: 3,
  GUIDED: 4,
  LOITER: 5,
  RTL: 6,
  CIRCLE: 7,
  LAND: 9,
  SPORT: 13,
  POSHOLD: 16,
  BRAKE: 17,
  GUIDED_NOGPS: 20,
  SMART_RTL: 21,
  AUTO_RTL: 27,
} as const;

const modes: Readonly<Record<number, AircraftMode>> = {
  [copter.STABILIZE]: "manual",
  [copter.ACRO]: "manual",
  [copter.SPORT]: "manual",
  [copter.POSHOLD]: "position",
  [copter.GUIDED_NOGPS]: "offboard",
  [copter.AUTO_RTL]: "return",
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

/** Said by Copter where it does not do what it accepted. */
const takenBack: Readonly<Partial<Record<VerbName, RegExp>>> = {
  arm: /^(arm|prearm):/i,
  startMission: /mission.*(denied|rejected|invalid)|auto: missing takeoff/i,
  goto: /outside fence|fence breach/i,
  changeHeight: /outside fence|fence breach/i,
};

/** ArduCopter: parameters by value, heights by frame. Reads are whole; its flying has not been tried on a real one. */
export const ardupilot: AutopilotDoor = {
  kind: "ardupilot",
  modeOf: (customMode) => modes[customMode] ?? "unknown",
  modeName: (customMode) => names.get(customMode) ?? `MODE_${customMode}`,
  // Integers are cast to float, not copied bytewise.
  paramValue: (param) => param.paramValue,
  // Its reasons come as STATUSTEXT ("PreArm: ..."): it sends no EVENT.
  eventWords: () => undefined,
  modeFromHighLatency: (customMode) => customMode & 0xff,
  missionBeginsWithHome: true,
  arm: () => moving("arm", MavCmd.COMPONENT_ARM_DISARM, "long", [1, 0, 0, 0, 0, 0, 0]),
  // Not Loiter: without a transmitter its throttle stick reads as "down".
  readyMode: (customMode) => (customMode === copter.GUIDED ? undefined : setMode("stand ready", copter.GUIDED)),
  startMission: () => moving("start the mission", MavCmd.MISSION_START, "long", [0, 0, 0, 0, 0, 0, 0]),
  goto: goToPlace,
  orbit: orbitPlace,
  // Copter refuses a reposition to no place: "the same place" has to be said.
  changeHeight: (altAmslM, here) =>
    moving("change height", MavCmd.DO_REPOSITION, "int", [
      -1,
      1,
      0,
      Number.NaN,
      e7(here.latDeg),
      e7(here.lonDeg),
      altAmslM,
    ]),
  hold: () => setMode("hold", copter.BRAKE),
  // Guided without a target stands still; Loiter would obey sticks that nobody holds.
  holdByMode: () => setMode("hold", copter.GUIDED),
  returnHome: () => moving("return", MavCmd.NAV_RETURN_TO_LAUNCH, "long", [0, 0, 0, 0, 0, 0, 0]),
  land: () => moving("land", MavCmd.NAV_LAND, "long", [0, 0, 0, 0, 0, 0, 0]),
  emergencyStop: () => moving("emergency stop", MavCmd.DO_FLIGHTTERMINATION, "long", [1, 0, 0, 0, 0, 0, 0]),
  manualMode: () => setMode("fly by hand", copter.LOITER),
  takesBack: (verb, text) => takenBack[verb]?.test(text) ?? false,
};

function setMode(what: string, mode: number): CommandSpec {
  return moving(what, MavCmd.DO_SET_MODE, "long", [1, mode, 0, 0, 0, 0, 0]);
}
