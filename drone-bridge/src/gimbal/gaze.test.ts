import { geoDestination } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import type { CommandSpec } from "../command/index.js";
import { apartDeg, Gaze, gazeTiming, type Look, lookFrom } from "./index.js";

const place = { latDeg: 37.77, lonDeg: -122.45 };
const groundM = 80;

/** An aircraft that circles the place at 45 m and 10 m/s, 50 m up; PX4 up to 1.17 turns the camera only when asked. */
function orbit(options: { follows?: boolean; stuck?: boolean } = {}) {
  const asked: { spec: CommandSpec; tMs: number }[] = [];
  let tMs = 100_000;
  let silentMs: number | undefined;
  const at = () => ({
    ...geoDestination(place, (((tMs / 1000) * 10) / 45) * (180 / Math.PI), 45),
    altAmslM: groundM + 50,
  });
  const onPlace = (): Look => lookFrom(at(), place, groundM);
  let looks = onPlace();
  const gaze = new Gaze((spec, done) => {
    asked.push({ spec, tMs });
    if (options.stuck !== true) looks = onPlace();
    done({ kind: "accepted" });
  });
  let worstDeg = 0;
  const run = (forMs: number): number => {
    for (const untilMs = tMs + forMs; tMs < untilMs; ) {
      tMs += 100;
      if (options.follows === true) looks = onPlace();
      const heardMs = silentMs ?? tMs;
      const told = { gimbalPitchDeg: looks.pitchDeg, gimbalYawDeg: looks.azimuthDeg };
      gaze.update({ ...at(), ...told, positionMs: heardMs, gimbalMs: heardMs }, tMs);
      worstDeg = Math.max(worstDeg, apartDeg(looks, onPlace()));
    }
    return worstDeg;
  };
  gaze.begin(place, groundM, tMs);
  return {
    gaze,
    asked,
    run: (forMs: number) => {
      worstDeg = 0;
      return run(forMs);
    },
    silence: () => {
      silentMs = tMs;
    },
  };
}

describe("a camera that looks at a place", () => {
  it("keeps it in the picture while the aircraft circles it, where the autopilot aims only when asked", () => {
    const { asked, run } = orbit();
    run(gazeTiming.settleMs + 500);
    expect(run(30_000)).toBeLessThan(8);
    expect(asked.length).toBeLessThan(65);
    expect(asked[0]?.spec).toMatchObject({
      command: 195,
      tries: 1,
      params: [0, 0, 0, 0, 377_700_000, -1_224_500_000, 80],
    });
  });

  it("is left alone where the autopilot follows by itself", () => {
    const { asked, run } = orbit({ follows: true });
    run(30_000);
    expect(asked).toEqual([]);
  });

  it("is asked seldom where asking helps nothing, and not at all once the look has ended", () => {
    const { gaze, asked, run } = orbit({ stuck: true });
    run(60_000);
    expect(asked.length).toBeLessThan(gazeTiming.vainTries + 60_000 / gazeTiming.vainMs + 2);
    gaze.end();
    const before = asked.length;
    run(30_000);
    expect(asked.length).toBe(before);
  });

  it("is not asked by telemetry that has grown old", () => {
    const { asked, run, silence } = orbit();
    silence();
    run(20_000);
    expect(asked).toEqual([]);
  });
});

it("tells how far two directions are apart, whatever the azimuth straight down", () => {
  expect(apartDeg({ pitchDeg: -90, azimuthDeg: 0 }, { pitchDeg: -90, azimuthDeg: 180 })).toBeCloseTo(0, 3);
  expect(apartDeg({ pitchDeg: 0, azimuthDeg: 350 }, { pitchDeg: 0, azimuthDeg: 20 })).toBeCloseTo(30, 6);
  expect(apartDeg({ pitchDeg: -80, azimuthDeg: 0 }, { pitchDeg: -80, azimuthDeg: 180 })).toBeCloseTo(20, 6);
});
