import type { ThemeName } from "./tokens.js";

/** Colours and light of the clay model. One hue, so that any other hue on the map is a meaning. */
export interface ScenePalette {
  readonly skyTop: string;
  readonly haze: string;
  readonly kerb: string;
  readonly block: string;
  readonly road: string;
  readonly roadMain: string;
  readonly park: string;
  readonly water: string;
  readonly treeLow: string;
  readonly treeHigh: string;
  readonly wallFoot: string;
  readonly wallTop: string;
  readonly roofLow: string;
  readonly roofHigh: string;
  readonly roofEdge: string;
  readonly roofEdgeAlpha: number;
  readonly occlusion: string;
  readonly occlusionAlpha: number;
  readonly shadow: string;
  readonly shadowAlpha: number;
  /** Direction towards the light: east, up, south. */
  readonly light: readonly [number, number, number];
  readonly ambient: number;
  /** Whole scene is multiplied by this; 0.6 in the dim theme. */
  readonly brightness: number;
}

const night: ScenePalette = {
  skyTop: "#0b0f12",
  haze: "#1b252a",
  kerb: "#161c1f",
  block: "#1a2125",
  road: "#262f34",
  roadMain: "#313c42",
  park: "#182320",
  water: "#10191e",
  treeLow: "#16211e",
  treeHigh: "#26362f",
  wallFoot: "#1c2428",
  wallTop: "#4b575d",
  roofLow: "#3a454b",
  roofHigh: "#5a676d",
  roofEdge: "#9fb0b6",
  roofEdgeAlpha: 0.17,
  occlusion: "#040708",
  occlusionAlpha: 0.55,
  shadow: "#05080a",
  shadowAlpha: 0.38,
  light: [-0.62, 0.55, -0.56],
  ambient: 0.5,
  brightness: 1,
};

const day: ScenePalette = {
  skyTop: "#c3ced1",
  haze: "#d9dfde",
  kerb: "#d3d7d5",
  block: "#c3cac8",
  road: "#e3e6e4",
  roadMain: "#eff1ef",
  park: "#b4c3b3",
  water: "#a9bcc2",
  treeLow: "#8fa392",
  treeHigh: "#b2c2b2",
  wallFoot: "#9aa5a6",
  wallTop: "#c3cac9",
  roofLow: "#d4d9d7",
  roofHigh: "#e9ecea",
  roofEdge: "#5c696c",
  roofEdgeAlpha: 0.26,
  occlusion: "#46545c",
  occlusionAlpha: 0.36,
  shadow: "#46565c",
  shadowAlpha: 0.26,
  light: [-0.62, 0.6, -0.5],
  ambient: 0.6,
  brightness: 1,
};

export const SCENE_PALETTE: Readonly<Record<ThemeName, ScenePalette>> = {
  night,
  day,
  dim: { ...night, brightness: 0.6 },
};
