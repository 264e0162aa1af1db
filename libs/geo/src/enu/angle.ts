const RAD = Math.PI / 180;

export const radOf = (angleDeg: number): number => angleDeg * RAD;
export const degOf = (angleRad: number): number => angleRad / RAD;

/** Degrees wrapped into [0, 360). */
export function wrap360Deg(angleDeg: number): number {
  const wrapped = angleDeg - 360 * Math.floor(angleDeg / 360);
  return wrapped >= 360 ? 0 : wrapped;
}

/** Degrees wrapped into [-180, 180). */
export function wrap180Deg(angleDeg: number): number {
  return wrap360Deg(angleDeg + 180) - 180;
}

/** Signed shortest turn from one direction to another, in [-180, 180); positive is clockwise. */
export function turnDeg(fromDeg: number, toDeg: number): number {
  return wrap180Deg(toDeg - fromDeg);
}
