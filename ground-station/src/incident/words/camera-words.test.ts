import type { CameraTowards, FactOf } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { cameraWords } from "./camera-words.js";

const point = { latDeg: 39.74, lonDeg: -104.99 };
const towards = {
  place: { kind: "place", point },
  step: { kind: "step", panDeg: 5, tiltDeg: 0, zoomTimes: 1 },
  home: { kind: "home" },
} as const satisfies Record<string, CameraTowards>;

function say(to: keyof typeof towards, outcome: FactOf<"CameraTurned">["data"]["outcome"], reason = ""): string {
  const by: FactOf<"CameraTurned">["by"] =
    to === "home"
      ? { kind: "system", part: "ground-station" }
      : { kind: "person", personId: "a", name: "Desk 2", role: "rtcc" };
  const data = { turnId: "t", cameraId: "c", name: "Corner", towards: towards[to], outcome, reason };
  const words = cameraWords({ type: "CameraTurned", data, by, seq: 1, id: "f", tMs: 0, prov: "sim" });
  return words === undefined ? "" : `${words.title} | ${words.detail}`;
}

describe("a turned camera on the timeline", () => {
  it("is told once it was seen to be there, with who wanted it; steps of the pad are not", () => {
    expect(say("place", "turned")).toBe("Desk 2 turned Corner to a place | ");
    expect(say("home", "turned")).toBe("Corner went back home by itself | ");
    expect(say("step", "turned")).toBe("");
    expect(say("place", "superseded")).toBe("");
  });

  it("is told with the reason where it was refused, or nobody knows", () => {
    expect(say("step", "refused", "It would look into the privacy zone School.")).toBe(
      "Corner not turned by hand for Desk 2 | It would look into the privacy zone School.",
    );
    expect(say("place", "unconfirmed", "It gave no answer.")).toBe(
      "Corner may have turned to a place | It gave no answer.",
    );
  });
});
