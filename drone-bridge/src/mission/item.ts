import { sha256 } from "@outrider/mavlink";

/** One item of a mission, fence or rally list. Places are degrees × 1e7, heights AMSL. */
export type PlanItem = {
  readonly command: number;
  readonly frame: number;
  readonly params: readonly [number, number, number, number];
  readonly x: number;
  readonly y: number;
  readonly z: number;
};

export type PlanList = { readonly type: 0 | 1 | 2; readonly items: readonly PlanItem[] };

export const planListNames: Readonly<Record<PlanList["type"], string>> = {
  0: "mission",
  1: "fence",
  2: "rally points",
};

const heightToleranceM = 0.02;

/** How many of the parameters of a command decide how it is flown; the rest come back as the autopilot likes. */
const paramsThatMatter: Readonly<Record<number, readonly number[]>> = {
  178: [0, 1],
  5001: [0],
  5002: [0],
  5003: [0],
  5004: [0],
};

/** First difference between what was sent and what the aircraft holds, in words; undefined when they are the same. */
export function firstDifference(sent: readonly PlanItem[], held: readonly PlanItem[]): string | undefined {
  if (sent.length !== held.length) return `${sent.length} items were sent and the aircraft holds ${held.length}`;
  for (const [seq, item] of sent.entries()) {
    const other = held[seq];
    if (other === undefined) return `item ${seq} is missing`;
    const field = differs(item, other);
    if (field !== undefined) return `item ${seq} differs in ${field}`;
  }
  return undefined;
}

function differs(sent: PlanItem, held: PlanItem): string | undefined {
  if (sent.command !== held.command) return "command";
  for (const index of paramsThatMatter[sent.command] ?? []) {
    if (Math.fround(sent.params[index] ?? 0) !== Math.fround(held.params[index] ?? 0)) return `param${index + 1}`;
  }
  if (isPositionless(sent)) return undefined;
  if (sent.x !== held.x || sent.y !== held.y) return "place";
  if (!isFence(sent) && heightKind(sent.frame) !== heightKind(held.frame)) return "what its height is measured from";
  if (!isFence(sent) && Math.abs(sent.z - held.z) > heightToleranceM) return "height";
  return undefined;
}

const isPositionless = (item: PlanItem): boolean => item.command === 178 || item.frame === 2;
const isFence = (item: PlanItem): boolean => item.command >= 5000 && item.command < 5100;

/** Frames 0 and 5 are AMSL, 3 and 6 over home, 10 and 11 over terrain: old and new names of the same. */
function heightKind(frame: number): "amsl" | "home" | "terrain" | "other" {
  if (frame === 0 || frame === 5) return "amsl";
  if (frame === 3 || frame === 6) return "home";
  return frame === 10 || frame === 11 ? "terrain" : "other";
}

/** Name of a list by its content, 16 hex digits. */
export function planHash(items: readonly PlanItem[]): string {
  const text = items
    .map((item) => [item.command, item.x, item.y, item.z.toFixed(2), ...item.params.map(String)].join(","))
    .join(";");
  return [...sha256(new TextEncoder().encode(text))]
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
