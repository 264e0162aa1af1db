/** An EVENT of PX4 v1.17 (`all_events.json`): its id, its log levels (internal, external) and its packed arguments. */
export type SentEvent = { readonly id: number; readonly logLevels: number; readonly args: Uint8Array };

/** Types of arguments: u8 B, u16 H, i16 h, u32 I, i32 i, f32 f; little-endian, one after the other. */
export function eventOf(id: number, logLevels: number, types = "", values: readonly number[] = []): SentEvent {
  const bytes = new DataView(new ArrayBuffer(40));
  let at = 0;
  for (const [n, type] of [...types].entries()) at += put(bytes, at, type, values[n] ?? 0);
  return { id, logLevels, args: new Uint8Array(bytes.buffer) };
}

function put(bytes: DataView, at: number, type: string, value: number): number {
  switch (type) {
    case "B":
      bytes.setUint8(at, value);
      return 1;
    case "H":
      bytes.setUint16(at, value, true);
      return 2;
    case "h":
      bytes.setInt16(at, value, true);
      return 2;
    case "f":
      bytes.setFloat32(at, value, true);
      return 4;
    default:
      bytes.setUint32(at, value >>> 0, true);
      return 4;
  }
}

type Row = readonly [words: string, id: number, logLevels: number];

/** As recorded from a real one beside these texts: same words, same moment. */
const plainRows: readonly Row[] = [
  ["Arming denied: Resolve system health failures first", 16_910_493, 0x62],
  ["Returning to launch", 20_262_116, 0x66],
  ["Landing at current position", 20_099_806, 0x66],
  ["Disarming denied: not landed", 25_868_725, 0x62],
  ["Reposition is outside geofence", 30_272_452, 0x63],
  ["Orbit radius limit exceeded", 18_865_022, 0x11],
  ["Mission start denied! No valid mission", 23_844_490, 0x62],
  ["Low battery", 28_993_875, 0x64],
  ["Geofence invalid, doesn't contain Home position", 27_750_677, 0x42],
  ["Geofence invalid, doesn't contain current vehicle position", 26_209_321, 0x42],
  ["No valid mission available, loitering", 20_167_372, 0x93],
  ["Executing Mission", 32_375_217, 0x66],
  ["Mission finished, loitering", 21_455_606, 0x66],
  ["Already higher than takeoff altitude", 19_098_816, 0x63],
  ["Operation timeout", 25_297_520, 0x33],
  ["IGN MISSION_ITEM: No transfer", 17_216_882, 0x33],
  ["IGN MISSION_ITEM: Invalid item", 33_469_040, 0x33],
  ["WPM: WP CURR CMD: Not in list", 30_345_769, 0x33],
  ["RTL: land at destination", 16_962_474, 0x66],
  ["Takeoff detected", 21_054_825, 0x66],
  ["Landing detected", 26_622_124, 0x66],
  ["Connection to ground control station lost", 27_571_288, 0x64],
  ["GCS connection regained", 31_011_876, 0x66],
  ["Manual control lost", 22_400_324, 0x66],
];

const plain: ReadonlyMap<string, SentEvent> = new Map(
  plainRows.map(([words, id, logLevels]) => [words, eventOf(id, logLevels)]),
);

/** The numbers of these texts are the event's arguments. */
const counted: readonly (readonly [start: string, id: number, logLevels: number, types: string])[] = [
  ["RTL: start return at ", 22_161_044, 0x66, "ii"],
  ["Climb to ", 24_986_204, 0x66, "f"],
  ["Using default takeoff altitude: ", 20_656_071, 0x66, "f"],
  ["Geofence violation for waypoint ", 19_608_877, 0x63, "h"],
];

/** arm_disarm_reason_t. */
const reasons: Readonly<Record<string, number>> = {
  "external command": 4,
  landing: 6,
  "auto preflight disarming": 7,
};

/** The event that PX4 sends beside a text; undefined for a text that has none. */
export function eventOfWords(text: string): SentEvent | undefined {
  const same = plain.get(text);
  if (same !== undefined) return same;
  for (const [start, id, logLevels, types] of counted)
    if (text.startsWith(start)) return eventOf(id, logLevels, types, text.match(/-?\d+(\.\d+)?/g)?.map(Number));
  const [did, why = ""] = text.split(/ by /);
  if (did === "Armed") return eventOf(26_266_355, 0x66, "B", [reasons[why] ?? 0]);
  return did === "Disarmed" ? eventOf(32_794_487, 0x66, "B", [reasons[why] ?? 0]) : undefined;
}

/** Sent without a text. */
export const pilotTookOver = eventOf(17_738_815, 0x66);

/** A mode that may not be flown now. @param customMode as in HEARTBEAT @param navigationMode navigation_mode_t */
export const modeRefused = (customMode: number, navigationMode: number): SentEvent =>
  eventOf(27_280_279, 0x62, "IB", [customMode, navigationMode]);

/** failsafe_action_t. */
export const failsafeActions = { hold: 5, rtl: 6, land: 7, descend: 8, terminate: 10 } as const;

/**
 * What the failsafe does now, or in `delayS`. @param customMode what the user had asked for @param cause
 * failsafe_cause_t, 0 for one that has no name of its own
 */
export function failsafeEvent(customMode: number, action: number, cause: number, delayS: number): SentEvent {
  if (delayS > 0)
    return cause === 0
      ? eventOf(21_279_712, 0x42, "IBH", [customMode, action, delayS])
      : eventOf(30_481_910, 0x42, "IBHB", [customMode, action, delayS, cause]);
  if (action === failsafeActions.descend) return eventOf(29_547_634, 0x42, "IB", [customMode, action]);
  return cause === 0
    ? eventOf(31_382_480, 0x42, "IB", [customMode, action])
    : eventOf(26_528_394, 0x42, "IBB", [customMode, action, cause]);
}
