import type { Fact } from "@outrider/contract";
import { type IncidentState, sourceKey } from "./incident-state.js";

const textField = (data: object, field: string): string | undefined => {
  const value: unknown = Object.entries(data).find(([key]) => key === field)?.[1];
  return typeof value === "string" ? value : undefined;
};

/** Which incident a fact is part of: named in it, or by its launch, its purpose, or the aircraft that works for it. */
export function incidentOfFact(state: IncidentState, fact: Fact): string | undefined {
  if (fact.type === "AlertReceived") {
    // Its incident is named by the fact after it; once both are applied, the source's own id leads there.
    const { alertId, sourceId, sourceIncidentId } = fact.data.alert;
    const entry = state.bySource.get(sourceKey(sourceId, sourceIncidentId));
    return entry?.alertId === alertId ? entry.incidentId : undefined;
  }
  const named = textField(fact.data, "incidentId");
  if (named !== undefined) return named;
  const launchId = textField(fact.data, "launchId");
  if (launchId !== undefined) return state.incidentOfLaunch.get(launchId);
  const purposeId = textField(fact.data, "purposeId");
  if (purposeId !== undefined) return state.incidentOfPurpose.get(purposeId);
  const uid = textField(fact.data, "uid");
  return uid === undefined ? undefined : state.incidentOfUid.get(uid);
}
