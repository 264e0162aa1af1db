import type { GateView, StripView, VerifyView } from "../parts/index.js";

const energy = (now: number, turnInS: number) => ({ nowWh: now, homeWh: 14, reserveWh: 18, fullWh: 100, turnInS });
const heron: StripView = {
  uid: "heron",
  callSign: "HERON",
  phase: "On scene",
  phaseTone: "engaged",
  job: "Burglary, Clayton & Frederick",
  aglM: 56.7,
  turnInS: 412,
  linkAgeMs: 200,
  link: "live",
  energy: energy(78, 412),
  next: "Home to Dock C, reserve kept",
  flownBy: undefined,
  noVideo: false,
  failsafe: undefined,
};

export const STRIPS: readonly StripView[] = [
  heron,
  {
    ...heron,
    uid: "late",
    callSign: "PLOVER",
    phase: "Going home",
    phaseTone: "plain",
    linkAgeMs: 2800,
    link: "late",
    energy: energy(47, 110),
    turnInS: 110,
  },
  {
    ...heron,
    uid: "lost",
    callSign: "MERLIN",
    linkAgeMs: 14_000,
    link: "lost",
    failsafe: { text: "Flying itself home, by its own failsafe", landsInS: 84 },
  },
  {
    ...heron,
    uid: "other",
    callSign: "SWIFT",
    phase: "Another station",
    phaseTone: "plain",
    notOurs: true,
    flownBy: "Another ground station flies it. Your next order takes it back.",
    noVideo: true,
    energy: energy(24, -5),
    turnInS: 0,
  },
];

export const GATES: readonly GateView[] = [
  {
    id: "block",
    name: "Traffic",
    text: "helicopter 0.8 mi, 400 ft",
    look: "block",
    doThis: "Wait until it is 1 mi away",
  },
  { id: "unknown", name: "Light", text: "strobe not reported, look or decline", look: "unknown", settleKey: "1" },
  { id: "measuring", name: "Link", text: "measuring", look: "measuring" },
  { id: "caution", name: "Wind", text: "gusts 21 kt, limit 24", look: "caution" },
  { id: "pass", name: "Clearance", text: "62 ft over the tallest roof", look: "pass" },
  { id: "off", name: "Remote ID", text: "not configured at this site", look: "notConfigured" },
];

export const VERIFY: VerifyView = {
  hitId: "h",
  plate: "7KBM042",
  doubtfulIndexes: [2, 4],
  list: "stolen list",
  checks: [
    { name: "Letters", look: "caution", text: "B may be 8, 0 may be O" },
    { name: "State", look: "pass", text: "California on both" },
    { name: "Vehicle", look: "pass", text: "silver sedan on both" },
    { name: "Travel", look: "pass", text: "36 s from Masonic, roads allow it" },
  ],
  age: "read 38 s ago",
  state: "unread",
  listTooOld: false,
  by: undefined,
  note: "A stop at gunpoint needs a second person to say yes.",
};
