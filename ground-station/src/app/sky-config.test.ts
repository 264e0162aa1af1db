import { skyConfig } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { configProblems } from "./check-config.js";
import { testConfig } from "./testing/test-config.js";

const receiver = (sourceId: string, provenance: "live" | "sim") => ({
  ...{ sourceId, kind: "aircraft-json", url: "http://roof:8080/data/aircraft.json", provenance },
});
const problems = (...sources: readonly object[]): readonly string[] =>
  configProblems(
    testConfig((base) => ({ ...base, sky: skyConfig.parse({ sources }) })),
    new Map(),
  ).filter((text) => text.startsWith("sky"));

describe("sources of other aircraft and weather", () => {
  it("are refused at start where one is not what the site is: simulated and live never meet (INV-7)", () => {
    expect(problems(receiver("roof", "sim"))).toEqual([]);
    expect(problems(receiver("roof", "sim"), receiver("field", "live"))).toEqual([
      "sky.sources.1.provenance: live and simulated things never meet: it must be that of the site",
    ]);
  });
  it("of restrictions have an address for each notice, and papers a day until when they hold", () => {
    const notices = { sourceId: "faa", kind: "tfr", url: "http://f/list", provenance: "sim" };
    const good = (one: object, more: object = {}) => skyConfig.safeParse({ sources: [one], ...more }).success;
    expect(good(notices)).toBe(true);
    expect([
      good({ ...notices, detailUrl: "http://f/{notam}.xml" }),
      good({ ...notices, detailUrl: "http://f/x" }),
    ]).toEqual([...[true, false]]);
    const paper = { reference: "COA-7", until: "2027-01-31", upTo: "ceiling" };
    const airspace = (authorisation: object) => good(notices, { airspace: { authorisation } });
    expect([airspace(paper), airspace({ ...paper, until: "soon" }), airspace({ ...paper, upTo: 500 })]).toEqual([
      ...[true, false, false],
    ]);
  });
  it("have a name each, and an address without a password", () => {
    expect(problems(receiver("roof", "sim"), receiver("roof", "sim"))).toEqual([
      "sky.sources: roof stands there twice",
    ]);
    const withPassword = { ...receiver("roof", "sim"), url: "http://user:secret@roof/aircraft.json" };
    expect(skyConfig.safeParse({ sources: [withPassword] }).success).toBe(false);
  });
});
