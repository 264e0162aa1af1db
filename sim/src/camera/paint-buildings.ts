import type { SceneBuilding } from "./city-scene.js";
import { faceFields, faceKinds } from "./faces.js";
import type { Stage } from "./stage.js";
import type { View } from "./view.js";
import { perBayM } from "./wall-pattern.js";

const maxRing = 256;

/** Scratch of one renderer: camera-space corners of a ring at its foot. */
export class RingScratch {
  readonly x = new Float64Array(maxRing);
  readonly y = new Float64Array(maxRing);
  readonly z = new Float64Array(maxRing);
}

/** Roofs of fewer rows than this, for how flat the camera looks over them, are left to what stands behind. */
const leastRoofPx = 1;
/** And walls of fewer columns, for how far along them it looks, to what stands beside. */
const leastWallPx = 0.6;

/**
 * How much of a house is worth drawing: all, the simpler outline that serves from far away, or of that one only what
 * may be seen there: nothing that is thinner than a pixel.
 */
export type BuildingDetail = "whole" | "simple" | "coarse";

export function paintBuilding(stage: Stage, b: SceneBuilding, scratch: RingScratch, detail: BuildingDetail): void {
  const { view, raster } = stage;
  const { right, down, forward } = view;
  const far = detail !== "whole";
  const coarse = detail === "coarse";
  const ring = far ? b.farRing : b.ring;
  const glow = far ? b.farGlow : b.glow;
  const n = Math.min(maxRing, ring.length / 2);
  const u = b.baseAmslM - view.upM;
  for (let p = 0; p < n; p++) {
    const e = (ring[2 * p] ?? 0) - view.eastM;
    const north = (ring[2 * p + 1] ?? 0) - view.northM;
    scratch.x[p] = e * right.e + north * right.n + u * right.u;
    scratch.y[p] = e * down.e + north * down.n + u * down.u;
    scratch.z[p] = e * forward.e + north * forward.n + u * forward.u;
  }
  const tall = b.topAmslM - b.baseAmslM;
  const upX = right.u * tall;
  const upY = down.u * tall;
  const upZ = forward.u * tall;
  if (view.upM > b.topAmslM && !(coarse && roofPx(view, b) < leastRoofPx)) {
    const face = roofFace(stage, b);
    for (const piece of far ? b.farPieces : b.pieces) {
      for (let k = 0; k < piece.length; k++) {
        const p = piece[k] ?? 0;
        raster.corner((scratch.x[p] ?? 0) + upX, (scratch.y[p] ?? 0) + upY, (scratch.z[p] ?? 0) + upZ);
      }
      raster.draw(right.u, down.u, forward.u, face);
    }
  }
  // What a wall spans of a circle about the camera, times the square of its distance.
  const leastSpan = coarse ? (leastWallPx * flat2(view, b)) / view.focalPx : 1e-6;
  for (let p = 0; p < n; p++) {
    const q = p + 1 === n ? 0 : p + 1;
    const aE = ring[2 * p] ?? 0;
    const aN = ring[2 * p + 1] ?? 0;
    const dE = (ring[2 * q] ?? 0) - aE;
    const dN = (ring[2 * q + 1] ?? 0) - aN;
    if ((aE - view.eastM) * dN - (aN - view.northM) * dE >= -leastSpan) continue;
    if ((scratch.z[p] ?? 0) + Math.max(0, upZ) < 0 && (scratch.z[q] ?? 0) + Math.max(0, upZ) < 0) continue;
    raster.corner(scratch.x[p] ?? 0, scratch.y[p] ?? 0, scratch.z[p] ?? 0);
    raster.corner(scratch.x[q] ?? 0, scratch.y[q] ?? 0, scratch.z[q] ?? 0);
    raster.corner((scratch.x[q] ?? 0) + upX, (scratch.y[q] ?? 0) + upY, (scratch.z[q] ?? 0) + upZ);
    raster.corner((scratch.x[p] ?? 0) + upX, (scratch.y[p] ?? 0) + upY, (scratch.z[p] ?? 0) + upZ);
    // The face is taken only once pixels were drawn: most far walls cover none.
    const face = stage.faces.count;
    if (!raster.draw(dN * right.e - dE * right.n, dN * down.e - dE * down.n, dN * forward.e - dE * forward.n, face)) {
      continue;
    }
    wallFace(stage, b, glow[p] ?? 0, aE, aN, dE, dN);
  }
}

/** Rows of the picture that a roof takes at most. */
function roofPx(view: View, b: SceneBuilding): number {
  return (2 * b.radiusM * (view.upM - b.topAmslM) * view.focalPx) / flat2(view, b);
}

function flat2(view: View, b: SceneBuilding): number {
  const e = b.middleE - view.eastM;
  const n = b.middleN - view.northM;
  return e * e + n * n;
}

function roofFace(stage: Stage, b: SceneBuilding): number {
  const l = stage.lighting;
  const gain = l.night ? l.ambient * 1.05 : l.ambient + l.direct;
  const colour = (gain * l.saturation) / 65536;
  return stage.faces.flat(
    faceKinds.roof,
    0,
    16 + ((b.roof.y - 16) * gain) / 256,
    128 + (b.roof.u - 128) * colour + l.skyU,
    128 + (b.roof.v - 128) * colour + l.skyV,
  );
}

function wallFace(stage: Stage, b: SceneBuilding, glow: number, aE: number, aN: number, dE: number, dN: number): void {
  const { faces, lighting: l } = stage;
  const lengthM = Math.max(1e-6, Math.sqrt(dE * dE + dN * dN));
  const sun = l.night ? 0 : Math.max(0, (l.sunE * dN - l.sunN * dE) / lengthM);
  const gain = l.ambient * 0.92 + l.direct * 0.85 * sun;
  const colour = (gain * l.saturation) / 65536;
  const f = faces.add(faceKinds.wall, 0) * faceFields;
  const fields = faces.fields;
  fields[f] = aE;
  fields[f + 1] = aN;
  fields[f + 2] = dE / lengthM;
  fields[f + 3] = dN / lengthM;
  fields[f + 4] = b.baseAmslM;
  fields[f + 5] = b.topAmslM - b.baseAmslM;
  fields[f + 6] = ((b.wall.y - 16) * gain) / 256;
  fields[f + 7] = 128 + (b.wall.u - 128) * colour + l.skyU + l.directU * sun * 0.6;
  fields[f + 8] = 128 + (b.wall.v - 128) * colour + l.skyV + l.directV * sun * 0.6;
  // By where the wall faces, not by its number: a simpler outline of the house shows the same windows lit.
  const facing = Math.abs(dE) > Math.abs(dN) ? (dE > 0 ? 0 : 1) : dN > 0 ? 2 : 3;
  fields[f + 9] = b.seed * 31 + facing;
  fields[f + 10] = l.night ? glow : 0;
  fields[f + 11] = perBayM(lengthM);
}
