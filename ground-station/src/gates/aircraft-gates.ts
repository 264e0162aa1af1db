import type { LinkState, Provenance } from "@outrider/contract";
import { limits } from "./limits.js";
import { block, caution, type Outcome, pass, secondsText, unknown } from "./result.js";
import { figure, worded } from "./worded.js";

export type AircraftMeasured = {
  readonly callSign: string;
  readonly enrolled: boolean;
  readonly identified: boolean;
  readonly duplicateSysid: boolean;
  readonly armed: boolean | undefined;
  readonly inAir: boolean | undefined;
  /** By the dock's own sensor. */
  readonly inDock: boolean | undefined;
  /** Another launch that holds this aircraft. */
  readonly busyWith: string | undefined;
};

export function aircraftGate(m: AircraftMeasured): Outcome {
  const name = m.callSign;
  if (!m.enrolled) return block(`${name} is not enrolled.`, "Enrol it by its autopilot's id before it can fly.");
  if (m.duplicateSysid)
    return block(`Two aircraft answer with the system id of ${name}.`, "Give each aircraft its own system id.");
  if (!m.identified)
    return unknown(`${name} has not said who it is since the bridge started.`, "Switch it on and wait for its id.");
  if (m.busyWith !== undefined) return block(`${name} is busy with another launch.`, "Choose another aircraft.");
  if (m.armed === undefined || m.inAir === undefined)
    return unknown(`No state heard from ${name}.`, "Wait for telemetry, or look at the dock.");
  if (m.armed || m.inAir)
    return block(`${name} is ${m.inAir ? "in the air" : "armed"}.`, "Bring it home and let it disarm first.");
  if (m.inDock === undefined)
    return unknown(`The dock does not say whether ${name} stands in it.`, "Look at the dock.");
  if (!m.inDock) return block(`${name} does not stand in its dock.`, "Put it into its dock.");
  return pass(`${name} stands in its dock, disarmed, known by its autopilot's id.`);
}

export type ParametersMeasured = {
  readonly wanted: Readonly<Record<string, { readonly value: number; readonly why: string }>>;
  /** As read back from the aircraft since it last started; undefined before that. */
  readonly read: Readonly<Record<string, number>> | undefined;
};

/** Each value as the autopilot holds it: a float, so compared as one. */
export function parametersGate({ wanted, read }: ParametersMeasured): Outcome {
  const names = Object.keys(wanted);
  if (read === undefined)
    return unknown("Failsafe settings have not been read back.", "Read the settings of this aircraft again.");
  const missing = names.filter((name) => read[name] === undefined);
  const wrong = names.filter((name) => {
    const value = read[name];
    return value !== undefined && Math.fround(value) !== Math.fround(wanted[name]?.value ?? Number.NaN);
  });
  const more = { measured: names.length - wrong.length - missing.length, limit: names.length, unit: "settings" };
  const first = wrong[0];
  if (first !== undefined)
    return block(
      `${wrong.length} of ${names.length} failsafe settings differ: ${first} is ${read[first]}, must be ${wanted[first]?.value}.`,
      "Set it on the aircraft and read it back. It is not launched with unknown behaviour.",
      more,
    );
  if (missing.length > 0)
    return unknown(`${missing.join(", ")} could not be read.`, "Read the settings of this aircraft again.", more);
  return pass(`All ${names.length} read back as wanted.`, more);
}

export function batteryGate(pct: number | undefined, minPct: number): Outcome {
  if (pct === undefined) return unknown("No battery value heard.", "Wait for telemetry, or look at the dock.");
  const more = { measured: pct, limit: minPct, unit: "%" };
  const text = `${Math.floor(pct)} %, limit ${minPct}.`;
  if (pct < minPct) return block(text, "Let it charge.", more);
  return pct < minPct + limits.batteryCautionPct ? caution(text, more) : pass(text, more);
}

export type DockMeasured = {
  readonly dockName: string;
  readonly connected: boolean;
  readonly state: { readonly door: string; readonly padClear: boolean; readonly ageS: number } | undefined;
};

export function dockGate({ dockName, connected, state }: DockMeasured): Outcome {
  if (!connected || state === undefined)
    return block(`${dockName} is not connected.`, "Look at the dock's power and network.");
  const age = { measured: state.ageS, limit: limits.dockStateMaxS, unit: "s" };
  if (state.ageS >= limits.dockStateMaxS)
    return block(`${dockName} last reported ${secondsText(state.ageS)} s ago.`, "Look at the dock's network.", age);
  if (state.door === "jammed") return block(`The door of ${dockName} is jammed.`, "Somebody has to go and free it.");
  if (!state.padClear) return block(`Something lies on the pad of ${dockName}.`, "Somebody has to clear the pad.");
  if (state.door === "opening" || state.door === "closing") return caution(`The door of ${dockName} is ${state.door}.`);
  return pass(`${dockName} is clear, door ${state.door === "none" ? "not fitted" : state.door}.`, age);
}

export type LinkMeasured = {
  readonly link: LinkState | undefined;
  readonly ageS: number | undefined;
  readonly signed: boolean | undefined;
  readonly unsignedMayLaunch: boolean;
};

export function linkGate(m: LinkMeasured): Outcome {
  if (m.link === undefined || m.link === "never" || m.ageS === undefined)
    return block("Nothing heard from this aircraft.", "Switch it on, and look at the link.");
  const age = { measured: m.ageS, limit: 2.5, unit: "s" };
  if (m.link === "lost") return block(`Link lost, last heard ${secondsText(m.ageS)} s ago.`, "Wait for the link.", age);
  if (m.signed === undefined) return unknown("Whether the link is signed is not known.", "Wait for its id.", age);
  if (!m.signed && !m.unsignedMayLaunch)
    return block("The link is not signed.", "Set up signing, or let the site's policy allow an unsigned link.", age);
  if (m.link === "late") return caution(`Link late, last heard ${secondsText(m.ageS)} s ago.`, age);
  if (!m.signed) return caution("Live, not signed: allowed here.", age);
  return pass(`Link live and signed, heard ${secondsText(m.ageS)} s ago.`, age);
}

export type PreArmMeasured = {
  readonly callSign: string;
  /** As the autopilot says of itself; undefined where it says nothing. */
  readonly ok: boolean | undefined;
  /** Its last complaint. */
  readonly said: string | undefined;
};

/** The autopilot refuses to arm while its own check fails: better known before the dock opens than after. */
export function preArmGate({ callSign, ok, said }: PreArmMeasured): Outcome {
  if (ok === undefined)
    return unknown(
      `${callSign} does not report its own pre-arm check.`,
      "Wait for telemetry, or look at the aircraft.",
    );
  if (ok) return pass(`${callSign} would arm: its own check passes.`);
  const why = said === undefined ? "it has not said why" : `it says "${said}"`;
  return block(`${callSign} would refuse to arm: ${why}.`, "Mend what it complains about, or choose another aircraft.");
}

export type RemoteIdMeasured = {
  readonly callSign: string;
  /** What its Remote ID module last said of itself (OPEN_DRONE_ID_ARM_STATUS); undefined: none was heard since it started. */
  readonly module: { readonly state: "good" | "failed" | "silent"; readonly text: string } | undefined;
};

/** 14 CFR 89: nothing flies that does not broadcast, and a module that fails says so before it does. */
export function remoteIdGate(m: RemoteIdMeasured | undefined): Outcome {
  const who = m?.callSign ?? "the aircraft";
  if (m?.module === undefined)
    return unknown(`No Remote ID module of ${who} has been heard.`, "Look at its module, or at its broadcast.");
  const { state, text } = m.module;
  if (state === "good") return pass(`${who}: ${text}.`);
  return block(`${who}: ${text}.`, "It may not fly unidentified. Mend its module, or choose another aircraft.");
}

/** `took`: what another station did to it last, while that still stands. */
export function foreignStationGate(heard: readonly number[] | undefined, allowed: boolean, took?: string): Outcome {
  if (heard === undefined) return unknown("The bridge is not connected.", "Look at the bridge.");
  if (heard.length === 0 && took !== undefined) {
    const said = `Another ground station acted on it: ${took}.`;
    return allowed ? caution(said) : unknown(said, "Find out who did it, then settle this.");
  }
  if (heard.length === 0) return pass("No other ground station heard.");
  const text = `Another ground station is heard (system id ${heard.join(", ")}): it can keep the aircraft from coming home.`;
  return allowed ? caution(text) : block(text, "Switch the other ground station off.");
}

export type PositionMeasured = {
  readonly ok: boolean | undefined;
  readonly doubt: string | undefined;
  readonly padOffM: number | undefined;
  readonly padHeightOffM: number | undefined;
};

export function positionGate(m: PositionMeasured): Outcome {
  if (m.ok === undefined || m.padOffM === undefined || m.padHeightOffM === undefined)
    return unknown("No position heard.", "Wait for telemetry.");
  if (!m.ok) return block("The aircraft has no good position.", "Wait for satellites, or move what covers the dock.");
  const off = { measured: m.padOffM, limit: limits.padOffM, unit: "m" };
  const measured = figure("distance", m.padOffM, `${m.padOffM.toFixed(1)} m`, { round: "up" });
  if (m.padOffM > limits.padOffM)
    return block(
      worded`Position ${measured} from its surveyed pad, limit ${figure("distance", limits.padOffM, `${limits.padOffM}`, { bare: true, round: "down" })}.`,
      "Wait, or survey the pad again.",
      off,
    );
  if (Math.abs(m.padHeightOffM) > limits.padHeightOffM)
    return block(
      worded`Height ${figure("height", m.padHeightOffM, `${m.padHeightOffM.toFixed(1)} m`)} off its surveyed pad, limit ${figure("height", limits.padHeightOffM, `${limits.padHeightOffM}`, { bare: true, round: "down" })}.`,
      "Wait, or survey the pad again.",
      { measured: Math.abs(m.padHeightOffM), limit: limits.padHeightOffM, unit: "m" },
    );
  if (m.doubt !== undefined)
    return unknown(`Position doubted: ${m.doubt}`, "A person has to decide whether to trust it.");
  return pass(worded`${measured} from its pad.`, off);
}

export type ProvenanceMeasured = {
  readonly site: Provenance;
  readonly aircraft: Provenance | undefined;
  readonly sources: readonly Provenance[];
};

/** Simulated and live things never meet. */
export function provenanceGate({ site, aircraft, sources }: ProvenanceMeasured): Outcome {
  if (aircraft === undefined) return unknown("The bridge is not connected.", "Look at the bridge.");
  const other = [aircraft, ...sources].find((one) => one !== site);
  if (other !== undefined)
    return block(`This site is ${site}, but something here is ${other}.`, "Keep simulated and live apart.");
  return pass(site === "sim" ? "All of this is simulated." : "All of this is live.");
}
