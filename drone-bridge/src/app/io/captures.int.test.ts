import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { type Frame, FrameReader } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { bench } from "../../testing/index.js";

/** Recordings of a real PX4, not part of the repository: [8 bytes µs big-endian][frame]*, both directions, gzipped. */
const folder =
  process.env["OUTRIDER_PX4_CAPTURES"] ??
  fileURLToPath(new URL("../../../../../shared/reference/px4/captures", import.meta.url));
const present = existsSync(folder);
if (!present) console.info(`PX4 recordings are not at ${folder} (OUTRIDER_PX4_CAPTURES): replay skipped`);

const autopilotVersion = 148;

/** The facts that the bridge makes of one system of a recording, in order; ModeChanged with its mode. */
function story(capture: string, sysid: number): { types: string[]; lines: string[] } {
  const bytes = gunzipSync(readFileSync(`${folder}/${capture}.tlog.gz`));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const b = bench({ startMs: Number(view.getBigUint64(0)) / 1000, config: { failsafeParameters: [] } });
  let named = false;
  for (let at = 0; at + 8 < bytes.length; ) {
    const tMs = Number(view.getBigUint64(at)) / 1000;
    at += 8;
    const length = frameLength(bytes, at);
    const raw = bytes.subarray(at, at + length);
    at += length;
    let frame: Frame | undefined;
    new FrameReader().pushDatagram(raw, (found) => {
      frame = found;
    });
    // One name for the whole story: the one that it is given below.
    if (frame?.sysid !== sysid || frame.msgid === autopilotVersion) continue;
    b.clock.run(Math.max(0, tMs - b.clock.nowMs()));
    b.radio.push(raw, { host: "127.0.0.1", port: 18570 });
    if (!named && frame.msgid === 0) {
      named = true;
      // Most recordings hold no AUTOPILOT_VERSION: without one an aircraft has no name and no story.
      b.hear({ name: "AUTOPILOT_VERSION", uid: 42n }, { sysid, compid: frame.compid, seq: frame.seq }, 18570);
    }
  }
  const facts = b.station.facts();
  b.bridge.close();
  expect(b.problems).toEqual([]);
  return {
    types: facts.map((fact) => fact.type),
    lines: facts.map((fact) =>
      `${fact.type} ${fact.data["mode"] ?? fact.data["text"] ?? ""} ${fact.data["by"] ?? ""}`.trim(),
    ),
  };
}

function frameLength(bytes: Uint8Array, at: number): number {
  const payload = bytes[at + 1] ?? 0;
  if (bytes[at] === 0xfe) return payload + 8;
  return payload + 12 + (((bytes[at + 2] ?? 0) & 1) === 1 ? 13 : 0);
}

/** Whether `wanted` stand in `lines` in this order, with anything between. */
function inOrder(lines: readonly string[], wanted: readonly string[]): string | undefined {
  let at = 0;
  for (const want of wanted) {
    const found = lines.findIndex((line, index) => index >= at && line.startsWith(want));
    if (found < 0) return want;
    at = found + 1;
  }
  return undefined;
}

describe.skipIf(!present)("recordings of a real PX4", () => {
  it.each([
    ["s1-boot-arm-takeoff", 1, ["AircraftIdentified", "Armed", "Airborne", "Landed", "Disarmed"]],
    [
      "s2-nav",
      1,
      ["Armed", "Airborne", "ModeChanged hold", "ModeChanged orbit", "ModeChanged return", "Landed", "Disarmed"],
    ],
    ["s2x-goto-relalt-frame6-lands", 1, ["Armed", "Airborne", "Landed", "Disarmed"]],
    ["s3b-fence-mission", 3, ["Armed", "Airborne", "FailsafeSeen", "ModeChanged return", "Landed", "Disarmed"]],
    ["s3-mission-fence", 3, ["Armed", "ModeChanged mission", "Airborne"]],
    ["s5-dll", 4, ["Armed", "Airborne", "FailsafeSeen", "ModeChanged return failsafe", "FailsafeOver"]],
    ["s5-bat", 5, ["Armed", "Airborne", "FailsafeSeen", "ModeChanged land failsafe", "Landed", "Disarmed"]],
    ["s5-gps", 8, ["Armed", "Airborne", "PositionDoubted", "FailsafeSeen", "FailsafeOver"]],
    ["s5-gf", 4, ["Armed", "Airborne", "FailsafeSeen", "FailsafeOver"]],
    ["s8-dfr-tuned", 10, ["Armed", "Airborne", "ModeChanged return", "Landed", "Disarmed"]],
    ["f2", 41, ["Armed", "Airborne", "ModeChanged return", "FailsafeSeen", "ModeChanged hold failsafe"]],
    ["hil-f-realtime", 1, ["Armed", "Airborne", "ModeChanged orbit", "ModeChanged return", "Landed", "Disarmed"]],
    ["hil-x-battery-external", 2, ["Armed", "Airborne", "FailsafeSeen", "ModeChanged return failsafe"]],
    ["hil-x-gps-inject", 2, ["Armed", "Airborne", "PositionDoubted"]],
    ["hil-y-roof", 2, ["Armed", "Airborne", "Landed", "Disarmed"]],
    ["f1", 41, ["Armed", "Airborne", "FailsafeSeen", "FailsafeOver"]],
    // PX4 stays in Hold with status ACTIVE while it lies on its back: only the attitude tells.
    [
      "hil-y-motor-flightterm",
      3,
      ["Armed", "Airborne", "AutopilotSaid Preflight Fail: Attitude failure (roll)", "FailsafeSeen"],
    ],
  ])("tells the story of %s", (capture, sysid, wanted) => {
    const told = story(capture, sysid);
    expect(inOrder(told.lines, wanted), `missing in order:\n${told.lines.join("\n")}`).toBeUndefined();
  });

  it("says what a glance at the map does not: position doubted while the filter rejects GNSS, in calm flights never", () => {
    expect(story("s2-nav", 1).types).not.toContain("PositionDoubted");
    expect(story("hil-f-realtime", 1).types).not.toContain("FailsafeSeen");
  });

  it("calls each of three aircraft on one socket by its own name", () => {
    for (const sysid of [1, 2, 3])
      expect(story("s7-three-drones-one-socket", sysid).types).toContain("AircraftIdentified");
  });
});
