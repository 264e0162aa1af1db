import { type ActBody, type AircraftView, assertNever, type DockView, type Inject } from "@outrider/contract";
import { distanceText, speedText, type Units } from "../../parts/index.js";

/** What the trainer can make happen: a fault or a happening of the simulator, or a whole call as the city would send it. */
export type Deed = Inject | { readonly kind: "incident"; readonly which: ActBody<"demoIncident">["which"] };
export type InjectId = Inject["kind"] | "callComesIn" | "shotsHeard" | "carChase";

/** One key of the palette. What it does depends on which aircraft and dock are aimed at. */
export interface InjectKey {
  readonly key: string;
  readonly title: string;
  readonly kind: InjectId;
}

export const INJECT_KEYS: readonly InjectKey[] = [
  { key: "1", title: "Lose the link", kind: "linkLoss" },
  { key: "2", title: "Position jumps", kind: "positionJump" },
  { key: "3", title: "Battery sags", kind: "batterySag" },
  { key: "4", title: "Dock jams", kind: "dockJam" },
  { key: "5", title: "Foreign station", kind: "foreignStation" },
  { key: "6", title: "Wind rises", kind: "wind" },
  { key: "7", title: "Plate misread", kind: "plateMisread" },
  { key: "8", title: "Caller moves", kind: "callerMoves" },
  { key: "9", title: "Second alert", kind: "secondAlert" },
  { key: "0", title: "Picture stops", kind: "videoLoss" },
  { key: "G", title: "Position lost", kind: "gpsLoss" },
  { key: "C", title: "Call comes in", kind: "callComesIn" },
  { key: "S", title: "Shots heard", kind: "shotsHeard" },
  { key: "P", title: "Car chase", kind: "carChase" },
];

export interface Aim {
  readonly aircraft: Pick<AircraftView, "uid" | "callSign"> | undefined;
  readonly dock: Pick<DockView, "dockId" | "name"> | undefined;
  /** Things that are switched on and off: whether they are on now. */
  readonly jammed: boolean;
  readonly misreading: boolean;
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

/** What a key would do now, and the words on it; off where it has nothing to act on. */
export function prepareInject(kind: InjectId, aim: Aim): Prepared {
  const { aircraft, dock, units } = aim;
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
      return ready({ kind: "incident", which: "call" }, "from a caller");
    case "shotsHeard":
      return ready({ kind: "incident", which: "shots" }, "by the sensors");
    case "carChase":
      return ready({ kind: "incident", which: "pursuit" }, "a car is sought");
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
    case "videoLoss":
    case "foreignStation":
      return aircraft === undefined ? { kind: "off", why: "no aircraft" } : ofAircraft(kind, aircraft, units);
    default:
      return assertNever(kind);
  }
}

function ofAircraft(
  kind: "linkLoss" | "positionJump" | "gpsLoss" | "batterySag" | "videoLoss" | "foreignStation",
  { uid, callSign }: Pick<AircraftView, "uid" | "callSign">,
  units: Units,
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
    case "videoLoss":
      return ready({ kind, uid, seconds: 30 }, `${callSign}, 30 s`);
    case "foreignStation":
      return ready({ kind, uid, seconds: 30 }, `${callSign}, 30 s`);
    default:
      return assertNever(kind);
  }
}

/** What a key acts on: decides whether a drop on the map chooses an aircraft, a dock, or nothing. */
export function actsOn(kind: InjectId): "aircraft" | "dock" | "place" | "world" {
  switch (kind) {
    case "linkLoss":
    case "positionJump":
    case "gpsLoss":
    case "batterySag":
    case "videoLoss":
    case "foreignStation":
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
      return "world";
    default:
      return assertNever(kind);
  }
}

/** An inject's wire name, as the timeline says it; anything else is words already. */
export function injectWord(text: string): string {
  return INJECT_KEYS.find((k) => k.kind === text)?.title ?? text;
}

/** What was dragged, as an inject of ours; undefined when it is something else. */
export function injectIdOf(dragged: string): InjectId | undefined {
  return INJECT_KEYS.find((k) => k.kind === dragged)?.kind;
}
