import type { GeoPoint, RoomViews, StrangerView } from "@outrider/contract";
import { type CityModel, toLatLon } from "../../world/index.js";
import { SAMPLE_NOW_MS } from "./sampleIncident.js";

/** Other aircraft as the station tells of them: one in conflict, one far off, one of which nobody knows the height. */
export function sampleSky(city: CityModel): RoomViews["sky"] {
  const p = (x: number, y: number): GeoPoint => toLatLon(city.frame, x, y);
  const base: StrangerView = {
    ...{ trafficId: "a0bb01", name: "N911PD", kind: "helicopter", point: p(420, 330), ageMs: 900 },
    ...{ headingDeg: 282, speedMps: 38, upMps: -2, altAmslM: 190, altAglM: 128 },
    ...{ heightTold: "pressure altitude 560 ft, QNH 1014", sources: ["roof"], level: "warning" },
    text: "OSPREY: N911PD helicopter 0.3 mi E, 420 ft AGL, closest 90 m in 20 s",
    suggestion: "Agreed: OSPREY descends to 100 ft and holds",
  };
  const quiet = { level: "none", text: "", suggestion: "" } as const;
  return {
    strangers: [
      base,
      { ...base, ...quiet, trafficId: "a1", name: "N42CE", kind: "aeroplane", point: p(40, 760), altAglM: undefined },
      {
        ...{ ...base, ...quiet, trafficId: "1581f5bk", name: "1581F5BK…", kind: "drone", point: p(-120, 250) },
        ...{ ageMs: 7200, altAmslM: undefined, altAglM: undefined, upMps: undefined, speedMps: 4 },
        operator: { point: p(60, 390), kind: "takeoff", ageMs: 12_000 },
        doubts: ["its place jumped"],
      },
    ],
    sources: [
      { sourceId: "roof", kind: "sbs", state: "live", text: "", sinceMs: undefined },
      { sourceId: "KSFO", kind: "metar", state: "silent", text: "no answer", sinceMs: SAMPLE_NOW_MS - 900_000 },
    ],
    metar: undefined,
    restrictions: [
      {
        ...{ restrictionId: "r1", notam: "6/4417", title: "VIP movement", state: "active", doubt: "", waiver: "" },
        ...{ when: "until 22:30", heights: "ground to 3,000 ft AGL" },
        areas: [{ outer: [p(-700, 500), p(-250, 500), p(-250, 900), p(-700, 900)], holes: [] }],
      },
    ],
  };
}

/** Links as they are when somebody tries the door; `key`: and the station's key is missing. */
export function sampleHealth(kind: "well" | "forged" | "key"): Omit<RoomViews["health"], "streams"> {
  const well = [
    { name: "record", state: "ok", text: "Facts are written." },
    { name: "bridge", state: "ok", text: "The bridge is connected." },
  ] as const;
  const signing = { policy: "required", signedIn: 48_212, signedOut: 3_120, unsignedIn: 0, refused: {} } as const;
  if (kind === "well") return { parts: well, signing, orders: { signed: "yes", notVerified: 0 } };
  const told = { ...signing, refused: { forged: 41, unsigned: 7 } };
  if (kind === "forged") return { parts: well, signing: told, orders: { signed: "yes", notVerified: 0 } };
  const text =
    "Only hold, return and land are carried out. The bridge: the station does not sign its orders; limits of this site.";
  return {
    parts: [...well, { name: "orders", state: "down", text }],
    signing: told,
    orders: { signed: "keyTrouble", notVerified: 3 },
  };
}

/** A reader that fell silent and a dispatch system whose calls are refused. */
export const sampleTroubles: Pick<RoomViews["health"], "sources"> = {
  sources: [
    {
      ...{ kind: "intake", id: "city-cad", what: "refused", sinceMs: SAMPLE_NOW_MS - 95_000 },
      text: "Messages from city-cad were refused.",
    },
    {
      ...{ kind: "reader", id: "cole", what: "silent", sinceMs: SAMPLE_NOW_MS - 1_460_000 },
      text: "Cole & Haight reader is silent. Usual: a plate each 40 s.",
    },
  ],
};
