import type { CityFile } from "@outrider/contract";
import { type CityModel, cityFromFile } from "../world/index.js";

/** A seeded grid city of any size: blocks of houses, a park, hills. For tests and measurements without a file. */
export function gridCity(buildings: number): CityModel {
  const side = Math.ceil(Math.sqrt(buildings));
  const pitchDm = 200;
  const halfDm = (side * pitchDm) / 2;
  const coordsDm: number[] = [];
  const ringStart = [0];
  const heightDm: number[] = [];
  const groundAmslDm: number[] = [];
  for (let b = 0; b < buildings; b++) {
    const x = (b % side) * pitchDm - halfDm;
    const y = Math.floor(b / side) * pitchDm - halfDm;
    coordsDm.push(x, y, x + 120, y, x + 120, y + 90, x, y + 90);
    ringStart.push(coordsDm.length / 2);
    heightDm.push(60 + ((b * 37) % 120));
    groundAmslDm.push(16_000);
  }
  const cells = 41;
  const half = halfDm / 10;
  const file: CityFile = {
    version: 1,
    name: "Grid",
    provenance: "sim",
    origin: { latDeg: 39.7, lonDeg: -105 },
    geoidUndulationM: -17,
    boundsLocal: { eastMinM: -half, northMinM: -half, eastMaxM: half, northMaxM: half },
    terrain: {
      eastMinM: -half,
      northMinM: -half,
      cellM: (2 * half) / (cells - 1),
      cols: cells,
      rows: cells,
      heightsAmslDm: Array.from({ length: cells * cells }, (_, i) => 16_000 + ((i * 13) % 60)),
    },
    buildings: { ringStart, coordsDm, groundAmslDm, heightDm },
    roads: Array.from({ length: 40 }, (_, i) => ({
      id: `r${i}`,
      name: `${i + 1}th Street`,
      kind: "street" as const,
      widthM: 9,
      oneWay: false,
      level: 0,
      pointsDm:
        i % 2 === 0
          ? [-halfDm, -halfDm + i * 400, halfDm, -halfDm + i * 400]
          : [-halfDm + i * 400, -halfDm, -halfDm + i * 400, halfDm],
    })),
    areas: [{ kind: "park", name: "", ringDm: [0, 0, 3000, 0, 3000, 2000, 0, 2000] }],
    addresses: [],
    places: [],
    attribution: "",
    licences: [],
  };
  return cityFromFile(file);
}
