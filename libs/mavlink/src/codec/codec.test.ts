import { describe, expect, test } from "vitest";
import { wireFaults } from "./check.js";
import { message } from "./message.js";
import { int32FromParam, paramFromInteger } from "./param.js";
import { crcExtra, fieldOffset, messageId, messageName } from "./table.js";

describe("message", () => {
  test("fills what is left out with zeros", () => {
    expect(message("HEARTBEAT", { type: 2 })).toEqual({
      name: "HEARTBEAT",
      type: 2,
      autopilot: 0,
      baseMode: 0,
      customMode: 0,
      systemStatus: 0,
      mavlinkVersion: 3,
    });
  });

  test("brings arrays to their length and shares none", () => {
    const given = [1, 2];
    const first = message("ATTITUDE_QUATERNION_COV", { q: given });
    const second = message("ATTITUDE_QUATERNION_COV");
    expect(first.q).toEqual([1, 2, 0, 0]);
    first.q[0] = 5;
    expect([given, second.q]).toEqual([
      [1, 2],
      [0, 0, 0, 0],
    ]);
  });

  test("refuses a field that is not there", () => {
    expect(() => message("HEARTBEAT", { wheels: 4 } as object)).toThrow(/no field "wheels"/);
  });
});

test("names, ids and CRC_EXTRAs are found both ways, unknown ids are not", () => {
  expect([messageName(0), messageName(12901), messageId("COMMAND_LONG"), crcExtra(76)]).toEqual([
    "HEARTBEAT",
    "OPEN_DRONE_ID_LOCATION",
    76,
    152,
  ]);
  expect([messageName(60000), crcExtra(0xffffff), messageName(-1)]).toEqual([undefined, undefined, undefined]);
  expect(fieldOffset("GLOBAL_POSITION_INT", "relativeAlt")).toBe(16);
});

test.each([0, 2, -1, 0x7fffffff, -0x80000000, 0x7fc00001, 0x7f800001])(
  "the integer parameter %i keeps its bits",
  (value) => {
    expect(int32FromParam(paramFromInteger(value))).toBe(value);
  },
);

describe("wireFaults", () => {
  test("is empty for what arrives as it was meant", () => {
    expect(wireFaults(message("COMMAND_LONG", { param1: Number.NaN, command: 400 }))).toEqual([]);
    expect(wireFaults(message("STATUSTEXT", { text: "Armed", severity: 6 }))).toEqual([]);
  });

  test("names every field that would not", () => {
    expect(wireFaults({ name: "HEARTBEAT", type: 256, customMode: -1, baseMode: 1.5 })).toEqual([
      "HEARTBEAT.customMode is -1, not an integer in 0..4294967295",
      "HEARTBEAT.type is 256, not an integer in 0..255",
      "HEARTBEAT.baseMode is 1.5, not an integer in 0..255",
    ]);
    expect(wireFaults({ name: "STATUSTEXT", text: `\u2713${"x".repeat(50)}` }).length).toBe(2);
    expect(wireFaults({ name: "SYSTEM_TIME", timeUnixUsec: -1n }).length).toBe(1);
    expect(wireFaults({ name: "TUNNEL", payload: [300] }).length).toBe(1);
  });
});
