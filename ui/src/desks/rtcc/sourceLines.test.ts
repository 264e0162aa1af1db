import type { RoomViews, StreamView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { sourceLines } from "./sourceLines.js";

const stream = (cameraId: string, more: Partial<StreamView> = {}): StreamView => ({
  ...{ cameraId, name: cameraId, uid: undefined, handle: 1, state: "live", why: "", ageMs: 300, fps: 15 },
  ...{ latencyMs: 200, timeKnown: true, pose: undefined },
  ...more,
});
const told = (health: Partial<RoomViews["health"]>, flying: readonly string[] = []) =>
  sourceLines(
    { parts: [], streams: [], ...health },
    ["osprey", "heron"].map((uid) => ({ uid, inAir: flying.includes(uid) })),
  );
const texts = (...input: Parameters<typeof told>) => told(...input).map(({ tone, text }) => `${tone}: ${text}`);

describe("what of the crime center's sources is down or late", () => {
  it("is nothing while all of them tell, and before anything was heard", () => {
    const parts = [{ name: "record", state: "ok", text: "Facts are written." }] as const;
    expect(told({ parts, streams: [stream("cam-1")] })).toEqual([]);
    expect(sourceLines(undefined, [])).toEqual([]);
  });

  it("names a camera that freezes, has no picture or comes late, in the station's words", () => {
    const streams = [
      stream("Cole St", { state: "frozen", why: "No packets for 4.0 s." }),
      stream("Haight St", { state: "none", cause: "unreachable", why: "no answer: connect ECONNREFUSED 10.0.0.1:554" }),
      stream("Oak St", { state: "late", ageMs: 2_400, why: "Pictures arrive 2.4 s after they were taken." }),
      stream("Fell St", { state: "late", ageMs: 1_200, why: "Pictures arrive 1.2 s after they were taken." }),
    ];
    expect(texts({ streams })).toEqual([
      "caution: Cole St: no packets for 4.0 s.",
      "caution: Haight St: nothing listens at its address",
      "caution: Oak St: pictures arrive 2.4 s after they were taken.",
    ]);
  });

  it("says nothing of a camera that nobody needs: in a dock, not opened, or of heat beside the other", () => {
    const dark = { state: "none", why: "The camera is off: no picture has come." } as const;
    const streams = [
      stream("osprey", { ...dark, uid: "osprey" }),
      stream("cam-1", { ...dark, cause: "closed" }),
      stream("cam-2", { ...dark, cause: "opening" }),
      stream("heron.heat", { ...dark, uid: "heron", thermal: true }),
    ];
    expect(told({ streams }, ["heron"])).toEqual([]);
    expect(texts({ streams }, ["osprey"])).toEqual(["caution: osprey: the camera is off: no picture has come."]);
  });

  it("passes on readers and intakes with what it means, and since when", () => {
    const sources = [
      { kind: "reader", id: "r1", what: "silent", text: "Cole reader has fallen silent.", sinceMs: 5 },
      { kind: "intake", id: "cad", what: "refused", text: "Messages from cad were refused.", sinceMs: 6 },
      { kind: "stranger", id: "", what: "refused", text: "Somebody who is not known here …", sinceMs: 7 },
    ] as const;
    expect(told({ sources })).toEqual([
      expect.objectContaining({ id: "reader:r1", sinceMs: 5, doThis: expect.stringContaining("no proof") }),
      expect.objectContaining({ id: "intake:cad", sinceMs: 6, doThis: expect.stringContaining("phone") }),
      expect.objectContaining({ id: "stranger:", doThis: expect.stringContaining("Find who") }),
    ]);
  });

  it("puts first what the desk cannot work without, and leaves the pilot's links to the pilot", () => {
    const down = (name: string) => ({ name, state: "down" as const, text: `${name} is down.` });
    const parts = [down("bridge"), down("orders"), down("KSFO"), { ...down("record"), state: "ok" as const }];
    expect(texts({ parts, streams: [stream("cam-1", { state: "frozen" })] })).toEqual([
      "warning: bridge is down.",
      "caution: cam-1: no new picture arrives.",
    ]);
  });
});
