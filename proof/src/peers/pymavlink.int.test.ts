import {
  decode,
  encodeFrame,
  type Frame,
  FrameReader,
  FrameSigner,
  type MessageInfo,
  messages,
  readSignature,
  signingTimestamp,
} from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { SeededChance } from "../storm/seeded-chance.js";
import { askPymavlink, pymavlinkMissing } from "./io/pymavlink.js";
import { peerMessages } from "./peer-facts.js";
import { anyValues } from "./peer-values.js";

const missing = pymavlinkMissing();
if (missing !== undefined) console.info(missing);

const header = { sysid: 42, compid: 191 };
const key = Uint8Array.from({ length: 32 }, (_, i) => (i * 53 + 7) & 0xff);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const texts = (answer: unknown): string[] => (Array.isArray(answer) ? answer.map(String) : []);
const roundsEach = 4;

/** Messages that both have with the same fields; what only one has is listed in docs/mavlink-differences.md. */
function shared(): readonly MessageInfo[] {
  const theirs = new Map(peerMessages(askPymavlink([{ do: "facts" }])[0]).map((one) => [one.id, one]));
  return messages.filter((info) => {
    const their = theirs.get(info.id);
    if (their === undefined || their.crcExtra !== info.crcExtra) return false;
    return their.fields.map(([source]) => source).join() === info.fields.map((field) => field.source).join();
  });
}

describe.skipIf(missing !== undefined)("pymavlink", () => {
  it("writes each message as we do to the byte, and takes ours apart and together again", { timeout: 120_000 }, () => {
    const dice = new SeededChance(31);
    const both = shared();
    expect(both.length).toBeGreaterThan(250);
    const samples = both.flatMap((info) =>
      Array.from({ length: roundsEach }, (_, seq) => ({ info, seq, ...anyValues(info, () => dice.unit()) })),
    );
    const ours = samples.map(({ ours: message, seq }) => hex(encodeFrame(message, { ...header, seq })));
    const [emitted, parsed] = askPymavlink([
      { do: "emit", items: samples.map(({ info, seq, values }) => ({ id: info.id, seq, values })) },
      { do: "parse", frames: ours },
    ]);
    const differing = samples.flatMap(({ info }, i) => (texts(emitted)[i] === ours[i] ? [] : [info.name]));
    expect(new Set(differing)).toEqual(new Set());
    const names = samples.map(({ info }, i) => [info.name, ours[i]]);
    expect(parsed).toEqual(names);
    const read: Frame[] = [];
    const reader = new FrameReader();
    for (const frame of texts(emitted)) reader.push(bytesOf(frame), (one) => read.push(one));
    // The bits of a parameter's value are a second view of the same bytes, which only a reader fills.
    const seen = (message: unknown): unknown => ({ ...Object(message), paramValueBits: undefined });
    expect(read.map(decode).map(seen)).toEqual(samples.map(({ ours: message }) => seen(message)));
  });

  it("takes our signatures, and refuses a replay and another key's", () => {
    const signer = new FrameSigner(key);
    const stamp = signingTimestamp(Date.UTC(2026, 0, 1));
    const frames = [0, 1, 1].map((i) =>
      signer.sign(encodeFrame({ name: "HEARTBEAT", type: 6 }, { ...header, seq: i }), 3, stamp + i),
    );
    const forged = new FrameSigner(new Uint8Array(32).fill(1)).sign(
      encodeFrame({ name: "HEARTBEAT", type: 6 }, { ...header, seq: 4 }),
      3,
      stamp + 9,
    );
    const [verdicts] = askPymavlink([
      { do: "verify", key: hex(key), timestamp: stamp, frames: [...frames, forged].map(hex) },
    ]);
    expect(texts(verdicts)).toEqual([
      "HEARTBEAT",
      "HEARTBEAT",
      "refused: Invalid signature",
      "refused: Invalid signature",
    ]);
  });

  it("signs so that we take it, of every message that both know", { timeout: 120_000 }, () => {
    const dice = new SeededChance(32);
    const both = shared();
    const timestamp = signingTimestamp(Date.UTC(2026, 0, 1));
    const items = both.map((info, i) => ({ id: info.id, seq: i & 0xff, ...anyValues(info, () => dice.unit()) }));
    const sent = items.map(({ id, seq, values }) => ({ id, seq, values }));
    const [emitted] = askPymavlink([{ do: "emit", key: hex(key), linkId: 9, timestamp, items: sent }]);
    const [right, wrong] = [new FrameSigner(key), new FrameSigner(new Uint8Array(32))];
    const frames = texts(emitted).map(bytesOf);
    expect(frames.length).toBe(both.length);
    expect(frames.filter((frame) => !right.matches(frame) || wrong.matches(frame))).toEqual([]);
    expect(frames.map((frame) => readSignature(frame)?.timestamp)).toEqual(frames.map((_, i) => timestamp + i));
  });
});
