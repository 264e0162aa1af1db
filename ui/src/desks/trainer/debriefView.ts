import type { DebriefLine, DebriefSide, DebriefView } from "@outrider/contract";
import { clockSpan } from "../../parts/index.js";

/** `GET /runs/{runId}/debrief`; undefined for an answer of another version. */
export function debriefOf(body: unknown): DebriefView | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const view = body as Partial<DebriefView>; // Its version says which shape it has.
  const whole = view.version === 1 && Array.isArray(view.timeline) && Array.isArray(view.expectations);
  return whole ? (view as DebriefView) : undefined;
}

export const SIDES: readonly { readonly side: DebriefSide; readonly title: string }[] = [
  { side: "simulator", title: "World" },
  { side: "trainer", title: "Trainer" },
  { side: "trainee", title: "Trainee" },
  { side: "system", title: "System" },
];

/** Lines of one side, and which of them is the newest at a time. */
export function sideAt(
  timeline: readonly DebriefLine[],
  side: DebriefSide,
  tMs: number,
): { readonly lines: readonly DebriefLine[]; readonly now: DebriefLine | undefined } {
  const lines = timeline.filter((line) => line.side === side);
  return { lines, now: lines.findLast((line) => line.tMs <= tMs) };
}

/** Run time of a moment: 4:07. */
export const runClock = (tMs: number | undefined, fromMs: number): string =>
  tMs === undefined ? "–" : clockSpan(Math.max(0, tMs - fromMs) / 1000);

export const BREACH_WORDS: Readonly<Record<DebriefView["breaches"][number]["kind"], string>> = {
  ceiling: "Above the ceiling",
  fence: "Outside the fence",
  exclusion: "Inside an exclusion zone",
  "privacy-seen": "Camera into a privacy zone",
  separation: "Two of ours too near",
  stranger: "Too near to an aircraft of others",
  restriction: "Inside a flight restriction",
};

/** Who, where, for how long and how badly: "OSPREY, 120 m above ground, 12 s, 11 m over". */
export const breachDetail = (b: DebriefView["breaches"][number]): string =>
  [b.callSign, b.where, `${Math.max(1, Math.round((b.toMs - b.fromMs) / 1000))} s`, b.worst]
    .filter((word) => word !== "")
    .join(", ");

export const MEASURE_WORDS: Readonly<Record<DebriefView["measures"][number]["kind"], string>> = {
  decision: "Decide",
  launch: "Lift off",
  camera: "Camera on target",
  verification: "Verify the hit",
  alarm: "Read the alarm",
  told: "Tell the officers",
};
