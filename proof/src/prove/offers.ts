import type { Fact, FactData, GateResult, NewFact } from "@outrider/contract";

/** Two aircraft in two docks, two pilots, two calls: enough for every mix-up, and small enough to walk. */
export const aircraft = ["A", "B"] as const;
export type Uid = (typeof aircraft)[number];
export const pilots = ["P", "Q"] as const;
export type Pilot = (typeof pilots)[number];
export const dockOf = (uid: string): string => `dock-${uid}`;

export const person = (personId: Pilot) => ({ kind: "person", personId, name: personId, role: "pic" }) as const;
export const system = { kind: "system", part: "ground-station" } as const;

const point = { latDeg: 0, lonDeg: 0 };

const makePlan = (uid: Uid): FactData<"LaunchProposed">["plan"] => ({
  planId: `plan-${uid}`,
  home: { point, groundAmslM: 0 },
  takeoffAltAmslM: 50,
  route: [{ point, altAmslM: 50, altAglM: 50, speedMps: 15 }],
  scene: { point, groundAmslM: 0, orbitRadiusM: 60, altAmslM: 60, speedMps: 5 },
  returnAltAmslM: 60,
  rally: aircraft.filter((one) => one !== uid).map((one) => ({ dockId: dockOf(one), point, altAmslM: 0 })),
  fence: { inclusion: [point, point, point], exclusions: [], ceilingAmslM: 100 },
  lengthM: 100,
  etaS: 30,
  etaP90S: 40,
  energyOutWh: 5,
  energyHomeWh: 5,
  minClearanceM: 20,
  profile: [],
});

const plans = { A: makePlan("A"), B: makePlan("B") } as const;

export const WINDOW_MS = 1_000_000;

export type OfferWish = {
  readonly launchId: string;
  readonly uid: Uid;
  readonly policy: "approve" | "veto";
  readonly nowMs: number;
  readonly nonce: string;
};

export function offerOf({
  launchId,
  uid,
  policy,
  nowMs,
  nonce,
}: OfferWish): Omit<FactData<"LaunchProposed">, "version"> {
  return {
    launchId,
    incidentId: `i-${launchId}`,
    policy: { kind: policy, seconds: WINDOW_MS / 1000 },
    ruleText: "rule",
    choice: {
      uid,
      callSign: uid,
      dockId: dockOf(uid),
      dockName: dockOf(uid),
      etaS: 30,
      etaP90S: 40,
      onSceneS: 600,
      batteryPct: 90,
      why: "",
    },
    losers: [],
    gates: gates("unknown"),
    plan: plans[uid],
    picId: "P",
    picName: "P",
    nonce,
    expiresAtMs: nowMs + WINDOW_MS,
    ifNothing: "",
  };
}

export type GateMood = "pass" | "unknown" | "block";
/** One gate that can be settled and one that cannot stand for all of them. */
const moodGates = (mood: GateMood): GateResult[] => [
  { gate: "weather", name: "Weather", state: mood === "unknown" ? "unknown" : "pass", text: "" },
  { gate: "aircraft", name: "Aircraft", state: mood === "block" ? "block" : "pass", text: "" },
];
const allGates = { pass: moodGates("pass"), unknown: moodGates("unknown"), block: moodGates("block") } as const;
export const gates = (mood: GateMood): GateResult[] => allGates[mood];

/**
 * Named field by field: the walk makes millions, and spreads of facts of fifty kinds are slow. Type and data stay those
 * of one fact.
 */
export const factAt = ({ type, data, by }: NewFact, tMs: number): Fact =>
  ({ type, data, by, seq: 0, id: "f", tMs, prov: "sim" }) as Fact;
