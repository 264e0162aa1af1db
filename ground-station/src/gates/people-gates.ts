import { limits } from "./limits.js";
import { block, caution, type Outcome, pass, secondsText, unknown } from "./result.js";
import { LAUNCH_WEIGHT, workloadFits } from "./workload.js";

const DAY_MS = 86_400_000;

export type PicMeasured = {
  readonly pic:
    | {
        readonly name: string;
        readonly certificateUntilMs: number;
        /** When a key, pointer or touch was last seen at a visible page of theirs. */
        readonly presenceMs: number | undefined;
      }
    | undefined;
  readonly nowMs: number;
};

/** A named pilot on watch, certificated and present. */
export function picGate({ pic, nowMs }: PicMeasured): Outcome {
  if (pic === undefined) return block("No pilot is on watch.", "A pilot has to start a watch.");
  const leftDays = (pic.certificateUntilMs - nowMs) / DAY_MS;
  const days = { measured: Math.floor(leftDays), limit: 0, unit: "days" };
  if (leftDays < 0)
    return block(`The certificate of ${pic.name} has run out.`, "Another pilot has to take the watch.", days);
  if (pic.presenceMs === undefined)
    return unknown(`${pic.name} has not been seen at a screen yet.`, "Touch a key at the pilot's desk.");
  const ageS = (nowMs - pic.presenceMs) / 1000;
  const presence = { measured: ageS, limit: limits.presenceStaleS, unit: "s" };
  if (ageS > limits.presenceStaleS)
    return unknown(
      `${pic.name} was last seen at the screen ${secondsText(ageS)} s ago, limit ${limits.presenceStaleS} s.`,
      "Touch a key at the pilot's desk.",
      presence,
    );
  if (leftDays < limits.certificateWarnDays)
    return caution(`The certificate of ${pic.name} runs out in ${Math.floor(leftDays)} days.`, days);
  return pass(`On watch, seen ${secondsText(ageS)} s ago.`, presence);
}

export type WorkloadMeasured = {
  readonly picName: string | undefined;
  /** Hundredths in use before this launch. */
  readonly used: number;
  readonly aircraft: number;
  readonly maxAircraft: number;
};

/** Room for one more launch in the pilot's phase budget. */
export function workloadGate(m: WorkloadMeasured): Outcome {
  if (m.picName === undefined) return unknown("No pilot, so no workload.", "A pilot has to start a watch.");
  const after = m.used + LAUNCH_WEIGHT;
  if (m.aircraft + 1 > m.maxAircraft)
    return block(
      `${m.picName} already has ${m.aircraft} aircraft, limit ${m.maxAircraft}.`,
      "Hand an aircraft over, or let another pilot take this launch.",
      { measured: m.aircraft + 1, limit: m.maxAircraft, unit: "aircraft" },
    );
  const more = { measured: after / 100, limit: limits.workloadBlock / 100 };
  const text = `${(after / 100).toFixed(2)} after launch, limit ${(limits.workloadBlock / 100).toFixed(2)}.`;
  if (!workloadFits(after)) return block(text, "Hand an aircraft over, or wait until one is on scene or landed.", more);
  return after >= limits.workloadWarn ? caution(text, more) : pass(text, more);
}

export type CurrencyMeasured = {
  readonly picName: string | undefined;
  /** Days since the last flight; not a number where no flight is on record. */
  readonly days: number;
  readonly limitDays: number;
};

export function currencyGate({ picName, days, limitDays }: CurrencyMeasured): Outcome {
  if (picName === undefined || !Number.isFinite(days) || days < 0)
    return unknown("No last flight is on record for the pilot.", "Enter the last flight, or fly a training run.");
  const more = { measured: days, limit: limitDays, unit: "days" };
  const text = `Flew ${Math.round(days)} days ago, limit ${limitDays}.`;
  return days > limitDays
    ? block(text, "Fly a training run, or let another pilot take this launch.", more)
    : pass(text, more);
}
