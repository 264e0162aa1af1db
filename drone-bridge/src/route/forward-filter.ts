import { type ForwardConfig, readingMessages } from "@outrider/contract";
import { codecNamed, type Frame, type MavMessage, messageName } from "@outrider/mavlink";
import type { Target } from "./target.js";

/** Why a frame of another station does not go on; each is counted. */
export type Refusal = "ourIds" | "never" | "notAllowed" | "everybody";

/** Commands that only ask (MAV_CMD): message, version, capabilities, camera and stream information. */
const askingCommands: ReadonlySet<number> = new Set([512, 519, 520, 521, 522, 525, 527, 528, 2504, 2505]);
/** File transfer opcodes that only read; the rest write to the aircraft's card. */
const readingFileOps: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 14, 15]);
const fileOpAt = 3;
const forceArm = 21_196;
const armCommand = 400;
const terminate = 185;

/**
 * Whatever a site allows: keys, the shell, parameters that were read back before launch, and sticks, of which there is
 * one source.
 */
const neverIn: ReadonlySet<string> = new Set([
  "SETUP_SIGNING",
  "SERIAL_CONTROL",
  "PARAM_SET",
  "PARAM_EXT_SET",
  "MANUAL_CONTROL",
  "RC_CHANNELS_OVERRIDE",
]);
/** Said to all at once, these move nothing. */
const harmlessToAll: ReadonlySet<string> = new Set([...readingMessages, "SYSTEM_TIME"]);

type Rules = Pick<ForwardConfig, "allow" | "block" | "allowOut" | "blockOut">;

/** What one forwarding endpoint may send to aircraft, and what it gets of what they send. */
export class ForwardFilter {
  readonly #allow: RuleSet;
  readonly #block: RuleSet;
  readonly #allowOut: RuleSet;
  readonly #blockOut: RuleSet;

  constructor(rules: Rules) {
    this.#allow = new RuleSet(rules.allow ?? ["reading"]);
    this.#block = new RuleSet(rules.block ?? []);
    this.#allowOut = new RuleSet(rules.allowOut ?? ["everything"]);
    this.#blockOut = new RuleSet(rules.blockOut ?? []);
  }

  /** Why a frame from this station does not go on to aircraft; undefined when it may. */
  refusesIn(frame: Frame, message: MavMessage | undefined, target: Target): Refusal | undefined {
    const name = message?.name;
    if (name !== undefined && neverIn.has(name)) return "never";
    if (message !== undefined && isNever(message)) return "never";
    if (this.#block.holds(frame, message) || !this.#allow.holds(frame, message)) return "notAllowed";
    // One order to every aircraft at once is no order that anybody here may give.
    if (target.named && target.sysid === 0 && !harmlessToAll.has(name ?? "") && !isAsking(message)) return "everybody";
    return undefined;
  }

  /** Whether a frame of an aircraft goes out to this station. */
  givesOut(frame: Frame, message: MavMessage | undefined): boolean {
    if (message?.name === "SETUP_SIGNING") return false;
    return this.#allowOut.holds(frame, message) && !this.#blockOut.holds(frame, message);
  }
}

class RuleSet {
  readonly #rules: ReadonlySet<string>;

  constructor(rules: readonly string[]) {
    this.#rules = new Set(rules);
  }

  holds(frame: Frame, message: MavMessage | undefined): boolean {
    if (this.#rules.has("everything") || this.#rules.has(String(frame.msgid))) return true;
    const name = messageName(frame.msgid);
    if (name === undefined) return false;
    return this.#rules.has(name) || (this.#rules.has("reading") && (readingMessages.has(name) || isAsking(message)));
  }
}

const isAsking = (message: MavMessage | undefined): boolean =>
  (message?.name === "COMMAND_LONG" || message?.name === "COMMAND_INT") && askingCommands.has(message.command);

function isNever(message: MavMessage): boolean {
  switch (message.name) {
    case "COMMAND_LONG":
    case "COMMAND_INT":
      // Motors in the air are stopped by the PIC's two keys alone.
      return message.command === terminate || (message.command === armCommand && message.param2 === forceArm);
    case "FILE_TRANSFER_PROTOCOL":
      return !readingFileOps.has(message.payload[fileOpAt] ?? -1);
    default:
      return false;
  }
}

/** What is wrong with the rules, in the words of the configuration; message names are those of this bridge's dialect. */
export function ruleProblems(
  forward: readonly ForwardConfig[],
  aircraft: readonly { readonly callSign: string }[],
): readonly string[] {
  const callSigns = new Set(aircraft.map(({ callSign }) => callSign));
  return forward.flatMap((endpoint, index) => [
    ...(["allow", "block", "allowOut", "blockOut"] as const).flatMap((field) =>
      (endpoint[field] ?? []).flatMap((rule, at) =>
        isRule(rule) ? [] : [`bridge.forward.${index}.${field}.${at}: no MAVLink message is called "${rule}"`],
      ),
    ),
    ...(endpoint.aircraft ?? []).flatMap((callSign, at) =>
      callSigns.has(callSign)
        ? []
        : [`bridge.forward.${index}.aircraft.${at}: no aircraft of this file has the call sign "${callSign}"`],
    ),
  ]);
}

const isRule = (rule: string): boolean =>
  rule === "reading" || rule === "everything" || /^\d+$/.test(rule) || codecNamed(rule) !== undefined;
