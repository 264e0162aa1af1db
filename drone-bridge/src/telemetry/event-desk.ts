import type { AnyMessageInit, MessageOf } from "@outrider/mavlink";
import { type AutopilotDoor, autopilotCompid } from "../autopilot/index.js";
import { ArmingChecks } from "./arming-checks.js";
import { type EventsEvent, newEvents, stepEvents } from "./events.js";

type EventMessage = MessageOf<"EVENT"> | MessageOf<"CURRENT_EVENT_SEQUENCE"> | MessageOf<"RESPONSE_EVENT_ERROR">;
/** Words that an event says. `late`: it happened some time ago. */
export type EventSaid = { readonly severity: number; readonly text: string; readonly late: boolean };

/** CURRENT_EVENT_SEQUENCE flag: the component began to count anew. */
const resetFlag = 1;

/** Events of one aircraft's autopilot, in words. */
export class EventDesk {
  readonly checks = new ArmingChecks();
  readonly #door: AutopilotDoor;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  #state = newEvents;

  constructor(deps: { door: AutopilotDoor; sysid: () => number; send: (message: AnyMessageInit) => boolean }) {
    this.#door = deps.door;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
  }

  hear(message: EventMessage, tMs: number): EventSaid | undefined {
    switch (message.name) {
      case "EVENT":
        return this.#event(message, tMs);
      case "CURRENT_EVENT_SEQUENCE":
        this.#step({ kind: "current", tMs, seq: message.sequence, reset: (message.flags & resetFlag) !== 0 });
        return undefined;
      case "RESPONSE_EVENT_ERROR":
        this.#step({ kind: "gone", tMs, oldest: message.sequenceOldestAvailable });
        return undefined;
    }
  }

  /** Asks for what is missing. */
  update(tMs: number): void {
    if (this.#state.missing.length > 0) this.#step({ kind: "time", tMs });
  }

  rebooted(): void {
    this.#state = newEvents;
    this.checks.reset();
  }

  #event(message: MessageOf<"EVENT">, tMs: number): EventSaid | undefined {
    const taken = this.#step({ kind: "event", tMs, seq: message.sequence });
    if (taken === undefined) return undefined;
    const words = this.#door.eventWords(message.id, message.arguments);
    if (words === undefined) return undefined;
    // The lower four bits are for people, the upper ones for the log.
    const severity = Math.min(7, message.logLevels & 0x0f);
    this.checks.hear(words, severity);
    return words.group === "say" ? { severity, text: words.text, late: taken.late } : undefined;
  }

  #step(event: EventsEvent): { late: boolean } | undefined {
    const { state, effects } = stepEvents(this.#state, event);
    this.#state = state;
    let taken: { late: boolean } | undefined;
    for (const effect of effects) {
      if (effect.kind === "take") taken = effect;
      else
        this.#send({
          name: "REQUEST_EVENT",
          targetSystem: this.#sysid(),
          targetComponent: autopilotCompid,
          firstSequence: effect.first,
          lastSequence: effect.last,
        });
    }
    return taken;
  }
}
