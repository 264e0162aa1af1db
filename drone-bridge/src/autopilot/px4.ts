import type { AircraftMode, VerbName } from "@outrider/contract";
import {
  int32FromParam,
  MavCmd,
  MavParamType,
  NO_POSITION,
  Px4AutoMode,
  Px4MainMode,
  Px4PosctlMode,
  px4ModeFromHighLatency,
  px4ModeName,
  px4ModeParts,
} from "@outrider/mavlink";
import type { CommandSpec } from "../command/index.js";
import { type AutopilotDoor, moving } from "./door.js";
import { px4EventWords } from "./px4-event.js";
import { goToPlace, orbitPlace } from "./to-place.js";

const autoModes: Readonly<Record<number, AircraftMode>> = {
  [Px4AutoMode.TAKEOFF]: "takeoff",
  [Px4AutoMode.LOITER]: "hold",
  [Px4AutoMode.MISSION]: "mission",
  [Px4AutoMode.RTL]: "return",
  [Px4AutoMode.LAND]: "land",
  [Px4AutoMode.PRECLAND]: "land",
};

/** Modes PX4 will not arm in ("Mode not suitable for arming"), or in which arming would start a climb at once. */
const armableModes: ReadonlySet<AircraftMode> = new Set<AircraftMode>(["hold", "position", "manual"]);

/** Said after an ACCEPTED, and meaning that nothing will happen. */
const takenBack: Readonly<Partial<Record<VerbName, RegExp>>> = {
  goto: /outside geofence|reposition is|currently not available/i,
  changeHeight: /outside geofence|reposition is/i,
  orbit: /radius limit|outside geofence/i,
  startMission: /mission start denied|no valid mission|geofence violation for waypoint|mission rejected/i,
  takeStick: /currently not available/i,
  arm: /arming denied/i,
};

/** PX4 as measured on v1.17: AMSL heights in every command, DO_SET_MODE answered twice, integers bytewise. */
export const px4: AutopilotDoor = {
  kind: "px4",
  modeOf,
  modeName: px4ModeName,
  paramValue: (param) => (param.paramType === MavParamType.REAL32 ? param.paramValue : int32FromParam(param)),
  eventWords: px4EventWords,
  modeFromHighLatency: px4ModeFromHighLatency,
  missionBeginsWithHome: false,
  arm: () => moving("arm", MavCmd.COMPONENT_ARM_DISARM, "long", [1, 0, 0, 0, 0, 0, 0]),
  readyMode: (customMode) =>
    armableModes.has(modeOf(customMode)) ? undefined : setMode("stand ready", Px4MainMode.AUTO, Px4AutoMode.LOITER),
  startMission: () => moving("start the mission", MavCmd.MISSION_START, "long", [0, 0, 0, 0, 0, 0, 0]),
  goto: goToPlace,
  orbit: orbitPlace,
  changeHeight: (altAmslM) =>
    moving("change height", MavCmd.DO_REPOSITION, "int", [-1, 1, 0, Number.NaN, NO_POSITION, NO_POSITION, altAmslM]),
  // Mode Hold alone does not stop a goto: PX4 is already in Hold while it flies one. A reposition to nowhere does.
  hold: () => moving("hold", MavCmd.DO_REPOSITION, "long", [-1, 1, 0, Number.NaN, Number.NaN, Number.NaN, Number.NaN]),
  holdByMode: () => setMode("hold", Px4MainMode.AUTO, Px4AutoMode.LOITER),
  returnHome: () => moving("return", MavCmd.NAV_RETURN_TO_LAUNCH, "long", [0, 0, 0, 0, 0, 0, 0]),
  land: () => moving("land", MavCmd.NAV_LAND, "long", [0, 0, 0, Number.NaN, Number.NaN, Number.NaN, 0]),
  emergencyStop: () => moving("emergency stop", MavCmd.DO_FLIGHTTERMINATION, "long", [1, 0, 0, 0, 0, 0, 0]),
  manualMode: () => setMode("fly by hand", Px4MainMode.POSCTL, Px4PosctlMode.POSCTL),
  takesBack: (verb, text) => takenBack[verb]?.test(text) ?? false,
};

function setMode(what: string, main: number, sub: number): CommandSpec {
  return moving(what, MavCmd.DO_SET_MODE, "long", [1, main, sub, 0, 0, 0, 0], true);
}

function modeOf(customMode: number): AircraftMode {
  const { main, sub } = px4ModeParts(customMode);
  switch (main) {
    case Px4MainMode.AUTO:
      return autoModes[sub] ?? "unknown";
    case Px4MainMode.POSCTL:
      return sub === Px4PosctlMode.ORBIT ? "orbit" : "position";
    case Px4MainMode.OFFBOARD:
      return "offboard";
    case Px4MainMode.TERMINATION:
      return "terminated";
    case Px4MainMode.MANUAL:
    case Px4MainMode.ALTCTL:
    case Px4MainMode.ACRO:
    case Px4MainMode.STABILIZED:
      return "manual";
    default:
      return "unknown";
  }
}
