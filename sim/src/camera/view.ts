import type { CameraPose } from "@outrider/contract";
import { type LocalFrame, radOf } from "@outrider/geo";

/**
 * A pinhole camera in the city's local frame: metres east, north, up. Camera axes: x right, y down, z forward.
 * A pixel's ray is `forward + right·(px − cx)/f + down·(py − cy)/f`; its length along forward is 1.
 */
export type View = {
  readonly width: number;
  readonly height: number;
  readonly focalPx: number;
  readonly cx: number;
  readonly cy: number;
  readonly eastM: number;
  readonly northM: number;
  readonly upM: number;
  readonly right: Axis;
  readonly down: Axis;
  readonly forward: Axis;
};
export type Axis = { readonly e: number; readonly n: number; readonly u: number };

const mix = (a: Axis, ka: number, b: Axis, kb: number): Axis => ({
  e: a.e * ka + b.e * kb,
  n: a.n * ka + b.n * kb,
  u: a.u * ka + b.u * kb,
});

/** Yaw clockwise from true north, pitch up positive, roll clockwise (right side down) positive, all in degrees. */
export function viewOf(pose: CameraPose, frame: LocalFrame, width: number, height: number): View {
  const at = frame.toLocal(pose.point);
  const yaw = radOf(pose.yawDeg);
  const pitch = radOf(pose.pitchDeg);
  const roll = radOf(pose.rollDeg);
  const level: Axis = { e: Math.cos(yaw), n: -Math.sin(yaw), u: 0 };
  const up: Axis = {
    e: -Math.sin(yaw) * Math.sin(pitch),
    n: -Math.cos(yaw) * Math.sin(pitch),
    u: Math.cos(pitch),
  };
  const down = mix(up, -Math.cos(roll), level, -Math.sin(roll));
  return {
    width,
    height,
    focalPx: width / 2 / Math.tan(radOf(pose.hfovDeg) / 2),
    cx: width / 2,
    cy: height / 2,
    eastM: at.eastM,
    northM: at.northM,
    upM: pose.altAmslM,
    right: mix(level, Math.cos(roll), up, -Math.sin(roll)),
    down,
    forward: {
      e: Math.sin(yaw) * Math.cos(pitch),
      n: Math.cos(yaw) * Math.cos(pitch),
      u: Math.sin(pitch),
    },
  };
}

/** Where a point falls in the picture (pixels, may lie outside it); undefined behind the camera. */
export function project(view: View, eastM: number, northM: number, upM: number) {
  const e = eastM - view.eastM;
  const n = northM - view.northM;
  const u = upM - view.upM;
  const z = e * view.forward.e + n * view.forward.n + u * view.forward.u;
  if (z < 0.1) return undefined;
  const x = e * view.right.e + n * view.right.n + u * view.right.u;
  const y = e * view.down.e + n * view.down.n + u * view.down.u;
  return { x: view.cx + (x / z) * view.focalPx, y: view.cy + (y / z) * view.focalPx, depthM: z };
}

/** Whether a ball touches the picture's pyramid, nearer than `farM`. */
export function ballInView(
  view: View,
  eastM: number,
  northM: number,
  upM: number,
  radiusM: number,
  farM: number,
): boolean {
  const e = eastM - view.eastM;
  const n = northM - view.northM;
  const u = upM - view.upM;
  const z = e * view.forward.e + n * view.forward.n + u * view.forward.u;
  if (z < -radiusM || z > farM + radiusM) return false;
  const x = Math.abs(e * view.right.e + n * view.right.n + u * view.right.u);
  const y = Math.abs(e * view.down.e + n * view.down.n + u * view.down.u);
  const halfW = view.cx / view.focalPx;
  const halfH = view.cy / view.focalPx;
  return (
    x - z * halfW <= radiusM * Math.sqrt(1 + halfW * halfW) && y - z * halfH <= radiusM * Math.sqrt(1 + halfH * halfH)
  );
}
