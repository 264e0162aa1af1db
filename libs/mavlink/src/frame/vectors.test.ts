import { expect, test } from "vitest";
import { type AnyMessageInit, int32FromParam, message, paramFromInteger } from "../codec/index.js";
import { fromHex, toHex } from "../testing/index.js";
import { decode } from "./decode.js";
import { encodeFrame, FrameEncoder, type FrameHeader } from "./encode.js";
import type { Frame } from "./frame.js";
import { FrameReader } from "./reader.js";

/** Frames written by an independent encoder from MAVLink's XML, and read without error by node-mavlink 2.3.0. */
const VECTORS: readonly [name: string, message: AnyMessageInit, header: FrameHeader, hex: string][] = [
  [
    "HEARTBEAT of a quadrotor on PX4",
    { name: "HEARTBEAT", type: 2, autopilot: 12, baseMode: 0xdd, customMode: 0x04040000, systemStatus: 4 },
    { sysid: 1, compid: 1, seq: 0 },
    "fd09000000010100000000000404020cdd0403e9b7",
  ],
  [
    "HEARTBEAT of a ground station",
    { name: "HEARTBEAT", type: 6, autopilot: 8, systemStatus: 4 },
    { sysid: 255, compid: 190, seq: 1 },
    "fd09000001ffbe0000000000000006080004032dc6",
  ],
  [
    "COMMAND_LONG to arm",
    { name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 1, targetComponent: 1 },
    { sysid: 255, compid: 190, seq: 2 },
    "fd20000002ffbe4c00000000803f0000000000000000000000000000000000000000000000009001010142db",
  ],
  [
    "COMMAND_INT to reposition",
    {
      name: "COMMAND_INT",
      command: 192,
      param1: -1,
      param2: 1,
      param4: Number.NaN,
      x: 377749000,
      y: -1224194000,
      z: 85,
      targetSystem: 1,
      targetComponent: 1,
    },
    { sysid: 255, compid: 190, seq: 3 },
    "fd20000003ffbe4b0000000080bf0000803f000000000000c07f08fe8316304808b70000aa42c0000101b1ef",
  ],
  [
    "PARAM_SET of an integer, bytewise",
    {
      name: "PARAM_SET",
      paramId: "NAV_DLL_ACT",
      ...paramFromInteger(2),
      paramType: 6,
      targetSystem: 1,
      targetComponent: 1,
    },
    { sysid: 255, compid: 190, seq: 4 },
    "fd17000004ffbe1700000200000001014e41565f444c4c5f4143540000000000066c7a",
  ],
];

test.each(VECTORS)("%s is encoded to the byte", (_name, init, header, hex) => {
  expect(toHex(encodeFrame(init, header))).toBe(hex);
  expect(toHex(new FrameEncoder().encode(init, header))).toBe(hex);
});

test.each(VECTORS)("%s is read back whole", (_name, init, header, hex) => {
  const frames: Frame[] = [];
  new FrameReader().push(fromHex(hex), (frame) => frames.push(frame));
  const [frame] = frames;
  expect(frames.length).toBe(1);
  expect(frame).toMatchObject({ version: 2, known: true, ...header });
  expect(frame && toHex(frame.raw)).toBe(hex);
  const { name, ...fields } = init;
  expect(frame && decode(frame)).toMatchObject(name === "PARAM_SET" ? fields : message(name, fields));
});

test.each(VECTORS)("%s with any one byte changed is no frame", (_name, _init, _header, hex) => {
  const clean = fromHex(hex);
  for (let at = 0; at < clean.length; at++) {
    const bytes = clean.slice();
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    new FrameReader().pushDatagram(bytes, (frame) => expect(frame.known).toBe(false));
  }
});

test.each([-1, 0x7fc00001, 0x7f800001, -0x80000000, 0])("the integer parameter %i arrives bit for bit", (value) => {
  const bytes = encodeFrame(
    { name: "PARAM_SET", ...paramFromInteger(value), paramId: "X", paramType: 6 },
    { sysid: 1, compid: 1, seq: 0 },
  );
  expect(new DataView(bytes.buffer).getInt32(10, true)).toBe(value);
  const seen: unknown[] = [];
  new FrameReader().push(bytes, (frame) => {
    const decoded = decode(frame);
    if (decoded?.name === "PARAM_SET") seen.push(int32FromParam(decoded), toHex(encodeFrame(decoded, frame)));
  });
  expect(seen).toEqual([value, toHex(bytes)]);
});
