import { type GroundTiles, halfArea, halfTexels, tileArea, tileTexels } from "./ground-tiles.js";
import { groundHeat, type Heat } from "./heat.js";
import type { GroundTexture } from "./shading.js";

/** What the shading of ground fetches, with warmth in place of lit colour: worked out when a tile is first looked at. */
export class HeatTiles implements GroundTexture {
  declare readonly litY: Uint8Array;
  declare readonly litU: Uint8Array;
  declare readonly litV: Uint8Array;
  declare readonly cols: Int32Array;
  declare readonly rows: Int32Array;
  declare readonly eastMinM: number;
  declare readonly northMinM: number;
  readonly #tiles: GroundTiles;
  /** Which painting of a slot its warmth belongs to, and to which hour. */
  readonly #madeOf: Int32Array;
  readonly #madeAt: Int32Array;
  readonly #shade = new Map<number, { readonly shade: number; readonly inSun: number }>();
  #heat: Heat | undefined;
  #key = "";
  #hour = 0;

  constructor(tiles: GroundTiles) {
    this.#tiles = tiles;
    this.litY = new Uint8Array(tiles.litY.length);
    // Chroma is made grey after shading; these are read for nothing.
    this.litU = tiles.litU;
    this.litV = tiles.litV;
    this.cols = tiles.cols;
    this.rows = tiles.rows;
    this.eastMinM = tiles.eastMinM;
    this.northMinM = tiles.northMinM;
    this.#madeOf = new Int32Array(tiles.paintings.length).fill(-1);
    this.#madeAt = new Int32Array(tiles.paintings.length);
  }

  begin(heat: Heat): void {
    const key = JSON.stringify(heat);
    if (key === this.#key) return;
    this.#key = key;
    this.#heat = heat;
    this.#hour += 1;
    this.#shade.clear();
  }

  ask(level: number, index: number): number {
    const slot = this.#tiles.ask(level, index);
    if (slot < 0) return slot;
    const painting = this.#tiles.paintings[slot] ?? 0;
    if (this.#madeOf[slot] !== painting || this.#madeAt[slot] !== this.#hour) {
      this.#madeOf[slot] = painting;
      this.#madeAt[slot] = this.#hour;
      this.#warm(slot);
    }
    return slot;
  }

  /** Two texels by two at a time, as colour is stored: nothing so warm has a sharper edge than that. */
  #warm(slot: number): void {
    const { luma, direct } = this.#tiles;
    const byDay = (this.#heat?.asphaltInSun ?? 0) > 0;
    for (let row = 0; row < halfTexels; row++) {
      for (let col = 0; col < halfTexels; col++) {
        const half = slot * halfArea + row * halfTexels + col;
        const at = slot * tileArea + 2 * row * tileTexels + 2 * col;
        const { shade, inSun } = this.#of(luma[at] ?? 0, half);
        // By night the map of direct light holds street lamps, which warm nothing.
        const value = Math.min(235, Math.round(byDay ? shade + (inSun * (direct[half] ?? 0)) / 255 : shade));
        this.litY[at] = value;
        this.litY[at + 1] = value;
        this.litY[at + tileTexels] = value;
        this.litY[at + tileTexels + 1] = value;
      }
    }
  }

  #of(y: number, half: number): { readonly shade: number; readonly inSun: number } {
    const u = this.#tiles.chromaU[half] ?? 128;
    const v = this.#tiles.chromaV[half] ?? 128;
    const key = ((y >> 1) << 16) | (u << 8) | v;
    const known = this.#shade.get(key);
    if (known !== undefined) return known;
    const fresh = this.#heat === undefined ? { shade: 16, inSun: 0 } : groundHeat(this.#heat, { y, u, v });
    this.#shade.set(key, fresh);
    return fresh;
  }
}
