import type { Cancel, Clock } from "@outrider/contract";
import type { AnyMessageInit, MessageOf } from "@outrider/mavlink";
import { type AutopilotDoor, autopilotCompid } from "../autopilot/index.js";
import { Turn } from "../turn/index.js";
import { newParamRead, type ParamEvent, type ParamState, stepParams } from "./machine.js";

export type ParamsRead = { readonly values: Readonly<Record<string, number>>; readonly missing: readonly string[] };

/** Reads named parameters of one aircraft, one reading at a time; asking again meanwhile joins the one that runs. */
export class ParamDesk {
  readonly #clock: Clock;
  readonly #door: AutopilotDoor;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  readonly #turn = new Turn<ParamEvent>((event) => this.#handle(event));
  #state: ParamState | undefined;
  #done: ((read: ParamsRead) => void)[] = [];
  #cancel: Cancel | undefined;
  readonly #changed: () => void;
  #known: Readonly<Record<string, number>> = {};

  constructor(deps: {
    clock: Clock;
    door: AutopilotDoor;
    sysid: () => number;
    send: (message: AnyMessageInit) => boolean;
    /** A value that was read is said to be another now, unasked: somebody set it. What was read before counts no more. */
    changed?: () => void;
  }) {
    this.#clock = deps.clock;
    this.#door = deps.door;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
    this.#changed = deps.changed ?? (() => undefined);
  }

  read(names: readonly string[], done: (read: ParamsRead) => void): void {
    this.#done.push(done);
    if (this.#state !== undefined) return;
    this.#state = newParamRead(names);
    this.#step({ kind: "time", tMs: this.#clock.nowMs() });
  }

  onValue(message: MessageOf<"PARAM_VALUE">): void {
    const value = this.#door.paramValue(message);
    const paramName = message.paramId;
    if (this.#state !== undefined) return this.#step({ kind: "value", tMs: this.#clock.nowMs(), paramName, value });
    const before = Object.hasOwn(this.#known, paramName) ? this.#known[paramName] : undefined;
    if (before === undefined || before === value) return;
    // Once for each change: the reading that follows tells what it really is.
    this.#known = {};
    this.#changed();
  }

  close(): void {
    this.#cancel?.();
    this.#state = undefined;
    this.#done = [];
  }

  #step(event: ParamEvent): void {
    this.#turn.take(event);
  }

  #handle(event: ParamEvent): void {
    if (this.#state === undefined) return;
    const { state, effects } = stepParams(this.#state, event);
    this.#state = state;
    for (const effect of effects) {
      switch (effect.kind) {
        case "ask":
          this.#send({
            name: "PARAM_REQUEST_READ",
            targetSystem: this.#sysid(),
            targetComponent: autopilotCompid,
            paramId: effect.paramName,
            paramIndex: -1,
          });
          break;
        case "wake":
          this.#cancel?.();
          this.#cancel = this.#clock.after(Math.max(0, effect.atMs - this.#clock.nowMs()), () =>
            this.#step({ kind: "time", tMs: Math.max(effect.atMs, this.#clock.nowMs()) }),
          );
          break;
        case "done":
          this.#finish(effect);
          break;
      }
    }
  }

  #finish(read: ParamsRead): void {
    this.#cancel?.();
    this.#state = undefined;
    this.#known = read.values;
    const waiting = this.#done;
    this.#done = [];
    for (const done of waiting) done({ values: read.values, missing: read.missing });
  }
}
