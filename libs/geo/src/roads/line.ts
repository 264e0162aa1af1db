import type { EnuPoint } from "../enu/index.js";

/** What is known of a road besides its course. */
export type RoadTraits = {
  readonly id: string;
  /** "" where the road has no name. */
  readonly name: string;
  readonly kind: string;
  readonly widthM: number;
  /** Travel only in the order of the points. */
  readonly oneWay: boolean;
  /** Roads of different levels (bridge, tunnel) do not join where they cross. */
  readonly level: number;
  /** The posted limit where the map has one. */
  readonly speedLimitMps?: number | undefined;
};

/** A road as drawn, before crossings are found. */
export type RoadLine = RoadTraits & { readonly points: readonly EnuPoint[] };

/** Free speeds by kind of road (formats/geodata.md section 3); kinds that are not here are not driven. */
export const ROAD_SPEEDS_MPS: Readonly<Record<string, number>> = {
  motorway: 105 / 3.6,
  trunk: 90 / 3.6,
  primary: 70 / 3.6,
  secondary: 55 / 3.6,
  tertiary: 50 / 3.6,
  street: 40 / 3.6,
  service: 20 / 3.6,
};
