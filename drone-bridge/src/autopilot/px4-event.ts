import { type EventEntry, type EventGroup, px4EventEnums, px4Events } from "./generated/px4-events.js";

/** One EVENT as people read it. `modes`: flight modes that a failed check keeps from arming (bit = PX4's mode group). */
export type EventWords = { readonly group: EventGroup; readonly text: string; readonly modes: number };

/** PX4 arms in Hold here: checks that only concern other modes are no reason. */
export const holdModeBit = 16;

type Value = { readonly n: number; readonly whole: boolean };

/** Words of a PX4 event; undefined for one that is not in the table (a newer firmware's). */
export function px4EventWords(id: number, bytes: Uint8Array): EventWords | undefined {
  const entry = entryOf(id);
  if (entry === undefined) return undefined;
  const [, group, types, enums, text] = entry;
  const values = valuesOf(types, bytes);
  const enumOf = new Map(enums.split(",").map((pair) => [Number(pair.split("=")[0]), pair.split("=")[1] ?? ""]));
  const words = text.replace(
    /\{(\d+)(?::\.(\d))?(m_v|m\/s|m)?\}/g,
    (_all, number: string, digits?: string, unit?: string) =>
      valueText(values[Number(number) - 1], enumOf.get(Number(number)), digits, unit),
  );
  return {
    group,
    text: words.replace(/\s+/g, " ").trim().slice(0, 400),
    modes: checked(group) ? (values[0]?.n ?? 0) : 0,
  };
}

const checked = (group: EventGroup): boolean => group === "check" || group === "health";

/** The table is in order of id. */
function entryOf(id: number): EventEntry | undefined {
  let [low, high] = [0, px4Events.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = px4Events[middle];
    if (entry === undefined || entry[0] === id) return entry;
    if (entry[0] < id) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

function valuesOf(types: string, bytes: Uint8Array): Value[] {
  // A payload cut short has zeros at its end (MAVLink 2).
  const whole = new Uint8Array(64);
  whole.set(bytes.subarray(0, 64));
  const view = new DataView(whole.buffer);
  const values: Value[] = [];
  let at = 0;
  for (const type of types) {
    const [size, n] = readOne(view, at, type);
    values.push({ n, whole: type !== "f" });
    at += size;
    if (at > 56) break;
  }
  return values;
}

function readOne(view: DataView, at: number, type: string): readonly [size: number, n: number] {
  switch (type) {
    case "B":
      return [1, view.getUint8(at)];
    case "b":
      return [1, view.getInt8(at)];
    case "H":
      return [2, view.getUint16(at, true)];
    case "h":
      return [2, view.getInt16(at, true)];
    case "I":
      return [4, view.getUint32(at, true)];
    case "i":
      return [4, view.getInt32(at, true)];
    case "f":
      return [4, view.getFloat32(at, true)];
    default:
      return [8, Number(view.getBigInt64(at, true))];
  }
}

function valueText(value: Value | undefined, enumName: string | undefined, digits?: string, unit?: string): string {
  if (value === undefined) return "?";
  const words = enumName === undefined ? undefined : enumText(enumName, value.n);
  if (words !== undefined) return words;
  const number = value.whole && digits === undefined ? String(value.n) : value.n.toFixed(Number(digits ?? "2"));
  return unit === undefined ? number : `${number} ${unit === "m_v" ? "m" : unit}`;
}

function enumText(enumName: string, n: number): string | undefined {
  const entry = Object.hasOwn(px4EventEnums, enumName) ? px4EventEnums[enumName] : undefined;
  if (entry === undefined) return undefined;
  if (!entry.bits) return entry.words[n] ?? String(n);
  const set = Object.entries(entry.words).filter(([bit]) => (n & Number(bit)) !== 0);
  return set.length === 0 ? String(n) : set.map(([, word]) => word).join(", ");
}
