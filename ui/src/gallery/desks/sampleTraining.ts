import type { GeoPoint, RoomViews } from "@outrider/contract";
import { type CityModel, groundAmslM, toLatLon } from "../../world/index.js";
import { SAMPLE_NOW_MS } from "./sampleIncident.js";

const START_MS = SAMPLE_NOW_MS - 768_000;
const min = (m: number, s = 0): number => START_MS + (m * 60 + s) * 1000;

const SCENARIOS = [
  {
    id: "two-calls",
    title: "Night shift, two calls at once",
    text: "A burglary, then a welfare check. Shots at 7:45, one aircraft short.",
    minutes: 20,
  },
  {
    id: "pursuit",
    title: "Silver sedan",
    text: "Shots, a car leaves, plates are misread. Find it without stopping the wrong one.",
    minutes: 15,
  },
  {
    id: "link",
    title: "Lost link over the park",
    text: "The link goes at the worst moment. Trust the failsafe or not.",
    minutes: 10,
  },
];

const EXPECTATIONS: RoomViews["trainer"]["expectations"] = [
  { id: "1", text: "Launch to burglary", state: "met", tookS: 9 },
  { id: "2", text: "Camera level on the way", state: "met", tookS: undefined },
  { id: "3", text: "Launch to welfare check", state: "met", tookS: 14 },
  { id: "4", text: "Keep HERON when link is late", state: "met", tookS: 6 },
  { id: "5", text: "Read gust before launch", state: "met", tookS: undefined },
  { id: "6", text: "Decide on shots within 20 s", state: "late", tookS: 26 },
  { id: "7", text: "Do not strip the burglary", state: "met", tookS: undefined },
  { id: "8", text: "Turn back before the reserve", state: "missed", tookS: undefined },
  { id: "9", text: "Land MERLIN elsewhere", state: "open", tookS: undefined },
];

const EVENTS: RoomViews["trainer"]["events"] = [
  { tMs: min(0, 40), lane: "world", text: "Burglary call" },
  { tMs: min(0, 49), lane: "trainee", text: "HERON 9 s" },
  { tMs: min(4, 10), lane: "world", text: "Welfare check" },
  { tMs: min(4, 24), lane: "trainee", text: "MERLIN 14 s" },
  { tMs: min(6, 36), lane: "inject", text: "linkLoss" },
  { tMs: min(6, 42), lane: "trainee", text: "keeps 6 s" },
  { tMs: min(7, 45), lane: "world", text: "Shots fired" },
  { tMs: min(8, 11), lane: "trainee", text: "OSPREY 26 s" },
  { tMs: min(10, 30), lane: "world", text: "Car leaves" },
];

type Row = readonly [string, string, string, RoomViews["supervisor"]["decisions"][number]["decision"], string, string];
const PATTERNS: NonNullable<RoomViews["supervisor"]["patterns"]> = [
  {
    seq: 214_310,
    tMs: SAMPLE_NOW_MS - 1_500_000,
    name: "Operator 3",
    days: 4,
    cases: 3,
    seqs: [201_310, 204_716, 209_432, 214_309],
    why: "One plate, sought on 4 days for 3 cases.",
  },
];

const ROWS: readonly Row[] = [
  [
    "21:14:47",
    "26-04417",
    "OSPREY: Shots fired, Haight & Masonic",
    "launched",
    "Pilot 2",
    "62 of 100 were real; wind 21 of 24 kt",
  ],
  [
    "21:09:10",
    "26-04416",
    "MERLIN: Welfare check, Fell & Lyon",
    "launched",
    "Pilot 2",
    "caller on the line, no unit for 9 min",
  ],
  [
    "20:58:31",
    "26-04412",
    "HERON: Burglary, Clayton & Frederick",
    "launched",
    "Pilot 2",
    "in progress, two people inside",
  ],
  ["20:41:02", "26-04409", "Noise, Cole St", "notPossible", "rule 12", "call type never flies"],
  ["20:22:47", "26-04401", "KESTREL: Shots fired, Divisadero", "declined", "Pilot 2", "fireworks heard by 2 officers"],
  ["19:57:15", "26-04390", "HERON: Vehicle chase, Oak St", "refused", "gate: traffic", "helicopter 0.8 mi, 400 ft"],
  [
    "19:31:40",
    "26-04388",
    "MERLIN: Missing child, Panhandle",
    "vetoElapsed",
    "Pilot 1",
    "veto window passed, pilot present",
  ],
  ["19:14:22", "26-04381", "KESTREL: Alarm, Divisadero", "declined", "Pilot 1", "owner called: false alarm"],
  ["19:08:55", "26-04379", "HERON: Gathering, Panhandle", "refused", "assembly lock", "no named supervisor"],
  ["19:02:08", "26-04377", "OSPREY: Fight, Haight St", "expired", "no answer", "pilot was landing HERON"],
  ["18:51:37", "26-04375", "MERLIN: Fall, Buena Vista Park", "launched", "Pilot 1", "caller could not see them"],
  ["18:44:03", "26-04371", "PLOVER: Theft, Haight St", "aborted", "Pilot 1", "call was cancelled"],
];

export function sampleTrainer(city: CityModel, empty: boolean): RoomViews["trainer"] {
  const p = (x: number, y: number): GeoPoint => toLatLon(city.frame, x, y);
  if (empty)
    return {
      run: undefined,
      scenario: "",
      seed: 0,
      scenarios: SCENARIOS,
      score: undefined,
      expectations: [],
      events: [],
      truth: undefined,
    };
  const up = (
    uid: string,
    callSign: string,
    x: number,
    y: number,
    agl: number,
    headingDeg: number,
    batteryPct: number,
  ) => ({ uid, callSign, point: p(x, y), altAmslM: groundAmslM(city.terrain, x, y) + agl, headingDeg, batteryPct });
  return {
    run: { runId: "run-3", epochMs: SAMPLE_NOW_MS, rate: 1, paused: false },
    scenario: "two-calls",
    seed: 4417,
    scenarios: SCENARIOS,
    score: 84,
    expectations: EXPECTATIONS,
    events: EVENTS,
    truth: {
      tMs: SAMPLE_NOW_MS,
      aircraft: [
        up("heron", "HERON", 20, 10, 57, 20, 64),
        up("merlin", "MERLIN", 430, 640, 60, 260, 48),
        up("osprey", "OSPREY", 282, 506, 59, 215, 81),
      ],
      vehicles: [
        { vehicleId: "v1", point: p(-30, 383), headingDeg: 260, speedMps: 12, sought: true },
        { vehicleId: "v2", point: p(120, 406), headingDeg: 80, speedMps: 8, sought: false },
        { vehicleId: "v3", point: p(233, 300), headingDeg: 350, speedMps: 0, sought: false },
      ],
      alerts: [{ point: p(246, 427), text: "Shots fired" }],
    },
  };
}

export function sampleSupervisor(empty: boolean): RoomViews["supervisor"] {
  if (empty)
    return {
      decisions: [],
      responseTimes: [],
      medianS: undefined,
      p90S: undefined,
      searches: [],
      alarmsPer10Min: 0,
      record: { seq: 0, headHash: "" },
    };
  const times = Array.from({ length: 41 }, (_, i) => 60 + (i / 41) ** 1.7 * 98 + ((i * 37) % 11) * 0.6).sort(
    (a, b) => a - b,
  );
  return {
    decisions: ROWS.map(([clock, number, title, decision, by, why], i) => ({
      seq: 214_882 - i * 977,
      tMs: Date.parse(`2026-11-20T${clock}`),
      incidentId: `i${i}`,
      number,
      title,
      decision,
      by,
      why,
      secondsToDecide: decision === "launched" ? 9 + i * 3 : undefined,
      launchId: decision === "notPossible" ? undefined : `L${8812 + i}`,
    })),
    responseTimes: [
      ...times.map((seconds, i) => ({
        incidentId: `t${i}`,
        number: `26-0${4300 + i}`,
        tMs: SAMPLE_NOW_MS - i * 900_000,
        seconds,
        outcome: "on scene",
      })),
      ...Array.from({ length: 6 }, (_, i) => ({
        incidentId: `n${i}`,
        number: `26-0${4350 + i}`,
        tMs: SAMPLE_NOW_MS - i * 1_900_000,
        seconds: undefined,
        outcome: ["refused", "expired", "declined", "aborted"][i % 4] ?? "refused",
      })),
    ],
    medianS: times[20],
    p90S: times[36],
    searches: Array.from({ length: 112 }, (_, i) => ({
      seq: 200_000 + i * 131,
      tMs: SAMPLE_NOW_MS - i * 500_000,
      by: `Operator ${1 + (i % 3)}`,
      caseNumber: `26-0${4417 - (i % 40)}`,
      offence: i % 2 === 0 ? "Shots fired" : "Vehicle theft",
      text: `reads within 400 m of 26-0${4417 - (i % 40)}, last 15 min`,
      count: (i * 7) % 31,
    })),
    patterns: PATTERNS,
    alarmsPer10Min: 0.8,
    record: { seq: 214_882, headHash: "3be891aa6c0d5f1b2e90a74c11d89b3355b2fe0a9c87a1d0be4467127d5407f3" },
  };
}
