import { type CityFile, type Config, config, type GeoPoint } from "@outrider/contract";
import { siteConfig } from "@outrider/contract/testing";
import { type EnuPoint, type World, worldFromCity } from "@outrider/geo";
import { generateCity } from "@outrider/sim";

export type StormSite = { readonly city: CityFile; readonly world: World; readonly config: Config };

/** The station by the name that it signs its orders with. */
export const stormStationId = "station-1";
const halfSizeM = 700;
const openRadiusM = 14;

/** Places where an aircraft can stand: nothing higher than a kerb around. Corners first, so that docks lie apart. */
function openPlaces(world: World, wanted: number): readonly EnuPoint[] {
  const corners: readonly EnuPoint[] = [
    { eastM: -350, northM: -350 },
    { eastM: 350, northM: 350 },
    { eastM: -350, northM: 350 },
    { eastM: 350, northM: -350 },
    { eastM: 0, northM: 0 },
  ];
  return [...corners, ...between(corners)].slice(0, wanted).map((corner) => nearestOpen(world, corner));
}

/** For larger fleets: a grid about the middle, without what lies near a corner already. */
function between(taken: readonly EnuPoint[]): readonly EnuPoint[] {
  const steps = [-520, -260, 0, 260, 520];
  return steps
    .flatMap((eastM) => steps.map((northM) => ({ eastM, northM })))
    .filter((at) => taken.every((one) => Math.hypot(one.eastM - at.eastM, one.northM - at.northM) > 110));
}

function nearestOpen(world: World, from: EnuPoint): EnuPoint {
  for (let ring = 0; ring < 40; ring++) {
    for (let turn = 0; turn < 12; turn++) {
      const angle = (turn / 12) * 2 * Math.PI;
      const at = { eastM: from.eastM + Math.sin(angle) * ring * 10, northM: from.northM + Math.cos(angle) * ring * 10 };
      if (isOpen(world, at)) return at;
    }
  }
  throw new Error("no open place for a dock in this city");
}

function isOpen(world: World, at: EnuPoint): boolean {
  const ground = world.terrain.groundAmslM(at.eastM, at.northM);
  for (let e = -openRadiusM; e <= openRadiusM; e += 7)
    for (let n = -openRadiusM; n <= openRadiusM; n += 7)
      if (world.obstacles.surfaceAmslM(at.eastM + e, at.northM + n) - ground > 2.5) return false;
  return true;
}

/** A small site on a generated city at about 1,600 m AMSL, where a wrong height shows. */
export function stormSite(citySeed: number, aircraftCount: number): StormSite {
  const city = generateCity(citySeed);
  const world = worldFromCity(city);
  const geo = (eastM: number, northM: number): GeoPoint => world.frame.toGeo({ eastM, northM });
  const box = [
    geo(-halfSizeM, -halfSizeM),
    geo(halfSizeM, -halfSizeM),
    geo(halfSizeM, halfSizeM),
    geo(-halfSizeM, halfSizeM),
  ];
  const docks = openPlaces(world, aircraftCount + 1).map((at, index) => ({
    dockId: `dock-${index + 1}`,
    name: `Dock ${index + 1}`,
    point: world.frame.toGeo(at),
    type: "dock",
  }));
  return { city, world, config: config.parse(stormConfig(box, docks, aircraftCount)) };
}

const callSigns = ["OSPREY", "KESTREL", "HERON", "MERLIN", "PLOVER", "SWIFT"];
export const stormUid = (index: number): string =>
  `53544f524d${(index + 1).toString(16).padStart(2, "0")}`.padEnd(36, "0");

function stormConfig(
  box: readonly GeoPoint[],
  docks: readonly { dockId: string; name: string; point: GeoPoint; type: string }[],
  aircraftCount: number,
): unknown {
  const pilot = (n: number) => ({
    personId: `pilot-${n}`,
    name: `Pilot ${n}`,
    roles: ["pic"],
    certificate: { number: String(n), until: "2099-01-01" },
    lastFlight: "2026-11-01",
  });
  const plain = siteConfig([...box]);
  return {
    ...plain,
    site: { ...plain.site, name: "Storm", city: "generated" },
    bridge: {
      ...plain.bridge,
      token: { env: "BRIDGE" },
      journal: "bridge",
      // The storm hands keys over as it hands over everything else; the files named here do not exist.
      orders: { stationId: stormStationId, key: { env: "ORDER_KEY" }, trusted: ["station-order.pub"] },
    },
    aircraft: docks.slice(0, aircraftCount).map((dock, index) => ({
      uid: stormUid(index),
      callSign: callSigns[index] ?? `BIRD ${index}`,
      dockId: dock.dockId,
      type: "q38",
      videoPort: 5600 + index * 2,
    })),
    docks,
    people: [
      pilot(1),
      pilot(2),
      { personId: "operator-1", name: "Operator 1", roles: ["rtcc"] },
      { personId: "supervisor-1", name: "Supervisor 1", roles: ["supervisor"] },
      {
        personId: "seat-1",
        name: "One seat",
        roles: ["pic", "rtcc", "trainer", "supervisor"],
        certificate: { number: "9", until: "2099-01-01" },
        lastFlight: "2026-11-01",
      },
    ],
    sources: [
      { sourceId: "demo-cad", kind: "eido", key: { env: "CAD" }, auth: "hmac", provenance: "sim", perMinute: 600 },
      {
        sourceId: "demo-shots",
        kind: "gunshot",
        key: { env: "SHOTS" },
        auth: "hmac",
        provenance: "sim",
        perMinute: 600,
      },
      {
        sourceId: "demo-readers",
        kind: "alpr/rekor",
        key: { env: "READERS" },
        auth: "hmac",
        provenance: "sim",
        perMinute: 60000,
      },
    ],
    launch: {
      ...plain.launch,
      rules: [
        {
          callTypes: ["*"],
          kinds: ["gunshot"],
          policy: { kind: "veto", seconds: 5 },
          text: "Signed gunshot alerts launch after 5 s unless refused.",
        },
        {
          callTypes: ["*"],
          kinds: ["call", "cap", "manual", "alpr"],
          policy: { kind: "approve", seconds: 60 },
          text: "Calls launch when approved.",
        },
      ],
      stayS: 120,
      approvalValidS: 45,
      maxAlertAgeS: 90,
      currencyDays: 36500,
    },
    failsafeParameters: {
      NAV_DLL_ACT: { value: 2, why: "return" },
      COM_DL_LOSS_T: { value: 10, why: "s" },
      COM_FAIL_ACT_T: { value: 0, why: "at once" },
      GF_ACTION: { value: 3, why: "return" },
      RTL_RETURN_ALT: { value: 80, why: "m" },
      RTL_CONE_ANG: { value: 0, why: "none" },
      COM_LOW_BAT_ACT: { value: 3, why: "return" },
      COM_RC_IN_MODE: { value: 1, why: "sticks" },
    },
    notConfigured: ["launch-criteria", "remote-id", "airspace", "traffic", "weather", "assembly-lock", "lights"].map(
      (gate) => ({ gate, who: "storm", when: "2026-01-01", why: "no source" }),
    ),
    public: { delayMinutes: 1440, keepDays: 90 },
  };
}
