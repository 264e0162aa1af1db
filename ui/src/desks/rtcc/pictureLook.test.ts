import type { StreamView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { type LookInput, pictureCause, pictureLook } from "./pictureLook.js";

const stream: StreamView = {
  cameraId: "c",
  name: "OSPREY",
  uid: "u",
  handle: 1,
  state: "live",
  why: "",
  ageMs: 40,
  fps: 15,
  latencyMs: 140,
  timeKnown: true,
  pose: undefined,
};
const look = (over: Partial<LookInput>) =>
  pictureLook({ name: "OSPREY", stream, drawnAgeMs: 60, waitedMs: 0, latencyMs: 140, cannot: undefined, ...over });

describe("what a picture is worth", () => {
  it("is live only while this browser draws", () => {
    expect(look({})).toEqual({ kind: "live", latencyMs: 140 });
    expect(look({ drawnAgeMs: 600 }).kind).toBe("late");
    expect(look({ drawnAgeMs: 2000 })).toEqual({ kind: "frozen", ageMs: 2000 });
  });
  it("is late when pictures come in time but were taken long ago", () => {
    expect(look({ latencyMs: 900 })).toEqual({ kind: "late", ageMs: 900 });
  });
  it("believes the station when it knows worse", () => {
    expect(look({ stream: { ...stream, state: "frozen", ageMs: 9000 } })).toEqual({ kind: "frozen", ageMs: 9000 });
    expect(look({ stream: { ...stream, state: "late", ageMs: 800 } }).kind).toBe("late");
  });
  it("waits for the first picture, or says why there is none", () => {
    expect(look({ drawnAgeMs: undefined, waitedMs: 3100 })).toMatchObject({ kind: "asked", waitedMs: 3100 });
    expect(look({ drawnAgeMs: undefined, stream: { ...stream, state: "none", why: "no key frame in 5 s" } })).toEqual({
      kind: "none",
      why: "no key frame in 5 s",
    });
    expect(look({ stream: undefined }).kind).toBe("none");
    expect(look({ stream: undefined, name: "" })).toMatchObject({ why: expect.stringContaining("Ask the pilot") });
    const idle = look({ name: "", stream: undefined, idle: true });
    expect(idle).toMatchObject({ kind: "none", why: expect.stringContaining("next incident") });
    expect(look({ cannot: "no decoder" })).toEqual({ kind: "none", why: "no decoder" });
  });
  it("names the cause of a late or frozen picture, and none of a live one", () => {
    expect(pictureCause({ kind: "live", latencyMs: 1 }, stream)).toBe("");
    expect(pictureCause({ kind: "frozen", ageMs: 1 }, { ...stream, why: "radio link lost" })).toBe("radio link lost");
    expect(pictureCause({ kind: "frozen", ageMs: 1 }, stream)).not.toBe("");
  });
});
