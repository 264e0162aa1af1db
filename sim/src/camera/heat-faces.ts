import { type FaceTable, faceFields, faceKinds, materials } from "./faces.js";
import type { Heat } from "./heat.js";
import type { Lighting } from "./light.js";

/** Paints every face of a frame anew with its warmth, before pixels are coloured. */
export function warmFaces(faces: FaceTable, heat: Heat, lighting: Lighting): void {
  const { fields } = faces;
  for (let face = 1; face < faces.count; face++) {
    const f = face * faceFields;
    switch (faces.kind[face]) {
      case faceKinds.wall:
        warmWall(fields, f, heat, lighting);
        break;
      case faceKinds.roof:
        // A dark roof takes up more of the sun than a pale one.
        grey(fields, f, heat.roof + (100 - (fields[f] ?? 100)) * 0.1);
        break;
      case faceKinds.flat:
      case faceKinds.lamp:
        grey(fields, f, thingHeat(faces, face, heat));
        break;
      default:
    }
  }
}

function grey(fields: Float32Array, f: number, luma: number): void {
  fields[f] = Math.round(Math.min(235, Math.max(16, luma)));
  fields[f + 1] = 128;
  fields[f + 2] = 128;
}

/** Windows stay the cooler part of a wall: glass shows the sky's cold, not the room behind it. */
function warmWall(fields: Float32Array, f: number, heat: Heat, l: Lighting): void {
  const sun = Math.max(0, l.sunE * (fields[f + 3] ?? 0) - l.sunN * (fields[f + 2] ?? 0));
  fields[f + 6] = heat.wall + heat.wallInSun * sun - 16;
  fields[f + 7] = 128;
  fields[f + 8] = 128;
  // No street lamp warms a wall.
  fields[f + 10] = 0;
}

/** Whatever has an owner is a vehicle under way, and its lamps burn as hot as its engine. */
function thingHeat(faces: FaceTable, face: number, heat: Heat): number {
  const madeOf = faces.material[face];
  if (madeOf === materials.skin) return heat.skin;
  if (madeOf === materials.cloth) return heat.cloth;
  if (madeOf === materials.leaf) return heat.leaf;
  const drives = (faces.owner[face] ?? 0) > 0;
  if (madeOf === materials.cabin) return drives ? heat.warmCabin : heat.cabin;
  if (drives) return heat.engine;
  return faces.kind[face] === faceKinds.lamp ? heat.lamp : heat.parked;
}
