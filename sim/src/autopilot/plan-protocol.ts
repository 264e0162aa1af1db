import type { MavMessage } from "@outrider/mavlink";
import { fenceFault, missionBreach, refreshFence } from "./fence.js";
import { setMode } from "./mode-switch.js";
import { type PlanItem, type PlanKind, planCommand, planKindOf } from "./plan-store.js";
import { severity, type Vehicle } from "./vehicle.js";
import { wish } from "./wish.js";

type Partner = { sysid: number; compid: number };
type Upload = Partner & {
  kind: PlanKind;
  type: number;
  count: number;
  items: PlanItem[];
  askedAtMs: number;
  heardAtMs: number;
};

/** MAV_MISSION_RESULT. */
const result = { accepted: 0, error: 1, unsupportedFrame: 2, unsupported: 3, denied: 14 } as const;
const askAgainMs = 260;
const giveUpMs = 5000;

/** The vehicle's side of the MISSION protocol: one upload at a time, downloads at any time. */
export class PlanProtocol {
  readonly #v: Vehicle;
  #upload: Upload | undefined;

  constructor(v: Vehicle) {
    this.#v = v;
  }

  /** True when the message was one of this protocol's. */
  take(m: MavMessage, from: Partner): boolean {
    switch (m.name) {
      case "MISSION_COUNT":
        this.#begin(m.count, m.missionType, from);
        return true;
      case "MISSION_ITEM_INT":
        this.#item(m, from);
        return true;
      case "MISSION_REQUEST_LIST":
        this.#list(m.missionType, from);
        return true;
      case "MISSION_REQUEST_INT":
      case "MISSION_REQUEST":
        this.#send(m.seq, m.missionType, from);
        return true;
      case "MISSION_CLEAR_ALL":
        this.#clear(m.missionType, from);
        return true;
      case "MISSION_SET_CURRENT":
        this.#setCurrent(m.seq);
        return true;
      case "MISSION_ACK":
        return true;
      default:
        return false;
    }
  }

  /** Asks again for what did not come, and gives up after five seconds without an answer to the partner. */
  step(): void {
    const up = this.#upload;
    if (up === undefined) return;
    const { tMs } = this.#v;
    if (tMs - up.heardAtMs >= giveUpMs) {
      this.#upload = undefined;
      this.#v.say(severity.critical, "Operation timeout", true);
    } else if (tMs - up.askedAtMs >= askAgainMs) this.#ask(up);
  }

  #begin(count: number, type: number, from: Partner): void {
    const kind = planKindOf(type);
    const up = this.#upload;
    if (kind === undefined) return this.#ack(result.denied, type, 0, from);
    if (up !== undefined && (up.sysid !== from.sysid || up.compid !== from.compid))
      return this.#ack(result.error, type, 0, from);
    if (count === 0) {
      this.#upload = undefined;
      this.#store(kind, []);
      return this.#ack(result.accepted, type, 0, from);
    }
    const { tMs } = this.#v;
    const fresh: Upload = { ...from, kind, type, count, items: [], askedAtMs: tMs, heardAtMs: tMs };
    this.#upload = fresh;
    this.#ask(fresh);
  }

  #ask(up: Upload): void {
    up.askedAtMs = this.#v.tMs;
    this.#v.emit({
      name: "MISSION_REQUEST_INT",
      seq: up.items.length,
      targetSystem: up.sysid,
      targetComponent: up.compid,
      missionType: up.type,
    });
  }

  #item(m: Extract<MavMessage, { name: "MISSION_ITEM_INT" }>, from: Partner): void {
    const up = this.#upload;
    if (up === undefined) {
      this.#v.say(severity.critical, "IGN MISSION_ITEM: No transfer", true);
      return this.#ack(result.error, m.missionType, 0, from);
    }
    if (up.sysid !== from.sysid || up.compid !== from.compid || m.seq !== up.items.length || m.missionType !== up.type)
      return;
    up.heardAtMs = this.#v.tMs;
    const refused = itemFault(up.kind, m.command, m.frame) ?? vertexFault(m.command, m.param1);
    if (refused !== undefined) {
      this.#upload = undefined;
      if (refused !== result.error) this.#v.say(severity.critical, "IGN MISSION_ITEM: Invalid item", true);
      return this.#ack(refused, up.type, 0, from);
    }
    const { seq, command, frame, param1, param2, param3, param4, x, y, z, autocontinue } = m;
    up.items.push({ seq, command, frame, param1, param2, param3, param4, x, y, z, autocontinue });
    if (up.items.length < up.count) return this.#ask(up);
    this.#upload = undefined;
    if (up.kind === "fence" && fenceFault(up.items) !== undefined) return this.#ack(result.error, up.type, 0, from);
    this.#ack(result.accepted, up.type, this.#store(up.kind, up.items), from);
  }

  #store(kind: PlanKind, items: readonly PlanItem[]): number {
    const v = this.#v;
    const before = v.plans.id(kind);
    const id = v.plans.replace(kind, items);
    refreshFence(v);
    if (kind === "mission") this.#missionChanged(before !== id, items.length);
    return id;
  }

  #missionChanged(different: boolean, count: number): void {
    const v = this.#v;
    const { mission } = v.guidance;
    if (different || count === 0) {
      mission.seq = 0;
      mission.itemStarted = false;
      mission.reachedSeq = undefined;
      if (mission.state !== "active") mission.state = "idle";
    }
    const breach = missionBreach(v);
    if (breach !== undefined) v.say(severity.critical, `Geofence violation for waypoint ${breach}`, true);
    if (v.mode === "mission" && v.armed && (count === 0 || breach !== undefined)) {
      v.say(severity.critical, "No valid mission available, loitering", true);
      mission.state = "idle";
      wish(v, "loiter");
      setMode(v, "loiter");
    }
  }

  #list(type: number, from: Partner): void {
    const kind = planKindOf(type);
    if (kind === undefined) return;
    const { plans } = this.#v;
    this.#v.emit({
      name: "MISSION_COUNT",
      count: plans.items(kind).length,
      missionType: type,
      opaqueId: plans.id(kind),
      targetSystem: from.sysid,
      targetComponent: from.compid,
    });
  }

  #send(seq: number, type: number, from: Partner): void {
    const kind = planKindOf(type);
    const item = kind === undefined ? undefined : this.#v.plans.items(kind)[seq];
    if (item === undefined) return;
    this.#v.emit({
      name: "MISSION_ITEM_INT",
      ...item,
      current: seq === 0 ? 1 : 0,
      missionType: type,
      targetSystem: from.sysid,
      targetComponent: from.compid,
    });
  }

  #clear(type: number, from: Partner): void {
    this.#upload = undefined;
    const kinds: readonly PlanKind[] =
      type === 255 ? ["mission", "fence", "rally"] : [planKindOf(type)].filter((k) => k !== undefined);
    for (const kind of kinds) this.#store(kind, []);
    this.#ack(kinds.length === 0 ? result.denied : result.accepted, type, 0, from);
  }

  #setCurrent(seq: number): void {
    const v = this.#v;
    if (seq >= v.plans.items("mission").length) {
      v.say(severity.critical, "WPM: WP CURR CMD: Not in list", true);
      return;
    }
    v.guidance.mission.seq = seq;
    v.guidance.mission.itemStarted = false;
  }

  #ack(type: number, missionType: number, opaqueId: number, to: Partner): void {
    this.#v.emit({
      name: "MISSION_ACK",
      type,
      missionType,
      opaqueId,
      targetSystem: to.sysid,
      targetComponent: to.compid,
    });
  }
}

const missionCommands: ReadonlySet<number> = new Set([
  16, 17, 18, 19, 20, 21, 22, 93, 177, 178, 179, 195, 197, 201, 205, 206, 530, 531, 1000, 2000, 2001, 2500, 2501,
]);

/** A polygon of fewer than three corners is refused at its first. */
function vertexFault(command: number, corners: number): number | undefined {
  const polygon = command === planCommand.inclusionPolygon || command === planCommand.exclusionPolygon;
  return polygon && corners < 3 ? result.error : undefined;
}

/** MAV_MISSION_RESULT that an item is refused with, or undefined. */
function itemFault(kind: PlanKind, command: number, frame: number): number | undefined {
  const geographic = frame === 0 || frame === 3 || frame === 5 || frame === 6;
  if (kind === "mission") {
    if (!geographic && frame !== 2) return result.unsupportedFrame;
    return missionCommands.has(command) ? undefined : result.unsupported;
  }
  if (!geographic) return result.unsupportedFrame;
  if (kind === "rally") return command === planCommand.rally ? undefined : result.unsupported;
  return command >= planCommand.inclusionPolygon && command <= planCommand.exclusionCircle
    ? undefined
    : result.unsupported;
}
