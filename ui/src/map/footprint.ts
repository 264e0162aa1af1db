import type { Ground } from "./ground.js";
import type { ScenePose } from "./sceneModel.js";

type P3 = readonly [number, number, number];
const ASPECT = 9 / 16;
const FARTHEST_M = 1200;

/** Corners of what the camera sees on bare ground, in scene space; fewer than 4 where it sees sky. */
export function footprintOf(pose: ScenePose, x: number, y: number, ground: Ground): readonly P3[] {
  const out: P3[] = [];
  const tanH = Math.tan((pose.hfovDeg * Math.PI) / 360);
  const tanV = tanH * ASPECT;
  const yaw = (pose.gimbalYawDeg * Math.PI) / 180;
  const pitch = (pose.gimbalPitchDeg * Math.PI) / 180;
  const f = [Math.sin(yaw) * Math.cos(pitch), Math.cos(yaw) * Math.cos(pitch), Math.sin(pitch)] as const;
  const r = [Math.cos(yaw), -Math.sin(yaw), 0] as const;
  const u = [-Math.sin(yaw) * Math.sin(pitch), -Math.cos(yaw) * Math.sin(pitch), Math.cos(pitch)] as const;
  for (const [h, v] of [
    [-1, 1],
    [1, 1],
    [1, -1],
    [-1, -1],
  ] as const) {
    const d = [
      f[0] + r[0] * h * tanH + u[0] * v * tanV,
      f[1] + r[1] * h * tanH + u[1] * v * tanV,
      f[2] + u[2] * v * tanV,
    ] as const;
    const hit = march(x, y, pose.altAmslM, d, ground);
    if (hit !== undefined) out.push(hit);
  }
  return out;
}

function march(
  x: number,
  y: number,
  alt: number,
  d: readonly [number, number, number],
  ground: Ground,
): P3 | undefined {
  const length = Math.hypot(...d);
  const step = 8 / length;
  let t = 0;
  for (let i = 0; i * 8 < FARTHEST_M; i++) {
    t += step;
    const gx = x + d[0] * t;
    const gy = y + d[1] * t;
    const h = ground.heightAt(gx, gy);
    if (alt + d[2] * t <= h) return [gx, h + 1.5, -gy];
  }
  return undefined;
}
