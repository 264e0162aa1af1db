import { type Config, config } from "@outrider/contract";
import { localFrame } from "@outrider/geo";

/** About 1,600 m up, so that a wrong height shows. */
export const origin = { latDeg: 39.74, lonDeg: -104.99 };
const frame = localFrame(origin);
export const at = (eastM: number, northM: number) => frame.toGeo({ eastM, northM });
const square = (halfM: number) => [at(-halfM, -halfM), at(halfM, -halfM), at(halfM, halfM), at(-halfM, halfM)];

export const uids = ["aa00000000000001", "aa00000000000002", "aa00000000000003"] as const;
const optionalGates = ["launch-criteria", "remote-id", "airspace", "traffic", "assembly-lock", "lights"] as const;

const siteForTests = {
  name: "Testville",
  provenance: "sim",
  city: "flat",
  fence: { inclusion: square(3000), ceilingAglM: 120 },
  privacyZones: [],
  exclusionZones: [],
  jurisdiction: square(3000),
};

const launchForTests = {
  rules: [
    {
      callTypes: ["SHOOT"],
      kinds: ["gunshot"],
      policy: { kind: "veto", seconds: 10 },
      text: "Gunshots: launches unless refused.",
    },
    {
      callTypes: ["CANINE"],
      kinds: ["call"],
      policy: { kind: "never", why: "no aircraft for animals" },
      text: "Animals: never.",
    },
    {
      callTypes: ["*"],
      kinds: ["call", "gunshot", "cap", "alpr", "manual"],
      policy: { kind: "approve", seconds: 60 },
      text: "All else: the pilot decides.",
    },
  ],
  mergeWithinM: 200,
  mergeWithinS: 600,
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
};

/** A site of three docks on flat ground; whatever a test needs otherwise it overrides. */
export function configForTests(change: (base: Config) => Config = (base) => base): Config {
  const base = config.parse({
    site: siteForTests,
    demo: true,
    listen: { host: "127.0.0.1", http: 0, docks: 0, mavlinkUdp: 0, videoFirst: 0 },
    bridge: {
      id: "bridge-1",
      token: { env: "TOKEN" },
      journal: "j",
      links: [{ kind: "udp-server", port: 14550 }],
      minAglM: 20,
      allowForeignStation: false,
    },
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
    aircraft: uids.map((uid, i) => ({
      uid,
      callSign: ["OSPREY", "KESTREL", "HERON"][i],
      dockId: `dock-${i + 1}`,
      type: "quad",
      videoPort: 5600 + i,
    })),
    docks: uids.map((_, i) => ({
      dockId: `dock-${i + 1}`,
      name: `Dock ${i + 1}`,
      point: at(-1500 + i * 1500, 0),
      type: "dock",
    })),
    cameras: [],
    people: [],
    sources: [
      { sourceId: "shots", kind: "gunshot", key: { env: "K" }, auth: "hmac", provenance: "sim", perMinute: 60 },
    ],
    launch: launchForTests,
    failsafeParameters: { NAV_DLL_ACT: { value: 2, why: "return" }, COM_DL_LOSS_T: { value: 10, why: "ten seconds" } },
    notConfigured: optionalGates.map((gate) => ({ gate, who: "Chief", when: "2026-01-01", why: "not yet" })),
    hotlists: [],
    record: { dir: "r" },
    public: { delayMinutes: 60, keepDays: 365 },
    display: { units: "us", timeZone: "America/Denver" },
  });
  return change(base);
}
