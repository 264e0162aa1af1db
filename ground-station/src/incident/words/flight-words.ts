import { type Fact, privacyReasonWords } from "@outrider/contract";
import { byWhom, computed, measured, person, type Speech, type Words } from "./speech.js";

const verbWords: Readonly<Record<string, string>> = {
  hold: "stop here",
  return: "come home",
  land: "land here",
  emergencyStop: "stop the motors",
  goto: "go there",
  orbit: "circle there",
  changeHeight: "change height",
  takeStick: "be flown by hand",
  releaseStick: "be let go",
  pointCamera: "look there",
  levelCamera: "look level",
};

/** Timeline words of what aircraft did and what was ordered; undefined for facts that a timeline need not say. */
export function flightWords(fact: Fact, speech: Speech): Words | undefined {
  switch (fact.type) {
    case "Armed":
      return measured(`${speech.callSign(fact.data.uid)} motors running`);
    case "Airborne":
      return measured(`${speech.callSign(fact.data.uid)} in the air`);
    case "Landed":
      return measured(`${speech.callSign(fact.data.uid)} on the ground`);
    case "LinkLate":
      return measured(
        `${speech.callSign(fact.data.uid)} link late`,
        `Nothing heard for ${fact.data.ageS.toFixed(1)} s.`,
      );
    case "LinkLost":
      return measured(`${speech.callSign(fact.data.uid)} link lost`, "It follows what was agreed before launch.");
    case "LinkBack":
      return measured(
        `${speech.callSign(fact.data.uid)} link back`,
        `It was away for ${Math.round(fact.data.lostS)} s.`,
      );
    case "FailsafeSeen":
      return measured(`${speech.callSign(fact.data.uid)} acts by itself`, fact.data.text);
    case "FailsafeOver":
      return measured(`${speech.callSign(fact.data.uid)} takes orders again`);
    case "PositionDoubted":
      return computed(`${speech.callSign(fact.data.uid)} position in doubt`, fact.data.reason);
    case "PositionTrusted":
      return computed(`${speech.callSign(fact.data.uid)} position trusted again`);
    case "OrderIssued": {
      const words = verbWords[fact.data.act.verb];
      return words === undefined || fact.by.kind !== "person"
        ? undefined
        : person(`${byWhom(fact.by)} told ${speech.callSign(fact.data.uid)} to ${words}`);
    }
    case "OrderRefused":
      return measured(`${speech.callSign(fact.data.uid)} refused: ${fact.data.verb}`, fact.data.reason);
    case "OrderUnconfirmed":
      return measured(`No answer from ${speech.callSign(fact.data.uid)} to ${fact.data.verb}`, fact.data.text);
    default:
      return otherWords(fact, speech) ?? controlWords(fact, speech);
  }
}

/** What other stations, and other aircraft in its place, did. */
function otherWords(fact: Fact, speech: Speech): Words | undefined {
  switch (fact.type) {
    case "ForeignStationHeard":
      return measured(
        "Another ground station is heard",
        `System ${fact.data.sysid}. It can keep the aircraft from coming home by itself.`,
      );
    case "ForeignStationGone":
      return measured("The other ground station is not heard any more", `System ${fact.data.sysid}.`);
    case "OtherStationTookControl":
      return measured(`Another ground station flies ${speech.callSign(fact.data.uid)}`, `${fact.data.text}.`);
    case "OtherStationLetGo":
      return measured(`${speech.callSign(fact.data.uid)} follows our orders again`);
    case "ForeignAnswerSeen":
      return measured(
        `${speech.callSign(fact.data.uid)} answered somebody else`,
        `Command ${fact.data.command} is none of ours.`,
      );
    case "PlanChangedByOther":
      return measured(
        `Somebody else changed the ${fact.data.part} of ${speech.callSign(fact.data.uid)}`,
        "It is not what was read back.",
      );
    case "GimbalTakenByOther":
      return measured(`Somebody else has the camera of ${speech.callSign(fact.data.uid)}`, `${fact.data.text}.`);
    case "GimbalGivenBack":
      return measured(`Nobody else has the camera of ${speech.callSign(fact.data.uid)} any more`);
    case "SysidChanged":
      return measured(
        `${speech.callSign(fact.data.uid)} has another system id`,
        `${fact.data.sysid}, before ${fact.data.before}.`,
      );
    case "AircraftReplaced":
      return measured(
        `Another aircraft answers in the place of ${speech.callSign(fact.data.before)}`,
        `It is ${speech.callSign(fact.data.uid)}.`,
      );
    case "DuplicateSysid": {
      const who = fact.data.uids.map((uid) => speech.callSign(uid)).join(" and ");
      return measured(`${who} use one system id`, `System ${fact.data.sysid}: neither can be launched.`);
    }
    case "DuplicateSysidOver":
      return measured(`${speech.callSign(fact.data.uid)} has its system id for itself again`);
    case "SticksEnded":
      return measured(
        `${speech.callSign(fact.data.uid)} is not flown by hand any more: it holds`,
        `${fact.data.text}.`,
      );
    case "CarrierChanged":
      return measured(`${speech.callSign(fact.data.uid)} is reached by ${fact.data.to} now`, fact.data.why);
    default:
      return undefined;
  }
}

function controlWords(fact: Fact, speech: Speech): Words | undefined {
  switch (fact.type) {
    case "ControlTaken":
      return person(`${fact.data.name} took ${speech.callSign(fact.data.uid)}`);
    case "ControlOffered":
      return person(`${speech.callSign(fact.data.uid)} offered to ${fact.data.toName}`, fact.data.text);
    case "ControlGiven":
      return person(`${fact.data.name} has ${speech.callSign(fact.data.uid)} now`);
    case "ControlKept":
      return computed(`${speech.callSign(fact.data.uid)} stays with ${fact.data.name ?? "nobody"}`, fact.data.why);
    case "PrivacyZoneEntered": {
      const { zone, act, reason, uid } = fact.data;
      const does = act === "look" ? "looks into" : "flies into";
      return person(`${speech.callSign(uid)} ${does} the privacy zone ${zone}`, privacyReasonWords[reason]);
    }
    case "CameraGranted":
      return person(`${fact.data.name} holds the camera of ${speech.callSign(fact.data.uid)}`);
    case "CameraReturned":
      return person(`Camera of ${speech.callSign(fact.data.uid)} is with its pilot again`);
    case "CalledHome":
      return computed(`${speech.callSign(fact.data.uid)} called home`, fact.data.why);
    default:
      return undefined;
  }
}
