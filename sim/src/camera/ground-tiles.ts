import type { CityScene, SceneBuilding } from "./city-scene.js";
import { hash8 } from "./colour.js";
import { GroundLight } from "./ground-light.js";
import { groundPlan, openGround, type Patch } from "./ground-plan.js";
import type { Lighting } from "./light.js";
import { PaintSquare } from "./patch-fill.js";

export const tileTexels = 256;
export const halfTexels = tileTexels / 2;
export const tileArea = tileTexels * tileTexels;
export const halfArea = halfTexels * halfTexels;
/** Texel sizes: 0.25 m near the camera, doubling to 8 m at the horizon. */
export const groundLevels = 6;
export const texelMOf = (level: number): number => 0.25 * 2 ** level;

/**
 * The ground's texture, painted from the city's outlines when a square first comes into sight and kept until the room
 * is needed: a whole city at 0.25 m would take 150 MB. Colour is stored with its chroma at half resolution, and
 * beside it how much direct light reaches the place (sun by day, street lamps by night). What a camera sees, the colour
 * as that light makes it, is kept too: a frame only has to fetch it.
 */
export class GroundTiles {
  declare readonly luma: Uint8Array;
  declare readonly chromaU: Uint8Array;
  declare readonly chromaV: Uint8Array;
  declare readonly direct: Uint8Array;
  /** How often each slot has been painted: tells whether what was made of it is still so. */
  declare readonly paintings: Int32Array;
  /** Luma and chroma as the light of the moment makes them, or made them a few frames ago. */
  declare readonly litY: Uint8Array;
  declare readonly litU: Uint8Array;
  declare readonly litV: Uint8Array;
  readonly cols: Int32Array = new Int32Array(groundLevels);
  readonly rows: Int32Array = new Int32Array(groundLevels);
  declare readonly eastMinM: number;
  declare readonly northMinM: number;
  /** Slot of each tile of a level, −1 where it is not painted. */
  declare readonly slots: readonly Int32Array[];
  readonly #owner: { level: number; index: number; usedAt: number; light: number }[];
  readonly #light = new GroundLight();
  readonly #square = new PaintSquare(tileTexels);
  readonly #shade = new PaintSquare(halfTexels);
  readonly #scene: CityScene;
  readonly #plan: readonly Patch[];
  readonly #tallestM: number;
  #frame = 0;
  #budget = 0;
  #lightKey = "";
  #lighting: Lighting | undefined;

  constructor(scene: CityScene, slotCount: number) {
    const bounds = scene.terrain.bounds;
    this.#scene = scene;
    this.#plan = groundPlan(scene.city);
    this.#tallestM = scene.buildings.reduce((most, b) => Math.max(most, b.topAmslM - b.baseAmslM), 0);
    this.eastMinM = bounds.eastMinM;
    this.northMinM = bounds.northMinM;
    this.luma = new Uint8Array(slotCount * tileArea);
    this.chromaU = new Uint8Array(slotCount * halfArea);
    this.chromaV = new Uint8Array(slotCount * halfArea);
    this.direct = new Uint8Array(slotCount * halfArea);
    this.paintings = new Int32Array(slotCount);
    this.litY = new Uint8Array(slotCount * tileArea);
    this.litU = new Uint8Array(slotCount * halfArea);
    this.litV = new Uint8Array(slotCount * halfArea);
    this.#owner = Array.from({ length: slotCount }, () => ({ level: -1, index: -1, usedAt: -1, light: 0 }));
    this.slots = Array.from({ length: groundLevels }, (_, level) => {
      const sizeM = texelMOf(level) * tileTexels;
      this.cols[level] = Math.ceil((bounds.eastMaxM - bounds.eastMinM) / sizeM) + 1;
      this.rows[level] = Math.ceil((bounds.northMaxM - bounds.northMinM) / sizeM) + 1;
      return new Int32Array((this.cols[level] ?? 0) * (this.rows[level] ?? 0)).fill(-1);
    });
  }

  /** Starts a frame. `budget` bounds the tiles painted during it; what is missing is shown coarser until later. */
  begin(lighting: Lighting, budget: number): void {
    this.#frame += 1;
    this.#budget = budget;
    this.#lighting = lighting;
    this.#light.set(lighting);
    // A shadow moves by a texel or so within the half hour that the sun takes for 5 degrees.
    const key = lighting.night
      ? "night"
      : `${Math.round(Math.atan2(lighting.sunE, lighting.sunN) * 12)},${Math.round(Math.atan(lighting.sunTan) * 12)}`;
    if (key === this.#lightKey) return;
    this.#lightKey = key;
    for (const level of this.slots) level.fill(-1);
    for (const owner of this.#owner) owner.level = -1;
  }

  groundUnderM(eastM: number, northM: number): number {
    return this.#scene.terrain.groundAmslM(eastM, northM);
  }

  /** Slot of a tile, painting it if need be and allowed; −1 where it has to be shown coarser. */
  ask(level: number, index: number): number {
    const known = this.slots[level]?.[index] ?? -1;
    if (known >= 0) {
      const owner = this.#owner[known];
      if (owner) owner.usedAt = this.#frame;
      if (owner && owner.light !== this.#light.version && this.#budget > 0) {
        // The sun moves by so little between frames that the others may wait their turn.
        this.#budget -= 1;
        this.#relight(known);
      }
      return known;
    }
    if (this.#budget <= 0 && level < groundLevels - 1) return -1;
    const slot = this.#freeSlot();
    if (slot < 0) return -1;
    this.#budget -= 1;
    const owner = this.#owner[slot];
    const slots = this.slots[level];
    if (!owner || !slots) return -1;
    const before = this.slots[owner.level];
    if (before) before[owner.index] = -1;
    owner.level = level;
    owner.index = index;
    owner.usedAt = this.#frame;
    slots[index] = slot;
    this.#paint(level, index, slot);
    return slot;
  }

  #freeSlot(): number {
    let oldest = -1;
    let oldestAt = this.#frame;
    for (let slot = 0; slot < this.#owner.length; slot++) {
      const owner = this.#owner[slot];
      if (!owner) continue;
      if (owner.level < 0) return slot;
      if (owner.usedAt < oldestAt) {
        oldest = slot;
        oldestAt = owner.usedAt;
      }
    }
    return oldest;
  }

  #paint(level: number, index: number, slot: number): void {
    this.paintings[slot] = (this.paintings[slot] ?? 0) + 1;
    const texelM = texelMOf(level);
    const cols = this.cols[level] ?? 1;
    const east = this.eastMinM + (index % cols) * tileTexels * texelM;
    const north = this.northMinM + Math.floor(index / cols) * tileTexels * texelM;
    const sizeM = tileTexels * texelM;
    const square = this.#square;
    square.clear(openGround);
    for (const p of this.#plan) {
      if (p.maxTexelM < texelM || p.eastMaxM < east || p.eastMinM > east + sizeM) continue;
      if (p.northMaxM < north || p.northMinM > north + sizeM) continue;
      square.fill(p.ring, p.paint, east, north, texelM);
    }
    this.#store(slot, level);
    this.#mapLight(slot, east, north, texelM * 2);
    this.#relight(slot);
  }

  #relight(slot: number): void {
    const owner = this.#owner[slot];
    if (owner) owner.light = this.#light.version;
    const whole = (plane: Uint8Array): Uint8Array => plane.subarray(slot * tileArea, (slot + 1) * tileArea);
    const half = (plane: Uint8Array): Uint8Array => plane.subarray(slot * halfArea, (slot + 1) * halfArea);
    const direct = half(this.direct);
    this.#light.luma(whole(this.luma), direct, whole(this.litY), tileTexels);
    this.#light.chroma(half(this.chromaU), direct, half(this.litU), this.#light.tintU);
    this.#light.chroma(half(this.chromaV), direct, half(this.litV), this.#light.tintV);
  }

  #store(slot: number, level: number): void {
    const { y, u, v } = this.#square;
    const grain = level === 0 ? 10 : level === 1 ? 8 : 5;
    const at = slot * tileArea;
    for (let i = 0; i < tileArea; i++) {
      const noise = ((hash8(i & 255, i >> 8, slot) - 128) * grain) >> 8;
      this.luma[at + i] = Math.max(16, Math.min(235, (y[i] ?? 0) + noise));
    }
    const half = slot * halfArea;
    for (let row = 0; row < halfTexels; row++) {
      for (let col = 0; col < halfTexels; col++) {
        const from = 2 * row * tileTexels + 2 * col;
        this.chromaU[half + row * halfTexels + col] = u[from] ?? 128;
        this.chromaV[half + row * halfTexels + col] = v[from] ?? 128;
      }
    }
  }

  #mapLight(slot: number, east: number, north: number, texelM: number): void {
    const map = this.direct.subarray(slot * halfArea, (slot + 1) * halfArea);
    const lighting = this.#lighting;
    if (!lighting || lighting.night) this.#lampLight(map, east, north, texelM);
    else this.#sunLight(map, east, north, texelM, lighting);
  }

  #lampLight(map: Uint8Array, east: number, north: number, texelM: number): void {
    map.fill(0);
    const { lamps } = this.#scene.furniture;
    const reachM = 21;
    for (let i = 0; i + 1 < lamps.length; i += 2) {
      const e = ((lamps[i] ?? 0) - east) / texelM;
      const n = ((lamps[i + 1] ?? 0) - north) / texelM;
      const reach = reachM / texelM;
      if (e < -reach || n < -reach || e > halfTexels + reach || n > halfTexels + reach) continue;
      const lowRow = Math.max(0, Math.floor(n - reach));
      const highRow = Math.min(halfTexels - 1, Math.ceil(n + reach));
      const lowCol = Math.max(0, Math.floor(e - reach));
      const highCol = Math.min(halfTexels - 1, Math.ceil(e + reach));
      for (let row = lowRow; row <= highRow; row++) {
        for (let col = lowCol; col <= highCol; col++) {
          const awaySq = ((col + 0.5 - e) ** 2 + (row + 0.5 - n) ** 2) / (reach * reach);
          if (awaySq >= 1) continue;
          const at = row * halfTexels + col;
          map[at] = Math.min(255, (map[at] ?? 0) + 235 * (1 - awaySq) ** 3);
        }
      }
    }
  }

  #sunLight(map: Uint8Array, east: number, north: number, texelM: number, lighting: Lighting): void {
    map.fill(255);
    const sizeM = halfTexels * texelM;
    const reachM = Math.min(250, this.#tallestM / lighting.sunTan) + 30;
    for (const b of this.#scene.buildings) {
      if (b.middleE + b.radiusM < east - reachM || b.middleE - b.radiusM > east + sizeM + reachM) continue;
      if (b.middleN + b.radiusM < north - reachM || b.middleN - b.radiusM > north + sizeM + reachM) continue;
      const longM = Math.min(250, (b.topAmslM - b.baseAmslM) / lighting.sunTan);
      const shade = (ring: Float64Array): void =>
        this.#shade.eachCovered(ring, east, north, texelM, (at, share) => {
          map[at] = Math.min(map[at] ?? 255, 255 - 255 * share);
        });
      eachShadow(b, -lighting.sunE * longM, -lighting.sunN * longM, shade);
    }
  }
}

/** The shadow of an upright block on level ground: its outline moved, and a box for each wall. */
function eachShadow(b: SceneBuilding, moveE: number, moveN: number, shade: (ring: Float64Array) => void): void {
  const { ring } = b;
  shade(ring.map((value, i) => value + (i % 2 === 0 ? moveE : moveN)));
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const aE = ring[j] ?? 0;
    const aN = ring[j + 1] ?? 0;
    const bE = ring[i] ?? 0;
    const bN = ring[i + 1] ?? 0;
    shade(Float64Array.of(aE, aN, bE, bN, bE + moveE, bN + moveN, aE + moveE, aN + moveN));
  }
}
