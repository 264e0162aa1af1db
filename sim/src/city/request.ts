import type { CityHeightDatum } from "@outrider/contract";
import type { LatLon } from "@outrider/geo";
import type { GeoBox } from "./build/place.js";

/** Everything that one import needs to know. Paths are taken as they are. */
export type ImportRequest = {
  readonly name: string;
  readonly map:
    | { readonly kind: "osm"; readonly path: string }
    /** A folder of zoom-x-y.mvt files, or a .pmtiles archive. */
    | { readonly kind: "tiles"; readonly path: string };
  /** Undefined: as large as the folder's tiles. */
  readonly box: GeoBox | undefined;
  /** Undefined: the middle of the box. */
  readonly origin: LatLon | undefined;
  readonly dems: readonly string[];
  /** Zero of the heights of files that do not say it themselves. */
  readonly demDatum: CityHeightDatum | undefined;
  /** Ground of one height instead of any file: said on purpose, never guessed. */
  readonly flatAmslM: number | undefined;
  readonly undulation:
    | { readonly kind: "value"; readonly undulationM: number }
    | { readonly kind: "grid"; readonly path: string };
  readonly fillVoids: boolean;
  /** Tiles of the box that a folder does not have are open country and no mistake. */
  readonly allowMissingTiles: boolean;
  /** Credits beyond those that the sources carry themselves. */
  readonly attribution: readonly string[];
  readonly licences: readonly string[];
};

export type ImportProgress = (stage: string, share?: number) => void;
