import { DataTexture, LinearFilter, RGBAFormat } from "three";
import { displayRgb, type ThemeName, TOKENS } from "../../theme/index.js";
import type { SceneCoverage } from "../sceneModel.js";

/** Coverage as a tint of the ground: white where somebody sees, magenta (computed) where nobody does. */
export function coverageTexture(coverage: SceneCoverage, theme: ThemeName): DataTexture {
  const [r, g, b] = displayRgb(coverage.show === "seen" ? TOKENS[theme].ink : TOKENS[theme].magenta);
  const data = new Uint8Array(coverage.cols * coverage.rows * 4);
  for (let i = 0; i < coverage.cols * coverage.rows; i++) {
    const seen = coverage.seenBy[i] ?? 0;
    const strength = coverage.show === "seen" ? Math.min(0.3, seen * 0.1) : seen === 0 ? 0.3 : 0;
    data.set([r * 255, g * 255, b * 255, strength * 255], i * 4);
  }
  const texture = new DataTexture(data, coverage.cols, coverage.rows, RGBAFormat);
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}
