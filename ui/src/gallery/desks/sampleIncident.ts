import type { AircraftView, GeoPoint, IncidentView, RoomViews, StreamView } from "@outrider/contract";
import { type CityModel, toLatLon } from "../../world/index.js";

export const SAMPLE_NOW_MS = Date.parse("2026-11-20T21:17:24");
const ago = (s: number): number => SAMPLE_NOW_MS - s * 1000;
const at = (clock: string): number => Date.parse(`2026-11-20T${clock}`);

const circle = (m: number) => ({ semiMajorM: m, semiMinorM: m, bearingDeg: 0 });

type At = (x: number, y: number) => GeoPoint;

const alertsOf = (p: At): IncidentView["alerts"] => [
  {
    alertId: "a1",
    kind: "gunshot",
    title: "Gunshot",
    place: { point: p(232, 424), error: { semiMajorM: 18, semiMinorM: 11, bearingDeg: 67 }, label: "" },
    occurredAtMs: at("21:14:19"),
    receivedAtMs: at("21:14:21"),
    narrative: "",
    signed: true,
  },
  {
    alertId: "a2",
    kind: "call",
    title: "Call",
    place: { point: p(268, 396), error: circle(50), label: "" },
    occurredAtMs: at("21:14:30"),
    receivedAtMs: at("21:14:33"),
    narrative: "",
    signed: true,
  },
];

const clockOf = (): IncidentView["clock"] => ({
  eventMs: at("21:14:19"),
  alertMs: at("21:14:21"),
  proposedMs: at("21:14:22"),
  decidedMs: at("21:14:47"),
  liftOffMs: at("21:14:58"),
  cameraOnTargetMs: at("21:15:40"),
});

const camerasOf = (): IncidentView["cameras"] => [
  {
    cameraId: "cam-1",
    name: "Haight & Masonic",
    distanceM: 12,
    sees: "sees",
    shared: true,
    picture: true,
    text: "sees the corner",
  },
  {
    cameraId: "cam-2",
    name: "Haight & Ashbury",
    distanceM: 131,
    sees: "partly",
    shared: true,
    picture: true,
    turns: true,
    text: "sees the street",
  },
  {
    cameraId: "cam-3",
    name: "Masonic & Page",
    distanceM: 58,
    sees: "couldTurn",
    shared: true,
    picture: true,
    turns: true,
    text: "could turn to it",
  },
  { cameraId: "cam-4", name: "Corner store", distanceM: 20, sees: "partly", shared: false, text: "" },
];

const hitsOf = (p: At): IncidentView["hits"] => [
  {
    hitId: "h1",
    incidentId: "i1",
    vehicleId: "v1",
    readId: "r1",
    readerId: "cole",
    readerName: "Cole St",
    plateRead: "7KBM042",
    plateListed: "7KBM042",
    doubtfulIndexes: [2, 4],
    list: "stolen list",
    listedReason: "stolen vehicle",
    listAgeS: 7800,
    readAtMs: ago(38),
    place: { point: p(-20, 383), error: circle(5), label: "Cole St" },
    vehicle: { color: "silver", body: "sedan" },
    level: "exact",
    checks: [
      { name: "Letters", state: "caution", text: "B may be 8, 0 may be O" },
      { name: "State", state: "pass", text: "California on both" },
      { name: "Vehicle", state: "pass", text: "silver sedan on both" },
      { name: "List age", state: "pass", text: "2 h 10, refreshed 19:07" },
      { name: "Travel", state: "pass", text: "36 s from Masonic, roads allow it" },
    ],
    cropId: "c1",
    state: "unread",
    by: undefined,
  },
];

const adviceOf = (): IncidentView["advice"] => [
  {
    adviceId: "ad1",
    incidentId: "i1",
    text: "Two people at the corner, hands empty.",
    units: ["3A12", "3A21"],
    plateConfirmed: false,
    sentMs: ago(31),
    by: "Operator 1",
    readBy: [{ unit: "3A12", tMs: ago(9) }],
    withdrawn: undefined,
  },
];

const couldBeOf = (city: CityModel, p: At): IncidentView["couldBe"] => ({
  vehicleId: "v1",
  description: "silver sedan",
  lastSeen: { point: p(150, 411), error: circle(6), label: "Haight St" },
  seenAtMs: ago(74),
  computedMs: SAMPLE_NOW_MS,
  roads: sampleRoads(city, 150, 411, 74),
  totalKm: 5.2,
  tooWide: false,
  next: [
    { id: "n1", kind: "reader", name: "Reader, Stanyan & Haight", point: p(-420, 320), share: 0.4, inS: 20 },
    { id: "n2", kind: "camera", name: "Camera, Frederick & Cole", point: p(-30, 120), share: 0.2, inS: 15 },
    { id: "n3", kind: "aircraft", name: "OSPREY to Stanyan & Waller", point: p(-430, 220), share: 0.3, inS: 24 },
  ],
});

const LINES: readonly (readonly [string, "measured" | "person" | "computed", string, string])[] = [
  ["21:14:21", "measured", "Gunshot alert", "2 rounds, 3 sensors"],
  ["21:14:33", "measured", "911 call, merged", "“Two bangs, a car left fast”"],
  ["21:14:47", "person", "OSPREY launch approved", "Pilot 2, 26 s after the alert"],
  ["21:15:40", "measured", "OSPREY on scene", "camera on target after 1:19"],
  ["21:15:53", "measured", "2 casings seen", "north-west corner, within 6 ft"],
  ["21:16:10", "measured", "Silver sedan leaves", "west on Haight, one person"],
  ["21:16:12", "computed", "Could be here by now", "now 3.2 mi of road"],
  ["21:16:46", "measured", "Plate 7KBM042", "Cole St reader, not yet verified"],
  ["21:16:53", "person", "Told 2 officers", "3A12 read it, 3A21 not yet"],
];

export function sampleIncident(city: CityModel): IncidentView {
  const p = (x: number, y: number): GeoPoint => toLatLon(city.frame, x, y);
  const corner = { point: p(227, 434), error: circle(2), label: "Haight & Masonic, NW corner" };
  return {
    incidentId: "i1",
    number: "26-04417",
    title: "Shots fired",
    place: {
      point: p(232, 424),
      error: { semiMajorM: 18, semiMinorM: 11, bearingDeg: 67 },
      label: "Haight St & Masonic Ave",
    },
    callType: "SHOOT",
    urgency: 9,
    openedMs: at("21:14:21"),
    closed: false,
    alerts: alertsOf(p),
    launchId: "l1",
    uid: "osprey",
    notPossible: undefined,
    clock: clockOf(),
    timeline: LINES.map(([clock, kind, title, detail], i) => ({
      seq: 100 + i,
      tMs: at(clock),
      kind,
      title,
      detail,
      type: "",
    })),
    asks: [],
    cameras: camerasOf(),
    nobodySees: "No camera sees the alley behind 1590 Haight.",
    hits: hitsOf(p),
    advice: adviceOf(),
    observations: [
      {
        incidentId: "i1",
        observationId: "o1",
        text: "2 casings seen here",
        place: corner,
        seenBy: "OSPREY",
        tMs: at("21:15:53"),
        by: "Operator 1",
      },
    ],
    couldBe: couldBeOf(city, p),
    purposeNeeded: true,
    sentence: "Shots fired, Haight and Masonic. Two casings, north-west corner. Silver sedan went west on Haight.",
    officerLinks: [
      { linkId: "k1", unit: "3A12", opened: true, untilMs: ago(-1400) },
      { linkId: "k2", unit: "3A21", opened: true, untilMs: ago(-1500) },
    ],
  };
}

/** Roads within reach by straight distance: enough for a picture, not for a decision. */
function sampleRoads(
  city: CityModel,
  x0: number,
  y0: number,
  seconds: number,
): NonNullable<IncidentView["couldBe"]>["roads"] {
  const { roads } = city;
  const time = (x: number, y: number): number => (Math.abs(x - x0) + Math.abs(y - y0)) / 9.5;
  const out: { points: GeoPoint[]; fromS: number; toS: number; name: string }[] = [];
  for (let r = 0; r < roads.count; r++) {
    if ((roads.names[r] ?? "") === "" || (roads.kindIndex[r] ?? 0) < 3) continue;
    for (let i = roads.start[r] ?? 0; i + 1 < (roads.start[r + 1] ?? 0); i++) {
      const [ax = 0, ay = 0, bx = 0, by = 0] = [
        roads.xyM[2 * i],
        roads.xyM[2 * i + 1],
        roads.xyM[2 * i + 2],
        roads.xyM[2 * i + 3],
      ];
      const n = Math.max(1, Math.ceil(Math.hypot(bx - ax, by - ay) / 40));
      for (let k = 0; k < n; k++) {
        const at = (t: number): readonly [number, number] => [ax + (bx - ax) * t, ay + (by - ay) * t];
        const [a, b] = [at(k / n), at((k + 1) / n)];
        const [fromS, toS] = [time(a[0], a[1]), time(b[0], b[1])];
        if (Math.max(fromS, toS) <= seconds)
          out.push({
            points: [toLatLon(city.frame, a[0], a[1]), toLatLon(city.frame, b[0], b[1])],
            fromS,
            toS,
            name: roads.names[r] ?? "",
          });
      }
    }
  }
  return out;
}

const plane = (uid: string, callSign: string, job: string): AircraftView => ({
  uid,
  handle: 1,
  callSign,
  prov: "sim",
  dockId: "a",
  phase: "onScene",
  job,
  next: "",
  launchId: "l1",
  incidentId: "i1",
  picId: "p2",
  picName: "Pilot 2",
  cameraHeldBy: "p2",
  link: "live",
  control: "ours",
  signedLink: true,
  armed: true,
  inAir: true,
  offeredTo: undefined,
  plan: undefined,
  ready: false,
  notReady: "",
  energy: undefined,
  videoState: "live",
});

export function sampleFleet(city: CityModel): RoomViews["fleet"] {
  return {
    aircraft: [
      plane("osprey", "OSPREY", "Shots fired"),
      plane("heron", "HERON", "Burglary"),
      plane("merlin", "MERLIN", "Welfare check"),
    ],
    docks: [
      {
        dockId: "a",
        name: "Dock A",
        point: toLatLon(city.frame, -300, 292),
        groundAmslM: 80,
        connected: true,
        state: undefined,
        uid: undefined,
      },
    ],
    alarms: [],
    wind: { speedMps: 6, fromDeg: 290, gustMps: 10, source: "dock", tMs: SAMPLE_NOW_MS },
  };
}

const stream = (
  cameraId: string,
  handle: number,
  uid: string | undefined,
  state: StreamView["state"],
  ageMs: number,
): StreamView => ({
  cameraId,
  name: cameraId,
  uid,
  handle,
  state,
  why: "",
  ageMs,
  fps: 15,
  latencyMs: 140,
  timeKnown: true,
  pose: undefined,
});
export const SAMPLE_STREAMS: readonly StreamView[] = [
  stream("osprey-cam", 1, "osprey", "live", 90),
  stream("cam-1", 2, undefined, "live", 400),
  stream("cam-2", 3, undefined, "late", 1600),
  stream("cam-3", 4, undefined, "live", 400),
];

export function sampleSite(city: CityModel): RoomViews["site"] {
  const p = (x: number, y: number): GeoPoint => toLatLon(city.frame, x, y);
  const camera = (cameraId: string, x: number, y: number, azimuthDeg: number, kind: "camera" | "reader") => {
    const fan = [
      p(x, y),
      ...[-28, -10, 10, 28].map((d) =>
        p(
          x + 150 * Math.sin(((azimuthDeg + d) * Math.PI) / 180),
          y + 150 * Math.cos(((azimuthDeg + d) * Math.PI) / 180),
        ),
      ),
    ];
    return {
      cameraId,
      name: cameraId,
      point: p(x, y),
      heightAglM: 6.4,
      azimuthDeg,
      pitchDeg: -8,
      hfovDeg: 60,
      rangeM: 150,
      kind,
      shared: true,
      sees: fan,
    };
  };
  return {
    name: "San Francisco",
    prov: "sim",
    attribution: city.attribution,
    fence: { inclusion: [], exclusions: [], ceilingAmslM: 200 },
    privacyZones: [],
    cameras: [
      camera("cam-1", 239.6, 432.2, 235, "camera"),
      camera("cam-2", 96, 397, 80, "camera"),
      camera("cam-3", 214, 492, 170, "camera"),
      camera("cole", -20, 383, 80, "reader"),
    ],
    notConfigured: [],
    times: { linkLateS: 2.5, linkLostS: 3.5, returnsAfterS: 10 },
    ceilingAglM: 61,
  };
}
