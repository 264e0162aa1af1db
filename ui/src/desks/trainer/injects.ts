import { type AircraftView, assertNever, type DockView, type Inject } from "@outrider/contract";

/** One key of the palette. What it does depends on which aircraft and dock are aimed at. */
export interface InjectKey {
  readonly key: string;
  readonly title: string;
  readonly kind: Inject["kind"];
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
  { key: "", title: "Position lost", kind: "gpsLoss" },
];

export interface Aim {
  readonly aircraft: Pick<AircraftView, "uid" | "callSign"> | undefined;
  readonly dock: Pick<DockView, "dockId" | "name"> | undefined;
  /** Things that are switched on and off: whether they are on now. */
  readonly jammed: boolean;
  readonly misreading: boolean;
}

export type Prepared =
  | { readonly kind: "ready"; readonly inject: Inject; readonly text: string }
  | { readonly kind: "off"; readonly why: string };

const ready = (inject: Inject, text: string): Prepared => ({ kind: "ready", inject, text });

/** What a key would do now, and the words on it; off where it has nothing to act on. */
export function prepareInject(kind: Inject["kind"], aim: Aim): Prepared {
  const { aircraft, dock } = aim;
  switch (kind) {
    case "wind":
      return ready({ kind, windMps: 9, fromDeg: 290, gustMps: 13.4 }, "gusts 26 kt");
    case "plateMisread":
      return ready({ kind, on: !aim.misreading }, aim.misreading ? "read rightly again" : "B as 8, 0 as O");
    case "secondAlert":
      return ready({ kind, distanceM: 400 }, "a quarter mile off");
    case "callerMoves":
      return ready({ kind, metres: 120 }, "one block off");
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
      return aircraft === undefined ? { kind: "off", why: "no aircraft" } : ofAircraft(kind, aircraft);
    default:
      return assertNever(kind);
  }
}

function ofAircraft(
  kind: "linkLoss" | "positionJump" | "gpsLoss" | "batterySag" | "videoLoss" | "foreignStation",
  { uid, callSign }: Pick<AircraftView, "uid" | "callSign">,
): Prepared {
  switch (kind) {
    case "linkLoss":
      return ready({ kind, uid, seconds: 15 }, `${callSign}, 15 s`);
    case "positionJump":
      return ready({ kind, uid, northM: 40, eastM: 0 }, `${callSign}, 130 ft north`);
    case "gpsLoss":
      return ready({ kind, uid, seconds: 20 }, `${callSign}, 20 s`);
    case "batterySag":
      return ready({ kind, uid, toPct: 22 }, `${callSign}, to 22%`);
    case "videoLoss":
      return ready({ kind, uid, seconds: 30 }, `${callSign}, 30 s`);
    case "foreignStation":
      return ready({ kind, uid, seconds: 30 }, `${callSign}, 30 s`);
  }
}

/** An inject's wire name, as the timeline says it; anything else is words already. */
export function injectWord(text: string): string {
  return INJECT_KEYS.find((k) => k.kind === text)?.title ?? text;
}
