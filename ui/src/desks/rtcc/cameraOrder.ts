import type { CameraSeeing, StreamView } from "@outrider/contract";
import { type CameraTileView, distanceText, type Units } from "../../parts/index.js";

const RANK: Readonly<Record<CameraSeeing["sees"], number>> = { sees: 0, partly: 1, couldTurn: 2, no: 3 };
const WORD: Readonly<Record<CameraSeeing["sees"], string>> = {
  sees: "sees the place",
  partly: "sees part of it",
  couldTurn: "could turn to it",
  no: "does not see it",
};

/** Cameras that see the place or could: those that show a picture first, best view first, then nearest. Its number is the same on map and picture. */
export function seeingInOrder(cameras: readonly CameraSeeing[]): readonly CameraSeeing[] {
  return cameras
    .filter((c) => c.sees !== "no")
    .sort(
      (a, b) =>
        Number(b.shared) - Number(a.shared) ||
        RANK[a.sees] - RANK[b.sees] ||
        a.distanceM - b.distanceM ||
        (a.cameraId < b.cameraId ? -1 : 1),
    );
}

/** Camera id to number. The number does not change with who is asked first, only with who sees better. */
export function cameraNumbers(cameras: readonly CameraSeeing[]): ReadonlyMap<string, string> {
  return new Map(seeingInOrder(cameras).map((c, i) => [c.cameraId, String(i + 1)]));
}

/** Pictures of fixed cameras that play at once; more would crowd out the aircraft's on a thin line. */
export const MOST_PLAYING = 4;

/** Which cameras play: those a person asked for, latest first, then those that see the place best. */
export function playingNow(cameras: readonly CameraSeeing[], asked: readonly string[]): ReadonlySet<string> {
  const able = seeingInOrder(cameras).flatMap((c) => (c.shared && c.picture === true ? [c.cameraId] : []));
  const first = asked.filter((id) => able.includes(id));
  return new Set([...new Set([...first, ...able])].slice(0, MOST_PLAYING));
}

export interface TileInput {
  readonly cameras: readonly CameraSeeing[];
  readonly streams: readonly StreamView[];
  readonly playing: ReadonlySet<string>;
  /** Which way a camera looks, "W, 12° down"; empty where it is not known. */
  readonly looking: (cameraId: string) => string;
  readonly units: Units;
}

export function cameraTiles(input: TileInput): readonly CameraTileView[] {
  return seeingInOrder(input.cameras).map((c, i) => {
    const stream = input.streams.find((s) => s.cameraId === c.cameraId);
    const state = tileState(c, stream, input.playing.has(c.cameraId));
    const text = `${c.text === "" ? WORD[c.sees] : c.text}, ${distanceText(c.distanceM, input.units)}`;
    const looking = input.looking(c.cameraId);
    const playsNow = stream !== undefined && stream.state !== "none";
    return {
      cameraId: c.cameraId,
      number: String(i + 1),
      name: c.name,
      text: state === "closed" && looking !== "" ? `${text}, looks ${looking}` : text,
      state,
      why: whyDark(state, c, stream),
      ageMs: c.shared && playsNow ? stream.ageMs : undefined,
    };
  });
}

function tileState(c: CameraSeeing, stream: StreamView | undefined, plays: boolean): CameraTileView["state"] {
  if (!c.shared) return "notShared";
  if (c.picture !== true) return "dark";
  if (!plays) return "closed";
  if (stream === undefined || stream.cause === "opening" || stream.cause === "closed") return "opening";
  if (stream.state === "none") return "dark";
  if (stream.state === "live") return c.sees === "no" ? "dark" : c.sees;
  return stream.state;
}

function whyDark(state: CameraTileView["state"], c: CameraSeeing, stream: StreamView | undefined): string {
  if (state === "late" || state === "frozen") return stream?.why ?? "";
  if (state !== "dark") return "";
  return c.picture === true ? (stream?.why ?? "") : "No picture of it comes here.";
}

/** What is known of a camera's stream before the station has said a word of it. */
export function openingStream(cameraId: string, name: string): StreamView {
  return {
    cameraId,
    name,
    uid: undefined,
    handle: 0,
    state: "none",
    why: "Opening the camera.",
    cause: "opening",
    ageMs: undefined,
    fps: 0,
    latencyMs: undefined,
    timeKnown: false,
    pose: undefined,
  };
}

export interface SeeingWords {
  readonly count: string;
  readonly notShared: string;
  readonly nobody: string;
}

/** "4 cameras see this place", who has not shared, and what nobody sees. */
export function seeingWords(cameras: readonly CameraSeeing[], nobodySees: string): SeeingWords {
  const seeing = cameras.filter((c) => c.sees === "sees" || c.sees === "partly");
  const turn = cameras.filter((c) => c.sees === "couldTurn").length;
  const closed = seeing.filter((c) => !c.shared).length;
  const n = seeing.length;
  const count =
    n === 0 ? "No fixed camera sees this place." : `${n} ${n === 1 ? "camera sees" : "cameras see"} this place.`;
  return {
    count: turn === 0 ? count : `${count} ${turn} could turn to it.`,
    notShared: closed === 0 ? "" : `${closed} ${closed === 1 ? "owner has" : "owners have"} not shared.`,
    // The count says it already; two sentences about one thing could disagree on a partly hidden place.
    nobody: nobodySees.replace(/^(No fixed camera sees|1 camera sees|\d+ cameras see) this place\.\s*/, ""),
  };
}
