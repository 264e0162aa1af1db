import type { AircraftView, RoomViews, SourceTroubleView, StreamView } from "@outrider/contract";
import type { HealthLine } from "../health/healthLines.js";
import { plainCause } from "../health/plainCause.js";

type Health = RoomViews["health"];

/** What this desk cannot work without, and what its reader does meanwhile; sources of the sky stand with the other aircraft. */
const OWN: Readonly<Record<string, string>> = {
  record: "Write down what matters. Call whoever keeps the server now.",
  bridge: "Where aircraft are shown may be old: ask the pilot by voice.",
  sim: "Nothing moves without it: start the simulator again.",
};

/** A second more or less is seen in the picture; a line for it would only come and go. */
const LATE_MS = 2_000;

/** What of the crime center's sources is down or late, worst first; nothing while all of them tell. */
export function sourceLines(
  health: Health | undefined,
  aircraft: readonly Pick<AircraftView, "uid" | "inAir">[],
): readonly HealthLine[] {
  if (health === undefined) return [];
  const flying = new Set(aircraft.filter((a) => a.inAir).map((a) => a.uid));
  return [
    ...health.parts.flatMap(ownLine),
    // Cameras fail by the dozen, and each says so in its own tile.
    ...(health.sources ?? []).map(troubleLine),
    ...health.streams.flatMap((s) => cameraLine(s, flying)),
  ];
}

function ownLine({ name, state, text }: Health["parts"][number]): readonly HealthLine[] {
  const doThis = OWN[name];
  if (state === "ok" || doThis === undefined) return [];
  return [{ id: name, tone: state === "down" ? "warning" : "caution", text: plainCause(text), doThis }];
}

/** A camera in a dock is off because nobody needs it, and a fixed one that nobody opened is closed. */
function cameraLine(s: StreamView, flying: ReadonlySet<string>): readonly HealthLine[] {
  const wanted = s.thermal !== true && (s.uid === undefined || flying.has(s.uid));
  const closed = s.cause === "closed" || s.cause === "opening";
  const late = s.state === "late" && (s.ageMs ?? 0) >= LATE_MS;
  if (!wanted || closed || s.state === "live" || (s.state === "late" && !late)) return [];
  const text = `${s.name}: ${lower(plainCause(s.why === "" ? WHY[s.state] : s.why))}`;
  // What to do about it stands with the cameras that see the place.
  return [{ id: `camera:${s.cameraId}`, tone: "caution", text, doThis: "" }];
}

const WHY: Readonly<Record<Exclude<StreamView["state"], "live">, string>> = {
  late: "Pictures arrive late.",
  frozen: "No new picture arrives.",
  none: "No picture.",
};

/** "Packets come" goes on a sentence; "RTSP" and "H.264" stay as they are written. */
const lower = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

function troubleLine({ kind, id, what, text, sinceMs }: SourceTroubleView): HealthLine {
  return { id: `${kind}:${id}`, tone: "caution", text, doThis: INSTEAD[kind === "stranger" ? kind : what], sinceMs };
}

const INSTEAD: Readonly<Record<SourceTroubleView["what"] | "stranger", string>> = {
  silent: "No read is no proof that nobody passed.",
  late: "A car that it shows has driven on since.",
  refused: "Ask by phone for what they would tell.",
  stranger: "Find who sends it; tell your supervisor.",
};
