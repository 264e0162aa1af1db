import { describe, expect, it } from "vitest";
import { deskAt } from "./deskPath.js";
import { storedUnits } from "./useUnits.js";

const all = [
  { id: "pilot", title: "Pilot" },
  { id: "trainer", title: "Trainer" },
  { id: "supervisor", title: "Supervisor" },
] as const;

describe("the page's address", () => {
  it("opens the person's first desk at the bare address, and his others at their names", () => {
    expect(deskAt("/", all.slice(1), all)).toEqual({ kind: "desk", id: "trainer" });
    expect(deskAt("/supervisor/", all.slice(1), all)).toEqual({ kind: "desk", id: "supervisor" });
  });
  it("says whose desk it is not, and what is nowhere, in place of quietly opening another", () => {
    expect(deskAt("/pilot", all.slice(1), all)).toEqual({ kind: "notYours", title: "Pilot" });
    expect(deskAt("/piolt", all, all)).toEqual({ kind: "nowhere", path: "/piolt" });
    expect(deskAt("/", [], all)).toEqual({ kind: "nowhere", path: "/" });
  });
});

describe("units", () => {
  it("are feet and knots until a person chose metres", () => {
    expect([null, "", "metric", "imperial", "furlongs"].map(storedUnits)).toEqual([
      "imperial",
      "imperial",
      "metric",
      "imperial",
      "imperial",
    ]);
  });
});
