import {
  type ActBody,
  type AircraftView,
  assertNever,
  type Clearable,
  type DockView,
  type Inject,
  type WorldInject,
} from "@outrider/contract";
import { distanceText, speedText, type Units } from "../../parts/index.js";
import { FAULT_KEY_IDS, FAULT_KEYS, FAULT_S, type FaultKeyId, isFaultKeyId } from "./faultKeys.js";

/** What the trainer can make happen: a fault or a happening of the simulator, or a whole call as the city would send it. */
export type Deed =
  | Inject
  | WorldInject
  | { readonly kind: "incident"; readonly which: ActBody<"demoIncident">["which"] };
export type InjectId =
  | Exclude<Inject["kind"], "fault">
  | WorldInject["kind"]
  | FaultKeyId
  | "silentHelicopter"
  | "callComesIn"
  | "shotsHeard"
  | "carChase";
export type InjectGroup = "Aircraft" | "Link" | "Sky and radio" | "Calls";

/** One key of the palette. What it does depends on which aircraft and dock are aimed at. */
export interface InjectKey {
  readonly key: string;
  readonly title: string;
  readonly kind: InjectId;
  readonly group: InjectGroup;
}

const LINKS = "Aircraft";
const SKY = "Sky and radio";
const CALLS = "Calls";
export const INJECT_GROUPS: readonly InjectGroup[] = [LINKS, "Link", SKY, CALLS];

export const INJECT_KEYS: readonly InjectKey[] = [
  { key: "1", title: "Lose the link", kind: "linkLoss", group: LINKS },
  { key: "2", title: "Position jumps", kind: "positionJump", group: LINKS },
  { key: "3", title: "Battery sags", kind: "batterySag", group: LINKS },
  { key: "4", title: "Dock jams", kind: "dockJam", group: LINKS },
  { key: "5", title: "Foreign station", kind: "foreignStation", group: LINKS },
  { key: "D", title: "Rotor stops", kind: "rotorLoss", group: LINKS },
  { key: "0", title: "Picture stops", kind: "videoLoss", group: LINKS },
  { key: "G", title: "Position lost", kind: "gpsLoss", group: LINKS },
  { key: "B", title: "Behind a hill", kind: "linkBeyond", group: LINKS },
  { key: "6", title: "Wind rises", kind: "wind", group: SKY },
  { key: "F", title: "Gust front", kind: "gustFront", group: SKY },
  { key: "-", title: "Rain, low cloud", kind: "weather", group: SKY },
  { key: "H", title: "Helicopter", kind: "helicopter", group: SKY },
  { key: "U", title: "Unseen helicopter", kind: "silentHelicopter", group: SKY },
  { key: "A", title: "Airspace closes", kind: "tfr", group: SKY },
  { key: "R", title: "Radio silence", kind: "radioSilence", group: SKY },
  { key: "C", title: "Call comes in", kind: "callComesIn", group: CALLS },
  { key: "S", title: "Shots heard", kind: "shotsHeard", group: CALLS },
  { key: "P", title: "Car chase", kind: "carChase", group: CALLS },
  { key: "7", title: "Plate misread", kind: "plateMisread", group: CALLS },
  { key: "8", title: "Caller moves", kind: "callerMoves", group: CALLS },
  { key: "9", title: "Second alert", kind: "secondAlert", group: CALLS },
  { key: "N", title: "Another caller", kind: "callerRepeats", group: CALLS },
  { key: "X", title: "Shots taken back", kind: "falseAlarm", group: CALLS },
  { key: ";", title: "Shots echo", kind: "shotsEcho", group: CALLS },
  { key: "'", title: "Call cancelled", kind: "callEnds", group: CALLS },
  ...FAULT_KEY_IDS.map(
    (kind): InjectKey => ({ key: FAULT_KEYS[kind].key, title: FAULT_KEYS[kind].title, kind, group: "Link" }),
  ),
];

/** What can be ended before its time, by its wire name; the rest ends by itself or cannot be undone. */
export const ENDABLE: readonly { readonly what: Clearable; readonly title: string }[] = [
  { what: "linkLoss", title: "lost links" },
  { what: "radioSilence", title: "radio silence" },
  { what: "linkBeyond", title: "the hill" },
  { what: "positionJump", title: "position jumps" },
  { what: "gpsLoss", title: "lost positions" },
  { what: "batterySag", title: "battery sag" },
  { what: "rotorLoss", title: "dead rotors" },
  { what: "dockJam", title: "jammed docks" },
  { what: "videoLoss", title: "stopped pictures" },
  { what: "helicopter", title: "helicopters" },
  { what: "tfr", title: "closed airspace" },
  { what: "plateMisread", title: "misreads" },
  { what: "foreignStation", title: "foreign stations" },
  { what: "wind", title: "the wind" },
  { what: "gustFront", title: "gust fronts" },
  { what: "weather", title: "the weather" },
  ...FAULT_KEY_IDS.map((what) => ({ what, title: FAULT_KEYS[what].ended })),
];
export const END_KEY = "E";

export interface Aim {
  readonly aircraft: (Pick<AircraftView, "uid" | "callSign"> & { readonly inAir?: boolean }) | undefined;
  readonly dock: Pick<DockView, "dockId" | "name"> | undefined;
  /** Things that are switched on and off: whether they are on now. */
  readonly jammed: boolean;
  readonly misreading: boolean;
  /** A hill stands between the aimed aircraft and its dock. */
  readonly shadowed?: boolean;
  /** What the end key ends; undefined while nothing was made that could be ended. */
  readonly ends?: string | undefined;
  readonly units: Units;
}

export type Prepared =
  | { readonly kind: "ready"; readonly inject: Deed; readonly text: string }
  | { readonly kind: "off"; readonly why: string };

const ready = (inject: Deed, text: string): Prepared => ({ kind: "ready", inject, text });
const GUST_MPS = 13.4;
const ALERT_OFF_M = 400;
const CALLER_OFF_M = 120;
const JUMP_M = 40;
const SILENCE_S = 30;
const FRONT = { windMps: 12, fromDeg: 290, gustMps: 18, riseS: 20, seconds: 120 } as const;
const RAINY = { rain: "moderate", temperatureC: 3, visibilityM: 3_000, ceilingAglM: 150 } as const;
const REPEAT_M = 150;
const PASS_M = 250;
const TFR_M = 800;
const TFR_S = 600;
const HILL_M = 400;
const ECHO_M = 120;

const WHOLE = {
  callComesIn: { which: "call", text: "from a caller" },
  shotsHeard: { which: "shots", text: "by the sensors" },
  carChase: { which: "pursuit", text: "a car is sought" },
} as const;

/** What a key would do now, and the words on it; off where it has nothing to act on. */
export function prepareInject(kind: InjectId, aim: Aim): Prepared {
  const { aircraft, dock, units } = aim;
  if (isFaultKeyId(kind)) return faulty(kind, aim);
  switch (kind) {
    case "wind":
      return ready({ kind, windMps: 9, fromDeg: 290, gustMps: GUST_MPS }, `gusts ${speedText(GUST_MPS, units)}`);
    case "plateMisread":
      return ready({ kind, on: !aim.misreading }, aim.misreading ? "read rightly again" : "B as 8, 0 as O");
    case "secondAlert":
      return ready({ kind, distanceM: ALERT_OFF_M }, `${distanceText(ALERT_OFF_M, units)} off`);
    case "callerMoves":
      return ready({ kind, metres: CALLER_OFF_M }, `${distanceText(CALLER_OFF_M, units)} off`);
    case "callComesIn":
    case "shotsHeard":
    case "carChase":
      return ready({ kind: "incident", which: WHOLE[kind].which }, WHOLE[kind].text);
    case "radioSilence":
      return ready({ kind, seconds: SILENCE_S }, `every link, ${SILENCE_S} s`);
    case "gustFront":
      return ready({ kind, ...FRONT }, `gusts ${speedText(FRONT.gustMps, units)}, ${FRONT.seconds / 60} min`);
    case "weather":
      return ready({ kind, ...RAINY }, `3 °C, cloud at ${distanceText(RAINY.ceilingAglM, units)}, until ended`);
    case "helicopter":
    case "silentHelicopter":
      return helicopter(kind === "helicopter", aim);
    case "tfr":
      return ready(
        { kind, notam: "TRAINING 1", radiusM: TFR_M, seconds: TFR_S, ...near(aircraft) },
        `${distanceText(TFR_M, units)} around, ${TFR_S / 60} min`,
      );
    case "callerRepeats":
      return ready({ kind, metres: REPEAT_M }, `${distanceText(REPEAT_M, units)} off`);
    case "falseAlarm":
      return ready({ kind }, "the sensors' last alert");
    case "shotsEcho":
      return ready({ kind, metres: ECHO_M }, `${distanceText(ECHO_M, units)} off`);
    case "callEnds":
      return ready({ kind, as: "Cancelled" }, "the last call");
    case "clear":
      return end(aim);
    case "dockJam":
      if (dock === undefined) return { kind: "off", why: "no dock" };
      return ready(
        { kind, dockId: dock.dockId, on: !aim.jammed },
        aim.jammed ? `${dock.name} free again` : `${dock.name} shut`,
      );
    case "linkLoss":
    case "positionJump":
    case "gpsLoss":
    case "batterySag":
    case "rotorLoss":
    case "videoLoss":
    case "foreignStation":
    case "linkBeyond":
      return aircraft === undefined ? { kind: "off", why: "no aircraft" } : ofAircraft(kind, aircraft, aim);
    default:
      return assertNever(kind);
  }
}

/** Near an aircraft that flies; one in its dock would draw the happening to the dock, so then it is the last incident. */
const near = (aircraft: Aim["aircraft"]): { readonly uid?: string } =>
  aircraft?.inAir === true ? { uid: aircraft.uid } : {};

function faulty(kind: FaultKeyId, { aircraft }: Aim): Prepared {
  if (aircraft === undefined) return { kind: "off", why: "no aircraft" };
  const { fault, text } = FAULT_KEYS[kind];
  return ready({ kind: "fault", target: aircraft.uid, fault, seconds: FAULT_S }, `${aircraft.callSign}, ${text}`);
}

function helicopter(cooperative: boolean, { aircraft, units }: Aim): Prepared {
  const where = aircraft?.inAir === true ? aircraft.callSign : "the last call";
  return ready(
    {
      kind: "helicopter",
      cooperative,
      callSign: cooperative ? "HELI1" : "HELI2",
      altAglM: 100,
      speedMps: 45,
      fromDeg: 90,
      passM: PASS_M,
      ...near(aircraft),
    },
    `${distanceText(PASS_M, units)} from ${where}`,
  );
}

function end({ ends, aircraft }: Aim): Prepared {
  const one = ENDABLE.find((e) => e.what === ends);
  if (one === undefined) return { kind: "off", why: "nothing to end" };
  const target = one.what === "linkBeyond" && aircraft !== undefined ? { target: aircraft.uid } : {};
  return ready({ kind: "clear", what: one.what, ...target }, one.title);
}

function ofAircraft(
  kind:
    | "linkLoss"
    | "positionJump"
    | "gpsLoss"
    | "batterySag"
    | "rotorLoss"
    | "videoLoss"
    | "foreignStation"
    | "linkBeyond",
  { uid, callSign }: Pick<AircraftView, "uid" | "callSign">,
  { units, shadowed }: Aim,
): Prepared {
  switch (kind) {
    case "linkLoss":
      return ready({ kind, uid, seconds: 15 }, `${callSign}, 15 s`);
    case "positionJump":
      return ready({ kind, uid, northM: JUMP_M, eastM: 0 }, `${callSign}, ${distanceText(JUMP_M, units)} north`);
    case "gpsLoss":
      return ready({ kind, uid, seconds: 20 }, `${callSign}, 20 s`);
    case "batterySag":
      return ready({ kind, uid, toPct: 22 }, `${callSign}, to 22%`);
    case "rotorLoss":
      return ready({ kind, uid, rotor: 1 }, `${callSign}, it falls`);
    case "videoLoss":
      return ready({ kind, uid, seconds: 30 }, `${callSign}, 30 s`);
    case "foreignStation":
      return ready({ kind, uid, seconds: 30 }, `${callSign}, 30 s`);
    case "linkBeyond":
      return ready(
        { kind, uid, beyondM: HILL_M, on: shadowed !== true },
        shadowed === true ? `${callSign}, hill gone` : `${callSign}, past ${distanceText(HILL_M, units)}`,
      );
    default:
      return assertNever(kind);
  }
}

/** What a key acts on: decides whether a drop on the map chooses an aircraft, a dock, or nothing. */
export function actsOn(kind: InjectId): "aircraft" | "dock" | "place" | "world" {
  if (isFaultKeyId(kind)) return "aircraft";
  switch (kind) {
    case "linkLoss":
    case "positionJump":
    case "gpsLoss":
    case "batterySag":
    case "rotorLoss":
    case "videoLoss":
    case "foreignStation":
    case "linkBeyond":
      return "aircraft";
    case "dockJam":
      return "dock";
    case "secondAlert":
      return "place";
    case "wind":
    case "plateMisread":
    case "callerMoves":
    case "callComesIn":
    case "shotsHeard":
    case "carChase":
    case "radioSilence":
    case "gustFront":
    case "weather":
    case "helicopter":
    case "silentHelicopter":
    case "tfr":
    case "callerRepeats":
    case "falseAlarm":
    case "shotsEcho":
    case "callEnds":
    case "clear":
      return "world";
    default:
      return assertNever(kind);
  }
}

/** An inject's wire name, as the timeline says it; anything else is words already. */
export function injectWord(text: string): string {
  if (text === "clear") return "Ended early";
  const over = text.startsWith(OVER) ? ENDABLE.find((e) => e.what === text.slice(OVER.length)) : undefined;
  if (over !== undefined) return `Over: ${over.title}`;
  return INCIDENT_WORDS.get(text) ?? INJECT_KEYS.find((k) => k.kind === text)?.title ?? text;
}

/** Whole calls by the names under which they stand in the record. */
const INCIDENT_WORDS: ReadonlyMap<string, string> = new Map([
  ["incident:call", "Call comes in"],
  ["incident:shots", "Shots heard"],
  ["incident:both", "Call, then shots"],
  ["incident:pursuit", "Car chase"],
]);

/** As the simulator says that something was ended. */
const OVER = "Over: ";

/** What was dragged, as an inject of ours; undefined when it is something else. */
export function injectIdOf(dragged: string): InjectId | undefined {
  return INJECT_KEYS.find((k) => k.kind === dragged)?.kind;
}
