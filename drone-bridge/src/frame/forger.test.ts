import { encodeFrame, readSignature, signFrame, stripSignature } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { fakeChance } from "../testing/index.js";
import type { SigningPolicy } from "./index.js";
import { key, signingAircraft, signingBench, through } from "./testing/signing-bench.js";

const wrongKey = Uint8Array.from(key, (byte, i) => (i === 31 ? byte ^ 1 : byte));
const attempts = 4_000;

type Tape = { readonly heard: readonly Uint8Array[]; readonly lost: readonly Uint8Array[] };
type Dice = () => number;

const pick = <T>(from: readonly T[], dice: Dice): T => {
  const one = from[Math.floor(dice() * from.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
};

/** What somebody can make who hears everything, sends anything on any link, and has no key. */
const tricks: Readonly<Record<string, (tape: Tape, dice: Dice) => Uint8Array>> = {
  replay: (tape, dice) => pick(tape.heard, dice),
  heldBackForMinutes: (tape, dice) => pick(tape.lost, dice),
  oneBit: (tape, dice) => {
    const bytes = pick(tape.heard, dice).slice();
    const at = Math.floor(dice() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(dice() * 8));
    return bytes;
  },
  someBytes: (tape, dice) => pick(tape.heard, dice).map((byte) => (dice() < 0.1 ? Math.floor(dice() * 256) : byte)),
  newerStamp: (tape, dice) => {
    const bytes = pick(tape.heard, dice).slice();
    const at = bytes.length - 12 + Math.floor(dice() * 6);
    bytes[at] = (bytes[at] ?? 0) + 1 + Math.floor(dice() * 200);
    return bytes;
  },
  otherLinkId: (tape, dice) => {
    const bytes = pick(tape.heard, dice).slice();
    bytes[bytes.length - 13] = Math.floor(dice() * 256);
    return bytes;
  },
  signatureOfAnother: (tape, dice) => {
    const [body, signature] = [pick(tape.heard, dice).slice(), pick(tape.heard, dice)];
    body.set(signature.subarray(signature.length - 13), body.length - 13);
    return body;
  },
  wrongKey: (tape, dice) => {
    const stamp = (readSignature(pick(tape.heard, dice))?.timestamp ?? 0) + Math.floor(dice() * 1e7);
    const arm = { name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 1 } as const;
    return signFrame(encodeFrame(arm, { sysid: 1, compid: 1, seq: 0 }), wrongKey, Math.floor(dice() * 3), stamp);
  },
  stripped: (tape, dice) => stripSignature(pick(tape.heard, dice)),
  noSignatureAtAll: (_, dice) =>
    encodeFrame({ name: "HEARTBEAT", type: 2 }, { sysid: 1, compid: 1, seq: 3, version: dice() < 0.5 ? 1 : 2 }),
  cutOff: (tape, dice) => {
    const bytes = pick(tape.heard, dice);
    return bytes.subarray(0, Math.floor(dice() * bytes.length));
  },
  guessedSignature: (tape, dice) => {
    const bytes = pick(tape.heard, dice).slice();
    for (let i = bytes.length - 6; i < bytes.length; i++) bytes[i] = Math.floor(dice() * 256);
    return bytes;
  },
};

describe.each<SigningPolicy>(["required", "preferred"])("a forger, where signing is %s", (policy) => {
  it.each(Object.keys(tricks))("gets nothing through by %s", (trick) => {
    const dice = fakeChance(trick.length * 31 + policy.length).unit;
    const bench = signingBench({ policy });
    const links = [bench.gate("a"), bench.gate("b")];
    const aircraft = [1, 2].map((linkId) => signingAircraft(bench.clock, { linkId }));
    const heard: Uint8Array[] = [];
    const lost: Uint8Array[] = [];
    // A minute of two links, of which the forger keeps some frames from arriving at all, until late.
    for (let i = 0; i < 600; i++) {
      bench.clock.run(100);
      const at = i % 2;
      const frame = aircraft[at]?.say({ name: "ATTITUDE", timeBootMs: i, roll: i / 600 }) ?? new Uint8Array(0);
      if (i < 60 && dice() < 0.5) lost.push(frame);
      else {
        expect(links[at] && through(links[at], frame).length).toBe(1);
        heard.push(frame);
      }
    }
    bench.clock.run(120_000);
    const make = tricks[trick];
    const strange = [bench.gate("a"), bench.gate("b"), bench.gate("c")];
    let passed = 0;
    for (let i = 0; i < attempts; i++) {
      const forged = make?.({ heard, lost }, dice) ?? new Uint8Array(0);
      passed += through(pick([...links, ...strange], dice), forged).length;
    }
    expect(passed).toBe(0);
    for (const at of [0, 1]) {
      const frame = aircraft[at]?.say({ name: "HEARTBEAT" }) ?? new Uint8Array(0);
      expect(links[at] && through(links[at], frame).length).toBe(1);
    }
  });
});
