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

export function cameraTiles(
  cameras: readonly CameraSeeing[],
  streams: readonly StreamView[],
  units: Units,
): readonly CameraTileView[] {
  return seeingInOrder(cameras).map((c, i) => {
    const stream = streams.find((s) => s.cameraId === c.cameraId);
    const text = `${c.text === "" ? WORD[c.sees] : c.text}, ${distanceText(c.distanceM, units)}`;
    return {
      cameraId: c.cameraId,
      number: String(i + 1),
      name: c.name,
      text,
      state: tileState(c, stream),
      ageMs: c.shared ? stream?.ageMs : undefined,
    };
  });
}

function tileState(c: CameraSeeing, stream: StreamView | undefined): CameraTileView["state"] {
  if (!c.shared) return "notShared";
  if (stream === undefined || stream.state === "none") return "dark";
  if (stream.state !== "live") return "late";
  return c.sees === "no" ? "dark" : c.sees;
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
    nobody: nobodySees.replace(/^No fixed camera sees this place\.\s*/, ""),
  };
}
