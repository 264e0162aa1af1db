import type { EnuPointAmsl } from "../enu/index.js";
import { type BuildingIndex, type BuildingSet, eachSide, insideBuilding } from "./buildings.js";
import { walkCells } from "./cells.js";
import type { SurfaceRaster } from "./surface.js";
import type { Terrain } from "./terrain.js";

export type Sight = { readonly clear: boolean; readonly blockedAt?: EnuPointAmsl };
export type SightOptions = {
  /** Length at the start of the line that nothing blocks: a camera's own wall or pole. */
  readonly skipFromM?: number;
};
export type SightWorld = {
  readonly terrain: Terrain;
  readonly buildings: BuildingSet;
  readonly near: BuildingIndex;
  readonly surface: SurfaceRaster;
};

const pointAt = (from: EnuPointAmsl, to: EnuPointAmsl, share: number): EnuPointAmsl => ({
  eastM: from.eastM + (to.eastM - from.eastM) * share,
  northM: from.northM + (to.northM - from.northM) * share,
  altAmslM: from.altAmslM + (to.altAmslM - from.altAmslM) * share,
});

/**
 * Whether a straight line passes over the ground and every building. The raster only says where to look: it is never
 * too low, so where the line is above it nothing can block; elsewhere the true outlines and heights decide.
 */
export function lineOfSight(world: SightWorld, from: EnuPointAmsl, to: EnuPointAmsl, options?: SightOptions): Sight {
  const lengthM = Math.hypot(to.eastM - from.eastM, to.northM - from.northM, to.altAmslM - from.altAmslM);
  const skipShare = lengthM > 0 ? Math.min(1, (options?.skipFromM ?? 0) / lengthM) : 0;
  const altAt = (share: number): number => from.altAmslM + (to.altAmslM - from.altAmslM) * share;
  const tested = new Set<number>();
  let blockedShare = Number.POSITIVE_INFINITY;
  walkCells(world.surface, from.eastM, from.northM, to.eastM, to.northM, (index, enter, leave) => {
    if (leave < skipShare) return false;
    const start = Math.max(enter, skipShare);
    if (index >= 0 && Math.min(altAt(start), altAt(leave)) > (world.surface.amslM[index] ?? 0)) {
      return blockedShare <= leave;
    }
    blockedShare = Math.min(blockedShare, groundBlock(world.terrain, from, to, start, leave));
    if (index >= 0 && world.surface.built[index] === 1) {
      blockedShare = Math.min(blockedShare, buildingBlock(world, from, to, start, leave, skipShare, tested));
    }
    return blockedShare <= leave;
  });
  return blockedShare <= 1 ? { clear: false, blockedAt: pointAt(from, to, blockedShare) } : { clear: true };
}

/** Tolerance against a target that stands exactly on the ground. */
const GROUND_SLACK_M = 0.02;

function groundBlock(terrain: Terrain, from: EnuPointAmsl, to: EnuPointAmsl, enter: number, leave: number): number {
  for (const share of [enter, (enter + leave) / 2, leave]) {
    const at = pointAt(from, to, share);
    if (at.altAmslM < terrain.groundAmslM(at.eastM, at.northM) - GROUND_SLACK_M) return share;
  }
  return Number.POSITIVE_INFINITY;
}

function buildingBlock(
  world: SightWorld,
  from: EnuPointAmsl,
  to: EnuPointAmsl,
  enter: number,
  leave: number,
  skipShare: number,
  tested: Set<number>,
): number {
  const a = pointAt(from, to, enter);
  const b = pointAt(from, to, leave);
  const candidates = world.near(
    Math.min(a.eastM, b.eastM),
    Math.min(a.northM, b.northM),
    Math.max(a.eastM, b.eastM),
    Math.max(a.northM, b.northM),
  );
  let first = Number.POSITIVE_INFINITY;
  for (const id of candidates) {
    if (tested.has(id)) continue;
    tested.add(id);
    first = Math.min(first, firstInside(world.buildings, id, from, to, skipShare));
  }
  return first;
}

/** First share of the line that is inside a building's prism, Infinity where none is. */
function firstInside(set: BuildingSet, id: number, from: EnuPointAmsl, to: EnuPointAmsl, skipShare: number): number {
  const topM = set.topAmslM[id] ?? 0;
  const dE = to.eastM - from.eastM;
  const dN = to.northM - from.northM;
  const shares = [skipShare, 1];
  eachSide(set, id, (aE, aN, bE, bN) => {
    const det = dE * (bN - aN) - dN * (bE - aE);
    if (det === 0) return;
    const share = ((aE - from.eastM) * (bN - aN) - (aN - from.northM) * (bE - aE)) / det;
    const along = ((aE - from.eastM) * dN - (aN - from.northM) * dE) / det;
    if (share > skipShare && share < 1 && along >= 0 && along <= 1) shares.push(share);
  });
  shares.sort((p, q) => p - q);
  for (let k = 0; k + 1 < shares.length; k++) {
    const start = shares[k] ?? 0;
    const end = shares[k + 1] ?? 0;
    const middle = pointAt(from, to, (start + end) / 2);
    if (!insideBuilding(set, id, middle.eastM, middle.northM)) continue;
    const blocked = firstBelow(from, to, start, end, topM);
    if (blocked !== undefined) return blocked;
  }
  return Number.POSITIVE_INFINITY;
}

/** First share within start…end at which the line is below a height. */
function firstBelow(
  from: EnuPointAmsl,
  to: EnuPointAmsl,
  start: number,
  end: number,
  topM: number,
): number | undefined {
  const climbM = to.altAmslM - from.altAmslM;
  if (from.altAmslM + climbM * start < topM) return start;
  if (from.altAmslM + climbM * end >= topM) return undefined;
  return (topM - from.altAmslM) / climbM;
}
