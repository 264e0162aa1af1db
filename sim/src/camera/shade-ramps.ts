import { hash8 } from "./colour.js";
import { type GroundTiles, groundLevels, texelMOf } from "./ground-tiles.js";
import type { Lighting } from "./light.js";
import type { View } from "./view.js";
import { WallPaint } from "./wall-pattern.js";

/** Where the ground's texture changes to a level twice as coarse, as the square of a texel's share of a pixel. */
const nextLevelSq = (level: number): number => (texelMOf(level) * Math.SQRT2) ** 2;

/** What depends on depth alone, by steps of 4 m up to 4 km, and the patterns that stay as they are. */
export class Ramps {
  /** Share of haze, 0…256. */
  readonly haze = new Int32Array(1024);
  /** Level of the ground's texture whose texel is about one pixel. */
  readonly level = new Uint8Array(1024);
  /** 1/texel of each level. */
  readonly perTexel = Float64Array.from({ length: groundLevels }, (_, i) => 1 / texelMOf(i));
  /** Light of street lamps on a wall by metres above its foot, 0…256. */
  readonly glow = Int32Array.from({ length: 64 }, (_, h) => Math.round(256 * Math.exp(-h / 4.5)));
  /** Grain of roofs, −128…127, 64 by 64 pieces that repeat. */
  readonly grain = Int8Array.from({ length: 4096 }, (_, i) => hash8(i & 63, i >> 6, 9) - 128);
  readonly wall = new WallPaint();
  #hazeKey = "";

  begin(view: View, tiles: GroundTiles, lighting: Lighting, farM: number): void {
    this.#setHaze(lighting.night ? 0.75 : 0.9, farM);
    const overGroundM = Math.max(10, view.upM - tiles.groundUnderM(view.eastM, view.northM));
    let level = 0;
    for (let k = 0; k < 1024; k++) {
      const depthM = (k + 0.5) * 4;
      const acrossM = depthM / view.focalPx;
      const pixelSq = acrossM * acrossM * Math.max(1, depthM / overGroundM);
      while (level < groundLevels - 1 && pixelSq >= nextLevelSq(level)) level += 1;
      this.level[k] = level;
    }
  }

  #setHaze(most: number, farM: number): void {
    const key = `${most},${farM}`;
    if (key === this.#hazeKey) return;
    this.#hazeKey = key;
    for (let k = 0; k < 1024; k++) {
      this.haze[k] = Math.round(256 * most * (1 - Math.exp(-2.6 * (((k + 0.5) * 4) / farM) ** 2)));
    }
  }
}
