import type { Fact } from "@outrider/contract";
import { byWhom, computed, duration, measured, person, type Speech, type Words } from "./speech.js";

const reasonsText = (reasons: readonly { text: string }[]): string => reasons.map((reason) => reason.text).join(" ");

/** Timeline words of a launch from proposal to closed flight; undefined for other facts. */
export function launchWords(fact: Fact, speech: Speech): Words | undefined {
  switch (fact.type) {
    case "LaunchProposed": {
      const { choice, ruleText, version } = fact.data;
      const again = version > 1 ? " again, changed" : "";
      return computed(
        `${choice.callSign} proposed${again}, there in ${duration(choice.etaS)}`,
        `${choice.why} ${ruleText}`.trim(),
      );
    }
    case "LaunchNotPossible":
      return computed("No launch proposed", reasonsText(fact.data.reasons));
    case "GateSettled":
      return person(`${byWhom(fact.by)} settled ${fact.data.gate}`, fact.data.text);
    case "LaunchApproved":
      return person(`${byWhom(fact.by)} approved ${speech.callSign(fact.data.uid)}`);
    case "VetoWindowElapsed":
      return computed(
        `${speech.callSign(fact.data.uid)} goes by rule`,
        `${fact.data.picName} was on watch and did not stop it.`,
      );
    case "LaunchDeclined":
      return person(`${byWhom(fact.by)} declined the launch`, fact.data.reason);
    case "LaunchExpired":
      return computed("Proposal lapsed", "Nobody decided in time. The aircraft stays in its dock.");
    case "LaunchRefused":
      return computed("Refused", reasonsText(fact.data.reasons));
    case "LaunchAborted":
      return computed(`${speech.callSign(fact.data.uid)} launch stopped`, fact.data.reason);
    default:
      return flightPhaseWords(fact, speech);
  }
}

function flightPhaseWords(fact: Fact, speech: Speech): Words | undefined {
  switch (fact.type) {
    case "DockOpened":
      return measured(`${speech.dockName(fact.data.dockId)} is open`);
    case "PlanVerified":
      return measured(`${speech.callSign(fact.data.uid)} holds the plan`, "Read back and equal.");
    case "EnRoute":
      return measured(`${speech.callSign(fact.data.uid)} on the way`);
    case "OnScene":
      return measured(
        `${speech.callSign(fact.data.uid)} on scene`,
        `${speech.near(fact.data.distanceM)} from the place.`,
      );
    case "CameraOnTarget":
      return measured(`${speech.callSign(fact.data.uid)} camera on target`, `${speech.near(fact.data.slantM)} away.`);
    case "Returning":
      return measured(
        `${speech.callSign(fact.data.uid)} goes home to ${speech.dockName(fact.data.dockId)}`,
        fact.data.why,
      );
    case "AlternateChosen":
      return computed(
        `${speech.callSign(fact.data.uid)} lands at ${speech.dockName(fact.data.dockId)} instead`,
        fact.data.why,
      );
    case "Docked":
      return measured(`${speech.callSign(fact.data.uid)} is in ${speech.dockName(fact.data.dockId)}`);
    case "FlightClosed":
      return person(
        `${byWhom(fact.by)} closed the flight`,
        `${fact.data.purpose}, ${duration(fact.data.airborneS)} in the air.`,
      );
    case "FlightPublished":
      return computed("Flight will be in the public log");
    case "FlightWithheld":
      return person("Flight withheld from the public log", fact.data.reason);
    default:
      return undefined;
  }
}
