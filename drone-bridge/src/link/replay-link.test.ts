import { type AnyMessageInit, decode, encodeFrame, FrameReader, MavAutopilot, MavType } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../testing/index.js";
import { type LinkState, replayLink, tlogRecordBytes, writeTlogRecord } from "./index.js";

const startMs = 1_700_000_000_000;
const own = { sysid: 1, compid: 1 };
const beat: AnyMessageInit = { name: "HEARTBEAT", type: MavType.QUADROTOR, autopilot: MavAutopilot.PX4 };
const attitude: AnyMessageInit = { name: "ATTITUDE", roll: 0.1 };
const name: AnyMessageInit = { name: "AUTOPILOT_VERSION", uid: 77n };

type Entry = readonly [atMs: number, message: AnyMessageInit, from?: { sysid: number; compid: number }];

function tlog(entries: readonly Entry[]): Uint8Array {
  const frames = entries.map(([, message, from], seq) => encodeFrame(message, { ...(from ?? own), seq }));
  const bytes = new Uint8Array(frames.reduce((sum, frame) => sum + tlogRecordBytes(frame), 0));
  let at = 0;
  for (const [index, frame] of frames.entries()) {
    writeTlogRecord(bytes, at, frame, startMs + (entries[index]?.[0] ?? 0));
    at += tlogRecordBytes(frame);
  }
  return bytes;
}

function play(bytes: Uint8Array | undefined): { clock: FakeClock; heard: string[]; states: [LinkState, string][] } {
  const clock = new FakeClock(startMs);
  const [heard, states]: [string[], [LinkState, string][]] = [[], []];
  const link = replayLink(
    { name: "replay:a", file: "a" },
    { run: clock, read: (file, done) => done(file === "a" ? bytes : undefined) },
  );
  link.open({
    onBytes: (chunk) =>
      new FrameReader().pushDatagram(chunk, (frame) => {
        const message = decode(frame);
        const uid = message?.name === "AUTOPILOT_VERSION" ? ` ${message.uid.toString(16)}` : "";
        heard.push(`${clock.nowMs() - startMs} ${frame.sysid} ${message?.name}${uid}`);
      }),
    onState: (state, reason) => states.push([state, reason]),
    onPeerGone: () => {},
  });
  return { clock, heard, states };
}

describe("a recording that is played back", () => {
  it("brings each frame when its time has come, and ends", () => {
    const { clock, heard, states } = play(
      tlog([
        [0, beat],
        [20, attitude],
        [1_000, attitude],
      ]),
    );
    clock.run(999);
    expect(heard).toEqual(["0 1 HEARTBEAT", "0 1 AUTOPILOT_VERSION 7265706c61790001", "20 1 ATTITUDE"]);
    clock.run(1);
    expect(heard.at(-1)).toBe("1000 1 ATTITUDE");
    expect(states.at(-1)).toEqual(["closed", "the recording is over"]);
  });

  it("says who an aircraft is behind its first heartbeat, by its own name wherever the recording holds that", () => {
    const before = play(
      tlog([
        [0, name],
        [5, attitude],
        [10, beat],
        [20, beat],
      ]),
    );
    before.clock.run(100);
    expect(before.heard).toEqual(["5 1 ATTITUDE", "10 1 HEARTBEAT", "10 1 AUTOPILOT_VERSION 4d", "20 1 HEARTBEAT"]);
  });

  it("leaves out what this side said, and takes no ground station for an aircraft", () => {
    const station: AnyMessageInit = { name: "HEARTBEAT", type: MavType.GCS, autopilot: MavAutopilot.INVALID };
    const { clock, heard } = play(
      tlog([
        [0, station, { sysid: 255, compid: 190 }],
        [0, station, { sysid: 254, compid: 190 }],
        [1, beat],
      ]),
    );
    clock.run(10);
    expect(heard).toEqual(["0 254 HEARTBEAT", "1 1 HEARTBEAT", "1 1 AUTOPILOT_VERSION 7265706c61790001"]);
  });

  it("plays what is whole of a torn recording, and says what is none", () => {
    const bytes = tlog([
      [0, beat],
      [5, attitude],
    ]);
    const torn = play(bytes.slice(0, -1));
    torn.clock.run(10);
    expect(torn.heard).toHaveLength(2);
    expect(play(Uint8Array.of(1, 2, 3)).states.at(-1)).toEqual(["closed", "a holds no MAVLink recording"]);
    expect(play(undefined).states.at(-1)).toEqual(["closed", "no recording at a"]);
  });
});
