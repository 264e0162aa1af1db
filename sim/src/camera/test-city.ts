import type { CityFile } from "@outrider/contract";
import { hash8 } from "./colour.js";

/** A small gridded town on a slope at about 1,600 m, for tests and for looking at pictures. */
export function testCity(blocks = 12): CityFile {
  const pitchM = 90;
  const half = (blocks * pitchM) / 2;
  const roads: CityFile["roads"] = [];
  for (let k = 0; k <= blocks; k++) {
    const at = Math.round((k * pitchM - half) * 10);
    const points = Array.from({ length: blocks + 1 }, (_, i) => Math.round((i * pitchM - half) * 10));
    const big = k % 4 === 0;
    const road = { kind: big ? ("secondary" as const) : ("street" as const), widthM: big ? 15 : 10.5, oneWay: false };
    roads.push({ ...road, id: `e${k}`, name: `${k} St`, level: 0, pointsDm: points.flatMap((p) => [p, at]) });
    roads.push({ ...road, id: `n${k}`, name: `${k} Ave`, level: 0, pointsDm: points.flatMap((p) => [at, p]) });
  }
  const cols = 61;
  const cellM = (2 * half + 400) / (cols - 1);
  const groundM = (e: number, n: number): number => 1600 + e * 0.02 + 6 * Math.sin(n / 160);
  const terrain = {
    eastMinM: -half - 200,
    northMinM: -half - 200,
    cellM,
    cols,
    rows: cols,
    heightsAmslDm: Array.from({ length: cols * cols }, (_, i) =>
      Math.round(groundM(-half - 200 + (i % cols) * cellM, -half - 200 + Math.floor(i / cols) * cellM) * 10),
    ),
  };
  return {
    version: 1,
    name: "Test town",
    provenance: "sim",
    origin: { latDeg: 39.74, lonDeg: -104.99 },
    geoidUndulationM: -17,
    boundsLocal: { eastMinM: -half, northMinM: -half, eastMaxM: half, northMaxM: half },
    terrain,
    buildings: townBuildings(blocks, pitchM, half, groundM),
    roads,
    areas: [{ kind: "park", name: "Park", ringDm: [100, 100, 800, 100, 800, 800, 100, 800] }],
    addresses: [],
    places: [],
    attribution: "",
    licences: [],
  };
}

function townBuildings(
  blocks: number,
  pitchM: number,
  half: number,
  groundM: (e: number, n: number) => number,
): CityFile["buildings"] {
  const ringStart = [0];
  const coordsDm: number[] = [];
  const groundAmslDm: number[] = [];
  const heightDm: number[] = [];
  for (let c = 0; c < blocks; c++) {
    for (let r = 0; r < blocks; r++) {
      // The block north-east of the origin is the park.
      if (c === blocks / 2 && r === blocks / 2) continue;
      for (let k = 0; k < 12; k++) {
        const e = c * pitchM - half + 12 + (k % 6) * 11.2;
        const n = r * pitchM - half + 12 + (k < 6 ? 0 : 40);
        const deep = 22 + (hash8(c, r, k) % 5);
        const ring = [e, n, e + 10.8, n, e + 10.8, n + deep, e, n + deep];
        coordsDm.push(...ring.map((m) => Math.round(m * 10)));
        ringStart.push(coordsDm.length / 2);
        groundAmslDm.push(Math.round(groundM(e, n) * 10) - 5);
        heightDm.push(75 + (hash8(r, k, c) % 90) + (hash8(c, k, r) > 244 ? 250 : 0));
      }
    }
  }
  return { ringStart, coordsDm, groundAmslDm, heightDm };
}
