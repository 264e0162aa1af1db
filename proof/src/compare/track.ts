import type { EnuPoint } from "@outrider/geo";
import { localFrame } from "@outrider/geo";
import { int32FromParam, type MavMessage, px4ModeName } from "@outrider/mavlink";

/** Where every recording was made. Metres north and east are counted from here. */
export const recordedHome = { latDeg: 33.749, lonDeg: -84.388 };
const frame = localFrame(recordedHome);

export const placeOf = (latDeg: number, lonDeg: number): EnuPoint => frame.toLocal({ latDeg, lonDeg });

export type Fix = {
  readonly tS: number;
  readonly northM: number;
  readonly eastM: number;
  readonly altAmslM: number;
  readonly speedMps: number;
  readonly upMps: number;
};
export type Moment = { readonly tS: number; readonly what: string };
/** MAV_SEVERITY as far as known. */
export type Text = Moment & { readonly severity?: number };
export type Order = {
  readonly tS: number;
  readonly command: number;
  readonly params: readonly [number, number, number, number];
  /** Undefined where the order names no place. */
  readonly place: EnuPoint | undefined;
  readonly altAmslM: number;
};

/** What one flight showed to its ground station, in seconds since power-up: a real PX4's or ours, in the same form. */
export type Track = {
  readonly fixes: Fix[];
  /** Angle of the body's up axis from the vertical. */
  readonly tilts: { readonly tS: number; readonly deg: number }[];
  /** Each change of mode, arming, readiness or failsafe as the heartbeat (1 Hz) shows it. */
  readonly turns: Moment[];
  /** EXTENDED_SYS_STATE.landed_state at each change. */
  readonly landed: Moment[];
  readonly texts: Text[];
  /** MISSION_ITEM_REACHED: each number once, though it is repeated. */
  readonly reached: Moment[];
  readonly answers: { readonly tS: number; readonly command: number; readonly result: number }[];
  /** MISSION_ACK: "mission 0", kind of plan and result. */
  readonly planAnswers: Moment[];
  readonly fixLost: Moment[];
  readonly charge: { readonly tS: number; readonly pct: number; readonly turn: number }[];
  readonly orders: Order[];
  /** Parameters as read back before the ground station set them. */
  readonly params: Map<string, number>;
  /** Times of the ground station's heartbeats. */
  readonly beats: number[];
  endS: number;
};

const modeNames: Readonly<Record<string, string>> = {
  AUTO_LOITER: "Hold",
  AUTO_TAKEOFF: "Takeoff",
  AUTO_MISSION: "Mission",
  AUTO_RTL: "Return",
  AUTO_LAND: "Land",
  POSCTL: "Position",
  POSCTL_ORBIT: "Orbit",
  AUTO_FOLLOW_TARGET: "Follow",
  OFFBOARD: "Offboard",
  TERMINATION: "Termination",
};
const landedNames = ["undefined", "on ground", "in air", "takeoff", "landing"];
const planNames: Readonly<Record<number, string>> = { 0: "mission", 1: "fence", 2: "rally", 255: "all" };
const unknownInt32 = 2_147_483_647;
const paramInt32 = 6;

/** Writes a track from the messages of one aircraft and of its ground station, in their order. */
export class TrackWriter {
  readonly track: Track = {
    fixes: [],
    tilts: [],
    turns: [],
    landed: [],
    texts: [],
    reached: [],
    answers: [],
    planAnswers: [],
    fixLost: [],
    charge: [],
    orders: [],
    params: new Map(),
    beats: [],
    endS: 0,
  };
  readonly #set = new Set<string>();
  #textId = -1;

  /** A message of the aircraft's autopilot. */
  hear(tS: number, m: MavMessage): void {
    const { track } = this;
    track.endS = Math.max(track.endS, tS);
    switch (m.name) {
      case "HEARTBEAT":
        if (m.autopilot === 12) change(track.turns, tS, turnOf(m.customMode, m.baseMode, m.systemStatus));
        return;
      case "EXTENDED_SYS_STATE":
        return change(track.landed, tS, landedNames[m.landedState] ?? "undefined");
      case "GLOBAL_POSITION_INT":
        track.fixes.push(fixOf(tS, m));
        return;
      case "ATTITUDE":
        track.tilts.push({ tS, deg: (Math.acos(Math.cos(m.roll) * Math.cos(m.pitch)) * 180) / Math.PI });
        return;
      case "STATUSTEXT":
        return this.#text({ tS, what: m.text.replaceAll("\t", ""), severity: m.severity }, m.id, m.chunkSeq);
      case "MISSION_ITEM_REACHED":
        return change(track.reached, tS, `item ${m.seq}`);
      case "COMMAND_ACK":
        track.answers.push({ tS, command: m.command, result: m.result });
        return;
      case "MISSION_ACK":
        track.planAnswers.push({ tS, what: `${planNames[m.missionType] ?? m.missionType} ${m.type}` });
        return;
      case "GPS_RAW_INT":
        return change(track.fixLost, tS, m.fixType >= 3 ? "fix" : "no fix");
      case "PARAM_VALUE":
        if (!this.#set.has(m.paramId) && !track.params.has(m.paramId))
          track.params.set(m.paramId, m.paramType === paramInt32 ? int32FromParam(m) : m.paramValue);
        return;
      case "SYS_STATUS":
        if (track.charge.at(-1)?.pct !== m.batteryRemaining)
          track.charge.push({ tS, pct: m.batteryRemaining, turn: track.turns.length - 1 });
        return;
      default:
        return;
    }
  }

  /** A message of the ground station. */
  send(tS: number, m: MavMessage): void {
    const { track } = this;
    if (m.name === "HEARTBEAT") track.beats.push(tS);
    if (m.name === "PARAM_SET") this.#set.add(m.paramId);
    if (m.name !== "COMMAND_LONG" && m.name !== "COMMAND_INT") return;
    const long = m.name === "COMMAND_LONG";
    const named = long
      ? Number.isFinite(m.param5) && Number.isFinite(m.param6) && (m.param5 !== 0 || m.param6 !== 0)
      : m.x !== unknownInt32 && m.y !== unknownInt32;
    const place = !named ? undefined : long ? placeOf(m.param5, m.param6) : placeOf(m.x / 1e7, m.y / 1e7);
    const altAmslM = long ? m.param7 : m.z;
    track.orders.push({
      tS,
      command: m.command,
      params: [m.param1, m.param2, m.param3, m.param4],
      place: place !== undefined && Math.hypot(place.northM, place.eastM) < 50_000 ? place : undefined,
      altAmslM,
    });
  }

  #text(text: Text, id: number, chunk: number): void {
    const { texts } = this.track;
    const last = texts.at(-1);
    if (chunk > 0 && last !== undefined && id === this.#textId)
      texts[texts.length - 1] = { ...last, what: last.what + text.what };
    else texts.push(text);
    this.#textId = id;
  }
}

function fixOf(tS: number, m: Extract<MavMessage, { name: "GLOBAL_POSITION_INT" }>): Fix {
  const { northM, eastM } = placeOf(m.lat / 1e7, m.lon / 1e7);
  return {
    tS,
    northM,
    eastM,
    altAmslM: m.alt / 1000,
    speedMps: Math.hypot(m.vx, m.vy) / 100,
    upMps: -m.vz / 100,
  };
}

function change(list: Moment[], tS: number, what: string): void {
  if (list.at(-1)?.what !== what) list.push({ tS, what });
}

function turnOf(customMode: number, baseMode: number, status: number): string {
  const name = px4ModeName(customMode);
  const mode = modeNames[name] ?? name;
  if ((baseMode & 0x80) === 0) return `disarmed ${mode}${status === 0 ? " (not ready)" : ""}`;
  return status === 5 ? `${mode} (failsafe)` : mode;
}
