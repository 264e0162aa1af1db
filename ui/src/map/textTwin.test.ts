import { describe, expect, it } from "vitest";
import { emptyScene } from "./sceneModel.js";
import { textTwin } from "./textTwin.js";

describe("text twin", () => {
  it("says aircraft first, then what happens, then docks, in words", () => {
    const p = { latDeg: 0, lonDeg: 0 };
    const text = textTwin(
      {
        ...emptyScene("night"),
        aircraft: [{ uid: "h", callSign: "HERON", selected: true, docked: false, showFootprint: false, kind: "drone" }],
        incidents: [
          {
            id: "i",
            at: p,
            title: "Shots fired",
            detail: "Haight & Masonic",
            certainty: "estimated",
            error: { semiMajorM: 18, semiMinorM: 10, bearingDeg: 0 },
          },
        ],
        docks: [{ id: "a", at: p, name: "Dock A", detail: "OSPREY ready", ready: true }],
      },
      [{ uid: "h", altText: "186 ft", phase: "on scene" }],
    );
    expect(text).toBe(
      "1 aircraft: HERON, 186 ft, on scene. Shots fired, Haight & Masonic, within 18 metres, estimated. Docks: Dock A OSPREY ready.",
    );
  });

  it("says that nothing flies instead of saying nothing", () => {
    expect(textTwin(emptyScene("night"), [])).toBe("No aircraft in the air.");
  });
});
