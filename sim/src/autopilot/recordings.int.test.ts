import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decode, FrameReader, int32FromParam, type MavMessage } from "@outrider/mavlink";
import { beforeAll, describe, expect, it } from "vitest";
import { baseModeOf, customModeOf, modeFrom, standardModeOf } from "./modes.js";
import { ParamStore } from "./params.js";

/** Folder of flight recordings of a real PX4 (`*.tlog.gz`: 8 bytes of time, then a frame, again and again). */
const folder = process.env["OUTRIDER_PX4_RECORDINGS"];
if (folder === undefined)
  console.log("recordings of a real PX4 are not compared: OUTRIDER_PX4_RECORDINGS names no folder");

function messagesOf(file: string): MavMessage[] {
  const bytes = gunzipSync(readFileSync(file));
  const reader = new FrameReader();
  const messages: MavMessage[] = [];
  for (let at = 0; at + 20 < bytes.length; ) {
    const frame = at + 8;
    const v2 = bytes[frame] === 0xfd;
    const length = (bytes[frame + 1] ?? 0) + (v2 ? 12 + ((bytes[frame + 2] ?? 0) & 1 ? 13 : 0) : 8);
    reader.pushDatagram(bytes.subarray(frame, frame + length), (f) => {
      const message = f.sysid < 250 && f.compid === 1 ? decode(f) : undefined;
      if (message !== undefined) messages.push(message);
    });
    at = frame + length;
  }
  return messages;
}

describe.skipIf(folder === undefined)("against recordings of a real PX4", () => {
  const all: MavMessage[] = [];
  beforeAll(() => {
    for (const name of readdirSync(folder ?? ".")) {
      if (name.endsWith(".tlog.gz") && !name.includes("hil4560"))
        for (const m of messagesOf(join(folder ?? ".", name))) all.push(m);
    }
  });

  it("reads them", () => {
    expect(all.length).toBeGreaterThan(100_000);
  });

  it("shows each mode by the same custom mode and base mode", () => {
    const seen = new Map<number, number>();
    for (const m of all)
      if (m.name === "HEARTBEAT" && m.autopilot === 12) seen.set(m.customMode * 2 + (m.baseMode >>> 7), m.baseMode);
    expect(seen.size).toBeGreaterThan(8);
    for (const [key, base] of seen) {
      const custom = Math.floor(key / 2);
      const main = (custom >>> 16) & 0xff;
      const mode = main === 10 ? "termination" : modeFrom(main, custom >>> 24);
      // The other modes of a real one (acrobatic, stabilized and the like) are not flown here.
      if (mode === undefined) continue;
      expect(customModeOf(mode)).toBe(custom);
      expect(baseModeOf(mode, key % 2 === 1), `${mode} ${custom.toString(16)}`).toBe(base);
    }
  });

  it("gives each mode the same standard mode", () => {
    const pairs = new Map<number, number>();
    for (const m of all)
      if (m.name === "CURRENT_MODE" && m.customMode === m.intendedCustomMode) pairs.set(m.customMode, m.standardMode);
    for (const [custom, standard] of pairs) {
      const mode = modeFrom((custom >>> 16) & 0xff, custom >>> 24);
      if (mode !== undefined) expect(standardModeOf(mode), mode).toBe(standard);
    }
  });

  it("has each parameter with the recorded type, and the factory values", () => {
    const store = new ParamStore({});
    const first = new Map<string, Extract<MavMessage, { name: "PARAM_VALUE" }>>();
    for (const m of all) if (m.name === "PARAM_VALUE" && !first.has(m.paramId)) first.set(m.paramId, m);
    let compared = 0;
    const other: string[] = [];
    for (const [name, recorded] of first) {
      const ours = store.read(name, -1);
      if (ours === undefined || name === "_HASH_CHECK") continue;
      compared++;
      expect(ours.paramType, name).toBe(recorded.paramType);
      const same =
        recorded.paramType === 6
          ? int32FromParam(ours) === int32FromParam(recorded)
          : Math.abs(ours.paramValue - recorded.paramValue) < 1e-5;
      if (!same) other.push(name);
    }
    expect(compared).toBeGreaterThan(300);
    // Runs set some parameters on purpose before they were first read.
    expect(other.length, other.join(" ")).toBeLessThan(20);
  });

  it("says nothing that a real one does not say", () => {
    const said = new Set<string>();
    for (const m of all) if (m.name === "STATUSTEXT" && m.chunkSeq === 0) said.add(m.text.replace(/[-\d.]+/g, "#"));
    const ours = [
      "Arming denied: Resolve system health failures firs",
      "Armed by external command\t",
      "Disarmed by external command\t",
      "Disarmed by landing\t",
      "Takeoff detected\t",
      "Landing detected\t",
      "Landing at current position\t",
      "Disarming denied: not landed\t",
      "Returning to launch\t",
      "RTL: land at destination\t",
      "RTL: start return at # m (# m above destination",
      "Failsafe activated\t",
      "Failsafe activated: entering Hold for # seconds\t",
      "Low battery\t",
      "Critical battery\t",
      "Emergency battery level\t",
      "GCS connection regained\t",
      "Geofence: approaching or outside geofence",
      "Geofence: exceeding maximum distance to Home",
      "Geofence invalid, doesn't contain Home position\t",
      "Reposition is outside geofence\t",
      "Geofence violation for waypoint #\t",
      "Executing Mission\t",
      "Climb to # meters above home\t",
      "Mission finished, loitering\t",
      "Mission start denied! No valid mission\t",
      "Operation timeout\t",
      "IGN MISSION_ITEM: No transfer\t",
      "Already higher than takeoff altitude\t",
      "Using default takeoff altitude: # m\t",
      "Switching to Position is currently not available\t",
      "Switching to Offboard is currently not available\t",
      "Preflight: GPS fix too low",
      "Preflight Fail: Flight termination active",
      "Preflight Fail: Attitude failure (roll)",
      "Descent speed has been constrained by max speed\t",
      "Orbit radius limit exceeded\t",
      "WPM: WP CURR CMD: Not in list\t",
    ];
    expect(ours.filter((text) => !said.has(text))).toEqual([]);
  });
});
