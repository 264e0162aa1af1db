import { type CityModel, localFrame, packPaths, toLatLon } from "../../../world/index.js";

export const frame = localFrame({ latDeg: 37.77, lonDeg: -122.45 });
/** Level ground 1.8 km wide with nothing on it. */
export const city: CityModel = {
  id: "flat",
  frame,
  terrain: { cols: 2, rows: 2, x0M: -900, y0M: -900, stepM: 1800, heightAmslM: new Float32Array(4) },
  buildings: { ...packPaths([]), heightM: new Float32Array(0), baseAmslM: new Float32Array(0) },
  roads: {
    ...packPaths([]),
    kindIndex: new Uint8Array(0),
    widthM: new Float32Array(0),
    level: new Int8Array(0),
    names: [],
  },
  areas: { ...packPaths([]), kinds: [] },
  attribution: "",
  centreXM: 0,
  centreYM: 0,
  radiusM: 900,
};
export const square = (x: number, y: number, half: number) =>
  [
    [x - half, y - half],
    [x + half, y - half],
    [x + half, y + half],
    [x - half, y + half],
  ].map(([a = 0, b = 0]) => toLatLon(frame, a, b));
