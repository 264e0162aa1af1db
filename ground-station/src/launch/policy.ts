import { type Alert, assertNever, type Config, type LaunchPolicy } from "@outrider/contract";

export type RuleFound = { readonly policy: LaunchPolicy; readonly text: string };
type Rule = Config["launch"]["rules"][number];

/** The more it needs of a human, the higher. */
function demand(policy: LaunchPolicy): number {
  switch (policy.kind) {
    case "never":
      return 3;
    case "suggest":
      return 2;
    case "approve":
      return 1;
    case "veto":
      return 0;
    default:
      return assertNever(policy);
  }
}

const forType = (rule: Rule, callType: string): boolean =>
  rule.callTypes.includes(callType) || rule.callTypes.includes("*");

function ruleFor(rules: readonly Rule[], alert: Alert): RuleFound {
  const found = rules.find(
    (rule) => rule.together !== true && forType(rule, alert.callType) && rule.kinds.includes(alert.kind),
  );
  if (found !== undefined) return { policy: found.policy, text: found.text };
  return { policy: { kind: "suggest" }, text: `No rule names ${alert.callType} by ${alert.kind}: suggested only.` };
}

/** A line for reports that corroborate each other: all of its kinds are there, and no other. */
function pairRule(rules: readonly Rule[], alerts: readonly Alert[]): RuleFound | undefined {
  const kinds = new Set(alerts.map((alert) => alert.kind));
  if (kinds.size < 2) return undefined;
  const found = rules.find(
    (rule) =>
      rule.together === true &&
      rule.kinds.length === kinds.size &&
      rule.kinds.every((kind) => kinds.has(kind)) &&
      alerts.some((alert) => forType(rule, alert.callType)),
  );
  return found === undefined ? undefined : { policy: found.policy, text: found.text };
}

/** Which policy holds for an incident: the one that needs most of a human, unless a line names the corroborated pair. */
export function policyFor(rules: readonly Rule[], alerts: readonly Alert[]): RuleFound {
  const never = alerts.map((alert) => ruleFor(rules, alert)).find((found) => found.policy.kind === "never");
  if (never !== undefined) return never;
  const pair = pairRule(rules, alerts);
  if (pair !== undefined) return pair;
  const [first, ...others] = alerts.map((alert) => ruleFor(rules, alert));
  if (first === undefined)
    return { policy: { kind: "never", why: "no alert stands any more" }, text: "No alert stands any more." };
  return others.reduce((worst, found) => (harder(found.policy, worst.policy) ? found : worst), first);
}

/** Of equal kinds the one with the shorter time to decide gives less time to a human: the longer countdown wins. */
function harder(a: LaunchPolicy, b: LaunchPolicy): boolean {
  if (demand(a) !== demand(b)) return demand(a) > demand(b);
  return "seconds" in a && "seconds" in b && a.seconds > b.seconds;
}

export type VetoView = {
  readonly alerts: readonly Pick<Alert, "signed" | "receivedAtMs" | "occurredAtMs">[];
  readonly nowMs: number;
  readonly maxAlertAgeS: number;
  readonly picOnWatch: boolean;
  readonly presenceFresh: boolean;
  readonly restarted: boolean;
};

/** Why an automatic launch may not happen now; undefined when nothing speaks against it. */
export function vetoHindrance(view: VetoView): string | undefined {
  if (view.restarted) return "The station restarted during the countdown.";
  if (!view.picOnWatch) return "The named pilot is not on watch any more.";
  if (!view.presenceFresh) return "The pilot has not been seen at the screen for a minute.";
  if (view.alerts.length === 0) return "No alert stands any more.";
  if (view.alerts.some((alert) => !alert.signed)) return "A source does not sign its reports.";
  const newestMs = Math.max(...view.alerts.map((alert) => alert.occurredAtMs));
  if (view.nowMs - newestMs > view.maxAlertAgeS * 1000) return `The alert is older than ${view.maxAlertAgeS} s.`;
  return undefined;
}
