import type { GateId, GateResult, GateState, Wording } from "@outrider/contract";
import { type Said, saidAs } from "./worded.js";

/** What one gate found, before its name is put on it. */
export type Outcome = {
  readonly state: GateState;
  readonly text: string;
  readonly wording?: Wording;
  readonly measured?: number;
  readonly limit?: number;
  readonly unit?: string;
  readonly doThis?: string;
};

type More = Omit<Outcome, "state" | "text" | "wording">;
export const outcome = (state: GateState, said: Said, more: More = {}): Outcome => ({
  state,
  ...saidAs(said),
  ...more,
});
export const pass = (said: Said, more: More = {}): Outcome => outcome("pass", said, more);
export const caution = (said: Said, more: More = {}): Outcome => outcome("caution", said, more);
export const block = (said: Said, doThis: string, more: More = {}): Outcome =>
  outcome("block", said, { doThis, ...more });
export const unknown = (said: Said, doThis: string, more: More = {}): Outcome =>
  outcome("unknown", said, { doThis, ...more });

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
