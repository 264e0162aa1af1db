import type { AircraftView, RoomViews } from "@outrider/contract";
import { listText } from "../../parts/index.js";
import { plainCause } from "./plainCause.js";

type Health = RoomViews["health"];

export interface HealthLine {
  readonly id: string;
  /** `told`: no fault of anybody's, and said all the same. */
  readonly tone: "warning" | "caution" | "told";
  readonly text: string;
  /** What the reader can do about it; empty where there is nothing to do. */
  readonly doThis: string;
  /** Run time since when it stands, where the station knows it. */
  readonly sinceMs?: number;
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
  if (name !== "orders") {
    // Whatever is not a part of this system is a source that it asks.
    const doThis = DO[name] ?? "What it would tell is missing until it answers: look for yourself.";
    return [{ id: name, tone: state === "down" ? "warning" : "caution", text: plainCause(text), doThis }];
  }
  if (state === "down") {
    const down = `Key missing or not trusted: orders refused. ${text}`;
    return [{ id: name, tone: "warning", text: down, doThis: "Bring home what flies. Give the bridge its key again." }];
  }
  // A site that signs no orders has decided so; orders of somebody else are another matter.
  const strange = orders?.signed !== "no" || orders.notVerified > 0;
  const doThis =
    (orders?.notVerified ?? 0) > 0 ? "Find who else sends orders to the bridge; tell your supervisor." : "";
  return [{ id: name, tone: strange ? "caution" : "told", text, doThis }];
}

const DO: Readonly<Record<string, string>> = {
  record: "Call whoever keeps the server now: its disk is full or failing.",
  bridge: "Watch the strips. See whether the bridge's machine runs and its network is up.",
  heartbeats: "Let them come home. Restart the bridge before the next launch.",
  sim: "Nothing moves without it: start the simulator again.",
};

const WHY: readonly (readonly [reason: string, kind: string, why: string, doThis: string])[] = [
  [
    "forged",
    "forged",
    ": a wrong key, or somebody else sends in our aircraft’s name",
    "Compare the keys; if they fit, tell your supervisor.",
  ],
  ["replayed", "replayed", ": somebody sends again what was heard before", "Tell your supervisor."],
  ["unsigned", "unsigned", "", ""],
  ["unknown", "unknown", ": their senders are not enrolled", "Enrol them, or find who sends."],
  ["old", "old", ": a clock is wrong, or they were recorded before", "Compare the clocks of bridge and aircraft."],
  ["crowd", "strange", ": more senders than are kept", "Tell your supervisor: the link is being flooded."],
];

/** "1 frame", "3 forged frames". */
const framesText = (count: number, kind = ""): string =>
  `${count.toLocaleString("en-US")} ${kind === "" ? "" : `${kind} `}${count === 1 ? "frame" : "frames"}`;

function refusedLines(signing: Health["signing"]): readonly HealthLine[] {
  if (signing === undefined) return [];
  const refused = WHY.flatMap(([reason, kind, why, doThis]): readonly HealthLine[] => {
    const count = signing.refused[reason] ?? 0;
    const text = `${framesText(count, kind)} refused${why}.`;
    return count === 0 ? [] : [{ id: `refused:${reason}`, tone: "caution", text, doThis }];
  });
  if (signing.unsignedIn === 0) return refused;
  const taken = `${framesText(signing.unsignedIn, "unsigned")} taken: an autopilot that has never signed.`;
  return [...refused, { id: "taken", tone: "caution", text: taken, doThis: "" }];
}

/** Where a site signs, an aircraft that does not is a fault; where it does not, that is its own decision and is said. */
function unsignedLines({ signing }: Health, aircraft: readonly AircraftView[]): readonly HealthLine[] {
  const unsigned = aircraft.filter((a) => !a.signedLink && (a.inAir || a.link === "live")).map((a) => a.callSign);
  if (unsigned.length === 0) return [];
  const tone = signing === undefined ? "told" : "caution";
  const text = `Link unsigned: ${listText(unsigned)}. Whoever reaches the radio link can send orders.`;
  return [{ id: "unsigned", tone, text, doThis: "" }];
}

/** What signatures hold, for whoever oversees it. */
export function signingWords(signing: Health["signing"]): string {
  if (signing === undefined) return "MAVLink is not signed at this site.";
  const rule = signing.policy === "required" ? "required" : "preferred, not required";
  return `MAVLink signatures ${rule}: ${framesText(signing.signedIn)} in and ${framesText(signing.signedOut)} out.`;
}
