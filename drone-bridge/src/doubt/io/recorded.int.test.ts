import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { decode, type Frame, FrameReader, type MavMessage } from "@outrider/mavlink";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doorOf } from "../../autopilot/index.js";
import { hear, newAircraftState } from "../../telemetry/index.js";
import { PositionDoubt } from "../position-doubt.js";

/** Recordings of a real PX4, not part of the repository: [8 bytes µs big-endian][frame]*, both directions, gzipped. */
const folder =
  process.env["OUTRIDER_PX4_CAPTURES"] ??
  fileURLToPath(new URL("../../../../../shared/reference/px4/captures", import.meta.url));
const present = existsSync(folder);
if (!present)
  console.info(`PX4 recordings are not at ${folder} (OUTRIDER_PX4_CAPTURES): doubt over recorded flights skipped`);

type Line = { readonly tMs: number; readonly message: MavMessage; readonly fromAutopilot: boolean };

/** What the aircraft itself said, in order. */
function linesOf(capture: string, sysid: number): readonly Line[] {
  const bytes = gunzipSync(readFileSync(`${folder}/${capture}.tlog.gz`));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const lines: Line[] = [];
  for (let at = 0; at + 8 < bytes.length; ) {
    const tMs = Number(view.getBigUint64(at)) / 1000;
    const length = frameLength(bytes, at + 8);
    let frame: Frame | undefined;
    new FrameReader().pushDatagram(bytes.subarray(at + 8, at + 8 + length), (found) => {
      frame = found;
    });
    at += 8 + length;
    const message = frame?.sysid === sysid ? decode(frame) : undefined;
    if (message !== undefined) lines.push({ tMs, message, fromAutopilot: frame?.compid === 1 });
  }
  return lines;
}

function frameLength(bytes: Uint8Array, at: number): number {
  const payload = bytes[at + 1] ?? 0;
  if (bytes[at] === 0xfe) return payload + 8;
  return payload + 12 + (((bytes[at + 2] ?? 0) & 1) === 1 ? 13 : 0);
}

type Said = { readonly type: string; readonly tMs: number; readonly reason: string };
type Lie = { readonly fromMs: number; readonly metres: number };

/** Plays a recording; with a lie, the receiver says from then on that it is so much further north. */
function play(lines: readonly Line[], lie?: Lie): readonly Said[] {
  const state = newAircraftState();
  const said: Said[] = [];
  const px4 = doorOf(12);
  let nowMs = 0;
  const doubt = new PositionDoubt(
    "a",
    (type, data) => void said.push({ type, tMs: nowMs, reason: (data as { reason?: string }).reason ?? "" }),
    false,
  );
  for (const { tMs, message, fromAutopilot } of lines) {
    nowMs = tMs;
    const lied =
      message.name === "GPS_RAW_INT" && lie !== undefined && tMs >= lie.fromMs
        ? { ...message, lat: message.lat + Math.round((lie.metres / 111_320) * 1e7) }
        : message;
    hear(state, lied, fromAutopilot, px4, tMs);
    if (state.heartbeatMs > 0) doubt.update(state, tMs);
  }
  return said;
}

const calm = ["s2-nav", "s3b-fence-mission", "f1", "s8-dfr-tuned", "hil-f-realtime"];
const systems: Readonly<Record<string, number>> = { "s3b-fence-mission": 3, f1: 41, "s8-dfr-tuned": 10 };
const systemOf = (capture: string): number => systems[capture] ?? 1;

describe.skipIf(!present)("doubt over recorded flights of a real PX4", () => {
  it.each(calm)("%s: none while it flew calmly", (capture) => {
    const lines = linesOf(capture, systemOf(capture));
    expect(lines.length).toBeGreaterThan(1_000);
    const said = play(lines);
    expect(said.map((one) => `${one.type} ${one.reason}`)).toEqual([]);
  });

  it.each(["s2-nav", "f1"])(
    "%s: a jump of 20 to 300 m at any moment of it is seen within 2 s (property)",
    (capture) => {
      const lines = linesOf(capture, systemOf(capture));
      const fixes = lines.filter(({ message }) => message.name === "GPS_RAW_INT" && message.fixType >= 3);
      const first = fixes[0]?.tMs ?? 0;
      const last = fixes.at(-1)?.tMs ?? 0;
      fc.assert(
        fc.property(
          fc.double({ min: 0.05, max: 0.9, noNaN: true }),
          fc.double({ min: 20, max: 300, noNaN: true }),
          (share, metres) => {
            const fromMs = first + (last - first) * share;
            // Silence in the recording shows nothing: what counts is when the receiver spoke next.
            const spokeMs = fixes.find((fix) => fix.tMs >= fromMs)?.tMs ?? fromMs;
            const said = play(
              lines.filter((line) => line.tMs < spokeMs + 4_000),
              { fromMs, metres },
            );
            expect(said[0]?.type).toBe("PositionDoubted");
            expect((said[0]?.tMs ?? 0) - spokeMs).toBeLessThanOrEqual(2_000);
          },
        ),
        { numRuns: 8 },
      );
    },
  );

  it("hil-x-gps-inject: the jump that was injected in flight is doubted, and stays so after PX4 believed it", () => {
    const said = play(linesOf("hil-x-gps-inject", 2));
    expect(said[0]?.type).toBe("PositionDoubted");
    expect(said.map((one) => one.type)).not.toContain("PositionTrusted");
    expect(said.at(-1)?.reason).toContain("a return follows the same GNSS");
  });
});
