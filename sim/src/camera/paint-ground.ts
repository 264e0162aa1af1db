import { faceKinds } from "./faces.js";
import { chunkCells, type Relief } from "./relief.js";
import type { Stage } from "./stage.js";
import { corner, drawPolygon } from "./stage.js";
import { ballInView } from "./view.js";

/** The ground's shape may be off by this part of the distance: a pixel through a 60-degree lens, seen from aslant. */
const lossShare = 0.0022;

/** Draws the height model: fine near the camera, coarse far away, and a plain beyond its edge up to the horizon. */
export function paintGround(stage: Stage, relief: Relief, farM: number): void {
  const { view } = stage;
  const { grid } = stage.terrain;
  const sizeM = chunkCells * grid.cellM;
  const radiusM = sizeM * 0.75 + 20;
  const lens = Math.min(1, 554 / view.focalPx);
  for (let row = 0; row < grid.rows - 1; row += chunkCells) {
    for (let col = 0; col < grid.cols - 1; col += chunkCells) {
      const middleE = grid.eastMinM + col * grid.cellM + sizeM / 2;
      const middleN = grid.northMinM + row * grid.cellM + sizeM / 2;
      const ground = grid.heightsAmslM[row * grid.cols + col] ?? 0;
      if (!ballInView(view, middleE, middleN, ground, radiusM, farM)) continue;
      const e = Math.max(0, Math.abs(middleE - view.eastM) - sizeM / 2);
      const n = Math.max(0, Math.abs(middleN - view.northM) - sizeM / 2);
      const u = Math.max(0, Math.abs(view.upM - ground) - 20);
      const withinM = Math.sqrt(e * e + n * n + u * u) * lossShare * lens;
      const awayM = Math.sqrt((middleE - view.eastM) ** 2 + (middleN - view.northM) ** 2) - radiusM;
      paintChunk(
        stage,
        col,
        row,
        Math.max(strideAt(awayM, grid.cellM), relief.strideOf(col, row, withinM)),
        withinM,
        farM,
      );
    }
  }
  apron(stage);
}

/** Cells a quad: a step of height a fifth of the distance away is not seen. */
function strideAt(awayM: number, cellM: number): number {
  for (const stride of [8, 4, 2]) if (stride * cellM < awayM / 5) return stride;
  return 1;
}

function paintChunk(stage: Stage, col0: number, row0: number, stride: number, withinM: number, farM: number): void {
  const { grid } = stage.terrain;
  const { cellM, heightsAmslM } = grid;
  const lastCol = Math.min(grid.cols - 1, col0 + chunkCells);
  const lastRow = Math.min(grid.rows - 1, row0 + chunkCells);
  const halfM = (stride * cellM) / 2;
  for (let row = row0; row < lastRow; row += stride) {
    const north = Math.min(lastRow, row + stride);
    const lowN = grid.northMinM + row * cellM;
    const highN = grid.northMinM + north * cellM;
    for (let col = col0; col < lastCol; col += stride) {
      const east = Math.min(lastCol, col + stride);
      const lowE = grid.eastMinM + col * cellM;
      const highE = grid.eastMinM + east * cellM;
      const sw = heightsAmslM[row * grid.cols + col] ?? 0;
      const se = heightsAmslM[row * grid.cols + east] ?? 0;
      const ne = heightsAmslM[north * grid.cols + east] ?? 0;
      const nw = heightsAmslM[north * grid.cols + col] ?? 0;
      // Most of a square of ground lies beside a picture taken from low above it.
      const reachM = halfM * 1.42 + Math.abs(se - sw) + Math.abs(nw - sw) + Math.abs(ne - sw);
      if (!ballInView(stage.view, lowE + halfM, lowN + halfM, sw, reachM, farM)) continue;
      corner(stage, lowE, lowN, sw);
      corner(stage, highE, lowN, se);
      corner(stage, highE, highN, ne);
      // Four corners nearly in one plane are one polygon: half the work of two.
      if (Math.abs(sw + ne - se - nw) > withinM) {
        drawGround(stage);
        corner(stage, lowE, lowN, sw);
        corner(stage, highE, highN, ne);
      }
      corner(stage, lowE, highN, nw);
      drawGround(stage);
    }
  }
}

function drawGround(stage: Stage): void {
  if (drawPolygon(stage, stage.faces.count)) stage.faces.add(faceKinds.ground, 0);
}

/** Four boxes around the height model: under it they would only be drawn to be hidden. */
function apron(stage: Stage): void {
  const { view, terrain } = stage;
  const b = terrain.bounds;
  const level = terrain.minAmslM;
  const west = Math.min(view.eastM, b.eastMinM) - 12_000;
  const east = Math.max(view.eastM, b.eastMaxM) + 12_000;
  const south = Math.min(view.northM, b.northMinM) - 12_000;
  const north = Math.max(view.northM, b.northMaxM) + 12_000;
  const box = (w: number, s: number, e: number, n: number): void => {
    corner(stage, w, s, level);
    corner(stage, e, s, level);
    corner(stage, e, n, level);
    corner(stage, w, n, level);
    drawGround(stage);
  };
  box(west, south, b.eastMinM, north);
  box(b.eastMaxM, south, east, north);
  box(b.eastMinM, south, b.eastMaxM, b.northMinM);
  box(b.eastMinM, b.northMaxM, b.eastMaxM, north);
}
