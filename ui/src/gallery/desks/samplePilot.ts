import type { AskView, GateResult, GeoPoint, LaunchView, RoomViews } from "@outrider/contract";
import { type CityModel, groundAmslM, toLatLon } from "../../world/index.js";
import { SAMPLE_NOW_MS } from "./sampleIncident.js";

const GATES: readonly (readonly [GateResult["gate"], string, GateResult["state"], string])[] = [
  ["traffic", "Traffic", "unknown", "no reply from the receiver"],
  ["weather", "Wind", "caution", "gusts 21 kt, limit 24"],
  ["airspace", "Airspace", "pass", "200 ft ceiling, 197 ft planned"],
  ["clearance", "Clearance", "pass", "62 ft over the tallest roof"],
  ["energy", "Energy", "pass", "lands with 24%, reserve 20"],
  ["fence", "Fence", "pass", "the circle lies 935 m inside, 24 needed"],
  ["way-home", "Ways home", "pass", "clear from 14 of 14 places on the way"],
  ["own-aircraft", "Own aircraft", "pass", "HERON passes 120 ft above, 60 needed"],
  ["pic", "Pilot", "pass", "on watch and at the screen"],
  ["dock", "Dock", "pass", "closed and clear"],
  ["battery", "Battery", "pass", "99%, limit 60"],
  ["remote-id", "Remote ID", "pass", "heard"],
  ["privacy", "Privacy zones", "pass", "none is crossed"],
  ["assembly-lock", "Gathering", "notConfigured", "no list of gatherings"],
];

const AROUND = { semiMajorM: 4, semiMinorM: 4, bearingDeg: 0 };

/** What others ask of this pilot, as many as are wanted. */
const ASKS: readonly AskView[] = (
  ["the north-west corner, where the casings lie", "the roof of 1524 Haight"] as const
).map((label, i) => ({
  ...{ askId: `a${i}`, incidentId: "i1", by: "Operator 1", tMs: SAMPLE_NOW_MS - 9000, state: "open", word: "" },
  ask: { kind: "look", uid: "heron", place: { point: { latDeg: 0, lonDeg: 0 }, error: { ...AROUND }, label } },
}));

/** A watch with one proposal; `empty`: with nothing to decide; `none`: before the watch. */
export function samplePilot(city: CityModel, kind: "card" | "empty" | "none", asks = 0): RoomViews["pilot"] {
  const minute = (m: number): number => SAMPLE_NOW_MS + m * 60_000;
  return {
    watch: kind === "none" ? undefined : { watchId: "w1", sinceMs: minute(-188), name: "Pilot 2" },
    launches: kind === "card" ? [proposal(city)] : [],
    asks: ASKS.slice(0, asks),
    workload: { used: 3, limit: 4, aircraft: 3, maxAircraft: 4, text: "3 of 4 in the air" },
    next: [
      {
        uid: "heron",
        callSign: "HERON",
        mustTurnMs: minute(6.9),
        bars: [
          { kind: "onScene", fromMs: minute(0), toMs: minute(6.9), text: "On scene" },
          { kind: "home", fromMs: minute(6.9), toMs: minute(8.2), text: "Home" },
        ],
      },
      {
        uid: "merlin",
        callSign: "MERLIN",
        mustTurnMs: minute(9.8),
        bars: [{ kind: "onScene", fromMs: minute(0.7), toMs: minute(9.8), text: "On scene" }],
      },
    ],
    collision: "HERON lands 57 s before MERLIN must turn",
    pilotsOnWatch: [{ personId: "me", name: "Pilot 2", aircraft: 3 }],
    decided: [
      { seq: 90, tMs: minute(-1), decision: "launched", by: "Pilot 2", why: "", callSign: "OSPREY" },
      { seq: 71, tMs: minute(-22), decision: "declined", by: "Pilot 2", why: "Weather or wind", callSign: "MERLIN" },
    ],
  };
}

function proposal(city: CityModel): LaunchView {
  const p = (x: number, y: number): GeoPoint => toLatLon(city.frame, x, y);
  const home = { point: p(-300, 292), groundAmslM: groundAmslM(city.terrain, -300, 292) };
  const scene = groundAmslM(city.terrain, 232, 424);
  const top = Math.max(home.groundAmslM, scene) + 60;
  const profile = Array.from({ length: 20 }, (_, i) => ({
    distanceM: i * 28,
    groundAmslM: home.groundAmslM,
    surfaceAmslM: home.groundAmslM + 6 + ((i * 7) % 9),
    pathAmslM: i === 0 ? home.groundAmslM : top,
  }));
  return {
    launchId: "l9",
    incidentId: "i1",
    incidentTitle: "Shots fired, 2 rounds",
    placeLabel: "Haight St & Masonic Ave",
    phase: "proposed",
    version: 1,
    policy: { kind: "approve", seconds: 60 },
    ruleText: "Gunshot alerts are proposed to the pilot.",
    choice: {
      ...{ uid: "kestrel", callSign: "KESTREL", dockId: "a", dockName: "Dock A", etaS: 52, etaP90S: 64 },
      ...{ onSceneS: 1020, batteryPct: 99, why: "first with the camera on target" },
    },
    losers: [
      { uid: "osprey", callSign: "OSPREY", laterS: 31, reason: "charging at Dock B" },
      { uid: "heron", callSign: "HERON", laterS: 19, reason: "would leave a burglary" },
    ],
    gates: GATES.map(([gate, name, state, text]) => ({ gate, name, state, text })),
    plan: {
      planId: "p1",
      home,
      takeoffAltAmslM: top,
      route: [{ point: p(-40, 360), altAmslM: top, altAglM: 60, speedMps: 15 }],
      scene: { point: p(232, 424), groundAmslM: scene, orbitRadiusM: 30, altAmslM: top, speedMps: 8 },
      returnAltAmslM: top + 5,
      rally: [],
      fence: { inclusion: [p(-900, -900), p(900, -900), p(900, 900)], exclusions: [], ceilingAmslM: top + 20 },
      ...{ lengthM: 548, etaS: 52, etaP90S: 64, energyOutWh: 6, energyHomeWh: 6, minClearanceM: 19, profile },
    },
    ...{ picId: "me", picName: "Pilot 2", nonce: "n" },
    ...{ proposedMs: SAMPLE_NOW_MS - 19_000, expiresAtMs: SAMPLE_NOW_MS + 41_000 },
    ifNothing: "If you do nothing, KESTREL stays in its dock and the record says why.",
    ...{ note: "", unconfirmed: undefined },
    because: "3 sensors heard it 11 s ago, within 60 ft. Of 100 alerts like this, 62 were real.",
  };
}
