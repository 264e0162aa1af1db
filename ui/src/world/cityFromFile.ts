import type { CityFile, CityRoadKind } from "@outrider/contract";
import { type CityModel, packPaths, ROAD_KINDS, type RoadKind } from "./cityModel.js";
import { localFrame } from "./localFrame.js";

/**
 * Turns a city file, as the station serves it, into arrays for drawing. The file was checked when it was made and
 * when the station loaded it; here only its shape is relied upon.
 */
export function cityFromFile(file: CityFile): CityModel {
  const b = file.buildings;
  const t = file.terrain;
  const bounds = file.boundsLocal;
  const buildingCount = b.heightDm.length;
  const named = file.roads;
  return {
    id: `${file.name}:${buildingCount}:${named.length}`,
    frame: localFrame(file.origin),
    terrain: {
      cols: t.cols,
      rows: t.rows,
      x0M: t.eastMinM,
      y0M: t.northMinM,
      stepM: t.cellM,
      heightAmslM: Float32Array.from(t.heightsAmslDm, (dm) => dm / 10),
    },
    buildings: {
      count: buildingCount,
      start: Uint32Array.from(b.ringStart),
      xyM: Float32Array.from(b.coordsDm, (dm) => dm / 10),
      heightM: Float32Array.from(b.heightDm, (dm) => dm / 10),
      baseAmslM: Float32Array.from(b.groundAmslDm, (dm) => dm / 10),
    },
    roads: {
      ...packPaths(named.map((r) => r.pointsDm)),
      kindIndex: Uint8Array.from(named, (r) => ROAD_KINDS.indexOf(drawnAs(r.kind))),
      widthM: Float32Array.from(named, (r) => r.widthM),
      level: Int8Array.from(named, (r) => r.level),
      names: named.map((r) => r.name),
    },
    areas: { ...packPaths(file.areas.map((a) => a.ringDm)), kinds: file.areas.map((a) => a.kind) },
    attribution: file.attribution,
    centreXM: (bounds.eastMinM + bounds.eastMaxM) / 2,
    centreYM: (bounds.northMinM + bounds.northMaxM) / 2,
    radiusM: Math.min(bounds.eastMaxM - bounds.eastMinM, bounds.northMaxM - bounds.northMinM) / 2,
  };
}

function drawnAs(kind: CityRoadKind): RoadKind {
  return kind;
}
