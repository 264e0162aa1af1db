/** The moving set-point that the controllers follow: smooth in position, velocity and acceleration. */
export type Trajectory = {
  northM: number;
  eastM: number;
  altAmslM: number;
  northMps: number;
  eastMps: number;
  upMps: number;
  northMps2: number;
  eastMps2: number;
  upMps2: number;
};

export type LevelLimits = { accMps2: number; jerkMps3: number };
export type VerticalLimits = { upMps2: number; downMps2: number; jerkMps3: number };
/** Room for the limits of one vehicle: filled from its parameters each time they are needed, so nothing is allocated. */
export type TrajectoryLimits = { readonly level: LevelLimits; readonly vertical: VerticalLimits };

export function createLimits(): TrajectoryLimits {
  return { level: { accMps2: 0, jerkMps3: 0 }, vertical: { upMps2: 0, downMps2: 0, jerkMps3: 0 } };
}

export function createTrajectory(): Trajectory {
  return { northM: 0, eastM: 0, altAmslM: 0, northMps: 0, eastMps: 0, upMps: 0, northMps2: 0, eastMps2: 0, upMps2: 0 };
}

/**
 * Fastest speed from which `distanceM` suffices to stop with limited acceleration and jerk
 * (PX4 `computeMaxSpeedFromDistance`).
 */
export function brakingSpeed(distanceM: number, accMps2: number, jerkMps3: number): number {
  const b = (4 * accMps2 * accMps2) / jerkMps3;
  return 0.5 * (-b + Math.sqrt(b * b + 8 * accMps2 * distanceM));
}

/**
 * Pulls the level velocity towards a wanted one within acceleration and jerk. PX4 limits north and east each by itself:
 * along a diagonal both add up, to 1.41 times the parameter.
 */
export function steerVelocity(
  t: Trajectory,
  northMps: number,
  eastMps: number,
  limits: Readonly<LevelLimits>,
  dtS: number,
  stretch = 1,
): void {
  const dn = northMps - t.northMps;
  const de = eastMps - t.eastMps;
  const miss = Math.sqrt(dn * dn + de * de);
  // Linear near the goal, so that the acceleration dies out instead of hunting about zero.
  const axes = miss > 0 ? miss / Math.max(Math.abs(dn), Math.abs(de)) : 1;
  const jerkMps3 = limits.jerkMps3 * axes;
  const acc = Math.min(limits.accMps2 * axes, Math.sqrt(2 * jerkMps3 * miss), 3 * miss);
  const wantN = miss > 0 ? (dn / miss) * acc : 0;
  const wantE = miss > 0 ? (de / miss) * acc : 0;
  const jn = wantN - t.northMps2;
  const je = wantE - t.eastMps2;
  const jerk = Math.sqrt(jn * jn + je * je);
  const share = jerk > jerkMps3 * dtS ? (jerkMps3 * dtS) / jerk : 1;
  t.northMps2 += jn * share;
  t.eastMps2 += je * share;
  t.northMps += t.northMps2 * dtS;
  t.eastMps += t.eastMps2 * dtS;
  t.northM += t.northMps * dtS * stretch;
  t.eastM += t.eastMps * dtS * stretch;
}

/**
 * Steers to a place at no more than `speedMps`, slowing down in time. `stretch` below 1 lets the set-point wait for an
 * aircraft that cannot follow (wind beyond its tilt), as PX4's time stretch does.
 */
export function steerTo(
  t: Trajectory,
  northM: number,
  eastM: number,
  speedMps: number,
  limits: Readonly<LevelLimits>,
  dtS: number,
  stretch = 1,
): void {
  const dn = northM - t.northM;
  const de = eastM - t.eastM;
  const distanceM = Math.sqrt(dn * dn + de * de);
  const speed = Math.min(speedMps, brakingSpeed(distanceM, limits.accMps2, limits.jerkMps3));
  const share = distanceM > 1e-6 ? speed / distanceM : 0;
  steerVelocity(t, dn * share, de * share, limits, dtS, stretch);
}

/** Pulls the climb rate towards a wanted one. */
export function steerClimb(t: Trajectory, upMps: number, limits: Readonly<VerticalLimits>, dtS: number): void {
  const miss = upMps - t.upMps;
  const bound = miss > 0 ? limits.upMps2 : limits.downMps2;
  const want = Math.sign(miss) * Math.min(bound, Math.sqrt(2 * limits.jerkMps3 * Math.abs(miss)), 3 * Math.abs(miss));
  const jerk = Math.max(-limits.jerkMps3 * dtS, Math.min(limits.jerkMps3 * dtS, want - t.upMps2));
  t.upMps2 += jerk;
  t.upMps += t.upMps2 * dtS;
  t.altAmslM += t.upMps * dtS;
}

/** Steers to a height. The end of a climb is slow on PX4: its last five metres cost five seconds. */
export function steerHeight(
  t: Trajectory,
  altAmslM: number,
  upMps: number,
  downMps: number,
  limits: Readonly<VerticalLimits>,
  dtS: number,
): void {
  const miss = altAmslM - t.altAmslM;
  const bound = miss > 0 ? upMps : downMps;
  const near = 0.45 * Math.abs(miss);
  const speed = Math.min(bound, near, brakingSpeed(Math.abs(miss), limits.downMps2, limits.jerkMps3));
  steerClimb(t, Math.sign(miss) * speed, limits, dtS);
}
