import type { AircraftView, LaunchPhase } from "@outrider/contract";
import type { SampleStore } from "../../live/index.js";
import { clockSpan, type StripView } from "../../parts/index.js";
import { AGE_LIMITS, type Freshness, freshness } from "../../theme/index.js";

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

/**
 * How fresh the link is: by the heartbeat or the position, whichever is younger. Heartbeats come once a second, so that
 * their age alone would turn amber for a moment each second of a healthy flight.
 */
export function linkFreshness(samples: SampleStore, uid: string): Freshness {
  const link = samples.linkAgeMs(uid);
  const position = samples.ageMs(uid);
  if (link === undefined || position === undefined) return "never";
  return freshness(Math.min(link, position), AGE_LIMITS.aircraft);
}

/** One strip from the slow view and the newest sample. Ages come from the monotonic clock, not from the view. */
export function stripOf(a: AircraftView, samples: SampleStore, me: string, returnsAfterS: number): StripView {
  const sample = samples.latest(a.uid);
  const linkAgeMs = samples.linkAgeMs(a.uid);
  const byAge = linkFreshness(samples, a.uid);
  const link = a.link === "lost" ? "lost" : byAge === "live" && a.link === "late" ? "late" : byAge;
  const failsafe = a.control === "failsafe" || sample?.failsafe === true;
  const notOurs = !failsafe && a.control === "other" && link !== "lost";
  const energy =
    a.energy === undefined
      ? undefined
      : { ...a.energy, nowWh: sample?.batteryWh ?? a.energy.nowWh, turnInS: sample?.turnInS };
  return {
    uid: a.uid,
    callSign: a.callSign,
    phase: failsafe ? "Own failsafe" : notOurs ? "Another station" : phaseWord(a.phase),
    // Green says that what we ordered is engaged: never of what somebody else ordered.
    phaseTone: failsafe ? "warning" : link === "live" && !notOurs ? "engaged" : "plain",
    job: a.job,
    aglM: sample?.altAglM,
    turnInS: sample?.turnInS,
    linkAgeMs,
    linkAgeNow: () => samples.linkAgeMs(a.uid),
    link,
    energy,
    // What it was going to do is not what it does without a link: the line above says that.
    next: link === "lost" || notOurs ? "" : sentence(a.next),
    flownBy: flownBy(a, me),
    notOurs,
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
      return "Another ground station flies it. Your next order takes it back.";
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

const sentence = (text: string): string => `${(text[0] ?? "").toUpperCase()}${text.slice(1)}`;
