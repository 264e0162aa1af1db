import type { AircraftMode } from "@outrider/contract";
import { MavCmd, type MavMessage, type MessageOf, messageId } from "@outrider/mavlink";
import { autopilotCompid } from "../autopilot/index.js";
import { AskUntilHeard, type RunCommand } from "../camera/index.js";
import type { CommandSpec } from "../command/index.js";
import { ourIds } from "../frame/index.js";
import type { FactSink } from "../journal/index.js";

export type GimbalWatchDeps = {
  readonly uid: string;
  readonly sink: FactSink;
  readonly sysid: () => number;
  readonly run: RunCommand;
  readonly state: { readonly mode: AircraftMode };
};

/** In these PX4 takes the gimbal from whoever has it, turns it to the front, and leaves it with nobody (flown, 1.17). */
const levelsByItself: ReadonlySet<AircraftMode> = new Set(["return", "land"]);

/** A status that tells of a time this much before the last one is of another boot; less, and it was overtaken. */
const bootFallsMs = 10_000;
/** Our command may have been on its way this long when a status told the last state without it. */
const onTheWayMs = 15_000;
/** Gimbals of one aircraft: whoever speaks for it makes up no more. */
const mostGimbals = 6;

/** Commands of ours after which the gimbal is ours: taking it, and those by which some managers take it as well. */
const takingCommands: ReadonlySet<number> = new Set([
  MavCmd.DO_GIMBAL_MANAGER_CONFIGURE,
  MavCmd.DO_GIMBAL_MANAGER_PITCHYAW,
  MavCmd.DO_SET_ROI_LOCATION,
  MavCmd.DO_SET_ROI_NONE,
]);

type Holder = "nobody" | "ours" | "aboard" | "other";
/** `lost`: it must be taken again. `told`: who is to blame, in words; empty where nobody is. */
type Gimbal = { bootMs: number; heardMs: number; holder: Holder; lost: boolean; told: string };

/** How far a gimbal turns, degrees; elevation upwards. */
export type GimbalReach = { readonly pitchMinDeg: number; readonly pitchMaxDeg: number };

/**
 * Who has control of the gimbals of one aircraft, by GIMBAL_MANAGER_STATUS (MAVLink gimbal protocol v2). Told is what we
 * did not order: another station took it, or took it from us, or somebody with our own ids did. It is not fought: the
 * next camera order takes it back.
 */
export class GimbalWatch {
  readonly #deps: GimbalWatchDeps;
  readonly #gimbals = new Map<number, Gimbal>();
  readonly #reach = new Map<number, GimbalReach>();
  /** Asked of the autopilot first: before PX4 1.16 and ArduPilot 4.5 nothing says who the manager is. */
  #information = informationOf(autopilotCompid);
  #statusRate: AskUntilHeard | undefined;
  #sentMs = Number.NEGATIVE_INFINITY;

  constructor(deps: GimbalWatchDeps) {
    this.#deps = deps;
  }

  /** Whether the last status of some gimbal shows somebody else, or nobody, where we stood: it must be taken again. */
  get lost(): boolean {
    return [...this.#gimbals.values()].some(({ lost }) => lost);
  }

  /** Where the one gimbal reaches to; undefined before it has said so, and where there are several. */
  get reach(): GimbalReach | undefined {
    const [only, ...more] = this.#reach.values();
    return more.length > 0 ? undefined : only;
  }

  weSent(command: number, tMs: number): void {
    if (takingCommands.has(command)) this.#sentMs = tMs;
  }

  hear(message: MavMessage, compid: number, tMs: number): void {
    switch (message.name) {
      case "GIMBAL_MANAGER_INFORMATION":
        return this.#identify(message, compid);
      case "GIMBAL_MANAGER_STATUS":
        return this.#judge(message, tMs);
      default:
        return;
    }
  }

  /** Asks what is not known yet, where it is time to. */
  ask(tMs: number): void {
    this.#information.update(tMs, this.#deps.run);
    this.#statusRate?.update(tMs, this.#deps.run);
  }

  /** Nobody holds what began anew, and it is asked afresh. */
  rebooted(): void {
    for (const [gimbal, { told }] of this.#gimbals) if (told !== "") this.#givenBack(gimbal);
    this.#gimbals.clear();
    this.#reach.clear();
    this.#information = informationOf(autopilotCompid);
    this.#statusRate = undefined;
  }

  #identify(message: MessageOf<"GIMBAL_MANAGER_INFORMATION">, compid: number): void {
    this.#information.heard();
    // PX4 tells it by itself, ArduPilot only when asked.
    this.#statusRate ??= new AskUntilHeard(statusRate(compid));
    const reach = { pitchMinDeg: degrees(message.pitchMin), pitchMaxDeg: degrees(message.pitchMax) };
    const { gimbalDeviceId } = message;
    if (this.#reach.size >= mostGimbals && !this.#reach.has(gimbalDeviceId)) return;
    // Zero to zero is what one says that does not know.
    if (reach.pitchMinDeg < reach.pitchMaxDeg) this.#reach.set(gimbalDeviceId, reach);
  }

  #judge(message: MessageOf<"GIMBAL_MANAGER_STATUS">, tMs: number): void {
    this.#statusRate?.heard();
    const { gimbalDeviceId: id, timeBootMs: bootMs } = message;
    const seen = this.#gimbals.get(id);
    if (seen === undefined && this.#gimbals.size >= mostGimbals) return;
    const fellMs = seen === undefined ? 0 : seen.bootMs - bootMs;
    if (fellMs > 0 && fellMs <= bootFallsMs) return;
    const before = fellMs > bootFallsMs ? undefined : seen;
    const holder = this.#holderOf(message);
    const lost = this.#isLost(holder, before);
    const told = lost && this.#isBlamed(holder, message, before) ? textOf(holder, message) : "";
    const toldBefore = seen?.told ?? "";
    this.#gimbals.set(id, { bootMs, heardMs: tMs, holder, lost, told });
    if (told === toldBefore) return;
    if (told === "") return this.#givenBack(id);
    const { primaryControlSysid: sysid, primaryControlCompid: compid } = message;
    this.#deps.sink("GimbalTakenByOther", { uid: this.#deps.uid, gimbal: id, sysid, compid, text: told });
  }

  #holderOf({ primaryControlSysid: sysid, primaryControlCompid: compid }: MessageOf<"GIMBAL_MANAGER_STATUS">): Holder {
    if (sysid === 0) return "nobody";
    if (sysid === ourIds.sysid && compid === ourIds.compid) return "ours";
    return sysid === this.#deps.sysid() ? "aboard" : "other";
  }

  /** A status alone tells that we held it: an acknowledgement may be ahead of statuses from before it. */
  #isLost(holder: Holder, before: Gimbal | undefined): boolean {
    if (holder === "other") return true;
    if (before === undefined) return false;
    const ordered = this.#sentMs >= before.heardMs - onTheWayMs;
    if (holder === "ours") return before.holder === "ours" ? before.lost && !ordered : !ordered;
    // Who let go of what he took from us did not give it to us: PX4 denies whoever does not take it again.
    return before.holder === "ours" || before.lost;
  }

  #isBlamed(
    holder: Holder,
    { primaryControlCompid: compid }: MessageOf<"GIMBAL_MANAGER_STATUS">,
    before: Gimbal | undefined,
  ): boolean {
    if (holder === "other" || holder === "ours") return true;
    if (before?.holder === holder) return before.told !== "";
    if (before?.holder !== "ours") return holder === "aboard" && compid !== autopilotCompid;
    const byItself = holder === "nobody" || compid === autopilotCompid;
    return !(byItself && levelsByItself.has(this.#deps.state.mode));
  }

  #givenBack(gimbal: number): void {
    this.#deps.sink("GimbalGivenBack", { uid: this.#deps.uid, gimbal });
  }
}

function textOf(holder: Holder, message: MessageOf<"GIMBAL_MANAGER_STATUS">): string {
  const { primaryControlSysid: sysid, primaryControlCompid: compid } = message;
  switch (holder) {
    case "nobody":
      return "its gimbal was taken from us, and nobody has it now";
    case "aboard":
      return `its gimbal was taken from us by something aboard, component ${compid}`;
    case "ours":
      return "somebody who uses our own ids took its gimbal";
    case "other":
      return `system ${sysid}, component ${compid} has its gimbal`;
  }
}

/** Radians by the protocol; no gimbal turns more than once round, and PX4 tells of its own outputs in degrees (recorded). */
const degrees = (angle: number): number => {
  if (!Number.isFinite(angle)) return 0;
  return Math.abs(angle) > 2 * Math.PI ? angle : (angle * 180) / Math.PI;
};

const informationOf = (compid: number): AskUntilHeard =>
  new AskUntilHeard(
    ask("ask for GIMBAL_MANAGER_INFORMATION", MavCmd.REQUEST_MESSAGE, "GIMBAL_MANAGER_INFORMATION", 0, compid),
  );

const statusRate = (compid: number): CommandSpec =>
  ask("set the rate of GIMBAL_MANAGER_STATUS", MavCmd.SET_MESSAGE_INTERVAL, "GIMBAL_MANAGER_STATUS", 1e6, compid);

function ask(
  what: string,
  command: number,
  name: "GIMBAL_MANAGER_INFORMATION" | "GIMBAL_MANAGER_STATUS",
  param2: number,
  compid: number,
): CommandSpec {
  return {
    what,
    command,
    form: "long",
    params: [messageId(name), param2, 0, 0, 0, 0, 0],
    compid,
    tries: 3,
    answersTwice: false,
  };
}
