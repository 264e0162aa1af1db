import { type Dice, type FtpPacket, MavFtpOpcode } from "@outrider/mavlink";
import { type CommandEvent, type CommandSpec, newCommand, stepCommand } from "../command/index.js";
import { type FtpEvent, ftpTiming, newFtpList, newFtpRead, stepFtpList, stepFtpRead } from "../ftp/index.js";
import { newDownload, newUpload, stepDownload, stepUpload } from "../mission/index.js";
import {
  newParamList,
  newParamRead,
  type ParamListEvent,
  paramTiming,
  stepParamList,
  stepParams,
} from "../param/index.js";
import { type EventsEvent, eventTiming, newEvents, stepEvents } from "../telemetry/index.js";
import { newTimesync, stepTimesync, timesyncTiming } from "../timesync/index.js";
import { madeUp, oneOf, whole } from "./made-up.js";

/** Steps of one machine in one round. */
const steps = 400;

/** What a machine did; throws where it broke its word. */
export type MachineFuzz = { readonly machine: string; run(dice: Dice): void };

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

/** Time that mostly goes on, and now and then repeats or falls back. */
function times(dice: Dice): () => number {
  let tMs = 1_000;
  return () => {
    tMs += dice() < 0.05 ? -whole(dice, 3_000) : whole(dice, 900);
    return Math.max(0, tMs);
  };
}

const command: MachineFuzz = {
  machine: "command",
  run(dice) {
    const spec: CommandSpec = {
      what: "x",
      command: 400,
      form: "long",
      params: [1, 0, 0, 0, 0, 0, 0],
      compid: 1,
      tries: dice() < 0.5 ? 1 : 3,
      answersTwice: dice() < 0.3,
    };
    const next = times(dice);
    let state = newCommand;
    let [sends, ends, cancels] = [0, 0, 0];
    for (let n = 0; n < steps; n++) {
      const tMs = next();
      const event: CommandEvent = oneOf<CommandEvent>(dice, [
        { kind: "start", tMs },
        { kind: "time", tMs },
        { kind: "answer", tMs, result: whole(dice, 300) - 5 },
        { kind: "text", tMs, text: "x".repeat(whole(dice, 500)) },
        { kind: "cancel", tMs },
        { kind: "noWay", tMs },
      ]);
      const step = stepCommand(spec, state, event);
      state = step.state;
      sends += step.effects.filter((effect) => effect.kind === "send").length;
      ends += step.effects.filter((effect) => effect.kind === "outcome").length;
      must(sends <= spec.tries, `sent ${sends} times with ${spec.tries} tries`);
      cancels += step.effects.filter((effect) => effect.kind === "sendCancel").length;
      must(ends <= 1, "ended twice");
      must(cancels <= 1, "called off twice");
      must(state.texts.length <= 8, "texts pile up");
    }
  },
};

const paramNames = ["A", "B", "constructor", "__proto__", "toString", ""];

const params: MachineFuzz = {
  machine: "named parameters",
  run(dice) {
    let state = newParamRead(["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"]);
    const next = times(dice);
    for (let n = 0; n < steps; n++) {
      const tMs = next();
      const step = stepParams(
        state,
        dice() < 0.5
          ? { kind: "time", tMs }
          : { kind: "value", tMs, paramName: oneOf(dice, paramNames), value: dice() },
      );
      state = step.state;
      must(Object.keys(state.asked).length <= paramTiming.inFlight, "more in flight than allowed");
      must(
        Object.keys(state.values).every((name) => /^[A-J]$/.test(name)),
        "took what nobody asked for",
      );
    }
  },
};

const paramList: MachineFuzz = {
  machine: "parameter list",
  run(dice) {
    let state = newParamList(dice() < 0.5 ? 7 : undefined);
    const next = times(dice);
    const count = 1 + whole(dice, 40);
    let ends = 0;
    for (let n = 0; n < steps; n++) {
      const tMs = next();
      const row = { paramName: oneOf(dice, paramNames), value: dice(), type: 9, index: whole(dice, count + 3) - 1 };
      const event = oneOf<ParamListEvent>(dice, [
        { kind: "start", tMs },
        { kind: "time", tMs },
        { kind: "hash", tMs, hash: whole(dice, 9) },
        { kind: "row", tMs, row, count: dice() < 0.95 ? count : whole(dice, 70_000) },
      ]);
      const step = stepParamList(state, event);
      state = step.state;
      must(step.effects.length <= paramTiming.indexInFlight + 3, "too much at once");
      must(state.rows.length <= paramTiming.mostParameters, "believes any count");
      must(state.asked.length <= paramTiming.indexInFlight, "more in flight than allowed");
      for (const effect of step.effects) {
        if (effect.kind !== "result") continue;
        ends++;
        if (effect.result.kind === "whole") wholeList(effect.result.rows.map((each) => each.index));
      }
    }
    must(ends <= 1, "ended twice");
  },
};

const wholeList = (indices: readonly number[]): void =>
  must(
    indices.every((index, n) => index === n),
    "calls a list with gaps whole",
  );

const ftpOpcodes = [MavFtpOpcode.ACK, MavFtpOpcode.NAK, MavFtpOpcode.NONE];
const ftpAsked = [
  MavFtpOpcode.OPENFILERO,
  MavFtpOpcode.BURSTREADFILE,
  MavFtpOpcode.READFILE,
  MavFtpOpcode.CALCFILECRC,
  MavFtpOpcode.TERMINATESESSION,
  MavFtpOpcode.LISTDIRECTORY,
];

function ftpEvent(dice: Dice, tMs: number): FtpEvent {
  if (dice() < 0.3) return { kind: "time", tMs };
  const data = Uint8Array.from({ length: oneOf(dice, [0, 1, 4, 4, 4, 200, 239]) }, () =>
    whole(dice, dice() < 0.7 ? 3 : 256),
  );
  const packet: FtpPacket = {
    seq: whole(dice, 65_536),
    session: whole(dice, 2),
    opcode: oneOf(dice, ftpOpcodes),
    size: data.length,
    reqOpcode: oneOf(dice, ftpAsked),
    burstComplete: dice() < 0.2,
    offset: dice() < 0.5 ? 0 : whole(dice, dice() < 0.8 ? 2_000 : 2 ** 32),
    data,
  };
  return { kind: "answer", tMs, packet };
}

const ftpRead: MachineFuzz = {
  machine: "file",
  run(dice) {
    const next = times(dice);
    let state = stepFtpRead("/x", newFtpRead, { kind: "start", tMs: 0 }).state;
    let ends = 0;
    for (let n = 0; n < steps; n++) {
      const step = stepFtpRead("/x", state, ftpEvent(dice, next()));
      state = step.state;
      must(state.ranges.length <= ftpTiming.mostHoles, "holes pile up");
      must(state.size <= ftpTiming.mostBytes, "takes any size");
      for (const effect of step.effects) {
        if (effect.kind === "data")
          must(effect.offset + effect.bytes.length <= state.size, "takes bytes beyond the end");
        if (effect.kind === "read" || effect.kind === "failed") ends++;
      }
    }
    must(ends <= 1, "ended twice");
  },
};

const ftpList: MachineFuzz = {
  machine: "folder",
  run(dice) {
    const next = times(dice);
    let state = stepFtpList("/x", newFtpList, { kind: "start", tMs: 0 }).state;
    for (let n = 0; n < steps; n++) {
      const step = stepFtpList("/x", state, ftpEvent(dice, next()));
      state = step.state;
      must(state.entries.length <= ftpTiming.mostNames, "names pile up");
      for (const effect of step.effects)
        if (effect.kind === "listed")
          must(
            effect.entries.every(({ entryName }) => !/[/\\]/.test(entryName) && entryName !== ".."),
            "a name leads out of its folder",
          );
    }
  },
};

const plans: MachineFuzz = {
  machine: "mission",
  run(dice) {
    const next = times(dice);
    const item = { command: 16, frame: 5, params: [0, 0, 0, 0] as const, x: 1, y: 2, z: 3 };
    const list = { type: 0 as const, items: [item, item, item] };
    let up = stepUpload(list, newUpload, { kind: "start", tMs: 0 }).state;
    let down = stepDownload(0, newDownload, { kind: "start", tMs: 0 }).state;
    let ends = 0;
    for (let n = 0; n < steps; n++) {
      const tMs = next();
      const name = oneOf(dice, [
        "MISSION_REQUEST",
        "MISSION_REQUEST_INT",
        "MISSION_ACK",
        "MISSION_COUNT",
        "MISSION_ITEM_INT",
      ] as const);
      const event =
        dice() < 0.3 ? { kind: "time" as const, tMs } : { kind: "message" as const, tMs, message: madeUp(name, dice) };
      const upStep = stepUpload(list, up, event);
      const downStep = stepDownload(0, down, event);
      up = upStep.state;
      down = downStep.state;
      must(down.items.length <= 2_001, "items pile up");
      for (const effect of upStep.effects)
        if (effect.kind === "item") must(effect.seq < list.items.length, "gives an item that is none");
      ends += [...upStep.effects, ...downStep.effects].filter((effect) => effect.kind === "result").length;
    }
    must(ends <= 2, "ended twice");
  },
};

const timesync: MachineFuzz = {
  machine: "timesync",
  run(dice) {
    const next = times(dice);
    let state = newTimesync;
    for (let n = 0; n < steps; n++) {
      const tMs = next();
      const ts1 = dice() < 0.5 ? (state.sentNs ?? 0n) : BigInt(whole(dice, 2 ** 40));
      const tc1 = BigInt(whole(dice, 2 ** 50)) - 5n;
      state = stepTimesync(state, dice() < 0.5 ? { kind: "time", tMs } : { kind: "answer", tMs, tc1, ts1 }).state;
      must(state.samples.length <= timesyncTiming.window, "samples pile up");
      must(state.roundsMs.length <= timesyncTiming.rounds, "rounds pile up");
      must(state.asked.length <= timesyncTiming.askedKept, "questions pile up");
      must(
        state.samples.every((sample) => Number.isFinite(sample.offsetMs) && sample.roundTripMs >= 0),
        "a sample that is none",
      );
    }
  },
};

const events: MachineFuzz = {
  machine: "events",
  run(dice) {
    const next = times(dice);
    let state = newEvents;
    for (let n = 0; n < steps; n++) {
      const tMs = next();
      const seq = (65_500 + whole(dice, dice() < 0.8 ? 120 : 65_536)) & 0xffff;
      const event = oneOf<EventsEvent>(dice, [
        { kind: "event", tMs, seq },
        { kind: "current", tMs, seq, reset: dice() < 0.1 },
        { kind: "gone", tMs, oldest: seq },
        { kind: "time", tMs },
      ]);
      const step = stepEvents(state, event);
      state = step.state;
      must(state.missing.length <= eventTiming.mostMissing, "what is missing piles up");
      must(step.effects.length <= 1, "too much at once");
    }
  },
};

export const machineFuzzes: readonly MachineFuzz[] = [
  command,
  params,
  paramList,
  ftpRead,
  ftpList,
  plans,
  timesync,
  events,
];
