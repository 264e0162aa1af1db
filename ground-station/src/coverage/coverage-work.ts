import type { CameraAim, Config, GeoPoint } from "@outrider/contract";
import { type Coverage, cellMiddle, coverageOver, pointInRing, type TimeSurface, type World } from "@outrider/geo";
import type { BudgetConfig } from "../airspace/index.js";
import { type CameraLook, directionOf, directionsOf, type LooksAsk, sameAim } from "./camera-looks.js";
import { type PlacedCamera, placeCamera, placedAt, seenPolygon } from "./cameras.js";
import { countFeatures } from "./count-features.js";
import type { CoverageNews, TimesAsk } from "./coverage-engine.js";
import { areaCoordinates, collection, type Feature, type Origin, type Position, windowAreas } from "./geojson.js";
import { startSurface, timeFeatures } from "./time-lines.js";

export type CoverageSetup = {
  readonly config: Pick<Config, "cameras" | "site" | "aircraft" | "aircraftTypes" | "docks" | "launch"> & BudgetConfig;
  readonly world: World;
  /** Who must be named where the map is shown or handed on (ODbL, for OpenStreetMap's buildings). */
  readonly attribution: string;
};

const cellM = 8;
const mostSurfaces = 40;

/** What is counted now: kept, so that a camera that turned costs its own ground alone. */
type Survey = {
  readonly coverage: Coverage;
  /** Whether a cell is ground of the jurisdiction, without a house on it. */
  readonly open: (cell: number) => boolean;
  /** What each camera sees as configured. */
  readonly home: ReadonlyMap<string, readonly GeoPoint[]>;
  /** Those that are counted elsewhere. */
  readonly turned: Map<string, { readonly aim: CameraAim; readonly sees: readonly GeoPoint[] }>;
};

/** What fixed cameras see and how soon an aircraft's camera is there, in steps of some milliseconds. */
export class CoverageWork {
  readonly #config: CoverageSetup["config"];
  readonly #world: World;
  readonly #origin: Origin;
  readonly #placed: readonly PlacedCamera[];
  #survey: Survey | undefined;
  readonly #surfaces = new Map<string, TimeSurface>();

  constructor({ config, world, attribution }: CoverageSetup) {
    this.#origin = { provenance: config.site.provenance, site: config.site.name, attribution };
    this.#config = config;
    this.#world = world;
    this.#placed = config.cameras.map((camera) => placeCamera(camera, world));
  }

  *site(): Generator<CoverageNews | undefined, undefined> {
    const survey = yield* this.#surveyed();
    yield yield* this.#documents(survey, [], 0);
    return undefined;
  }

  /** The site's documents with every camera that turns as it looks now, or as at home where nobody knows. */
  *looks({ askId, nowMs, looks }: LooksAsk): Generator<CoverageNews | undefined, undefined> {
    const survey = this.#survey ?? (yield* this.#surveyed());
    const byId = new Map(looks.map((look) => [look.cameraId, look.present]));
    for (const one of this.#placed) {
      const present = byId.get(one.config.cameraId);
      if (this.#turn(survey, one, present?.kind === "known" ? present.aim : undefined)) yield undefined;
    }
    yield { ...(yield* this.#documents(survey, looks, nowMs)), askId };
    return undefined;
  }

  *#surveyed(): Generator<CoverageNews | undefined, Survey> {
    const world = this.#world;
    const home = new Map<string, readonly GeoPoint[]>();
    for (const one of this.#placed) {
      const sees = seenPolygon(one, world);
      home.set(one.config.cameraId, sees);
      yield { kind: "sees", cameraId: one.config.cameraId, sees };
    }
    const coverage = coverageOver(world.obstacles, { cellM });
    yield undefined;
    for (const { config, camera } of this.#placed) {
      if (!isCounted(config)) continue;
      coverage.set(camera);
      yield undefined;
    }
    const inside = yield* this.#insideCells(coverage);
    const open = (cell: number): boolean => inside[cell] === 1 && coverage.built[cell] !== 1;
    const survey: Survey = { coverage, open, home, turned: new Map() };
    this.#survey = survey;
    return survey;
  }

  /** Counts a camera in another direction, home where none is given. False where it looks there already. */
  #turn({ coverage, turned }: Survey, one: PlacedCamera, aim: CameraAim | undefined): boolean {
    const { cameraId } = one.config;
    if (sameAim(turned.get(cameraId)?.aim, aim)) return false;
    const there = aim === undefined ? one : placedAt(aim, one);
    if (aim === undefined) turned.delete(cameraId);
    else turned.set(cameraId, { aim, sees: seenPolygon(there, this.#world) });
    if (isCounted(one.config)) coverage.set(there.camera);
    return true;
  }

  *#documents({ coverage, open, home, turned }: Survey, looks: readonly CameraLook[], nowMs: number) {
    const world = this.#world;
    const lookOf = new Map(looks.map((look) => [look.cameraId, look]));
    const seen = this.#placed.map(({ config }): Feature => {
      const there = turned.get(config.cameraId);
      const sees = there?.sees ?? home.get(config.cameraId) ?? [];
      const azimuthDeg = there?.aim.azimuthDeg ?? config.azimuthDeg;
      return cameraFeature(config, sees, { azimuthDeg, ...directionOf(lookOf.get(config.cameraId), nowMs) });
    });
    const said = directionsOf(looks, nowMs);
    const unseen: Position[][][] = [];
    for (const areas of windowAreas(coverage.grid, (cell) => open(cell) && coverage.counts[cell] === 0)) {
      for (const area of areas) unseen.push(areaCoordinates(area, world));
      yield undefined;
    }
    const counts = yield* countFeatures(coverage, open, world, said);
    const nobody: Feature = {
      type: "Feature",
      properties: { sees: "nobody", ...said },
      geometry: { type: "MultiPolygon", coordinates: unseen },
    };
    return {
      kind: "site" as const,
      seen: this.#encoded(seen),
      unseen: this.#encoded([nobody]),
      counts: this.#encoded(counts),
    };
  }

  /** Lines of equal time, one aircraft a step; what wind and start leave the same is kept. */
  *times({ askId, wind: told, uids }: TimesAsk): Generator<CoverageNews | undefined, undefined> {
    // Half a metre a second and five degrees do not move a line that is drawn.
    const wind = { speedMps: Math.round(told.speedMps * 2) / 2, fromDeg: Math.round(told.fromDeg / 5) * 5 };
    const surfaces: TimeSurface[] = [];
    for (const uid of uids) {
      const { aircraft: all, aircraftTypes, docks } = this.#config;
      const aircraft = all.find((one) => one.uid === uid);
      const type = aircraftTypes[aircraft?.type ?? ""];
      const dock = docks.find((one) => one.dockId === aircraft?.dockId);
      if (aircraft === undefined || type === undefined || dock === undefined) continue;
      const key = `${dock.dockId} ${aircraft.type} ${wind.speedMps} ${wind.fromDeg}`;
      const known = this.#surfaces.get(key);
      const surface =
        known ??
        startSurface({ aircraft, type, point: dock.point, dockType: dock.type }, wind, this.#config, this.#world);
      if (this.#surfaces.size >= mostSurfaces) this.#surfaces.clear();
      this.#surfaces.set(key, surface);
      surfaces.push(surface);
      if (known === undefined) yield undefined;
    }
    yield { kind: "times", askId, body: this.#encoded(timeFeatures(surfaces, this.#world)) };
    return undefined;
  }

  #encoded(features: readonly Feature[]): Uint8Array {
    return new TextEncoder().encode(JSON.stringify(collection(features, this.#origin)));
  }

  *#insideCells(coverage: Coverage): Generator<undefined, Uint8Array> {
    const { grid } = coverage;
    const area = this.#config.site.jurisdiction.map((point) => this.#world.frame.toLocal(point));
    const inside = new Uint8Array(grid.cols * grid.rows);
    for (let row = 0; row < grid.rows; row++) {
      for (let col = 0; col < grid.cols; col++) {
        const at = row * grid.cols + col;
        if (pointInRing(cellMiddle(grid, at), area)) inside[at] = 1;
      }
      if (row % 8 === 7) yield undefined;
    }
    return inside;
  }
}

/** A picture that its owner has not shared is seen by nobody here. */
const isCounted = ({ kind, shared }: PlacedCamera["config"]): boolean => kind === "camera" && shared;

function cameraFeature(
  { cameraId, name, kind, shared }: PlacedCamera["config"],
  sees: readonly GeoPoint[],
  said: Feature["properties"],
): Feature {
  return {
    type: "Feature",
    properties: { cameraId, name, kind, shared, ...said },
    geometry: {
      type: "Polygon",
      // Rays run clockwise; RFC 7946 wants the ring the other way round.
      coordinates: [[...sees, ...sees.slice(0, 1)].reverse().map((point) => [point.lonDeg, point.latDeg] as const)],
    },
  };
}
