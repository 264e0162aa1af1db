import type { z } from "zod";
import type { config } from "../config.js";
import type { GeoPoint } from "../place.js";

/** A configuration as it is written, before it is checked. */
type Written = z.input<typeof config>;

/** The demonstration's aircraft. */
export const quadType: Written["aircraftTypes"][string] = {
  batteryWh: 263,
  hoverW: 416,
  massKg: 3.77,
  cruiseMps: 15,
  maxMps: 20,
  climbMps: 5,
  descendMps: 3,
  maxWindMps: 10,
  maxGustMps: 15,
};

const launch: Written["launch"] = {
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
  cruiseAglM: 55,
  sceneAglM: 55,
  orbitRadiusM: 45,
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
};

/** A simulated site within this ring with no aircraft, docks, people or sources yet: what a test needs it lays over. */
export const siteConfig = (ring: GeoPoint[]) =>
  ({
    site: {
      name: "Testville",
      provenance: "sim",
      city: "flat.json",
      fence: { inclusion: ring, ceilingAglM: 120 },
      privacyZones: [],
      exclusionZones: [],
      jurisdiction: ring,
    },
    demo: true,
    listen: { host: "127.0.0.1", http: 8080, docks: 8090, mavlinkUdp: 14550, videoFirst: 5600 },
    bridge: {
      id: "bridge-1",
      token: { env: "TOKEN" },
      journal: "j",
      links: [{ kind: "udp-server", port: 14550 }],
      minAglM: 15,
      allowForeignStation: false,
    },
    sim: { enabled: true, seed: 1, lowFidelity: true, token: { env: "SIM" } },
    aircraftTypes: { q38: quadType },
    aircraft: [],
    docks: [],
    cameras: [],
    people: [],
    sources: [],
    launch,
    failsafeParameters: {},
    notConfigured: [],
    hotlists: [],
    record: { dir: "record" },
    public: { delayMinutes: 60, keepDays: 365 },
    display: { units: "us", timeZone: "America/Denver" },
  }) satisfies Written;
