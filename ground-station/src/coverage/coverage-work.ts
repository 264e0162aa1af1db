import type { Config } from "@outrider/contract";
import { type Coverage, cellMiddle, coverageOver, pointInRing, type TimeSurface, type World } from "@outrider/geo";
import type { BudgetConfig } from "../airspace/index.js";
import { type PlacedCamera, placeCamera, seenPolygon } from "./cameras.js";
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

/** What fixed cameras see and how soon an aircraft's camera is there, in steps of some milliseconds. */
export class CoverageWork {
  readonly #config: CoverageSetup["config"];
  readonly #world: World;
  readonly #origin: Origin;
  readonly #placed: readonly PlacedCamera[];
  readonly #surfaces = new Map<string, TimeSurface>();

  constructor({ config, world, attribution }: CoverageSetup) {
    this.#origin = { provenance: config.site.provenance, site: config.site.name, attribution };
    this.#config = config;
    this.#world = world;
    this.#placed = config.cameras.map((camera) => placeCamera(camera, world));
  }

  *site(): Generator<CoverageNews | undefined, undefined> {
    const world = this.#world;
    const seen: Feature[] = [];
    for (const one of this.#placed) {
      const sees = seenPolygon(one, world);
      seen.push(cameraFeature(one, sees));
      yield { kind: "sees", cameraId: one.config.cameraId, sees };
    }
    const coverage = coverageOver(world.obstacles, { cellM });
    yield undefined;
    for (const { config, camera } of this.#placed) {
      // A picture that its owner has not shared is seen by nobody here.
      if (config.kind !== "camera" || !config.shared) continue;
      coverage.set(camera);
      yield undefined;
    }
    const inside = yield* this.#insideCells(coverage);
    const open = (cell: number): boolean => inside[cell] === 1 && coverage.built[cell] !== 1;
    const unseen: Position[][][] = [];
    for (const areas of windowAreas(coverage.grid, (cell) => open(cell) && coverage.counts[cell] === 0)) {
      for (const area of areas) unseen.push(areaCoordinates(area, world));
      yield undefined;
    }
    const counts = yield* countFeatures(coverage, open, world);
    const nobody: Feature = {
      type: "Feature",
      properties: { sees: "nobody" },
      geometry: { type: "MultiPolygon", coordinates: unseen },
    };
    yield {
      kind: "site",
      seen: this.#encoded(seen),
      unseen: this.#encoded([nobody]),
      counts: this.#encoded(counts),
    };
    return undefined;
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

function cameraFeature({ config }: PlacedCamera, sees: ReturnType<typeof seenPolygon>): Feature {
  const { cameraId, name, kind, shared } = config;
  return {
    type: "Feature",
    properties: { cameraId, name, kind, shared },
    geometry: {
      type: "Polygon",
      // Rays run clockwise; RFC 7946 wants the ring the other way round.
      coordinates: [[...sees, ...sees.slice(0, 1)].reverse().map((point) => [point.lonDeg, point.latDeg] as const)],
    },
  };
}
