/** Front bumper to the back bumper ahead, when both stand. */
export const standingGapM = 2;
/** Drivers brake like this when they see it coming. */
export const comfortMps2 = 2.5;
const pullMps2 = 2;
/** Tyres on a dry road; nobody brakes harder. */
const mostBrakeMps2 = 8;
const reactionS = 1;
/** Nothing creeps for ever towards where it stops. */
const stillMps = 0.01;

/**
 * The most one may drive and still stop `gapM` ahead behind something that moves at `leadMps`, with a second to react
 * (Krauss 1998, the safe speed of a collision-free follower; holds for steps up to the reaction time).
 */
export function safeSpeedMps(gapM: number, leadMps: number): number {
  if (gapM <= 0) return 0;
  const slackMps = comfortMps2 * reactionS;
  return Math.max(0, Math.sqrt(slackMps * slackMps + leadMps * leadMps + 2 * comfortMps2 * gapM) - slackMps);
}

/** The most one may drive now to have slowed to `toMps` after `awayM`. */
export const slowingMps = (awayM: number, toMps: number): number =>
  Math.sqrt(toMps * toMps + 2 * comfortMps2 * Math.max(0, awayM));

export const brakingM = (speedMps: number): number => (speedMps * speedMps) / (2 * comfortMps2) + speedMps * reactionS;

/** Speed after `dtS`: towards what is wanted, no faster than is safe, as an engine and brakes allow. */
export function nextSpeedMps(speedMps: number, wantedMps: number, safeMps: number, dtS: number): number {
  const target = Math.min(wantedMps, safeMps);
  const next = Math.max(speedMps - mostBrakeMps2 * dtS, Math.min(speedMps + pullMps2 * dtS, target));
  return next < stillMps ? 0 : next;
}
