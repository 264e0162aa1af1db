/** Where the eye looks: a target in scene metres, how far away and from which side. Angles in degrees. */
export interface CameraPose {
  readonly xM: number;
  readonly yM: number;
  readonly upM: number;
  readonly distanceM: number;
  /** Direction of view, clockwise from north. */
  readonly bearingDeg: number;
  /** Down from the horizon: 90 looks straight down. */
  readonly pitchDeg: number;
  readonly fovDeg: number;
}

export interface Flight {
  readonly from: CameraPose;
  readonly to: CameraPose;
  readonly startMs: number;
  readonly durationMs: number;
}

export const FLY_MS = 700;
export const PITCH_LEAST_DEG = 12;
export const DISTANCE_LEAST_M = 120;

const rad = Math.PI / 180;

/** The eye in scene space: east, up, south. */
export function eyeOf(p: CameraPose): readonly [number, number, number] {
  const flat = p.distanceM * Math.cos(p.pitchDeg * rad);
  return [
    p.xM - flat * Math.sin(p.bearingDeg * rad),
    p.upM + p.distanceM * Math.sin(p.pitchDeg * rad),
    -(p.yM - flat * Math.cos(p.bearingDeg * rad)),
  ];
}

/** Pose from an eye and a looked-at point, each east, north, up. */
export function poseFrom(
  eye: readonly [number, number, number],
  look: readonly [number, number, number],
  fovDeg: number,
): CameraPose {
  const dx = look[0] - eye[0];
  const dy = look[1] - eye[1];
  const flat = Math.hypot(dx, dy);
  return {
    xM: look[0],
    yM: look[1],
    upM: look[2],
    distanceM: Math.hypot(flat, eye[2] - look[2]),
    bearingDeg: (Math.atan2(dx, dy) / rad + 360) % 360,
    pitchDeg: Math.atan2(eye[2] - look[2], flat) / rad,
    fovDeg,
  };
}

/** Pose of a flight at a time: ease-out, the short way round. */
export function flightAt(flight: Flight, nowMs: number): { readonly pose: CameraPose; readonly done: boolean } {
  const t = flight.durationMs <= 0 ? 1 : Math.min(1, Math.max(0, (nowMs - flight.startMs) / flight.durationMs));
  const k = 1 - (1 - t) ** 3;
  const mix = (a: number, b: number): number => a + (b - a) * k;
  const { from, to } = flight;
  const turn = ((((to.bearingDeg - from.bearingDeg) % 360) + 540) % 360) - 180;
  return {
    done: t >= 1,
    pose: {
      xM: mix(from.xM, to.xM),
      yM: mix(from.yM, to.yM),
      upM: mix(from.upM, to.upM),
      distanceM: Math.exp(mix(Math.log(from.distanceM), Math.log(to.distanceM))),
      bearingDeg: (from.bearingDeg + turn * k + 360) % 360,
      pitchDeg: mix(from.pitchDeg, to.pitchDeg),
      fovDeg: mix(from.fovDeg, to.fovDeg),
    },
  };
}

/** Moves the target with the finger: `dxPx`, `dyPx` of a drag on a view `heightPx` high. */
export function panned(p: CameraPose, dxPx: number, dyPx: number, heightPx: number): CameraPose {
  const perPx = (2 * p.distanceM * Math.tan((p.fovDeg * rad) / 2)) / heightPx;
  const ahead = (dyPx * perPx) / Math.max(0.3, Math.sin(p.pitchDeg * rad));
  const right = -dxPx * perPx;
  const b = p.bearingDeg * rad;
  return {
    ...p,
    xM: p.xM + ahead * Math.sin(b) + right * Math.cos(b),
    yM: p.yM + ahead * Math.cos(b) - right * Math.sin(b),
  };
}

export function orbited(p: CameraPose, dxPx: number, dyPx: number): CameraPose {
  return {
    ...p,
    bearingDeg: (p.bearingDeg + dxPx * 0.25 + 360) % 360,
    pitchDeg: Math.min(89.5, Math.max(PITCH_LEAST_DEG, p.pitchDeg + dyPx * 0.2)),
  };
}

export function zoomed(p: CameraPose, factor: number, farthestM: number): CameraPose {
  return { ...p, distanceM: Math.min(farthestM, Math.max(DISTANCE_LEAST_M, p.distanceM * factor)) };
}

/** Keeps the target over the model, at ground height. */
export function kept(
  p: CameraPose,
  centreXM: number,
  centreYM: number,
  radiusM: number,
  groundM: (x: number, y: number) => number,
): CameraPose {
  const dx = p.xM - centreXM;
  const dy = p.yM - centreYM;
  const far = Math.hypot(dx, dy);
  const k = far > radiusM ? radiusM / far : 1;
  const xM = centreXM + dx * k;
  const yM = centreYM + dy * k;
  return { ...p, xM, yM, upM: groundM(xM, yM) };
}
