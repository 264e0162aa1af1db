import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MavMessage, messages } from "../codec/index.js";
import { anyMessage, toHex } from "../testing/index.js";
import { crcByte, crcRange } from "../wire/index.js";
import { encodeFrame } from "./encode.js";
import { copyFrame, type Frame, frameChecksum, frameLength } from "./frame.js";
import { FrameReader } from "./reader.js";

const SENT: readonly MavMessage[] = messages.flatMap((info) =>
  fc.sample(anyMessage(info), { numRuns: 1, seed: info.id }),
);
const HEARTBEAT = encodeFrame({ name: "HEARTBEAT", type: 2, autopilot: 12 }, { sysid: 1, compid: 1, seq: 9 });
const OTHER = encodeFrame({ name: "ATTITUDE", roll: 0.5, yaw: -1 }, { sysid: 1, compid: 1, seq: 10 });

/** Message 60000 is in no dialect: its checksum cannot be made by anyone who does not define it. */
function unknownFrame(payload: readonly number[]): Uint8Array {
  const frame = Uint8Array.from([0xfd, payload.length, 0, 0, 5, 1, 1, 0x60, 0xea, 0, ...payload, 0, 0]);
  const sum = crcByte(crcRange(frame, 1, frame.length - 2), 99);
  frame[frame.length - 2] = sum & 0xff;
  frame[frame.length - 1] = sum >>> 8;
  return frame;
}

function concat(...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function readAll(chunks: readonly Uint8Array[], reader = new FrameReader()): { frames: string[]; reader: FrameReader } {
  const frames: string[] = [];
  for (const chunk of chunks) reader.push(chunk, (frame) => frames.push(toHex(frame.raw)));
  return { frames, reader };
}

function cut(bytes: Uint8Array, sizes: () => number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(1, Math.floor(sizes()));
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

describe("a stream in any cut", () => {
  const frames = SENT.slice(0, 40).map((message, i) =>
    encodeFrame(message, {
      sysid: 1,
      compid: 1,
      seq: i,
      version: (messages[i]?.id ?? 999) < 256 && i % 3 === 0 ? 1 : 2,
    }),
  );
  const stream = concat(...frames);
  const wanted = frames.map(toHex);

  test("cut once at every byte, it gives every frame", () => {
    for (let at = 0; at <= stream.length; at++) {
      const got = readAll([stream.subarray(0, at), stream.subarray(at)]);
      expect([at, got.frames.join()]).toEqual([at, wanted.join()]);
      expect(got.reader.stats).toEqual({ frames: 40, crcErrors: 0, unknown: 0, noiseBytes: 0 });
    }
  });

  test("cut into single bytes, it gives every frame", () => {
    expect(readAll(cut(stream, () => 1)).frames).toEqual(wanted);
  });

  test("frames and payloads stay right when the caller writes over a chunk that is done with", () => {
    const reader = new FrameReader();
    const payloads: string[] = [];
    const buffer = Buffer.alloc(7);
    for (const chunk of cut(stream, () => 7)) {
      buffer.fill(0xee);
      buffer.set(chunk);
      reader.push(buffer.subarray(0, chunk.length), (frame) => payloads.push(toHex(frame.raw)));
    }
    expect(payloads).toEqual(wanted);
  });
});

describe("noise", () => {
  test("no clean frame is lost among noise and broken frames", () => {
    const random = seeded(7);
    const clean: string[] = [];
    const parts: Uint8Array[] = [];
    for (let i = 0; i < 4000; i++) {
      const message = SENT[Math.floor(random() * SENT.length)];
      if (message === undefined) continue;
      const frame = encodeFrame(message, { sysid: 1, compid: 1, seq: i & 255 });
      const luck = random();
      if (luck < 0.1) {
        const broken = frame.slice();
        const at = Math.floor(random() * broken.length);
        broken[at] = (broken[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        parts.push(broken);
        continue;
      }
      if (luck < 0.3) parts.push(Uint8Array.from({ length: 1 + Math.floor(random() * 60) }, () => random() * 256));
      if (luck > 0.9) parts.push(Uint8Array.from([0xfd, 0xff, 0, 0]), Uint8Array.from([0xfe, 0xff]));
      parts.push(frame);
      clean.push(toHex(frame));
    }
    parts.push(new Uint8Array(300));
    const known: string[] = [];
    const reader = new FrameReader();
    for (const chunk of cut(concat(...parts), () => random() * 700)) {
      reader.push(chunk, (frame) => frame.known && known.push(toHex(frame.raw)));
    }
    const got = new Set(known);
    expect(clean.filter((frame) => !got.has(frame))).toEqual([]);
    expect(known.length).toBe(clean.length);
    expect(reader.stats.frames).toBe(clean.length);
    expect(reader.stats.crcErrors).toBeGreaterThan(100);
  });

  test("every byte is counted once: in a frame, as noise, or waiting", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constant(HEARTBEAT))), (chunks) => {
        let framed = 0;
        const reader = new FrameReader();
        for (const chunk of chunks) reader.push(chunk, (frame) => (framed += frame.raw.length));
        const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
        expect(framed + reader.stats.noiseBytes + reader.pendingBytes).toBe(total);
      }),
    );
  });

  test("endless noise keeps no more than one unfinished frame", () => {
    const random = seeded(3);
    const reader = new FrameReader();
    for (let i = 0; i < 2000; i++) {
      const noise = Uint8Array.from({ length: 97 }, () =>
        random() < 0.3 ? 0xfd : random() < 0.2 ? 0 : random() * 256,
      );
      reader.push(noise, () => undefined);
      expect(reader.pendingBytes).toBeLessThan(280);
    }
    expect(readAll([new Uint8Array(280), HEARTBEAT], reader).frames).toContain(toHex(HEARTBEAT));
  });

  test("a magic byte inside a payload starts nothing", () => {
    const frame = encodeFrame(
      { name: "FILE_TRANSFER_PROTOCOL", payload: Array(251).fill(0xfd) },
      { sysid: 1, compid: 1, seq: 1 },
    );
    const { frames, reader } = readAll([concat(frame, HEARTBEAT)]);
    expect(frames).toEqual([toHex(frame), toHex(HEARTBEAT)]);
    expect(reader.stats.crcErrors).toBe(0);
  });

  test("a false start that claims 255 bytes does not swallow the frame behind it", () => {
    const falseStart = [0xfd, 0xff, 0, 0, 1, 1, 1, 0, 0, 0];
    const { frames } = readAll([concat(falseStart, HEARTBEAT, new Uint8Array(300))]);
    expect(frames).toEqual([toHex(HEARTBEAT)]);
  });

  test("a still stream gives up on a false start when told to", () => {
    const { frames, reader } = readAll([concat([0xfd, 0xff, 0, 0, 1, 1, 1, 0, 0, 0], HEARTBEAT)]);
    expect(frames).toEqual([]);
    reader.flush((frame) => frames.push(toHex(frame.raw)));
    expect(frames).toEqual([toHex(HEARTBEAT)]);
    expect(reader.pendingBytes).toBe(0);
  });

  test("nothing of a datagram waits for the next", () => {
    const reader = new FrameReader();
    const frames: string[] = [];
    const take = (frame: Frame): number => frames.push(toHex(frame.raw));
    reader.pushDatagram(concat([0xfd, 0xff, 0, 0, 1, 1, 1, 0, 0, 0], HEARTBEAT, OTHER.subarray(0, 12)), take);
    expect(frames).toEqual([toHex(HEARTBEAT)]);
    expect(reader.pendingBytes).toBe(0);
  });
});

describe("what must be refused", () => {
  test.each([
    ["an incompatibility bit that nobody knows", 2, 0x02],
    ["sysid 0", 5, 0],
  ])("%s", (_name, at, value) => {
    const frame = HEARTBEAT.slice();
    frame[at] = value;
    const sum = crcByte(crcRange(frame, 1, frame.length - 2), 50);
    frame[frame.length - 2] = sum & 0xff;
    frame[frame.length - 1] = sum >>> 8;
    const { frames, reader } = readAll([concat(frame, OTHER)]);
    expect(frames).toEqual([toHex(OTHER)]);
    expect(reader.stats.noiseBytes).toBe(frame.length);
  });

  test("a right frame of a message with another CRC_EXTRA", () => {
    const frame = HEARTBEAT.slice();
    const sum = crcByte(crcRange(frame, 1, frame.length - 2), 51);
    frame[frame.length - 2] = sum & 0xff;
    frame[frame.length - 1] = sum >>> 8;
    const { frames, reader } = readAll([concat(frame, OTHER)]);
    expect(frames).toEqual([toHex(OTHER)]);
    expect(reader.stats.crcErrors).toBe(1);
  });
});

describe("unknown messages", () => {
  const unknown = unknownFrame([1, 2, 3, 4]);

  test("are given on raw and marked, in their order", () => {
    const seen: [number, boolean, string][] = [];
    const reader = new FrameReader();
    reader.push(concat(HEARTBEAT, unknown, OTHER), (f) => seen.push([f.msgid, f.known, toHex(f.raw)]));
    expect(seen).toEqual([
      [0, true, toHex(HEARTBEAT)],
      [60000, false, toHex(unknown)],
      [30, true, toHex(OTHER)],
    ]);
    expect(reader.stats).toEqual({ frames: 2, crcErrors: 0, unknown: 1, noiseBytes: 0 });
  });

  test("are given on at the end of a datagram and in any cut of a stream", () => {
    const stream = concat(unknown, unknown, HEARTBEAT);
    for (let at = 1; at < stream.length; at++) {
      expect(readAll([stream.subarray(0, at), stream.subarray(at)]).frames).toEqual(
        [unknown, unknown, HEARTBEAT].map(toHex),
      );
    }
    const alone: boolean[] = [];
    new FrameReader().pushDatagram(unknown, (frame) => alone.push(frame.known));
    expect(alone).toEqual([false]);
  });

  test("are noise where neither a frame nor the end follows", () => {
    const { frames, reader } = readAll([concat(unknown, [0x11], HEARTBEAT)]);
    expect(frames).toEqual([toHex(HEARTBEAT)]);
    expect(reader.stats.unknown).toBe(0);
    expect(reader.stats.noiseBytes).toBe(unknown.length + 1);
  });

  test("are noise where a verified frame lies inside", () => {
    const around = unknownFrame(Array.from(concat([7, 7, 7], HEARTBEAT, [8])));
    const { frames, reader } = readAll([concat(around, OTHER)]);
    expect(frames).toEqual([toHex(HEARTBEAT), toHex(OTHER)]);
    expect(reader.stats.unknown).toBe(0);
  });
});

test("a reused frame object says the same as fresh ones", () => {
  const stream = concat(...SENT.map((message, i) => encodeFrame(message, { sysid: 1, compid: 1, seq: i & 255 })));
  const facts = (f: Frame): unknown[] => [
    f.version,
    f.seq,
    f.sysid,
    f.compid,
    f.msgid,
    f.known,
    toHex(f.payload),
    toHex(f.raw),
  ];
  const fresh: unknown[] = [];
  const reused: unknown[] = [];
  new FrameReader().push(stream, (frame) => fresh.push(facts(frame)));
  new FrameReader({ reuseFrame: true }).push(stream, (frame) => reused.push(facts(frame)));
  expect(reused).toEqual(fresh);
  expect(fresh.length).toBe(SENT.length);
});

describe("a reader that uses its frame again", () => {
  test("finds in any datagrams, whole, cut, spoilt or of noise, what one with fresh frames finds (property)", () => {
    const part = fc.oneof(
      fc.constantFrom(HEARTBEAT, OTHER, unknownFrame([1, 2, 3]), HEARTBEAT.subarray(0, 9)),
      fc.uint8Array({ maxLength: 40 }),
      fc.integer({ min: 0, max: SENT.length - 1 }).map((n) => {
        const message = SENT[n];
        return message === undefined ? HEARTBEAT : encodeFrame(message, { sysid: 2, compid: 1, seq: n & 0xff });
      }),
    );
    const datagram = fc.array(part, { maxLength: 6 }).map((parts) => concat(...parts));
    fc.assert(
      fc.property(fc.array(datagram, { maxLength: 5 }), (datagrams) => {
        const read = (reader: FrameReader): unknown => {
          const found: string[] = [];
          for (const bytes of datagrams) reader.pushDatagram(bytes, (f) => found.push(`${f.msgid} ${toHex(f.raw)}`));
          return [found, reader.stats];
        };
        expect(read(new FrameReader({ reuseFrame: true }))).toEqual(read(new FrameReader()));
      }),
      { numRuns: 300 },
    );
  });

  test("leaves the frame alone that a callback reads, while bytes come inside that call", () => {
    const reader = new FrameReader({ reuseFrame: true });
    const inner: Frame[] = [];
    const outer: string[] = [];
    reader.pushDatagram(concat(HEARTBEAT, OTHER), (frame) => {
      for (const bytes of [OTHER, HEARTBEAT]) reader.pushDatagram(bytes, (found) => inner.push(found));
      outer.push(toHex(frame.raw));
    });
    expect(outer).toEqual([HEARTBEAT, OTHER].map(toHex));
    expect(inner.map((frame) => toHex(frame.raw))).toEqual([OTHER, HEARTBEAT, OTHER, HEARTBEAT].map(toHex));
  });

  test("makes no frame of its own for each, also after a callback that threw", () => {
    const reader = new FrameReader({ reuseFrame: true });
    const seen = new Set<Frame>();
    reader.pushDatagram(HEARTBEAT, (frame) => seen.add(frame));
    expect(() =>
      reader.pushDatagram(HEARTBEAT, () => {
        throw new Error("deaf");
      }),
    ).toThrow("deaf");
    reader.pushDatagram(OTHER, (frame) => seen.add(frame));
    expect(seen.size).toBe(1);
  });
});

test("a frame is copied and its checksum read without its bytes being taken out first", () => {
  for (const [i, sent] of SENT.entries()) {
    const bytes = encodeFrame(sent, { sysid: 3, compid: 1, seq: i & 0xff });
    new FrameReader().push(concat(HEARTBEAT, bytes), (found) => {
      const { version, seq, sysid, compid, msgid, incompatFlags, compatFlags, payload, raw, known } = found;
      const plain: Frame = { version, seq, sysid, compid, msgid, incompatFlags, compatFlags, payload, raw, known };
      for (const frame of [found, plain]) {
        const into = new Uint8Array(raw.length + 3);
        copyFrame(frame, new DataView(into.buffer), 2);
        expect(toHex(into)).toBe(`0000${toHex(raw)}00`);
        expect(frameLength(frame)).toBe(raw.length);
        expect(frameChecksum(frame)).toBe((raw.at(-2) ?? 0) | ((raw.at(-1) ?? 0) << 8));
      }
    });
  }
});
