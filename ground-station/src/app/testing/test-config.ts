import { type CityFile, type Config, config } from "@outrider/contract";
import { quadType, siteConfig } from "@outrider/contract/testing";
import { localFrame } from "@outrider/geo";

export const origin = { latDeg: 39.74, lonDeg: -104.99 };
const frame = localFrame(origin);
export const at = (eastM: number, northM: number) => frame.toGeo({ eastM, northM });
const square = (halfM: number) => [at(-halfM, -halfM), at(halfM, -halfM), at(halfM, halfM), at(-halfM, halfM)];

export const hmacKey = "ab".repeat(32);
export const apiKey = "an-api-key-of-enough-length";
const source = (sourceId: string, kind: string, auth: string) => ({
  sourceId,
  kind,
  key: { env: "KEY" },
  auth,
  provenance: "sim",
  perMinute: 60,
});

const base = siteConfig(square(3000));
/** What the rooms of the station are tested with: no port is bound, and heights and speeds that are easy to reckon with. */
export const flatSite = {
  ...base,
  listen: { ...base.listen, docks: 0, mavlinkUdp: 0, videoFirst: 0 },
  bridge: { ...base.bridge, minAglM: 20 },
  aircraftTypes: { quad: { ...quadType, maxMps: 22, climbMps: 3 } },
  launch: { ...base.launch, cruiseAglM: 50, sceneAglM: 60, orbitRadiusM: 60 },
};

const plain = {
  ...flatSite,
  aircraft: [{ uid: "aa00000000000001", callSign: "OSPREY", dockId: "dock-1", type: "quad", videoPort: 5600 }],
  docks: [{ dockId: "dock-1", name: "Dock 1", point: at(-1500, 0), type: "dock" }],
  sources: [
    source("cad", "eido", "hmac"),
    source("shots", "gunshot", "hmac"),
    source("caps", "cap", "hmac"),
    source("own", "native", "hmac"),
    source("flock", "cad/flock", "apiKey"),
  ],
};

/** A simulated site of one aircraft on flat ground at 1,600 m, so that a wrong height would show. */
export const testConfig = (change: (base: Config) => Config = (base) => base): Config => change(config.parse(plain));

/** Four kilometres of nothing, with one address. */
export const testCity: CityFile = {
  version: 1,
  name: "Flat",
  provenance: "sim",
  origin,
  geoidUndulationM: -17,
  boundsLocal: { eastMinM: -4000, northMinM: -4000, eastMaxM: 4000, northMaxM: 4000 },
  terrain: {
    eastMinM: -4000,
    northMinM: -4000,
    cellM: 1000,
    cols: 9,
    rows: 9,
    heightsAmslDm: Array<number>(81).fill(16_000),
  },
  buildings: { ringStart: [0], coordsDm: [], groundAmslDm: [], heightDm: [] },
  roads: [],
  areas: [],
  addresses: [{ text: "1 Example St", eastDm: 0, northDm: 0 }],
  places: [],
  attribution: "",
  licences: [],
};
