import { type GroundTiles, groundLevels, texelMOf } from "./ground-tiles.js";
import type { Lighting } from "./light.js";
import type { View } from "./view.js";

/** What depends on depth alone, by steps of 4 m up to 4 km. */
export type Ramps = {
  /** Share of haze, 0…256. */
  readonly haze: Uint16Array;
  /** Level of the ground's texture whose texel is about one pixel. */
  readonly level: Uint8Array;
  /** 1/texel of each level. */
  readonly perTexel: Float64Array;
  /** Light of street lamps on a wall by metres above its foot, 0…256. */
  readonly glow: Uint16Array;
  /** Brightness of a surface by the direct light on it, in 1/256. */
  readonly gain: Int32Array;
};

export function buildRamps(view: View, tiles: GroundTiles, lighting: Lighting, farM: number): Ramps {
  const haze = new Uint16Array(1024);
  const level = new Uint8Array(1024);
  const overGroundM = Math.max(10, view.upM - tiles.groundUnderM(view.eastM, view.northM));
  for (let k = 0; k < 1024; k++) {
    const depthM = (k + 0.5) * 4;
    const thick = 1 - Math.exp(-((depthM / farM) ** 2) * 2.6);
    haze[k] = Math.round(256 * thick * (lighting.night ? 0.75 : 0.9));
    const acrossM = depthM / view.focalPx;
    const pixelM = acrossM * Math.sqrt(Math.max(1, depthM / overGroundM));
    level[k] = Math.max(0, Math.min(groundLevels - 1, Math.round(Math.log2(pixelM / 0.25))));
  }
  const perTexel = Float64Array.from({ length: groundLevels }, (_, i) => 1 / texelMOf(i));
  const glow = Uint16Array.from({ length: 64 }, (_, h) => Math.round(256 * Math.exp(-h / 4.5)));
  const gain = Int32Array.from({ length: 256 }, (_, light) => lighting.ambient + ((lighting.direct * light) >> 8));
  return { haze, level, perTexel, glow, gain };
}
