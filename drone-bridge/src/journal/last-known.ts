import type { JournalFact } from "./record.js";

/** What the journal last said of an aircraft: a bridge that restarts in mid-flight goes on from here, saying only what changed. */
export type LastKnown = {
  armed: boolean;
  airborne: boolean;
  failsafe: boolean;
  linkLost: boolean;
  doubted: boolean;
  mode: string | undefined;
  launchId: string | undefined;
};

const nothingKnown = (): LastKnown => ({
  armed: false,
  airborne: false,
  failsafe: false,
  linkLost: false,
  doubted: false,
  mode: undefined,
  launchId: undefined,
});

/** Takes one fact into what is known of its aircraft. */
export function learn(known: Map<string, LastKnown>, fact: JournalFact): void {
  // Every fact about an aircraft carries its uid, and the flight's facts may carry a launch (contract, flight-facts).
  const { uid, launchId, mode } = fact.data as { uid?: string; launchId?: string; mode?: string };
  if (uid === undefined) return;
  const now = known.get(uid) ?? nothingKnown();
  known.set(uid, now);
  switch (fact.type) {
    case "Armed":
      now.armed = true;
      now.launchId = launchId;
      return;
    case "Disarmed":
      now.armed = false;
      now.failsafe = false;
      return;
    case "Airborne":
      now.airborne = true;
      return;
    case "Landed":
      now.airborne = false;
      return;
    case "ModeChanged":
      now.mode = mode;
      return;
    case "FailsafeSeen":
      now.failsafe = true;
      return;
    case "FailsafeOver":
      now.failsafe = false;
      return;
    case "LinkLost":
      now.linkLost = true;
      return;
    case "LinkBack":
      now.linkLost = false;
      return;
    case "PositionDoubted":
      now.doubted = true;
      return;
    case "PositionTrusted":
      now.doubted = false;
      return;
    default:
      return;
  }
}
