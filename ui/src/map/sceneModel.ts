import type { ThemeName } from "../theme/index.js";
import type { LatLon } from "../world/index.js";

/**
 * Everything the scene shows, as plain data: the scene's only slow input. A desk makes a new one when facts change;
 * parts that did not change must keep their identity, since the scene redraws only what differs.
 */
export interface SceneModel {
  readonly theme: ThemeName;
  readonly aircraft: readonly SceneAircraft[];
  readonly incidents: readonly SceneIncident[];
  readonly docks: readonly SceneDock[];
  readonly sensors: readonly SceneSensor[];
  readonly routes: readonly SceneRoute[];
  readonly zones: readonly SceneZone[];
  readonly footprints: readonly SceneFootprint[];
  readonly reach: SceneReach | undefined;
  /** Lines of equal time from the station; where they are given, `reach` is not needed. */
  readonly timeLines?: readonly SceneTimeLine[];
  /** Pieces of the ceiling, shown only where something is planned or flies close below it. */
  readonly lids?: readonly SceneLid[];
  readonly couldBe: SceneCouldBe | undefined;
  readonly coverage: SceneCoverage | undefined;
  readonly pins: readonly ScenePin[];
  /** Surfaces within the radius are lighter; nothing else glows. */
  readonly focus: { readonly at: LatLon; readonly radiusM: number } | undefined;
}

/** Identity of one aircraft; where it is comes from the pose source, frame by frame. */
export interface SceneAircraft {
  readonly uid: string;
  readonly callSign: string;
  readonly selected: boolean;
  /** In its dock: drawn by the dock, not in the air. */
  readonly docked: boolean;
  readonly showFootprint: boolean;
  readonly kind: "drone" | "helicopter" | "stranger";
  /** What stands under its name in place of its height: of a stranger a bare number says too little. */
  readonly told?: string;
  /** Of a stranger: how near it comes. */
  readonly level?: "none" | "traffic" | "caution" | "warning";
  /** Where a stranger would be soon, at its height. */
  readonly ahead?: LatLon;
  /** Of a stranger: its place, its height or its word is not to be relied on; drawn hollow and broken. */
  readonly doubtful?: boolean;
  /** Of a stranger: where its operator says to be. */
  readonly operator?: LatLon;
}

export interface SceneIncident {
  readonly id: string;
  readonly at: LatLon;
  readonly title: string;
  readonly detail: string;
  /** An estimate is magenta; seen or confirmed is white. */
  readonly certainty: "estimated" | "seen";
  /** 95 % ellipse: half axes in metres and the bearing of the long one. */
  readonly error: { readonly semiMajorM: number; readonly semiMinorM: number; readonly bearingDeg: number } | undefined;
}

export interface SceneDock {
  readonly id: string;
  readonly at: LatLon;
  readonly name: string;
  readonly detail: string;
  readonly ready: boolean;
}

export interface SceneSensor {
  readonly id: string;
  readonly at: LatLon;
  readonly kind: "camera" | "reader";
  readonly azimuthDeg: number;
  /** Number shown on map, tile and video alike; empty for none. */
  readonly number: string;
  readonly sees: readonly LatLon[];
}

export interface SceneRoute {
  readonly id: string;
  /** Proposed is dashed and commanded solid, both computed; flown is measured and drawn in ink. */
  readonly state: "proposed" | "commanded" | "flown";
  readonly points: readonly { readonly at: LatLon; readonly altAmslM: number }[];
}

export interface SceneZone {
  readonly id: string;
  readonly kind: "privacy" | "fence" | "restriction";
  readonly ring: readonly LatLon[];
  readonly label: string;
  /** Of a restriction: what stands under its name, and pieces of it that are free. */
  readonly detail?: string;
  readonly holes?: readonly (readonly LatLon[])[];
  /** Of a restriction: it holds, it does not yet or not for us, or nobody could read it. */
  readonly look?: "closed" | "open" | "unclear";
}

/** A piece of an airspace ceiling around a place; the ceiling follows the ground, as its height is above ground. */
export interface SceneLid {
  readonly id: string;
  readonly at: LatLon;
  readonly radiusM: number;
  readonly ceilingAglM: number;
  readonly label: string;
}

/** Ground that a camera looked at; for pages that have no live pose. */
export interface SceneFootprint {
  readonly id: string;
  readonly ring: readonly LatLon[];
}

/** A line of equal time that the station computed. */
export interface SceneTimeLine {
  readonly id: string;
  readonly seconds: number;
  readonly points: readonly LatLon[];
}

/** Seconds from launch to overhead on a grid around the city's centre; lines are drawn at `levelsS`. */
export interface SceneReach {
  readonly cols: number;
  readonly rows: number;
  readonly x0M: number;
  readonly y0M: number;
  readonly stepM: number;
  readonly seconds: Float32Array;
  readonly levelsS: readonly number[];
}

/** Roads that a sought vehicle could have used: brightest where its arrival time is nearest to now. */
export interface SceneCouldBe {
  readonly nowS: number;
  readonly pieces: readonly { readonly points: readonly LatLon[]; readonly fromS: number; readonly toS: number }[];
}

/** Cells of ground: 0 nobody sees, 1 to 255 how many see. */
export interface SceneCoverage {
  readonly cols: number;
  readonly rows: number;
  readonly x0M: number;
  readonly y0M: number;
  readonly widthM: number;
  readonly heightM: number;
  readonly seenBy: Uint8Array;
  readonly show: "seen" | "nobodySees";
}

export interface ScenePin {
  readonly id: string;
  readonly at: LatLon;
  /** Seen things are dots and diamonds, predicted ones squares. */
  readonly mark: "seen" | "found" | "predicted" | "vehicle" | "asked";
  readonly title: string;
  readonly detail: string;
  readonly headingDeg: number;
  readonly priority: number;
}

/** A pose as the scene needs it, written in place by the source. */
export interface ScenePose {
  latDeg: number;
  lonDeg: number;
  altAmslM: number;
  altAglM: number;
  headingDeg: number;
  ageMs: number;
  gimbalPitchDeg: number;
  gimbalYawDeg: number;
  hfovDeg: number;
  link: "live" | "late" | "lost" | "never";
  gimbalOk: boolean;
}

/** The fast door: ring buffers live behind it, React never sees them. */
export interface PoseSource {
  /** Fills `out` with the newest pose; false when nothing was ever heard. */
  read(uid: string, out: ScenePose): boolean;
  /** Calls when something moved or aged enough to be drawn again. */
  onChange(listener: () => void): () => void;
}

export const emptyScene = (theme: ThemeName): SceneModel => ({
  theme,
  aircraft: [],
  incidents: [],
  docks: [],
  sensors: [],
  routes: [],
  zones: [],
  footprints: [],
  reach: undefined,
  couldBe: undefined,
  coverage: undefined,
  pins: [],
  focus: undefined,
});

export const blankPose = (): ScenePose => ({
  latDeg: 0,
  lonDeg: 0,
  altAmslM: 0,
  altAglM: 0,
  headingDeg: 0,
  ageMs: 0,
  gimbalPitchDeg: 0,
  gimbalYawDeg: 0,
  hfovDeg: 0,
  link: "never",
  gimbalOk: false,
});
