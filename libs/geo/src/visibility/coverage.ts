import { radOf } from "../enu/index.js";
import { type CellGrid, cellAt, type Obstacles, type SurfaceRaster } from "../terrain/index.js";
import { type FixedCamera, OWN_WALL_M } from "./camera.js";

export type CoverageOptions = {
  /** Cells of the answer; 5 to 10 m. */
  readonly cellM?: number;
  /** Height above ground of what should be seen. */
  readonly targetHeightM?: number;
};

/** What fixed cameras see of the ground, kept current camera by camera. Cells under buildings count for nobody. */
export type Coverage = {
  readonly grid: CellGrid;
  /** Number of cameras that see each cell. */
  readonly counts: Uint16Array;
  /** 1 where a building stands on the cell's middle. */
  readonly built: Uint8Array;
  /** Adds a camera, or takes its new pose; well under a millisecond. */
  set(camera: FixedCamera): void;
  remove(cameraId: string): void;
  /** Cells that one camera sees. */
  cellsOf(cameraId: string): Int32Array;
};

export function coverageOver(obstacles: Obstacles, options: CoverageOptions = {}): Coverage {
  const { surface } = obstacles;
  const cellM = options.cellM ?? 5;
  const grid: CellGrid = {
    eastMinM: surface.eastMinM,
    northMinM: surface.northMinM,
    cellM,
    cols: Math.ceil((surface.cols * surface.cellM) / cellM),
    rows: Math.ceil((surface.rows * surface.cellM) / cellM),
  };
  const counts = new Uint16Array(grid.cols * grid.rows);
  const built = builtCells(grid, surface);
  const marks = new Uint8Array(grid.cols * grid.rows);
  const cellsById = new Map<string, Int32Array>();
  const remove = (cameraId: string): void => {
    for (const cell of cellsById.get(cameraId) ?? []) counts[cell] = (counts[cell] ?? 1) - 1;
    cellsById.delete(cameraId);
  };
  const set = (camera: FixedCamera): void => {
    remove(camera.id);
    const cells = seenCells(camera, surface, grid, built, options.targetHeightM ?? 1.5, marks);
    for (const cell of cells) counts[cell] = (counts[cell] ?? 0) + 1;
    cellsById.set(camera.id, cells);
  };
  return { grid, counts, built, set, remove, cellsOf: (id) => cellsById.get(id) ?? new Int32Array(0) };
}

function builtCells(grid: CellGrid, surface: SurfaceRaster): Uint8Array {
  const built = new Uint8Array(grid.cols * grid.rows);
  for (let row = 0; row < grid.rows; row++) {
    for (let col = 0; col < grid.cols; col++) {
      const eastM = grid.eastMinM + (col + 0.5) * grid.cellM;
      const at = cellAt(surface, eastM, grid.northMinM + (row + 0.5) * grid.cellM);
      built[row * grid.cols + col] = at >= 0 ? (surface.built[at] ?? 0) : 0;
    }
  }
  return built;
}

/**
 * Rays outward from the camera over the surface raster, keeping the steepest slope met so far. The raster is never too
 * low, so a cell is said to be seen only where nothing can be in the way: "nobody sees" errs towards true.
 */
function seenCells(
  camera: FixedCamera,
  surface: SurfaceRaster,
  grid: CellGrid,
  built: Uint8Array,
  targetHeightM: number,
  marks: Uint8Array,
): Int32Array {
  const seen: number[] = [];
  const spreadDeg = Math.min(360, camera.hfovDeg);
  const rays = Math.max(2, Math.ceil((radOf(spreadDeg) * camera.rangeM) / (grid.cellM / 2)));
  for (let i = 0; i < rays; i++) {
    const azimuth = radOf(camera.azimuthDeg - spreadDeg / 2 + (spreadDeg * (i + 0.5)) / rays);
    castSight(camera, surface, grid, Math.sin(azimuth), Math.cos(azimuth), targetHeightM, (cell) => {
      if (marks[cell] === 1 || built[cell] === 1) return;
      marks[cell] = 1;
      seen.push(cell);
    });
  }
  for (const cell of seen) marks[cell] = 0;
  return Int32Array.from(seen).sort();
}

function castSight(
  camera: FixedCamera,
  surface: SurfaceRaster,
  grid: CellGrid,
  eastStep: number,
  northStep: number,
  targetHeightM: number,
  visit: (cell: number) => void,
): void {
  const lowest = Math.tan(radOf(Math.max(-89.9, camera.tiltDeg - camera.vfovDeg / 2)));
  const highest = Math.tan(radOf(Math.min(89.9, camera.tiltDeg + camera.vfovDeg / 2)));
  const rangeSq = camera.rangeM * camera.rangeM;
  let steepest = Number.NEGATIVE_INFINITY;
  for (let outM = OWN_WALL_M; outM <= camera.rangeM; outM += surface.cellM) {
    const eastM = camera.eastM + eastStep * outM;
    const northM = camera.northM + northStep * outM;
    const at = cellAt(surface, eastM, northM);
    if (at < 0) return;
    const topM = (surface.amslM[at] ?? 0) - camera.altAmslM;
    const targetM = topM + targetHeightM;
    const slope = targetM / outM;
    if (slope >= steepest && surface.built[at] !== 1 && slope >= lowest && slope <= highest) {
      const cell = cellAt(grid, eastM, northM);
      if (cell >= 0 && outM * outM + targetM * targetM <= rangeSq) visit(cell);
    }
    if (topM / outM > steepest) steepest = topM / outM;
  }
}
