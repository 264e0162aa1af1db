import type { GateId, GateResult, GateState } from "@outrider/contract";

/** What one gate found, before its name is put on it. */
export type Outcome = {
  readonly state: GateState;
  readonly text: string;
  readonly measured?: number;
  readonly limit?: number;
  readonly unit?: string;
  readonly doThis?: string;
};

type More = Omit<Outcome, "state" | "text">;
export const pass = (text: string, more: More = {}): Outcome => ({ state: "pass", text, ...more });
export const caution = (text: string, more: More = {}): Outcome => ({ state: "caution", text, ...more });
export const block = (text: string, doThis: string, more: More = {}): Outcome => ({
  state: "block",
  text,
  doThis,
  ...more,
});
export const unknown = (text: string, doThis: string, more: More = {}): Outcome => ({
  state: "unknown",
  text,
  doThis,
  ...more,
});

/** Names as they stand on the card and in the record. */
export const gateNames: Readonly<Record<GateId, string>> = {
  pic: "Pilot",
  "pic-workload": "Workload",
  currency: "Currency",
  aircraft: "Aircraft",
  "failsafe-parameters": "Failsafes",
  battery: "Battery",
  dock: "Dock",
  link: "Link",
  energy: "Energy",
  fence: "Fence",
  clearance: "Clearance",
  "way-home": "Ways home",
  "own-aircraft": "Our others",
  privacy: "Privacy",
  provenance: "Provenance",
  "foreign-station": "Other stations",
  position: "Position",
  "launch-criteria": "Launch criteria",
  "remote-id": "Remote ID",
  airspace: "Airspace",
  traffic: "Air traffic",
  weather: "Weather",
  "assembly-lock": "Assemblies",
  lights: "Lights",
  prearm: "Pre-arm check",
};

export const gateResult = (gate: GateId, outcome: Outcome): GateResult => ({
  gate,
  name: gateNames[gate],
  ...outcome,
});

/** Seconds for the ear: whole from ten on, one decimal below. */
export const secondsText = (seconds: number): string =>
  seconds < 10 ? seconds.toFixed(1) : Math.round(seconds).toString();
