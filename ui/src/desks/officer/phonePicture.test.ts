import type { OfficerPicture } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { type PictureFacts, pictureLook } from "./phonePicture.js";

const live: OfficerPicture = { state: "live", why: "", ageMs: 100, mark: { rtpTime: 900_000, capturedMs: 50_000 } };
const facts = (over: Partial<PictureFacts>): PictureFacts => ({
  shown: { atMs: 1_000, rtpTime: 900_000 },
  news: { kind: "connected" },
  station: live,
  nowMs: 1_050,
  stationNowMs: 50_300,
  ...over,
});

describe("the picture on the phone", () => {
  it("is as old as its own capture time says, not as the station's newest picture", () => {
    expect(pictureLook(facts({}))).toEqual({ state: "live", ageMs: 300, why: "" });
    const older = facts({ shown: { atMs: 1_000, rtpTime: 900_000 - 90 * 2_000 } });
    expect(pictureLook(older)).toMatchObject({ state: "late", ageMs: 2_300 });
  });

  it("says on which side of the station it is slow", () => {
    const shown = { atMs: 1_000, rtpTime: 900_000 - 90 * 2_000 };
    expect(pictureLook(facts({ shown })).why).toBe("The way to this phone is slow");
    const station: OfficerPicture = { ...live, state: "late", why: "Pictures arrive 2.0 s after they were taken." };
    expect(pictureLook(facts({ shown, station })).why).toBe("Pictures arrive 2.0 s after they were taken");
  });

  it("keeps its age where RTP time wraps", () => {
    const mark = { rtpTime: 90, capturedMs: 50_000 };
    const shown = { atMs: 1_000, rtpTime: 2 ** 32 - 90 };
    expect(pictureLook(facts({ shown, station: { ...live, mark } })).ageMs).toBe(302);
  });

  it("freezes where nothing new comes, though the station's stream is live, and says which way is cut", () => {
    const cut = facts({
      nowMs: 4_000,
      stationNowMs: 53_250,
      news: { kind: "stopped", why: "The way to the station is cut" },
    });
    expect(pictureLook(cut)).toEqual({ state: "frozen", ageMs: 3_250, why: "The way to the station is cut" });
    expect(pictureLook({ ...cut, news: { kind: "connected" } }).why).toBe("No pictures reach this phone");
  });

  it("names the camera's own trouble before that of the way to the phone", () => {
    const station: OfficerPicture = { ...live, state: "frozen", why: "No packets for 4.0 s." };
    expect(pictureLook(facts({ nowMs: 5_000, station }))).toMatchObject({
      state: "frozen",
      why: "No packets for 4.0 s",
    });
  });

  it("is never live without a picture, and never younger than the time it has stood on the screen", () => {
    expect(pictureLook(facts({ shown: undefined, news: { kind: "asking" } }))).toMatchObject({ state: "none" });
    expect(pictureLook(facts({ nowMs: 3_500, stationNowMs: 50_000 }))).toMatchObject({ state: "late", ageMs: 2_500 });
    const noTime = facts({ station: { ...live, mark: undefined, ageMs: 700 }, nowMs: 1_400 });
    expect(pictureLook(noTime)).toMatchObject({ state: "late", ageMs: 1_100 });
  });
});
