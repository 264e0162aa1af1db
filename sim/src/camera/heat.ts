import type { Yuv } from "./colour.js";
import { type Lighting, lightingOf, type SceneLight } from "./light.js";

/**
 * How warm things are at a moment, as the grey that they have where white is hot. Surfaces stay below people and people
 * below running engines, whatever the hour: a picture in which a sunny road hides a person would be worse than none.
 */
export type Heat = {
  readonly sky: number;
  readonly horizon: number;
  readonly water: number;
  readonly leaf: number;
  readonly grass: number;
  readonly soil: number;
  /** A building's wall in the shade, and what full sun adds. */
  readonly wall: number;
  readonly wallInSun: number;
  readonly roof: number;
  /** Kept by a dark road and a pale pavement through the day and into the night, and what full sun adds to each. */
  readonly asphalt: number;
  readonly asphaltInSun: number;
  readonly stone: number;
  readonly stoneInSun: number;
  /** A car that has stood for hours, and its cabin. */
  readonly parked: number;
  readonly cabin: number;
  readonly cloth: number;
  readonly skin: number;
  /** The body over an engine that runs, and the cabin behind it. */
  readonly engine: number;
  readonly warmCabin: number;
  /** The head of a street lamp: warm, and never so bright that it could pass for a person. */
  readonly lamp: number;
};

/** Nothing that the sun alone warms is brighter. */
export const warmestSurface = 165;

/** The sun warms slowly: in the west it has done its work, in the east it has yet to begin, so a night starts warm. */
export function heatOf({ sunElevationDeg, sunAzimuthDeg }: SceneLight): Heat {
  const sun = Math.max(0, Math.sin((sunElevationDeg * Math.PI) / 180));
  const evening = (1 - Math.sin((sunAzimuthDeg * Math.PI) / 180)) / 2;
  const kept = 0.2 + 0.8 * evening;
  const warm = (base: number, keeps: number, gains = 0): number => Math.round(base + keeps * kept + gains * sun);
  return {
    sky: 20,
    horizon: warm(40, 4, 10),
    water: warm(50, 3, 3),
    leaf: warm(60, 4, 10),
    grass: warm(56, 8, 12),
    soil: warm(66, 18, 24),
    wall: warm(78, 20, 10),
    wallInSun: warm(0, 0, 34),
    roof: warm(62, 12, 52),
    asphalt: warm(70, 36, 4),
    asphaltInSun: warm(0, 0, 46),
    stone: warm(68, 24, 4),
    stoneInSun: warm(0, 0, 34),
    parked: warm(64, 8, 34),
    cabin: warm(54, 4, 30),
    cloth: 198,
    skin: 226,
    engine: 212,
    warmCabin: 128,
    lamp: 112,
  };
}

/** Light for shading a picture that holds warmth: air dims far things towards the horizon's grey, nothing is coloured. */
export function heatLighting(light: SceneLight, heat: Heat): Lighting {
  // Written into one of its own kind: an object of another shape would make the engine compile the inner loops anew.
  return Object.assign(lightingOf(light), {
    night: false,
    ambient: Math.round(((heat.soil - 16) * 256) / 80),
    direct: 0,
    hazeY: heat.horizon,
    hazeU: 128,
    hazeV: 128,
    zenithY: heat.sky,
    zenithU: 128,
    zenithV: 128,
  });
}

/** Grey of ground by what its paint shows it to be, in the shade and in full sun. */
export function groundHeat(heat: Heat, { y, u, v }: Yuv): { readonly shade: number; readonly inSun: number } {
  // Blue outweighs red only in water; less of both than of green only in what grows.
  if (u - v > 7) return { shade: heat.water, inSun: 0 };
  if (u < 122 && v < 128) return { shade: heat.grass, inSun: 0 };
  // A yellow line, and every blend of it with the road, is as warm as the road. Sand and gravel are paler than those.
  if (u < 122 && y < 96 + 1.4 * (129 - u)) return { shade: heat.asphalt, inSun: heat.asphaltInSun };
  if (u < 122) return { shade: heat.soil, inSun: 0 };
  // Painted lines are the road's own warmth but for a shade: what they say is not read off them.
  const pale = Math.min(1, Math.max(0, (y - 84) / 56));
  return {
    shade: heat.asphalt + (heat.stone - heat.asphalt) * pale,
    inSun: heat.asphaltInSun + (heat.stoneInSun - heat.asphaltInSun) * pale,
  };
}
