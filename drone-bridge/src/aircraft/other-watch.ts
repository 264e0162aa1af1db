import { MavCmd, type MavMessage, MavResult, type MessageOf, nameOf } from "@outrider/mavlink";
import { ourIds } from "../frame/index.js";
import type { FactSink } from "../journal/index.js";

/** An answer may come this long after the command was given up, and a double one long after the first. */
const ourCommandMs = 15_000;
/** One cause is told once in this time. */
const againMs = 10_000;
/** A list that we put on it shows under a new number this much later at most, and as long as the way takes. */
const ourPlanMs = 10_000;
/** Read back, it shows under its number at once: what changes later than this was not us. */
const readBackMs = 5_000;

/** Commands that only ask for a message or its rate: whoever sends them changes nothing that flies. */
const askingCommands: ReadonlySet<number> = new Set([
  MavCmd.REQUEST_MESSAGE,
  MavCmd.SET_MESSAGE_INTERVAL,
  MavCmd.REQUEST_PROTOCOL_VERSION,
  MavCmd.REQUEST_AUTOPILOT_CAPABILITIES,
  MavCmd.REQUEST_CAMERA_INFORMATION,
  MavCmd.REQUEST_VIDEO_STREAM_INFORMATION,
  MavCmd.REQUEST_VIDEO_STREAM_STATUS,
]);

/** Commands that arm, move or stop an aircraft, or change what it flies. */
const movingCommands: ReadonlySet<number> = new Set([
  MavCmd.NAV_WAYPOINT,
  MavCmd.NAV_LOITER_UNLIM,
  MavCmd.NAV_RETURN_TO_LAUNCH,
  MavCmd.NAV_LAND,
  MavCmd.NAV_TAKEOFF,
  MavCmd.DO_ORBIT,
  MavCmd.DO_SET_MODE,
  MavCmd.DO_CHANGE_SPEED,
  MavCmd.DO_SET_HOME,
  MavCmd.DO_FLIGHTTERMINATION,
  MavCmd.DO_CHANGE_ALTITUDE,
  MavCmd.DO_REPOSITION,
  MavCmd.DO_PAUSE_CONTINUE,
  MavCmd.DO_PARACHUTE,
  MavCmd.DO_SET_STANDARD_MODE,
  MavCmd.MISSION_START,
  MavCmd.COMPONENT_ARM_DISARM,
]);

/** What a message would have an aircraft do. `sysid`: the system it is for. */
export type Act = { readonly sysid: number; readonly moves: boolean; readonly text: string };

/** Undefined for a message that makes nothing happen. */
export function actOf(message: MavMessage): Act | undefined {
  switch (message.name) {
    case "COMMAND_LONG":
    case "COMMAND_INT":
      return {
        sysid: message.targetSystem,
        moves: movingCommands.has(message.command),
        text: nameOf(MavCmd, message.command),
      };
    case "MISSION_COUNT":
    case "MISSION_CLEAR_ALL":
    case "MISSION_SET_CURRENT":
    case "SET_MODE":
    case "SET_POSITION_TARGET_LOCAL_NED":
    case "SET_POSITION_TARGET_GLOBAL_INT":
    case "SET_ATTITUDE_TARGET":
    case "RC_CHANNELS_OVERRIDE":
      return { sysid: message.targetSystem, moves: true, text: message.name };
    case "MANUAL_CONTROL":
      return { sysid: message.target, moves: true, text: message.name };
    default:
      return undefined;
  }
}

export type PlanIds = { readonly mission: number; readonly fence: number; readonly rally: number };
const parts = ["mission", "fence", "rally"] as const;

/** What somebody else does with this aircraft: seen by what it answers and by what it carries, never guessed from silence. */
export class OtherWatch {
  readonly #uid: string;
  readonly #sink: FactSink;
  readonly #sent = new Map<number, number>();
  readonly #told = new Map<string, number>();
  #ids: PlanIds | undefined;
  #ourPlanMs = Number.NEGATIVE_INFINITY;
  #readBackMs: number | undefined;
  #inControl = false;
  readonly #bornMs: number;
  readonly #roundMs: () => number;

  /** `roundMs`: how long there and back to it takes. */
  constructor(uid: string, sink: FactSink, nowMs: number, roundMs: () => number = () => 0) {
    this.#uid = uid;
    this.#roundMs = roundMs;
    this.#sink = sink;
    this.#bornMs = nowMs;
  }

  get inControl(): boolean {
    return this.#inControl;
  }

  /** A command of ours left. What moves it is ours again with it. */
  weSent(command: number, tMs: number): void {
    this.#sent.set(command, tMs);
    if (movingCommands.has(command)) this.letGo();
  }

  /** A plan of ours is on its way to it. */
  wePut(tMs: number): void {
    this.#ourPlanMs = tMs;
    this.#readBackMs = undefined;
  }

  /** What we put there has been read back, all of it. */
  weReadBack(tMs: number): void {
    this.#readBackMs = tMs;
  }

  letGo(): void {
    if (!this.#inControl) return;
    this.#inControl = false;
    this.#sink("OtherStationLetGo", { uid: this.#uid });
  }

  /** Another station said this to it, through this bridge or on a link that we hear. */
  did(sysid: number, act: Act): void {
    if (act.moves) this.#take(sysid, `${act.text} from system ${sysid}`);
  }

  /** The aircraft answered a command. True when the answer is none of ours. */
  answered(ack: MessageOf<"COMMAND_ACK">, tMs: number): boolean {
    const { command, result, targetSystem, targetComponent } = ack;
    if (askingCommands.has(command)) return false;
    const toUs = targetSystem === ourIds.sysid && (targetComponent === ourIds.compid || targetComponent === 0);
    // What was sent before a restart may be answered after it.
    const asked = tMs - (this.#sent.get(command) ?? this.#bornMs) <= ourCommandMs + this.#roundMs();
    // Target 0 comes from MAVLink 1 autopilots, which cannot say whom they answer.
    if ((toUs || targetSystem === 0) && asked) return false;
    const to = targetSystem === 0 || toUs ? undefined : targetSystem;
    if (this.#first(`ack ${to ?? ""} ${command}`, tMs))
      this.#sink("ForeignAnswerSeen", { uid: this.#uid, command, result, ...(to === undefined ? {} : { to }) });
    if (result === MavResult.ACCEPTED && movingCommands.has(command))
      this.#take(to, `it accepted ${nameOf(MavCmd, command)}, which is not ours`);
    return true;
  }

  /** The numbers of what it carries. True when one changed that we did not change. */
  carries(ids: PlanIds | undefined, tMs: number): boolean {
    const before = this.#ids;
    this.#ids = ids;
    if (before === undefined || ids === undefined || this.#mayBeOurs(tMs)) return false;
    let changed = false;
    for (const part of parts) {
      if (before[part] === ids[part]) continue;
      changed = true;
      this.#sink("PlanChangedByOther", { uid: this.#uid, part, planId: ids[part] });
    }
    if (changed) this.#take(undefined, "its plan was changed, and not by us");
    return changed;
  }

  #mayBeOurs(tMs: number): boolean {
    if (this.#readBackMs !== undefined && tMs - this.#readBackMs > readBackMs) return false;
    return tMs - this.#ourPlanMs <= ourPlanMs + this.#roundMs();
  }

  /** It began anew: what it carries is read afresh. */
  rebooted(): void {
    this.#ids = undefined;
  }

  #take(sysid: number | undefined, text: string): void {
    if (this.#inControl) return;
    this.#inControl = true;
    this.#sink("OtherStationTookControl", { uid: this.#uid, text, ...(sysid === undefined ? {} : { sysid }) });
  }

  #first(what: string, tMs: number): boolean {
    const before = this.#told.get(what);
    this.#told.set(what, tMs);
    if (this.#told.size > 256) this.#told.clear();
    return before === undefined || tMs - before > againMs;
  }
}
