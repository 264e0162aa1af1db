import type { NewFact } from "@outrider/contract";
import { systemActor } from "../kernel/index.js";
import { type Decision, nothing, stop } from "./decide.js";
import { approvalOf, type Launch } from "./launch.js";

const WHY = "The approval could not be recorded in time, so it does not count; the pilot is asked again.";

/**
 * An approval that the disk refused was answered with "nothing was done": it never launches anything, also when the
 * disk takes it a moment later and it would still be in time. The fact that says so is the record's last word on it.
 */
export function notRecorded(launch: Launch, fact: NewFact): Decision {
  if (fact.type !== "LaunchApproved" && fact.type !== "VetoWindowElapsed") return nothing;
  // The state may have gone on to a newer card and another approval since.
  if (approvalOf(launch.stage)?.approvalId !== fact.data.approvalId) return nothing;
  return stop(launch, "not-recorded", WHY, systemActor);
}
