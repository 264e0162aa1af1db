import { type CityFile, type Config, config } from "@outrider/contract";
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

const plain = {
  site: {
    name: "Testville",
    provenance: "sim",
    city: "flat.json",
    fence: { inclusion: square(3000), ceilingAglM: 120 },
    privacyZones: [],
    exclusionZones: [],
    jurisdiction: square(3000),
  },
  demo: true,
  listen: { host: "127.0.0.1", http: 8080, docks: 0, mavlinkUdp: 0, videoFirst: 0 },
  bridge: {
    id: "bridge-1",
    token: { env: "TOKEN" },
    journal: "j",
    links: [{ kind: "udp-server", port: 14550 }],
    minAglM: 20,
    allowForeignStation: false,
  },
  sim: { enabled: true, seed: 1, lowFidelity: true, token: { env: "SIM" } },
  aircraftTypes: {
    quad: {
      batteryWh: 263,
      hoverW: 416,
      massKg: 3.77,
      cruiseMps: 15,
      maxMps: 22,
      climbMps: 3,
      descendMps: 3,
      maxWindMps: 10,
      maxGustMps: 15,
    },
  },
  aircraft: [{ uid: "aa00000000000001", callSign: "OSPREY", dockId: "dock-1", type: "quad", videoPort: 5600 }],
  docks: [{ dockId: "dock-1", name: "Dock 1", point: at(-1500, 0), type: "dock" }],
  cameras: [],
  people: [],
  sources: [
    source("cad", "eido", "hmac"),
    source("shots", "gunshot", "hmac"),
    source("caps", "cap", "hmac"),
    source("own", "native", "hmac"),
    source("flock", "cad/flock", "apiKey"),
  ],
  launch: {
    rules: [
      {
        callTypes: ["*"],
        kinds: ["call", "gunshot", "cap", "alpr", "manual"],
        policy: { kind: "approve", seconds: 60 },
        text: "The pilot decides.",
      },
    ],
    mergeWithinM: 150,
    mergeWithinS: 120,
    cruiseAglM: 50,
    sceneAglM: 60,
    orbitRadiusM: 60,
    stayS: 600,
    approvalValidS: 60,
    maxAlertAgeS: 120,
    maxAircraftPerPic: 4,
    reservePct: 20,
    verticalBufferM: 10,
    horizontalBufferM: 12,
    currencyDays: 30,
    minBatteryPct: 50,
    unsignedLinkMayLaunch: true,
  },
  failsafeParameters: {},
  notConfigured: [],
  hotlists: [],
  record: { dir: "record" },
  public: { delayMinutes: 60, keepDays: 365 },
  display: { units: "us", timeZone: "America/Denver" },
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
