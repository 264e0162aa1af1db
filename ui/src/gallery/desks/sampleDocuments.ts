import { type GeoPoint, newFact, type OfficerView, type PublicFlightView } from "@outrider/contract";
import { localFrame, toLatLon } from "../../world/index.js";

const frame = localFrame({ latDeg: 37.7664, lonDeg: -122.448 });
const p = (x: number, y: number): GeoPoint => toLatLon(frame, x, y);

const flight = (
  flightId: string,
  startedMs: number,
  category: string,
  area: string,
  why: string,
): PublicFlightView => ({
  flightId,
  date: new Date(startedMs).toISOString().slice(0, 10),
  startedMs,
  minutes: 9,
  purpose: category,
  category,
  area,
  why,
  decidedBy: "By the pilot in command, 26 s after the alert.",
  kept: "Video of the corner, until 20 Jan 2027, then deleted.",
  cameraSaw: [p(124, 396), p(190, 338), p(262, 345), p(298, 452), p(246, 470), p(140, 462)],
  track: [
    p(-300, 292),
    p(-180, 330),
    p(-60, 368),
    p(60, 395),
    p(150, 410),
    p(205, 432),
    p(226, 440),
    p(246, 428),
    p(240, 408),
    p(220, 404),
    p(206, 418),
    p(214, 436),
  ],
});

export function samplePublic(path: string, nowMs: number): unknown {
  const flights = [
    flight(
      "f1",
      nowMs - 600_000,
      "Shots fired",
      "Haight St",
      "Gunshot alert at Haight & Masonic. Two casings were found.",
    ),
    flight("f2", nowMs - 7_600_000, "Welfare check", "Fell St", "A person did not answer the door for two days."),
    flight("f3", nowMs - 90_000_000, "Missing child", "Panhandle", "A child was missing in the park."),
  ];
  if (path === "/public/why")
    return {
      answer:
        "Yes. One drone was near this place, in the air for 9 min. Gunshot alert at Haight & Masonic. Two casings were found.",
      flights: flights.slice(0, 1),
      withheldAltogether: 2,
      delayMinutes: 30,
    };
  return {
    agency: "San Francisco",
    sim: true,
    flights,
    withheld: [{ reason: "open investigation", untilMs: nowMs + 4_600_000_000, count: 2 }],
    delayMinutes: 30,
  };
}

export function sampleOfficer(nowMs: number): unknown {
  const box = (x: number, y: number, w: number, h: number): GeoPoint[] => [
    p(x, y),
    p(x + w, y),
    p(x + w, y + h),
    p(x, y + h),
  ];
  const view: OfficerView = {
    sim: true,
    linkId: "k2",
    unit: "3A21",
    incident: {
      title: "Shots fired",
      placeLabel: "Haight & Masonic",
      point: p(222, 436),
      number: "26-04417",
      openedMs: nowMs - 183_000,
    },
    advice: [
      {
        adviceId: "a1",
        incidentId: "i1",
        text: "Two casings, north-west corner. Silver sedan left west on Haight, one person seen.",
        units: ["3A21"],
        plateConfirmed: false,
        sentMs: nowMs - 31_000,
        by: "Operator 1",
        readBy: [],
        withdrawn: undefined,
      },
    ],
    confirmed: [
      { text: "Two casings on the ground", tMs: nowMs - 91_000, by: "Operator 1" },
      { text: "Silver sedan went west, 1 person", tMs: nowMs - 74_000, by: "Operator 1" },
      { text: "Two people, hands empty", tMs: nowMs - 22_000, by: "Operator 1" },
    ],
    notToActOn: ["Plate not confirmed: do not stop on it"],
    aircraft: { callSign: "OSPREY", phase: "onScene", camera: undefined },
    plan: {
      point: p(222, 436),
      streets: [
        { name: "Haight St", points: [p(140, 409), p(232, 424), p(310, 437)] },
        { name: "Masonic Ave", points: [p(224, 500), p(232, 424), p(244, 350)] },
      ],
      buildings: [
        box(165, 428, 48, 34),
        box(172, 466, 40, 40),
        box(244, 438, 50, 40),
        box(250, 372, 44, 40),
        box(170, 360, 52, 40),
      ],
    },
  };
  return { view, nowMs, endsMs: nowMs + 1_440_000 };
}

/** A few facts of one launch, as the record holds them. */
export function sampleFacts(nowMs: number): readonly object[] {
  const pilot = { kind: "person" as const, personId: "p2", name: "Pilot 2", role: "pic" as const };
  const station = { kind: "system" as const, part: "ground-station" as const };
  const place = {
    point: p(232, 424),
    error: { semiMajorM: 18, semiMinorM: 11, bearingDeg: 67 },
    label: "Haight St & Masonic Ave",
  };
  const base = { launchId: "L8817", incidentId: "i5" };
  const gates = [
    {
      gate: "traffic" as const,
      name: "Traffic",
      state: "block" as const,
      text: "helicopter 0.8 mi, 400 ft, limit 1 mi",
    },
    { gate: "weather" as const, name: "Wind", state: "caution" as const, text: "gusts 21 kt, limit 24" },
    { gate: "energy" as const, name: "Energy", state: "pass" as const, text: "home with 31%, needs 25%" },
    { gate: "privacy" as const, name: "Privacy", state: "pass" as const, text: "clear of all zones" },
  ];
  const made = [
    newFact(
      "IncidentOpened",
      {
        incidentId: "i5",
        number: "26-04390",
        alertId: "a",
        kind: "call",
        title: "Vehicle chase",
        callType: "PURSUIT",
        place,
        urgency: 8,
      },
      station,
    ),
    newFact("GatesMeasured", { ...base, version: 1, gates }, station),
    newFact(
      "AlarmRaised",
      { alarmId: "x", level: "caution", about: "HERON", text: "HERON link late", consequence: "" },
      station,
    ),
    newFact(
      "LaunchRefused",
      { ...base, version: 1, reasons: [{ code: "traffic", text: "helicopter 0.8 mi", doThis: "wait" }] },
      station,
    ),
    newFact("MarkMade", { runId: "run-2", text: "Look here" }, pilot),
  ];
  return made.map((f, i) => ({ seq: 209_994 + i, id: `f${i}`, tMs: nowMs - 400_000 + i * 31_000, prov: "sim", ...f }));
}
