import type { AircraftView, RoomViews } from "@outrider/contract";
import { listText } from "../../parts/index.js";

type Health = RoomViews["health"];

export interface HealthLine {
  readonly id: string;
  /** `told`: no fault of anybody's, and said all the same. */
  readonly tone: "warning" | "caution" | "told";
  readonly text: string;
}

/** What is not as it should be between station, bridge and aircraft, worst first; nothing where all is. */
export function healthLines(health: Health | undefined, aircraft: readonly AircraftView[]): readonly HealthLine[] {
  if (health === undefined) return [];
  const lines = [
    ...health.parts.flatMap((one) => partLine(one, health.orders)),
    ...refusedLines(health.signing),
    ...unsignedLines(health, aircraft),
  ];
  return lines.sort((a, b) => RANK[a.tone] - RANK[b.tone]);
}

const RANK: Readonly<Record<HealthLine["tone"], number>> = { warning: 0, caution: 1, told: 2 };

/** What is counted of signatures is said below in plain numbers, not in the one sentence of its part. */
function partLine({ name, state, text }: Health["parts"][number], orders: Health["orders"]): readonly HealthLine[] {
  if (state === "ok" || name === "signing") return [];
  if (name !== "orders") return [{ id: name, tone: state === "down" ? "warning" : "caution", text }];
  if (state === "down")
    return [{ id: name, tone: "warning", text: `Key missing or not trusted: orders refused. ${text}` }];
  // A site that signs no orders has decided so; orders of somebody else are another matter.
  return [{ id: name, tone: orders?.signed === "no" && orders.notVerified === 0 ? "told" : "caution", text }];
}

const WHY: readonly (readonly [reason: string, kind: string, why: string])[] = [
  ["forged", "forged", ": a wrong key, or somebody else sends in our aircraft’s name"],
  ["replayed", "replayed", ": somebody sends again what was heard before"],
  ["unsigned", "unsigned", ""],
  ["unknown", "unknown", ": their senders are not enrolled"],
  ["old", "old", ": a clock is wrong, or they were recorded before"],
  ["crowd", "strange", ": more senders than are kept"],
];

/** "1 frame", "3 forged frames". */
const framesText = (count: number, kind = ""): string =>
  `${count.toLocaleString("en-US")} ${kind === "" ? "" : `${kind} `}${count === 1 ? "frame" : "frames"}`;

function refusedLines(signing: Health["signing"]): readonly HealthLine[] {
  if (signing === undefined) return [];
  const refused = WHY.flatMap(([reason, kind, why]): readonly HealthLine[] => {
    const count = signing.refused[reason] ?? 0;
    const text = `${framesText(count, kind)} refused${why}.`;
    return count === 0 ? [] : [{ id: `refused:${reason}`, tone: "caution", text }];
  });
  if (signing.unsignedIn === 0) return refused;
  const taken = `${framesText(signing.unsignedIn, "unsigned")} taken: an autopilot that has never signed.`;
  return [...refused, { id: "taken", tone: "caution", text: taken }];
}

/** Where a site signs, an aircraft that does not is a fault; where it does not, that is its own decision and is said. */
function unsignedLines({ signing }: Health, aircraft: readonly AircraftView[]): readonly HealthLine[] {
  const unsigned = aircraft.filter((a) => !a.signedLink && (a.inAir || a.link === "live")).map((a) => a.callSign);
  if (unsigned.length === 0) return [];
  const tone = signing === undefined ? "told" : "caution";
  const text = `Link unsigned: ${listText(unsigned)}. Whoever reaches the radio link can send orders.`;
  return [{ id: "unsigned", tone, text }];
}

/** What signatures hold, for whoever oversees it. */
export function signingWords(signing: Health["signing"]): string {
  if (signing === undefined) return "MAVLink is not signed at this site.";
  const rule = signing.policy === "required" ? "required" : "preferred, not required";
  return `MAVLink signatures ${rule}: ${framesText(signing.signedIn)} in and ${framesText(signing.signedOut)} out.`;
}
