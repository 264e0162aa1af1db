import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readTlog } from "../../link/index.js";
import { bench } from "../../testing/index.js";

/** Recordings of a real PX4, not part of the repository: [8 bytes µs big-endian][frame]*, both directions, gzipped. */
const folder =
  process.env["OUTRIDER_PX4_CAPTURES"] ??
  fileURLToPath(new URL("../../../../../shared/reference/px4/captures", import.meta.url));
const present = existsSync(folder);
if (!present) console.info(`PX4 recordings are not at ${folder} (OUTRIDER_PX4_CAPTURES): replay skipped`);

type Story = { readonly types: readonly string[]; readonly lines: readonly string[] };
const stories = new Map<string, ReadonlyMap<number, Story>>();

/** The facts that the bridge makes of each system of a recording that its replay link plays, in order. */
function play(capture: string): ReadonlyMap<number, Story> {
  const told = stories.get(capture);
  if (told !== undefined) return told;
  const bytes = gunzipSync(readFileSync(`${folder}/${capture}.tlog.gz`));
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, 0];
  readTlog(bytes, ({ tMs }) => {
    firstMs = Math.min(firstMs, tMs);
    lastMs = tMs;
  });
  const b = bench({
    startMs: firstMs,
    config: { failsafeParameters: [], links: [{ kind: "replay", file: "a.tlog" }] },
    files: { "a.tlog": bytes },
  });
  b.clock.run(lastMs - firstMs - 1);
  const facts = b.station.facts();
  const [started, ...rest] = facts;
  expect(started).toMatchObject({ type: "BridgeStarted", data: { replay: "a.tlog" } });
  b.bridge.close();
  expect(b.problems.filter((problem) => !problem.startsWith("two aircraft use one system id"))).toEqual([]);
  const bySystem = new Map<number, Story>();
  for (const { type, data } of rest) {
    if (type !== "AircraftIdentified") continue;
    const own = rest.filter((fact) => fact.data["uid"] === data["uid"]);
    const words = (fact: (typeof own)[number]): string =>
      `${fact.type} ${fact.data["mode"] ?? fact.data["text"] ?? ""} ${fact.data["by"] ?? ""}`.trim();
    bySystem.set(Number(data["sysid"]), { types: own.map((fact) => fact.type), lines: own.map(words) });
  }
  stories.set(capture, bySystem);
  return bySystem;
}

function story(capture: string, sysid: number): Story {
  return play(capture).get(sysid) ?? { types: [], lines: [`no system ${sysid} in ${capture}`] };
}

/** The first of `wanted` that does not stand in `lines` behind the others, with anything between. */
function missing(lines: readonly string[], wanted: readonly string[]): string | undefined {
  let at = 0;
  for (const want of wanted) {
    const found = lines.findIndex((line, index) => index >= at && line.startsWith(want));
    if (found < 0) return want;
    at = found + 1;
  }
  return undefined;
}

/** What the recordings' README tells of each. */
const told: readonly (readonly [capture: string, sysid: number, wanted: readonly string[]])[] = [
  ["s1-boot-arm-takeoff", 1, ["AircraftIdentified", "Armed", "Airborne", "Landed", "Disarmed"]],
  ["s1-onboard-14540", 1, ["AircraftIdentified", "Armed", "Airborne", "Landed", "Disarmed"]],
  [
    "s2-nav",
    1,
    ["Armed", "Airborne", "ModeChanged hold", "ModeChanged orbit", "ModeChanged return", "Landed", "Disarmed"],
  ],
  ["s2x-goto-relalt-frame6-lands", 1, ["Armed", "Airborne", "Landed", "Disarmed"]],
  ["s3-mission-fence", 3, ["Armed", "ModeChanged mission", "Airborne"]],
  ["s3b-fence-mission", 3, ["Armed", "Airborne", "FailsafeSeen", "ModeChanged return", "Landed", "Disarmed"]],
  ["s4-params", 2, ["AircraftIdentified", "AutopilotSaid Preflight Fail: Compass 0 uncalibrated"]],
  [
    "s5-nogps",
    4,
    ["AutopilotSaid Preflight: GPS fix too low", "PositionDoubted", "AutopilotSaid Arming denied", "PositionTrusted"],
  ],
  ["s5-dll", 4, ["Armed", "Airborne", "FailsafeSeen", "ModeChanged return failsafe", "FailsafeOver"]],
  ["s5-bat", 5, ["Armed", "Airborne", "FailsafeSeen", "ModeChanged land failsafe", "Landed", "Disarmed"]],
  ["s5-gf", 4, ["Armed", "Airborne", "FailsafeSeen", "FailsafeOver"]],
  ["s5-gps", 8, ["Armed", "Airborne", "PositionDoubted", "FailsafeSeen", "FailsafeOver"]],
  ["s5-motor", 5, ["Armed", "Airborne"]],
  [
    "s5-misc",
    9,
    [
      "Armed",
      "Airborne",
      "FailsafeSeen",
      "ModeChanged land failsafe",
      "FailsafeOver",
      "ModeChanged position",
      "Disarmed",
    ],
  ],
  ["s6a-gimbal-aux", 6, ["OtherStationTookControl", "Armed", "AutopilotSaid Disarmed by external command"]],
  ["s8-dfr-tuned", 10, ["Armed", "Airborne", "ModeChanged return", "Landed", "Disarmed"]],
  ["s10-command-support", 15, ["AutopilotSaid Orbit radius limit exceeded", "AutopilotSaid Mission start denied"]],
  [
    "s11-takeoff-variants-offboard-home",
    14,
    ["Armed", "Airborne", "ModeChanged return", "ModeChanged offboard", "FailsafeSeen", "ModeChanged terminated"],
  ],
  ["f1", 41, ["Armed", "Airborne", "FailsafeSeen", "FailsafeOver"]],
  ["f2", 41, ["Armed", "Airborne", "ModeChanged return", "FailsafeSeen", "ModeChanged hold failsafe"]],
  ["hil-f-realtime", 1, ["Armed", "Airborne", "ModeChanged orbit", "ModeChanged return", "Landed", "Disarmed"]],
  ["hil-x-battery-external", 2, ["Armed", "Airborne", "FailsafeSeen", "ModeChanged return failsafe"]],
  ["hil-x-gps-inject", 2, ["Armed", "Airborne", "PositionDoubted"]],
  ["hil-y-roof", 2, ["Armed", "Airborne", "Landed", "Disarmed"]],
  // PX4 stays in Hold with status ACTIVE while it lies on its back: only the attitude tells.
  [
    "hil-y-motor-flightterm",
    3,
    ["Armed", "Airborne", "AutopilotSaid Preflight Fail: Attitude failure (roll)", "FailsafeSeen"],
  ],
];

/** The simulator's own link to the autopilot, which no bridge is ever on. */
const notForBridges = ["hil-f-realtime-hil4560"];

describe.skipIf(!present)("recordings of a real PX4, played back", () => {
  it.each(told)("tell the story of %s", { timeout: 60_000 }, (capture, sysid, wanted) => {
    const { lines } = story(capture, sysid);
    expect(missing(lines, wanted), `missing in order:\n${lines.join("\n")}`).toBeUndefined();
  });

  it("are all told", () => {
    const there = readdirSync(folder).flatMap((file) => /^(.*)\.tlog\.gz$/.exec(file)?.slice(1) ?? []);
    const known = [...told.map(([capture]) => capture), "s7-three-drones-one-socket", ...notForBridges];
    expect(there.filter((capture) => !known.includes(capture))).toEqual([]);
  });

  it("tell what did not happen as little as what did: no arming without GNSS, no failsafe where PX4 saw none", () => {
    expect(story("s5-nogps", 4).types).not.toContain("Armed");
    expect(story("s5-motor", 5).types).not.toContain("FailsafeSeen");
    expect(story("s2-nav", 1).types).not.toContain("PositionDoubted");
    expect(story("hil-f-realtime", 1).types).not.toContain("FailsafeSeen");
  });

  it("call each of three aircraft on one socket by its own name", () => {
    for (const sysid of [1, 2, 3])
      expect(story("s7-three-drones-one-socket", sysid).types).toContain("AircraftIdentified");
  });
});
