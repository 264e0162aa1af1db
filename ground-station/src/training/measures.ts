import type { DebriefMeasure, Fact } from "@outrider/contract";

type Open = { readonly fact: Fact; readonly kind: DebriefMeasure["kind"]; readonly what: string };

const nameOf = (fact: Fact): string =>
  fact.by.kind === "person" ? fact.by.name : fact.by.kind === "source" ? fact.by.sourceId : fact.by.part;
const personOf = (fact: Fact): string | undefined => (fact.by.kind === "person" ? fact.by.personId : undefined);

/** What starts a clock: its key, so that what ends it is found, and what it measures. */
function starts(fact: Fact, callSignOf: (uid: string) => string): readonly (Open & { readonly key: string })[] {
  switch (fact.type) {
    case "LaunchProposed": {
      const { launchId, choice } = fact.data;
      // A proposal that was made anew is the same question to the pilot: his clock began with the first.
      if (fact.data.version > 1) return [];
      return [{ key: `decision:${launchId}`, fact, kind: "decision", what: choice.callSign }];
    }
    case "LaunchApproved":
    case "VetoWindowElapsed":
      return [{ key: `launch:${fact.data.uid}`, fact, kind: "launch", what: callSignOf(fact.data.uid) }];
    case "Airborne":
      return [{ key: `camera:${fact.data.uid}`, fact, kind: "camera", what: callSignOf(fact.data.uid) }];
    case "CameraOnTarget":
      return [{ key: `told:${fact.data.incidentId}`, fact, kind: "told", what: callSignOf(fact.data.uid) }];
    case "HitFound":
      return [{ key: `verification:${fact.data.hitId}`, fact, kind: "verification", what: fact.data.readerName }];
    case "AlarmRaised":
      return [{ key: `alarm:${fact.data.alarmId}`, fact, kind: "alarm", what: fact.data.text }];
    default:
      return [];
  }
}

/** What ends a clock: its key, and how it came out. */
function ends(fact: Fact): readonly { readonly key: string; readonly outcome: string }[] {
  switch (fact.type) {
    case "LaunchApproved":
      return [{ key: `decision:${fact.data.launchId}`, outcome: "launched" }];
    case "VetoWindowElapsed":
      return [{ key: `decision:${fact.data.launchId}`, outcome: "let launch" }];
    case "LaunchDeclined":
      return [{ key: `decision:${fact.data.launchId}`, outcome: `declined: ${fact.data.reason}` }];
    case "LaunchExpired":
      return [{ key: `decision:${fact.data.launchId}`, outcome: "lapsed undecided" }];
    case "LaunchRefused":
      return [{ key: `decision:${fact.data.launchId}`, outcome: "refused by a gate" }];
    case "Airborne":
      return [{ key: `launch:${fact.data.uid}`, outcome: "airborne" }];
    case "LaunchAborted":
      return [{ key: `launch:${fact.data.uid}`, outcome: `aborted: ${fact.data.reason}` }];
    case "CameraOnTarget":
      return [{ key: `camera:${fact.data.uid}`, outcome: "camera on target" }];
    case "Landed":
      return [{ key: `camera:${fact.data.uid}`, outcome: "landed without it" }];
    case "OfficerAdvised":
      return [{ key: `told:${fact.data.incidentId}`, outcome: "officers told" }];
    case "VehicleConfirmed":
      return [{ key: `verification:${fact.data.hitId}`, outcome: "confirmed" }];
    case "VehicleRuledOut":
      return [{ key: `verification:${fact.data.hitId}`, outcome: "ruled out" }];
    case "AlarmAcknowledged":
      return [{ key: `alarm:${fact.data.alarmId}`, outcome: "read" }];
    case "AlarmEnded":
      return [{ key: `alarm:${fact.data.alarmId}`, outcome: "over before it was read" }];
    default:
      return [];
  }
}

/**
 * How long each thing took, from one recorded fact to another: decisions, launches, camera on target, verification of
 * hits, alarms read, officers told. What never came is there too, without a time: a median of what came alone would
 * flatter whoever did nothing.
 */
export function measuresOf(facts: readonly Fact[], callSignOf: (uid: string) => string): readonly DebriefMeasure[] {
  const open = new Map<string, Open>();
  const measures: DebriefMeasure[] = [];
  for (const fact of facts) {
    for (const { key, outcome } of ends(fact)) {
      const began = open.get(key);
      if (began === undefined) continue;
      open.delete(key);
      const tookS = Math.round((fact.tMs - began.fact.tMs) / 100) / 10;
      const to = { toSeq: fact.seq, tookS, by: nameOf(fact), personId: personOf(fact) };
      measures.push({ kind: began.kind, what: began.what, outcome, fromSeq: began.fact.seq, ...to });
    }
    for (const { key, ...began } of starts(fact, callSignOf)) if (!open.has(key)) open.set(key, began);
  }
  for (const { fact, kind, what } of open.values()) {
    const never = { toSeq: undefined, tookS: undefined, by: "", personId: undefined };
    measures.push({ kind, what, outcome: "never", fromSeq: fact.seq, ...never });
  }
  return measures.sort((a, b) => a.fromSeq - b.fromSeq);
}

/** Middle of the times; undefined of none. */
export function medianOf(all: readonly number[]): number | undefined {
  const sorted = [...all].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  return low === undefined || high === undefined ? undefined : Math.round(((low + high) / 2) * 10) / 10;
}
