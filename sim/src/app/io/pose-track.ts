import type { CameraPose } from "@outrider/contract";

const furthestMs = 250;
const turn = (from: number, to: number): number => ((to - from + 540) % 360) - 180;

/** The last two poses of one camera, carried on for the fraction of a second until the next comes. */
export function poseTrack() {
  let before: { tMs: number; pose: CameraPose } | undefined;
  let last: { tMs: number; pose: CameraPose } | undefined;
  return {
    add(tMs: number, pose: CameraPose): void {
      if (last !== undefined && tMs <= last.tMs) return;
      before = last;
      last = { tMs, pose };
    },
    at(tMs: number): CameraPose | undefined {
      if (last === undefined || before === undefined || last.tMs - before.tMs > 1_000) return last?.pose;
      const share = Math.min(furthestMs, Math.max(-furthestMs, tMs - last.tMs)) / (last.tMs - before.tMs);
      const on = (from: number, to: number): number => to + (to - from) * share;
      const [a, b] = [before.pose, last.pose];
      return {
        point: { latDeg: on(a.point.latDeg, b.point.latDeg), lonDeg: on(a.point.lonDeg, b.point.lonDeg) },
        altAmslM: on(a.altAmslM, b.altAmslM),
        yawDeg: (b.yawDeg + turn(a.yawDeg, b.yawDeg) * share + 360) % 360,
        pitchDeg: on(a.pitchDeg, b.pitchDeg),
        rollDeg: on(a.rollDeg, b.rollDeg),
        hfovDeg: b.hfovDeg,
      };
    },
  };
}
