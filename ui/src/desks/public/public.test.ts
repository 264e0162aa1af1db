import type { PublicFlightView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { type CityModel, localFrame, packPaths } from "../../world/index.js";
import { askedPlace, cornersOf, crossingOf, nearestStreet, streetKey, streetNames, twoStreets } from "./crossings.js";
import {
  byDay,
  categoryWord,
  delayWords,
  flightsPage,
  middleOf,
  tooFresh,
  whyAnswer,
  whyPath,
  withheldWords,
} from "./publicAnswers.js";
import { fieldOf, momentOf, zoneOf } from "./zoneTime.js";

const city: CityModel = {
  id: "t",
  frame: localFrame({ latDeg: 37.77, lonDeg: -122.45 }),
  terrain: { cols: 2, rows: 2, x0M: -900, y0M: -900, stepM: 1800, heightAmslM: new Float32Array(4) },
  buildings: { ...packPaths([]), heightM: new Float32Array(0), baseAmslM: new Float32Array(0) },
  roads: {
    ...packPaths([
      [-3000, 0, 3000, 0],
      [2000, -3000, 2000, 3000],
      [-3000, 1500, 3000, 1500],
    ]),
    kindIndex: new Uint8Array(3),
    widthM: new Float32Array(3),
    level: new Int8Array(3),
    names: ["Haight St", "Masonic Ave", "Page St"],
  },
  areas: { ...packPaths([]), kinds: [] },
  attribution: "",
  centreXM: 0,
  centreYM: 0,
  radiusM: 900,
};
const flight = (flightId: string, date: string, startedMs: number): PublicFlightView => ({
  flightId,
  date,
  startedMs,
  minutes: 3,
  purpose: "",
  category: "",
  area: "",
  why: "",
  decidedBy: "",
  kept: "",
  cameraSaw: [],
  track: [],
});

describe("the public's question", () => {
  it("finds a crossing however it is typed", () => {
    for (const typed of [
      "Haight & Masonic",
      "masonic avenue and HAIGHT street",
      "Haight St at Masonic Ave",
      "haight/masonic",
    ]) {
      const at = crossingOf(city, typed);
      expect(at?.xM).toBeCloseTo(200, 0);
      expect(at?.yM).toBeCloseTo(0, 0);
    }
    expect(crossingOf(city, "Haight & Page")).toBeUndefined();
    expect(crossingOf(city, "Nowhere & Page")).toBeUndefined();
    expect(crossingOf(city, "Haight")).toBeUndefined();
    expect([streetKey("Haight Street."), twoStreets("a & b & c")]).toEqual(["haight st", undefined]);
    expect(nearestStreet(city, 195, 290)).toBe("Masonic Ave");
  });
  it("answers a street or an address with its corners, in the order one walks them", () => {
    expect(cornersOf(city, "1450 Masonic Ave").map((c) => c.label)).toEqual([
      "Masonic Ave & Page St",
      "Masonic Ave & Haight St",
    ]);
    expect(askedPlace(city, "haight & masonic").kind).toBe("crossing");
    expect(askedPlace(city, "haight").kind).toBe("street");
    expect(askedPlace(city, "Haight & Page")).toEqual({ kind: "unknown" });
    expect(askedPlace(city, "12")).toEqual({ kind: "unknown" });
    expect(streetNames(city)).toEqual(["Haight St", "Masonic Ave", "Page St"]);
  });
  it("is told how long flights stay unseen, and when a no is not final", () => {
    expect([0, 20, 180, 1440, 2880].map(delayWords)).toEqual(["soon", "20 minutes", "3 hours", "24 hours", "2 days"]);
    const hourMs = 3_600_000;
    expect(tooFresh(10 * hourMs, 12 * hourMs, 1440)).toBe(true);
    expect(tooFresh(10 * hourMs, 40 * hourMs, 1440)).toBe(false);
    expect(tooFresh(10 * hourMs, 10 * hourMs, 0)).toBe(false);
  });
  it("is asked with a place and a moment", () => {
    expect(whyPath({ latDeg: 37.77, lonDeg: -122.4469001 }, 1000.4)).toBe(
      "/public/why?lat=37.770000&lon=-122.446900&at=1000",
    );
    const ms = new Date(2026, 10, 20, 21, 14).getTime();
    expect(momentOf(fieldOf(ms, undefined), undefined)).toBe(ms);
    expect([momentOf("soon", undefined), momentOf("soon", "America/Los_Angeles")]).toEqual([undefined, undefined]);
  });
  it("is about the site's own clock, wherever the browser stands, also around a change of the clock", () => {
    const zone = "America/Los_Angeles";
    expect(fieldOf(Date.UTC(2026, 10, 21, 5, 14), zone)).toBe("2026-11-20T21:14");
    expect(momentOf("2026-11-20T21:14", zone)).toBe(Date.UTC(2026, 10, 21, 5, 14));
    // 1 November 2026, 02:00: clocks go back to 01:00.
    expect(momentOf("2026-11-01T00:30", zone)).toBe(Date.UTC(2026, 10, 1, 7, 30));
    expect(momentOf("2026-11-01T01:30", zone)).toBe(Date.UTC(2026, 10, 1, 8, 30));
    expect(momentOf("2026-11-01T02:30", zone)).toBe(Date.UTC(2026, 10, 1, 10, 30));
    expect([zoneOf("Europe/Berlin"), zoneOf("Nowhere/Land"), zoneOf(undefined)]).toEqual([
      "Europe/Berlin",
      undefined,
      undefined,
    ]);
  });
});

describe("the public's log", () => {
  const untilMs = new Date(2027, 0, 12).getTime();
  it("always counts what is withheld, with the reason and its end", () => {
    const page = flightsPage({
      agency: "SF",
      flights: [flight("a", "2026-11-20", 1)],
      withheld: [{ reason: "open investigation", untilMs, count: 2 }],
    });
    if (page === undefined) throw new Error("a page");
    expect(withheldWords(page)).toEqual({ shown: "1 flight shown", count: 2, why: "open investigation, until 12 Jan" });
    expect(flightsPage({})).toBeUndefined();
    expect(whyAnswer({ answer: "No.", flights: [], withheldAltogether: 2 })?.withheldAltogether).toBe(2);
    expect(whyAnswer({})).toBeUndefined();
  });
  it("lists by day, newest first", () => {
    const days = byDay(
      [flight("a", "2026-11-19", 10), flight("b", "2026-11-20", 20), flight("c", "2026-11-20", 30)],
      undefined,
    );
    expect(days.map((d) => d.flights.map((f) => f.flightId))).toEqual([["c", "b"], ["a"]]);
  });
  it("says call types as words and points at the middle of what the camera saw", () => {
    expect(["BURGLARY", "SHOOT", "Welfare check", ""].map(categoryWord)).toEqual([
      "Burglary",
      "Shots fired",
      "Welfare check",
      "",
    ]);
    const ring = [
      { latDeg: 1, lonDeg: 2 },
      { latDeg: 3, lonDeg: 4 },
    ];
    expect(middleOf({ ...flight("a", "", 0), cameraSaw: ring })).toEqual({ latDeg: 2, lonDeg: 3 });
    expect(middleOf(flight("a", "", 0))).toBeUndefined();
  });
});
