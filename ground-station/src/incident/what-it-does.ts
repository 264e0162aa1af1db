import type { Fact } from "@outrider/contract";
import type { Incident } from "./incident-state.js";

/** What the incident's aircraft does for it now. Officers are told of it, so that each step back is one here too. */
export type WhatItDoes = "nothing" | "isProposed" | "getsReady" | "comes" | "isOverhead" | "watches" | "left" | "flies";

type Change = Partial<Pick<Incident, "whatItDoes" | "linkLost">>;

/** What a fact that belongs to this incident changes of it; a fact of another aircraft or launch changes nothing. */
export function whatItDoesAfter(incident: Incident, fact: Fact): Change {
  const { data } = fact;
  if ("uid" in data && data.uid !== incident.uid) return {};
  if ("launchId" in data && data.launchId !== undefined && data.launchId !== incident.launchId) return {};
  switch (fact.type) {
    case "LaunchProposed":
      return { whatItDoes: "isProposed", linkLost: false };
    case "LaunchApproved":
    case "VetoWindowElapsed":
      return { whatItDoes: "getsReady" };
    case "LaunchDeclined":
    case "LaunchExpired":
    case "LaunchRefused":
      return { whatItDoes: "nothing" };
    case "Airborne":
    case "EnRoute":
      return { whatItDoes: "comes" };
    case "OnScene":
      return { whatItDoes: "isOverhead" };
    case "CameraOnTarget":
      return { whatItDoes: "watches" };
    case "OrderIssued":
      return afterOrder(incident.whatItDoes, fact.data.act.verb);
    case "LaunchAborted":
      return { whatItDoes: hasFlown(incident.whatItDoes) ? "left" : "nothing" };
    case "Returning":
    case "Landed":
      return { whatItDoes: "left" };
    case "LinkLost":
      return { linkLost: true };
    case "LinkBack":
      return { linkLost: false };
    default:
      return {};
  }
}

export const hasFlown = (now: WhatItDoes): boolean => now !== "nothing" && now !== "isProposed" && now !== "getsReady";

function afterOrder(now: WhatItDoes, verb: string): Change {
  if (now === "watches" && turnsAway.has(verb)) return { whatItDoes: "isOverhead" };
  // Stopped on its way home: nobody has seen where it is going now.
  return now === "left" && staysOut.has(verb) ? { whatItDoes: "flies" } : {};
}

/** After these nobody has seen that the camera is on the place still. */
const turnsAway: ReadonlySet<string> = new Set([
  ...["goto", "changeHeight", "takeStick", "pointCamera", "aimCamera", "levelCamera"],
  ...["return", "land", "emergencyStop"],
]);
const staysOut: ReadonlySet<string> = new Set(["hold", "goto", "orbit", "takeStick"]);
