import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnyMessageInit, encodeFrame, signFrame } from "@outrider/mavlink";
import { afterEach, describe, expect, it } from "vitest";
import { FakeDisk } from "../../testing/index.js";
import { TrackDesk } from "../index.js";

const python = process.env["OUTRIDER_PYMAVLINK"];
if (python === undefined)
  console.info("recordings are not opened by pymavlink: OUTRIDER_PYMAVLINK names no Python that has it");

/** Opens a log as MAVExplorer and mavlogdump do, and tells each message: time, name, system, whether it was signed. */
const script = `
import json, sys
from pymavlink import mavutil
log = mavutil.mavlink_connection(sys.argv[1], dialect="all")
rows = []
while True:
    m = log.recv_match()
    if m is None:
        break
    flags = 0 if m.get_type() == "BAD_DATA" else m.get_header().incompat_flags
    rows.append([round(m._timestamp * 1000), m.get_type(), m.get_srcSystem(), flags])
print(json.dumps(rows))
`;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function opened(bytes: Uint8Array): unknown {
  const folder = mkdtempSync(join(tmpdir(), "outrider-tlog-"));
  folders.push(folder);
  const file = join(folder, "flight.tlog");
  writeFileSync(file, bytes);
  const ran = spawnSync(python ?? "python3", ["-c", script, file], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`pymavlink ended badly: ${ran.stderr.slice(-2000)}`);
  return JSON.parse(ran.stdout);
}

const path = { key: "udp|a", link: "udp", peer: "a", signed: true };
const key = new Uint8Array(32).fill(3);
const startMs = Date.UTC(2026, 0, 5, 12);

/** What a flight says, both ways, signed as its link is. */
const said: readonly (readonly [message: AnyMessageInit, sysid: number])[] = [
  [{ name: "HEARTBEAT", type: 2, autopilot: 12, baseMode: 0x81 }, 1],
  [{ name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 1, targetComponent: 1 }, 255],
  [{ name: "COMMAND_ACK", command: 400 }, 1],
  [{ name: "GLOBAL_POSITION_INT", lat: 397_400_000, lon: -1_049_900_000, alt: 1_650_000 }, 1],
  [{ name: "STATUSTEXT", severity: 6, text: "Takeoff detected" }, 1],
];

function recording(): Uint8Array {
  const disk = new FakeDisk();
  const tracks = new TrackDesk({ disk, folder: "t", log: () => {}, sink: () => {} });
  tracks.follow("u1", [path], true, startMs);
  said.forEach(([message, sysid], seq) => {
    const frame = encodeFrame(message, { sysid, compid: sysid === 1 ? 1 : 190, seq });
    tracks.take("udp|a", signFrame(frame, key, 1, 1_000 + seq), startMs + 100 * seq);
  });
  tracks.follow("u1", [path], false, startMs + 1_000);
  return Uint8Array.from(disk.files.get(`t/u1-${startMs}.tlog`) ?? []);
}

describe.skipIf(python === undefined)("a recording, opened by pymavlink", () => {
  it("has every message at its time, both ways, without signatures", () => {
    const rows = said.map(([message, sysid], n) => [startMs + 100 * n, message.name, sysid, 0]);
    expect(opened(recording())).toEqual(rows);
  });

  // pymavlink 2.4 itself ends with an exception over half a message at the end of a file.
  it("opens after a crash tore it, up to the last whole message", () => {
    const disk = new FakeDisk();
    disk.files.set("t/a.tlog", [...recording().slice(0, -5)]);
    const tracks = new TrackDesk({ disk, folder: "t", log: () => {}, sink: () => {} });
    tracks.start([{ file: "t/a.tlog", uid: "u1", launchId: undefined, sha256: undefined, bytes: 0 }]);
    const rows = said.slice(0, -1).map(([message, sysid], n) => [startMs + 100 * n, message.name, sysid, 0]);
    expect(opened(Uint8Array.from(disk.files.get("t/a.tlog") ?? []))).toEqual(rows);
  });
});
