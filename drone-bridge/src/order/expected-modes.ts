import type { AircraftMode, VerbName } from "@outrider/contract";

/** Modes that a verb brings about: seen soon after it, they are ours and not somebody else's. */
export const expectedModes: Readonly<Partial<Record<VerbName, readonly AircraftMode[]>>> = {
  arm: ["hold", "takeoff"],
  startMission: ["mission", "takeoff", "hold"],
  goto: ["hold", "goto"],
  orbit: ["orbit", "hold"],
  changeHeight: ["hold", "goto"],
  hold: ["hold"],
  return: ["return", "land"],
  land: ["land"],
  emergencyStop: ["terminated"],
  takeStick: ["position"],
  releaseStick: ["hold"],
};
