import { type Figure, figure, quantileOf, since } from "./figure.js";
import type { Moment, Track } from "./track.js";

/** A heartbeat tells a change of mode up to a second late. */
const heartbeatS = 1;
const silenceS = 8;

/** Reactions to what goes wrong. */
export function measureFailsafes(track: Track): readonly Figure[] {
  return [...linkLosses(track), ...holds(track), ...gnssLosses(track), ...tumbles(track), ...idleDisarm(track)];
}

function after(list: readonly Moment[], tS: number, holds: (what: string) => boolean): Moment | undefined {
  return list.find((one) => one.tS > tS && holds(one.what));
}

function linkLosses(track: Track): readonly Figure[] {
  const { beats, turns } = track;
  const lasts = beats.filter((tS, i) => (beats[i + 1] ?? track.endS) - tS > silenceS);
  return lasts.flatMap((lastS, i) => {
    const failed = after(turns, lastS, (what) => what.endsWith("(failsafe)"));
    const backS = beats.find((tS) => tS > lastS) ?? Number.POSITIVE_INFINITY;
    if (failed === undefined || failed.tS > lastS + 20) return [];
    const home = after(turns, lastS, (what) => what === "Return (failsafe)");
    const called = `link loss${i === 0 ? "" : ` ${i + 1}`}`;
    return [
      ...figure(`${called}, failsafe after`, "reaction", "s", failed.tS - lastS, heartbeatS),
      ...figure(
        `${called}, return after`,
        "reaction",
        "s",
        home === undefined || home.tS > backS ? undefined : home.tS - lastS,
        heartbeatS,
      ),
    ];
  });
}

/** The pause that PX4 gives the pilot before it acts. */
function holds(track: Track): readonly Figure[] {
  const { texts } = track;
  const begun = texts.filter((text) => text.what.startsWith("Failsafe activated: entering Hold"));
  return begun.flatMap((text, i) => {
    const acts = after(texts, text.tS, (what) => what === "Failsafe activated");
    return figure(
      `failsafe${i === 0 ? "" : ` ${i + 1}`}, Hold before it acts`,
      "reaction",
      "s",
      since(acts?.tS, text.tS),
      0.7,
    );
  });
}

function gnssLosses(track: Track): readonly Figure[] {
  return track.fixLost.flatMap((lost) => {
    const had = track.fixLost.some((one) => one.tS < lost.tS && one.what === "fix");
    if (lost.what !== "no fix" || !had) return [];
    const back = after(track.fixLost, lost.tS, (what) => what === "fix");
    const acts = after(track.texts, lost.tS, (what) => what === "Failsafe activated");
    const trusts = back === undefined ? undefined : after(track.turns, back.tS, (what) => what === "Hold");
    const sinking = track.fixes.filter(
      (fix) => acts !== undefined && fix.tS > acts.tS + 2 && fix.tS < (back?.tS ?? track.endS),
    );
    const sink = quantileOf(
      sinking.map((fix) => -fix.upMps),
      0.5,
    );
    return [
      ...figure("no GNSS, failsafe after", "reaction", "s", since(acts?.tS, lost.tS), heartbeatS),
      ...figure("no GNSS, sink", "motion", "m/s", sink),
      ...figure("GNSS back, Hold after", "reaction", "s", since(trusts?.tS, back?.tS), heartbeatS),
    ];
  });
}

const beginsDeg = 15;
const overDeg = 60;

/** A body that turns over: how fast, and when it is told. */
function tumbles(track: Track): readonly Figure[] {
  const over = track.tilts.find((tilt) => tilt.deg > overDeg);
  if (over === undefined) return [];
  const level = track.tilts.findLast((tilt) => tilt.tS < over.tS && tilt.deg < beginsDeg);
  const told = after(track.texts, over.tS, (what) => what.startsWith("Preflight Fail: Attitude failure"));
  return [
    ...figure("rotor lost, from 15° to 60° of tilt in", "motion", "s", since(over.tS, level?.tS), 0.15),
    ...figure("rotor lost, told after 60° of tilt", "reaction", "s", since(told?.tS, over.tS), 0.5),
  ];
}

function idleDisarm(track: Track): readonly Figure[] {
  const end = track.texts.find((text) => text.what === "Disarmed by auto preflight disarming");
  const armed = track.texts.findLast((text) => text.tS < (end?.tS ?? 0) && text.what.startsWith("Armed by"));
  return figure("armed without take-off, disarmed after", "reaction", "s", since(end?.tS, armed?.tS));
}
