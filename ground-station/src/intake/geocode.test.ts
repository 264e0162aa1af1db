import type { CityFile } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { createGeocoder, plainName } from "./geocode.js";

const origin = { latDeg: 37.77, lonDeg: -122.45 };
const road = (name: string, ...pointsDm: number[]): CityFile["roads"][number] => ({
  id: `${name}${pointsDm.join()}`,
  name,
  kind: "street",
  widthM: 8,
  oneWay: false,
  level: 0,
  pointsDm,
});
const city: CityFile = {
  version: 1,
  name: "Testville",
  provenance: "sim",
  origin,
  geoidUndulationM: 0,
  boundsLocal: { eastMinM: -1000, northMinM: -1000, eastMaxM: 1000, northMaxM: 1000 },
  terrain: { eastMinM: -1000, northMinM: -1000, cellM: 1000, cols: 2, rows: 2, heightsAmslDm: [0, 0, 0, 0] },
  buildings: { ringStart: [0], coordsDm: [], groundAmslDm: [], heightDm: [] },
  roads: [
    road("Market Street", -5000, 0, 1000, 0),
    road("Market Street", 1000, 0, 5000, 0),
    road("5th Street", 1000, -4000, 1000, 4000),
    road("Saint Mary Avenue", 3000, -2000, 3000, 80),
    // Meets Market Street twice, 600 m apart.
    road("Loop Road", -3000, -100, -3000, 2000, 3000, 2000, 3000, -100),
    road("Far Lane", -5000, 3000, 5000, 3000),
    road("Far Street", 0, -3000, 0, -2000),
    road("Elm Street", 4000, -1000, 4000, 1000),
    road("Elm Terrace", 4500, 2000, 4500, 2500),
    road("Far Court", -5000, -3000, -4000, -3000),
  ],
  areas: [],
  addresses: [{ text: "12 Market St", eastDm: -2000, northDm: 100 }],
  places: [],
  attribution: "",
  licences: [],
};
const geocode = createGeocoder(city);
const at = (address: string) => {
  const found = geocode(address);
  return found === undefined ? undefined : localFrame(origin).toLocal(found.point);
};

describe("an address by the city's own street names", () => {
  it.each(["Market St & 5th St", "5TH ST. / MARKET ST.", "Market Street and 5th Street", "market at 5th, Testville"])(
    "given %s, is the corner where the two streets meet",
    (address) => {
      expect(at(address)?.eastM).toBeCloseTo(100, 1);
      expect(at(address)?.northM).toBeCloseTo(0, 1);
      expect(geocode(address)?.errorM).toBeGreaterThanOrEqual(15);
      expect(geocode(address)?.errorM).toBeLessThan(30);
    },
  );

  it("given a street that ends just short of the other, is that end", () => {
    expect(at("St Mary Ave & Market St")?.eastM).toBeCloseTo(300, 1);
  });

  it("given a name that two streets have, is the one that meets the other", () => {
    expect(at("Market & Elm")?.eastM).toBeCloseTo(400, 1);
  });

  it("given an address that the city knows, is that address", () => {
    expect(at("12 Market Street")?.eastM).toBeCloseTo(-200, 1);
  });

  it("given anything in doubt, is nothing: two corners, no corner, one street, a house number, a street unknown here", () => {
    for (const address of ["Market St & Loop Rd", "Market St & Far Ln", "Market St", "1500 Market St", "Oak & 5th", ""])
      expect(geocode(address), address).toBeUndefined();
  });

  it("calls one street by one name", () => {
    expect(plainName("5th St.")).toBe(plainName("5TH STREET"));
    expect(plainName("St. Mary Ave")).toBe("saint mary avenue");
  });
});
