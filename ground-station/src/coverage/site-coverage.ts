import type { FixedCameraView } from "@outrider/contract";
import { type Coverage, cellMiddle, coverageOver, pointInRing, type World } from "@outrider/geo";
import { type PlacedCamera, seenPolygon } from "./cameras.js";
import {
  areaCoordinates,
  collection,
  type Feature,
  type FeatureCollection,
  type Position,
  windowAreas,
} from "./geojson.js";

const cellM = 8;

/** What all fixed cameras together see, built in steps of a few milliseconds each. */
export class SiteCoverage {
  readonly #placed: readonly PlacedCamera[];
  readonly #world: World;
  readonly #area: readonly { eastM: number; northM: number }[];
  readonly #steps: Generator<undefined>;
  readonly #views = new Map<string, FixedCameraView>();
  #seen: FeatureCollection | undefined;
  #unseen: FeatureCollection | undefined;

  constructor(placed: readonly PlacedCamera[], world: World, area: readonly { eastM: number; northM: number }[]) {
    this.#placed = placed;
    this.#world = world;
    this.#area = area;
    for (const { config } of placed) this.#views.set(config.cameraId, { ...config, sees: [] });
    this.#steps = this.#work();
  }

  /** Does one step; false when all is done. */
  step(): boolean {
    return this.#steps.next().done !== true;
  }

  views(): readonly FixedCameraView[] {
    return [...this.#views.values()];
  }

  seen(): FeatureCollection | undefined {
    return this.#seen;
  }

  unseen(): FeatureCollection | undefined {
    return this.#unseen;
  }

  *#work(): Generator<undefined> {
    for (const one of this.#placed) {
      this.#views.set(one.config.cameraId, { ...one.config, sees: seenPolygon(one, this.#world) });
      yield undefined;
    }
    const coverage = coverageOver(this.#world.obstacles, { cellM });
    yield undefined;
    for (const { config, camera } of this.#placed) {
      // A picture that its owner has not shared is seen by nobody here.
      if (config.kind !== "camera" || !config.shared) continue;
      coverage.set(camera);
      yield undefined;
    }
    const inside = yield* this.#insideCells(coverage);
    this.#seen = collection(this.#cameraFeatures());
    const unseen: Position[][][] = [];
    const accepts = (cell: number): boolean =>
      inside[cell] === 1 && coverage.counts[cell] === 0 && coverage.built[cell] !== 1;
    for (const areas of windowAreas(coverage.grid, accepts)) {
      for (const area of areas) unseen.push(areaCoordinates(area, this.#world));
      yield undefined;
    }
    this.#unseen = collection([
      { type: "Feature", properties: { sees: "nobody" }, geometry: { type: "MultiPolygon", coordinates: unseen } },
    ]);
  }

  *#insideCells(coverage: Coverage): Generator<undefined, Uint8Array> {
    const { grid } = coverage;
    const inside = new Uint8Array(grid.cols * grid.rows);
    for (let row = 0; row < grid.rows; row++) {
      for (let col = 0; col < grid.cols; col++) {
        const at = row * grid.cols + col;
        if (pointInRing(cellMiddle(grid, at), this.#area)) inside[at] = 1;
      }
      if (row % 8 === 7) yield undefined;
    }
    return inside;
  }

  #cameraFeatures(): Feature[] {
    return this.views().map((view) => ({
      type: "Feature",
      properties: { cameraId: view.cameraId, name: view.name, kind: view.kind, shared: view.shared },
      geometry: {
        type: "Polygon",
        // Rays run clockwise; RFC 7946 wants the ring the other way round.
        coordinates: [
          [...view.sees, ...view.sees.slice(0, 1)].reverse().map((point) => [point.lonDeg, point.latDeg] as const),
        ],
      },
    }));
  }
}
