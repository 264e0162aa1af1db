import type { CityAreaKind, CityRoadKind } from "@outrider/contract";
import type { EnuPoint } from "@outrider/geo";

/** Place in words. */
export type NamedPoint = { readonly text: string; readonly point: EnuPoint };
export type RoadFeature = {
  readonly name: string;
  readonly kind: CityRoadKind;
  readonly widthM: number;
  /** Travel only in the order of the line. */
  readonly oneWay: boolean;
  readonly level: number;
  readonly speedLimitMps: number | undefined;
  readonly line: readonly EnuPoint[];
};

/** What every reader of a map gives, whatever its format: shapes in metres of the city's frame, rings not closed. */
export type CityFeatures = {
  readonly buildings: readonly { readonly ring: readonly EnuPoint[]; readonly heightM: number }[];
  readonly roads: readonly RoadFeature[];
  readonly areas: readonly { readonly kind: CityAreaKind; readonly name: string; readonly ring: readonly EnuPoint[] }[];
  readonly addresses: readonly NamedPoint[];
  readonly places: readonly NamedPoint[];
  readonly signals: readonly EnuPoint[];
  readonly helipads: readonly NamedPoint[];
};

/** Widths of roads whose source gives none. */
export const ROAD_WIDTH_M: Readonly<Record<CityRoadKind, number>> = {
  motorway: 20,
  trunk: 18,
  primary: 16,
  secondary: 14,
  tertiary: 12,
  street: 10,
  service: 6,
  path: 3,
  rail: 3,
};
