import type { Lighting } from "./light.js";

/** The light of one moment as tables by direct light (0…255): what a texel's own colour is scaled by and tinted with. */
export class GroundLight {
  /** Gain of luma, in 1/256. */
  readonly gain = new Int32Array(256);
  /** Gain of chroma, in 1/256. */
  readonly colour = new Int32Array(256);
  readonly tintU = new Int32Array(256);
  readonly tintV = new Int32Array(256);
  /** Counts up whenever the light is another than before. */
  version = 0;
  #key = "";

  set(l: Lighting): void {
    const key = [l.ambient, l.direct, l.saturation, l.skyU, l.skyV, l.directU, l.directV].join();
    if (key === this.#key) return;
    this.#key = key;
    this.version += 1;
    for (let light = 0; light < 256; light++) {
      const gain = l.ambient + ((l.direct * light) >> 8);
      this.gain[light] = gain;
      this.colour[light] = (gain * l.saturation) >> 8;
      this.tintU[light] = 128 + l.skyU + ((l.directU * light) >> 8);
      this.tintV[light] = 128 + l.skyV + ((l.directV * light) >> 8);
    }
  }

  /** Lights luma of a square of `side` texels; the map of direct light has half as many to a side. */
  luma(own: Uint8Array, direct: Uint8Array, lit: Uint8Array, side: number): void {
    const { gain } = this;
    for (let row = 0; row < side; row++) {
      const half = (row >> 1) * (side >> 1);
      for (let col = 0; col < side; col++) {
        const at = row * side + col;
        const g = gain[direct[half + (col >> 1)] ?? 0] ?? 0;
        lit[at] = Math.min(235, 16 + ((((own[at] ?? 16) - 16) * g) >> 8));
      }
    }
  }

  chroma(own: Uint8Array, direct: Uint8Array, lit: Uint8Array, tint: Int32Array): void {
    const { colour } = this;
    for (let at = 0; at < lit.length; at++) {
      const light = direct[at] ?? 0;
      lit[at] = ((((own[at] ?? 128) - 128) * (colour[light] ?? 0)) >> 8) + (tint[light] ?? 128);
    }
  }
}
