import { type World, worldFromCity } from "@outrider/geo";
import { street } from "../../app/testing/street.js";

export const origin = { latDeg: 37.7701, lonDeg: -122.445 };
const eastWest = ["Page St", "Haight St", "Waller St", "Beulah St"];
const northSouth = ["Stanyan St", "Cole St", "Ashbury St", "Masonic Ave"];
const extent = 6000;

/** Four streets each way, 200 m apart; Haight St and Masonic Ave cross at the origin. One house at that corner. */
export const town: World = worldFromCity({
  origin,
  geoidUndulationM: -32,
  terrain: {
    eastMinM: -1000,
    northMinM: -1000,
    cellM: 1000,
    cols: 3,
    rows: 3,
    heightsAmslDm: Array<number>(9).fill(800),
  },
  buildings: {
    ringStart: [0, 4],
    coordsDm: [-400, 100, -100, 100, -100, 400, -400, 400],
    groundAmslDm: [800],
    heightDm: [90],
  },
  roads: [
    ...eastWest.map((name, row) => street(name, [-extent - 1000, 2000 - row * 2000, 1000, 2000 - row * 2000])),
    ...northSouth.map((name, col) => street(name, [-extent + col * 2000, -5000, -extent + col * 2000, 3000])),
  ],
});

export const at = (world: World, eastM: number, northM: number) => world.frame.toGeo({ eastM, northM });
