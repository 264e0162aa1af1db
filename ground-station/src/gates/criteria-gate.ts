import type { AlertKind, LaunchCriterion } from "@outrider/contract";
import { block, caution, type Outcome, pass, unknown } from "./result.js";

/** What the agency's criteria look at: the reports that stand, and what they are held against. */
export type CriteriaMeasured = {
  /** Undefined where the site's configuration has none. */
  readonly criteria: readonly LaunchCriterion[] | undefined;
  readonly alerts: readonly {
    readonly callType: string;
    readonly kind: AlertKind;
    readonly urgency: number;
    /** Learned from closed incidents of the same source; undefined while fewer than ten have closed. */
    readonly realOf100: number | undefined;
  }[];
};

type Reported = CriteriaMeasured["alerts"][number];

const forAlert = (line: LaunchCriterion, alert: Reported): boolean =>
  (line.callTypes.includes(alert.callType) || line.callTypes.includes("*")) &&
  (line.kinds === undefined || line.kinds.includes(alert.kind));

/** Best first: one report that meets the criteria is enough. */
const order: Readonly<Record<Outcome["state"], number>> = {
  pass: 0,
  caution: 1,
  unknown: 2,
  block: 3,
  notConfigured: 4,
};

/** Whether this is what the agency sends an aircraft to; the words are its own. */
export function criteriaGate({ criteria, alerts }: CriteriaMeasured): Outcome {
  if (criteria === undefined)
    return unknown(
      "This site has no launch criteria.",
      "Write launch.criteria, or say in notConfigured who left them out.",
    );
  const found = alerts.map((alert) => oneAlert(criteria, alert)).sort((a, b) => order[a.state] - order[b.state]);
  return found[0] ?? block("No report stands any more.", "Nothing is left to launch to.");
}

function oneAlert(criteria: readonly LaunchCriterion[], alert: Reported): Outcome {
  const name = `${alert.callType} by ${alert.kind}`;
  const line = criteria.find((one) => forAlert(one, alert));
  if (line === undefined)
    return block(`${name}: the criteria name no such call.`, "Send somebody; this kind of call gets no aircraft.");
  const urgency = `urgency ${alert.urgency} of 10, at least ${line.minUrgency}`;
  if (alert.urgency < line.minUrgency)
    return block(`${name}: ${urgency}. ${line.text}`, "Send somebody, or raise the call's urgency in its own system.", {
      measured: alert.urgency,
      limit: line.minUrgency,
    });
  const { minRealOf100 } = line;
  if (minRealOf100 === undefined)
    return pass(`${name}: ${urgency}. ${line.text}`, { measured: alert.urgency, limit: line.minUrgency });
  if (alert.realOf100 === undefined)
    return unknown(
      `${name}: ${urgency}; how many of this source are real is not known yet, at least ${minRealOf100} of 100 wanted.`,
      "Look at what was reported, then decide.",
    );
  const odds = { measured: alert.realOf100, limit: minRealOf100, unit: "of 100" };
  const text = `${name}: ${urgency}; ${alert.realOf100} of 100 from this source were real, at least ${minRealOf100}. ${line.text}`;
  if (alert.realOf100 < minRealOf100)
    return block(text, "Look at what was reported; a person may ask for an aircraft.", odds);
  return alert.realOf100 < minRealOf100 + CAUTION_OF_100 ? caution(text, odds) : pass(text, odds);
}

/** This near to the agency's own line is worth a word. */
const CAUTION_OF_100 = 5;
