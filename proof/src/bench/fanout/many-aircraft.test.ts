import { decodeSamples, encodeSamples } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { manyAircraft, messageBytes, uidOf, withManyAircraft } from "./many-aircraft.js";

describe("the aircraft of the fan-out bench", () => {
  it("are the same at the same time and elsewhere later", () => {
    expect(manyAircraft(5, 1000)).toEqual(manyAircraft(5, 1000));
    expect(manyAircraft(5, 1100)[0]?.latDeg).not.toBe(manyAircraft(5, 1000)[0]?.latDeg);
  });
  it("fit the wire", () => {
    const sent = manyAircraft(200, 5000);
    const read = decodeSamples(encodeSamples(sent, 5000))?.samples ?? [];
    expect(read).toHaveLength(200);
    for (const [i, row] of read.entries()) {
      expect(row.latDeg).toBeCloseTo(sent[i]?.latDeg ?? 0, 6);
      expect(row.headingDeg).toBeCloseTo(sent[i]?.headingDeg ?? 0, 1);
    }
  });
  it("take the place of those in the configuration", () => {
    const yaml = withManyAircraft("demo: true\naircraft:\n  - { uid: old }\ndocks:\n  - x\n", 2);
    expect(yaml).not.toContain("old");
    expect(yaml.split("\n").filter((line) => line.includes("callSign"))).toHaveLength(2);
    expect(yaml.endsWith("docks:\n  - x\n")).toBe(true);
    expect(uidOf(1)).toMatch(/^[0-9a-f]{36}$/);
  });
  it("are counted with the head of each message", () => {
    expect([messageBytes(125), messageBytes(126), messageBytes(65_536)]).toEqual([127, 130, 65_546]);
  });
});
