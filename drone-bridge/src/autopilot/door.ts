import type { AircraftMode, GeoPoint, VerbName } from "@outrider/contract";
import type { MessageOf } from "@outrider/mavlink";
import type { CommandSpec } from "../command/index.js";
import type { EventWords } from "./px4-event.js";

/** A place with its height. Heights are AMSL: PX4 reads nothing else. */
export type Target = { readonly point: GeoPoint; readonly altAmslM: number };

/** What firmware families do differently. Nothing outside this room knows which one it speaks to. */
export type AutopilotDoor = {
  readonly kind: "px4" | "ardupilot" | "other";
  modeOf(customMode: number): AircraftMode;
  modeName(customMode: number): string;
  paramValue(param: MessageOf<"PARAM_VALUE">): number;
  /** Words of an EVENT; undefined where the firmware has no such event that is known here. */
  eventWords(id: number, bytes: Uint8Array): EventWords | undefined;
  /** What HIGH_LATENCY2 tells of the custom mode, as a HEARTBEAT has it. */
  modeFromHighLatency(customMode: number): number;
  /** ArduPilot keeps home as item 0 of a mission and writes over whatever is put there. */
  readonly missionBeginsWithHome: boolean;
  arm(): CommandSpec;
  /** Mode to stand in before arming, where the present one would be refused. */
  readyMode(customMode: number): CommandSpec | undefined;
  startMission(): CommandSpec;
  goto(target: Target, speedMps: number): CommandSpec;
  orbit(target: Target, radiusM: number, speedMps: number): CommandSpec;
  /** `here`: where it is, for firmware that knows no "same place". */
  changeHeight(altAmslM: number, here: GeoPoint): CommandSpec;
  hold(): CommandSpec;
  /** Second way to Hold, another command and not a repetition, for when the first is refused or unanswered. */
  holdByMode(): CommandSpec;
  returnHome(): CommandSpec;
  land(): CommandSpec;
  emergencyStop(): CommandSpec;
  manualMode(): CommandSpec;
  /** Texts that take back what an ACCEPTED promised: PX4 accepts a goto outside the fence and stays where it is. */
  takesBack(verb: VerbName, text: string): boolean;
};

/** Integer on the wire for a coordinate in degrees. */
export const e7 = (deg: number): number => Math.round(deg * 1e7);

export const autopilotCompid = 1;

export function moving(
  what: string,
  command: number,
  form: "long" | "int",
  params: CommandSpec["params"],
  answersTwice = false,
): CommandSpec {
  return { what, command, form, params, compid: autopilotCompid, tries: 1, answersTwice };
}
