import type { Cancel, Clock } from "@outrider/contract";
import { type AnyMessageInit, MavCmd, MavFrame, type MessageOf } from "@outrider/mavlink";
import { ourIds } from "../frame/index.js";
import { Turn } from "../turn/index.js";
import { type CommandEvent, type CommandOutcome, type CommandState, newCommand, stepCommand } from "./machine.js";
import { withChecks } from "./reason.js";
import type { CommandSpec } from "./spec.js";

type Running = {
  readonly spec: CommandSpec;
  readonly done: (outcome: CommandOutcome) => void;
  /** Judged again when its turn comes: an order may have become too old in the queue. */
  readonly stillWanted: () => boolean;
  readonly turn: Turn<CommandEvent>;
  state: CommandState;
  cancel: Cancel | undefined;
};

const longestQueue = 32;

/** The commands of one aircraft: one outstanding per component and command id, the rest wait in order. */
export class CommandDesk {
  readonly #clock: Clock;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  readonly #armingChecks: () => readonly string[];
  readonly #running = new Map<string, Running>();
  readonly #waiting: Running[] = [];
  #unexpected = 0;

  /** `armingChecks`: what keeps the aircraft from arming, by its own words; joined to the refusal of arming. */
  constructor(deps: {
    clock: Clock;
    sysid: () => number;
    send: (message: AnyMessageInit) => boolean;
    armingChecks?: () => readonly string[];
  }) {
    this.#armingChecks = deps.armingChecks ?? (() => []);
    this.#clock = deps.clock;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
  }

  /** Answers that nobody waited for: a stranger may be commanding this aircraft. */
  get unexpectedAnswers(): number {
    return this.#unexpected;
  }

  /** Gives what calls it off; nothing comes of that before what takes its place has left, nor for what is not at work. */
  run(spec: CommandSpec, done: (outcome: CommandOutcome) => void, stillWanted: () => boolean = () => true): () => void {
    const running = this.#make(spec, done, stillWanted);
    const busy = this.#running.has(keyOf(spec.compid, spec.command));
    if (!busy) this.#start(running);
    else if (this.#waiting.length >= longestQueue) done({ kind: "unsent" });
    else this.#waiting.push(running);
    return () => void this.#clock.after(0, () => this.#callOff(running));
  }

  #callOff(running: Running): void {
    const present = this.#running.get(keyOf(running.spec.compid, running.spec.command)) === running;
    if (present) this.#step(running, { kind: "cancel", tMs: this.#clock.nowMs() });
  }

  /** Sends at once, past whatever waits. Only for Hold, return and land, which nothing may delay. */
  runNow(spec: CommandSpec, done: (outcome: CommandOutcome) => void): void {
    const key = keyOf(spec.compid, spec.command);
    const before = this.#running.get(key);
    if (before !== undefined) {
      before.cancel?.();
      this.#running.delete(key);
      before.done({ kind: "unanswered" });
    }
    this.#start(this.#make(spec, done, () => true));
  }

  onAck(compid: number, ack: MessageOf<"COMMAND_ACK">): void {
    const ours =
      ack.targetSystem === ourIds.sysid && (ack.targetComponent === ourIds.compid || ack.targetComponent === 0);
    // Target 0 comes from MAVLink 1 autopilots, which cannot say whom they answer.
    if (!ours && ack.targetSystem !== 0) return;
    const running = this.#running.get(keyOf(compid, ack.command));
    if (running === undefined) {
      this.#unexpected++;
      return;
    }
    this.#step(running, { kind: "answer", tMs: this.#clock.nowMs(), result: ack.result });
  }

  onText(text: string): void {
    for (const running of [...this.#running.values()])
      this.#step(running, { kind: "text", tMs: this.#clock.nowMs(), text });
  }

  close(): void {
    for (const running of this.#running.values()) running.cancel?.();
    this.#running.clear();
    this.#waiting.length = 0;
  }

  #make(spec: CommandSpec, done: Running["done"], stillWanted: Running["stillWanted"]): Running {
    const turn = new Turn<CommandEvent>((event) => this.#handle(running, event));
    const running: Running = { spec, done, stillWanted, turn, state: newCommand, cancel: undefined };
    return running;
  }

  #start(running: Running): void {
    this.#running.set(keyOf(running.spec.compid, running.spec.command), running);
    this.#step(running, { kind: "start", tMs: this.#clock.nowMs() });
  }

  #step(running: Running, event: CommandEvent): void {
    running.turn.take(event);
  }

  #handle(running: Running, event: CommandEvent): void {
    const { state, effects } = stepCommand(running.spec, running.state, event);
    running.state = state;
    for (const effect of effects) {
      switch (effect.kind) {
        case "send":
          if (!this.#send(encode(running.spec, this.#sysid(), effect.confirmation)))
            this.#step(running, { kind: "noWay", tMs: this.#clock.nowMs() });
          break;
        case "sendCancel":
          // Where there is no way the time runs out: nobody said that it stopped.
          this.#send({
            name: "COMMAND_CANCEL",
            targetSystem: this.#sysid(),
            targetComponent: running.spec.compid,
            command: running.spec.command,
          });
          break;
        case "wake":
          running.cancel?.();
          // A clock may fire a fraction early; taken for too early, the time would never come again.
          running.cancel = this.#clock.after(Math.max(0, effect.atMs - this.#clock.nowMs()), () =>
            this.#step(running, { kind: "time", tMs: Math.max(effect.atMs, this.#clock.nowMs()) }),
          );
          break;
        case "outcome":
          this.#finish(running, effect.outcome);
          break;
      }
    }
  }

  #finish(running: Running, outcome: CommandOutcome): void {
    running.cancel?.();
    const key = keyOf(running.spec.compid, running.spec.command);
    if (this.#running.get(key) === running) this.#running.delete(key);
    running.done(this.#explained(running.spec, outcome));
    this.#next(key);
  }

  #explained(spec: CommandSpec, outcome: CommandOutcome): CommandOutcome {
    if (outcome.kind !== "refused" || spec.command !== MavCmd.COMPONENT_ARM_DISARM) return outcome;
    return { ...outcome, reason: withChecks(outcome.reason, this.#armingChecks()) };
  }

  #next(key: string): void {
    while (!this.#running.has(key)) {
      const at = this.#waiting.findIndex((waiting) => keyOf(waiting.spec.compid, waiting.spec.command) === key);
      const next = this.#waiting[at];
      if (next === undefined) return;
      this.#waiting.splice(at, 1);
      if (next.stillWanted()) this.#start(next);
      else next.done({ kind: "unsent" });
    }
  }
}

const keyOf = (compid: number, command: number): string => `${compid}/${command}`;

function encode(spec: CommandSpec, sysid: number, confirmation: number): AnyMessageInit {
  const [param1, param2, param3, param4, param5, param6, param7] = spec.params;
  const head = {
    command: spec.command,
    targetSystem: sysid,
    targetComponent: spec.compid,
    param1,
    param2,
    param3,
    param4,
  };
  if (spec.form === "long") return { name: "COMMAND_LONG", ...head, param5, param6, param7, confirmation };
  // PX4 reads the height as AMSL whatever the frame says; frame 0 is the only one that means what it does.
  return {
    name: "COMMAND_INT",
    ...head,
    x: param5,
    y: param6,
    z: param7,
    frame: MavFrame.GLOBAL,
    current: 0,
    autocontinue: 0,
  };
}
