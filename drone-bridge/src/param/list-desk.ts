import type { Cancel, Clock } from "@outrider/contract";
import type { AnyMessageInit, MessageOf } from "@outrider/mavlink";
import { type AutopilotDoor, autopilotCompid } from "../autopilot/index.js";
import { Turn } from "../turn/index.js";
import type { KeptCopy, ParamCopy } from "./kept.js";
import {
  newParamList,
  type ParamListEvent,
  type ParamListResult,
  type ParamListState,
  type ParamRow,
  stepParamList,
} from "./list.js";

export const hashName = "_HASH_CHECK";

/** Every parameter of one aircraft. `fromCopy`: nothing but the hash had to be read. */
export type ParamSet =
  | {
      readonly kind: "whole";
      readonly rows: readonly ParamRow[];
      readonly hash: number | undefined;
      readonly fromCopy: boolean;
      /** Names whose value differs from the copy that was held before; empty where there was none. */
      readonly changed: readonly string[];
    }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Reads all parameters of one aircraft, and keeps the copy while its _HASH_CHECK says that it still holds: over a restart
 * of the bridge too, where it is given a place for it.
 */
export class ParamListDesk {
  readonly #clock: Clock;
  readonly #door: AutopilotDoor;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  readonly #turn = new Turn<ParamListEvent>((event) => this.#handle(event));
  #state: ParamListState | undefined;
  #done: ((set: ParamSet) => void)[] = [];
  #cancel: Cancel | undefined;
  #copy: ParamCopy | undefined;
  readonly #kept: KeptCopy | undefined;
  /** The disk is asked once, before the first reading. */
  #disk: "unread" | "reading" | "read" = "unread";

  constructor(deps: {
    clock: Clock;
    door: AutopilotDoor;
    sysid: () => number;
    send: (message: AnyMessageInit) => boolean;
    kept?: KeptCopy | undefined;
  }) {
    this.#kept = deps.kept;
    this.#clock = deps.clock;
    this.#door = deps.door;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
  }

  /** The copy at hand, whether or not it still holds. */
  get copy(): readonly ParamRow[] | undefined {
    return this.#copy?.rows;
  }

  /** Asking again meanwhile joins the reading that runs. */
  read(done: (set: ParamSet) => void): void {
    this.#done.push(done);
    if (this.#state !== undefined || this.#disk === "reading") return;
    if (this.#disk === "read" || this.#kept === undefined) return this.#start();
    this.#disk = "reading";
    this.#kept.load((copy) => {
      this.#disk = "read";
      this.#copy = copy;
      // Closed meanwhile: nobody waits.
      if (this.#done.length > 0) this.#start();
    });
  }

  #start(): void {
    this.#state = newParamList(this.#copy?.hash);
    this.#turn.take({ kind: "start", tMs: this.#clock.nowMs() });
  }

  onValue(message: MessageOf<"PARAM_VALUE">): void {
    if (this.#state === undefined) return;
    const tMs = this.#clock.nowMs();
    if (message.paramId === hashName) {
      // Four bytes of an unsigned integer, whatever the encoding of the rest: read as a float it may be a NaN.
      const hash = (message.paramValueBits !== 0 ? message.paramValueBits : bitsOf(message.paramValue)) >>> 0;
      return this.#turn.take({ kind: "hash", tMs, hash });
    }
    const row: ParamRow = {
      paramName: message.paramId,
      value: this.#door.paramValue(message),
      type: message.paramType,
      index: message.paramIndex,
    };
    this.#turn.take({ kind: "row", tMs, row, count: message.paramCount });
  }

  close(): void {
    this.#cancel?.();
    this.#state = undefined;
    this.#done = [];
  }

  #handle(event: ParamListEvent): void {
    if (this.#state === undefined) return;
    const { state, effects } = stepParamList(this.#state, event);
    this.#state = state;
    const to = { targetSystem: this.#sysid(), targetComponent: autopilotCompid };
    for (const effect of effects) {
      switch (effect.kind) {
        case "askHash":
          this.#send({ name: "PARAM_REQUEST_READ", ...to, paramId: hashName, paramIndex: -1 });
          break;
        case "askList":
          this.#send({ name: "PARAM_REQUEST_LIST", ...to });
          break;
        case "askIndex":
          this.#send({ name: "PARAM_REQUEST_READ", ...to, paramId: "", paramIndex: effect.index });
          break;
        case "wake":
          this.#cancel?.();
          this.#cancel = this.#clock.after(Math.max(0, effect.atMs - this.#clock.nowMs()), () =>
            this.#turn.take({ kind: "time", tMs: Math.max(effect.atMs, this.#clock.nowMs()) }),
          );
          break;
        case "result":
          this.#finish(effect.result);
          break;
      }
    }
  }

  #finish(result: ParamListResult): void {
    this.#cancel?.();
    this.#state = undefined;
    const waiting = this.#done;
    this.#done = [];
    const set = this.#setOf(result);
    for (const done of waiting) done(set);
  }

  #setOf(result: ParamListResult): ParamSet {
    switch (result.kind) {
      case "whole": {
        const changed = changedNames(this.#copy?.rows, result.rows);
        this.#copy = { rows: result.rows, hash: result.hash };
        this.#kept?.save(this.#copy);
        return { kind: "whole", rows: result.rows, hash: result.hash, fromCopy: false, changed };
      }
      case "unchanged":
        return { kind: "whole", rows: this.#copy?.rows ?? [], hash: result.hash, fromCopy: true, changed: [] };
      case "gaps":
        return { kind: "failed", reason: `${result.missing.length} of its parameters never came` };
      case "silent":
        return { kind: "failed", reason: "the aircraft does not list its parameters" };
    }
  }
}

function bitsOf(value: number): number {
  const cell = new DataView(new ArrayBuffer(4));
  cell.setFloat32(0, value, true);
  return cell.getUint32(0, true);
}

/** Names that are new, gone, or of another value. */
function changedNames(before: readonly ParamRow[] | undefined, now: readonly ParamRow[]): string[] {
  if (before === undefined) return [];
  const held = new Map(before.map((row) => [row.paramName, row.value]));
  const changed = now.filter((row) => !Object.is(held.get(row.paramName), row.value)).map((row) => row.paramName);
  const names = new Set(now.map((row) => row.paramName));
  return [...changed, ...before.map((row) => row.paramName).filter((name) => !names.has(name))];
}
