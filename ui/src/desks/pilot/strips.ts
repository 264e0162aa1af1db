import type { AircraftView, LaunchPhase } from "@outrider/contract";
import type { SampleStore } from "../../live/index.js";
import { clockSpan, type StripView } from "../../parts/index.js";
import { AGE_LIMITS, freshness } from "../../theme/index.js";

const PHASE: Readonly<Record<LaunchPhase | "inDock" | "unknown", string>> = {
  proposed: "Proposed",
  approved: "Approved",
  openingDock: "Dock opening",
  uploading: "Plan going up",
  arming: "Arming",
  climbing: "Climbing",
  enRoute: "En route",
  onScene: "On scene",
  returning: "Going home",
  landed: "Landed",
  docked: "In dock",
  closed: "Closed",
  declined: "Declined",
  expired: "Lapsed",
  refused: "Refused",
  aborted: "Stopped",
  inDock: "In dock",
  unknown: "Not known",
};

export const phaseWord = (phase: AircraftView["phase"]): string => PHASE[phase];

/** One strip from the slow view and the newest sample. Ages come from the monotonic clock, not from the view. */
export function stripOf(a: AircraftView, samples: SampleStore, me: string, returnsAfterS: number): StripView {
  const sample = samples.latest(a.uid);
  const linkAgeMs = samples.linkAgeMs(a.uid);
  const byAge = freshness(linkAgeMs, AGE_LIMITS.aircraft);
  const link = a.link === "lost" ? "lost" : byAge === "live" && a.link === "late" ? "late" : byAge;
  const failsafe = a.control === "failsafe" || sample?.failsafe === true;
  const energy =
    a.energy === undefined
      ? undefined
      : { ...a.energy, nowWh: sample?.batteryWh ?? a.energy.nowWh, turnInS: sample?.turnInS };
  return {
    uid: a.uid,
    callSign: a.callSign,
    phase: failsafe ? "Own failsafe" : phaseWord(a.phase),
    phaseTone: failsafe ? "warning" : link === "live" ? "engaged" : "plain",
    job: a.job,
    aglM: sample?.altAglM,
    turnInS: sample?.turnInS,
    linkAgeMs,
    link,
    energy,
    next: a.next,
    flownBy: flownBy(a, me),
    noVideo: a.videoState === "none" && a.inAir,
    failsafe:
      link === "lost"
        ? {
            text: lostText(a, linkAgeMs ?? 0, returnsAfterS),
            landsInS:
              sample?.homeInS === undefined
                ? undefined
                : Math.max(0, sample.homeInS + returnsAfterS - (linkAgeMs ?? 0) / 1000),
          }
        : undefined,
  };
}

function flownBy(a: AircraftView, me: string): string | undefined {
  switch (a.control) {
    case "other":
      return "Another ground station flies it";
    case "failsafe":
      return "It flies by itself: onboard failsafe";
    case "sticks":
      return a.picId === me ? "You fly it by hand" : `${a.picName ?? "Another pilot"} flies it by hand`;
    case "ours":
      if (a.picId === undefined) return a.inAir ? "No pilot holds it" : undefined;
      return a.picId === me ? undefined : `${a.picName ?? "Another pilot"} has it`;
  }
}

function lostText(a: AircraftView, ageMs: number, returnsAfterS: number): string {
  const left = returnsAfterS - ageMs / 1000;
  return left > 0
    ? `${a.callSign} turns for home by itself in ${clockSpan(left)}`
    : "Flying itself home, by its own failsafe";
}
