import fc from "fast-check";
import {
  ardupilotmega,
  common,
  icarous,
  type MavLinkData,
  type MavLinkDataConstructor,
  MavLinkProtocolV1,
  MavLinkProtocolV2,
  minimal,
  standard,
  uavionix,
} from "node-mavlink";
import { describe, expect, test } from "vitest";
import { infoOf, type MavMessage, type MessageInfo, message, messages } from "../codec/index.js";
import { anyMessage, toHex } from "../testing/index.js";
import { encodeFrame } from "./encode.js";

const THEIRS: { readonly [id: number]: MavLinkDataConstructor<MavLinkData> } = Object.assign(
  {},
  ...[minimal, standard, common, ardupilotmega, uavionix, icarous].map((dialect) => dialect.REGISTRY),
);
const both = messages.filter((info) => THEIRS[info.id] !== undefined);
const HEADER = { sysid: 42, compid: 191, seq: 77 };

/** The same message as node-mavlink has it. Its fields are found by the XML's name, as its own names differ here and there. */
function theirs(info: MessageInfo, values: MavMessage): MavLinkData {
  const Message = THEIRS[info.id];
  if (Message === undefined) throw new Error(`node-mavlink lacks ${info.name}`);
  const out = new Message();
  const named = new Map(Object.entries(values));
  for (const field of info.fields) {
    const their = Message.FIELDS.find((candidate) => candidate.source === field.source);
    const value = named.get(field.name);
    if (their !== undefined) Reflect.set(out, their.name, value instanceof Uint8Array ? Array.from(value) : value);
  }
  return out;
}

test("both know nearly three hundred messages", () => {
  expect(both.length).toBe(298);
  expect(messages.filter((info) => THEIRS[info.id] === undefined).map((info) => info.name)).toEqual([
    "COMMAND_CANCEL",
    "ONBOARD_COMPUTER_STATUS",
    "EVENT",
    "CURRENT_EVENT_SEQUENCE",
    "REQUEST_EVENT",
    "RESPONSE_EVENT_ERROR",
  ]);
});

describe("frames are those of node-mavlink to the byte", () => {
  test.each(both.map((info) => [info.name, info] as const))("%s", (_name, info) => {
    fc.assert(
      fc.property(anyMessage(info), (values) => {
        const v2 = new MavLinkProtocolV2(HEADER.sysid, HEADER.compid).serialize(theirs(info, values), HEADER.seq);
        fc.pre(v2.length > 12);
        expect(toHex(encodeFrame(values, HEADER))).toBe(toHex(v2));
      }),
      { numRuns: 8 },
    );
  });
});

test("MAVLink 1 frames are those of node-mavlink to the byte, where the message has no extension fields", () => {
  const plain = both.filter((info) => info.id < 256 && info.minLength === info.maxLength);
  expect(plain.length).toBeGreaterThan(100);
  for (const info of plain) {
    for (const values of fc.sample(anyMessage(info), { numRuns: 3, seed: 1 })) {
      const v1 = new MavLinkProtocolV1(HEADER.sysid, HEADER.compid).serialize(theirs(info, values), HEADER.seq);
      expect([info.name, toHex(encodeFrame(values, { ...HEADER, version: 1 }))]).toEqual([info.name, toHex(v1)]);
    }
  }
});

/** Where node-mavlink 2.3.0 departs from MAVLink's developer guide, and this codec on purpose does not follow. */
describe("the wanted differences", () => {
  test("the first byte of a payload is never cut off, even where all of it is zero", () => {
    const info = infoOf("WIND");
    const values = message("WIND");
    expect(encodeFrame(values, HEADER)[1]).toBe(1);
    expect(new MavLinkProtocolV2(1, 1).serialize(theirs(info, values), 0)[1]).toBe(0);
  });

  test("MAVLink 1 carries no extension fields", () => {
    const info = infoOf("SYS_STATUS");
    const values = message("SYS_STATUS", { load: 7, onboardControlSensorsPresentExtended: 9 });
    expect(encodeFrame(values, { ...HEADER, version: 1 })[1]).toBe(31);
    expect(new MavLinkProtocolV1(1, 1).serialize(theirs(info, values), 0)[1]).toBe(43);
  });

  test("no position in COMMAND_INT stays no position", () => {
    const values = message("COMMAND_INT", { command: 192, x: Number.NaN, y: Number.NaN });
    const position = (frame: Uint8Array): string => toHex(frame.subarray(10 + 16, 10 + 24));
    expect(position(encodeFrame(values, HEADER))).toBe("ffffff7fffffff7f");
    const theirFrame = new MavLinkProtocolV2(1, 1).serialize(theirs(infoOf("COMMAND_INT"), values), 0);
    expect(position(theirFrame)).toBe("0000000000000000");
  });
});
