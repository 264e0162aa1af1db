import type { FixedCameraView, TurningCameraView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { camerasNow, heldBy, homeWords, lookWords, turnedWords } from "./cameraTurning.js";

const now = 1_790_000_000_000;
const point = { latDeg: 37.77, lonDeg: -122.44 };
const home: FixedCameraView = {
  ...{ cameraId: "c", name: "Corner", point, heightAglM: 7, azimuthDeg: 0, pitchDeg: -12, hfovDeg: 75 },
  ...{ rangeM: 130, kind: "camera", shared: true, sees: [point, point, point], turns: true },
};
const turned: TurningCameraView = {
  ...{ cameraId: "c", name: "Corner", state: "known", why: "", moving: false, atHome: false, zooms: true, presets: [] },
  aim: { azimuthDeg: 270, pitchDeg: -20 },
  aimAtMs: now - 2_000,
  sees: [point, point, point, point],
  lastTurn: {
    ...{ by: "Ann", personId: "p1", atMs: now - 4_000, outcome: "turned", reason: "" },
    towards: { kind: "place", point },
  },
  heldUntilMs: now + 6_000,
  homeAtMs: now + 90_000,
};

describe("fixed cameras as they look now", () => {
  it("look where they say, and see what is seen from there", () => {
    const [camera] = camerasNow([home], [turned], now);
    expect(camera).toMatchObject({ azimuthDeg: 270, pitchDeg: -20, hfovDeg: 75 });
    expect(camera?.sees).toHaveLength(4);
    expect(camerasNow([home], [{ ...turned, sees: [] }], now)[0]?.sees).toHaveLength(3);
  });

  it("see nothing that could be drawn while nobody knows where they look", () => {
    expect(camerasNow([home], [], now)[0]?.sees).toEqual([]);
    expect(camerasNow([home], [turned], now + 60_000)[0]?.sees).toEqual([]);
    const still = { ...home, turns: false };
    expect(camerasNow([still], [], now)[0]).toBe(still);
  });

  it("are told with the age of their word, and as unknown when it is old", () => {
    expect(lookWords(undefined, now)).toBe("Where it looks is not known yet.");
    expect(lookWords(turned, now)).toBe("Looks W, 20° down.");
    expect(lookWords(turned, now + 20_000)).toBe("Looks W, 20° down, said 22 s ago.");
    expect(lookWords({ ...turned, why: "No connection." }, now + 70_000)).toBe(
      "Looked W, 20° down 1:12 ago; where it looks now is not known. No connection.",
    );
  });

  it("say who turned them, whether they got there, and who holds them", () => {
    expect(turnedWords(turned, now)).toBe("Last turned by Ann, to a place, 4 s ago.");
    const doubt = { ...turned, lastTurn: turned.lastTurn && { ...turned.lastTurn, outcome: "unconfirmed" as const } };
    expect(turnedWords(doubt, now)).toContain("May have turned for Ann");
    expect([heldBy(turned, "p2", now), heldBy(turned, "p1", now), heldBy(turned, "p2", now + 6_000)]).toEqual([
      "Ann",
      undefined,
      undefined,
    ]);
    expect(homeWords(turned, now)).toBe("Goes home by itself in 1:30 if nobody watches it.");
  });
});
