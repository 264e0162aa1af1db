import type { RestrictionView, SkyView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { emptyScene, textTwin } from "../../scene/index.js";
import { placelessNotices, restrictionZones } from "./restrictions.js";

const ring = [1, 2, 3].map((n) => ({ latDeg: 37 + n / 100, lonDeg: -122 }));
const notice: RestrictionView = {
  ...{ restrictionId: "faa:FDC 6/0421", notam: "FDC 6/0421", title: "", state: "active", doubt: "", waiver: "" },
  ...{ areas: [{ outer: ring, holes: [] }], when: "until 14:30", heights: "ground to 3,000 ft AGL" },
};
const sky = (...restrictions: readonly RestrictionView[]): SkyView => ({
  ...{ strangers: [], sources: [], metar: undefined, restrictions },
});

describe("flight restrictions on the map", () => {
  it("given one in force, draws it closed, with its number, until when and how high", () => {
    const zones = restrictionZones(sky(notice));
    expect(zones).toMatchObject([
      { kind: "restriction", look: "closed", label: "NOTAM FDC 6/0421", detail: "until 14:30, ground to 3,000 ft AGL" },
    ]);
    expect(textTwin({ ...emptyScene("night"), zones }, [])).toContain("NOTAM FDC 6/0421, until 14:30, ground to");
  });
  it("given one of several areas, names it once; one that comes or is waived is open, one that is over is gone", () => {
    const [area] = notice.areas;
    if (area === undefined) throw new Error("no area");
    const labels = restrictionZones(sky({ ...notice, areas: [area, area] })).map((zone) => zone.label);
    expect(labels).toEqual(["NOTAM FDC 6/0421", ""]);
    const look = (more: Partial<RestrictionView>) => restrictionZones(sky({ ...notice, ...more }))[0]?.look;
    expect([look({ state: "coming" }), look({ waiver: "SGI-12" }), look({ state: "over" })]).toEqual([
      ...["open", "open", undefined],
    ]);
  });
  it("given one that nobody could read, says so on the map, and in words where it has no place", () => {
    const unclear = { ...notice, state: "unclear" as const, doubt: "its times are not told" };
    expect(restrictionZones(sky(unclear))[0]).toMatchObject({
      ...{ look: "unclear", detail: "read the notice: its times are not told" },
    });
    expect(placelessNotices(sky(unclear, { ...unclear, areas: [], doubt: "it has no shape" }))).toEqual([
      "NOTAM FDC 6/0421: it has no shape. Read the notice.",
    ]);
  });
});
