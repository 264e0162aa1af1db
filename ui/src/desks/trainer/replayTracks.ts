import { type TrackRow, trackRow } from "@outrider/contract";
import type { PoseSource, ScenePose } from "../../scene/index.js";
import type { ReplayMoment } from "./replayState.js";

/** Where one aircraft truly was, from the record. Rows in order of time. */
export interface ReplayTrack {
  readonly uid: string;
  readonly callSign: string;
  readonly launchId: string | undefined;
  readonly rows: readonly TrackRow[];
  /** Rows that could not be kept when they were flown. */
  readonly missed: number;
}

/** `GET /replay/tracks`: `{ tracks: [TrackView] }`; rows of another version are left out. */
export function readTracks(body: unknown): readonly ReplayTrack[] {
  const list: unknown = bag(body)["tracks"];
  if (!Array.isArray(list)) return [];
  return list.map(bag).flatMap((t): ReplayTrack[] => {
    const rows = Array.isArray(t["rows"]) ? t["rows"] : [];
    const good = rows.flatMap((r: unknown) => {
      const parsed = trackRow.safeParse(r);
      return parsed.success ? [parsed.data] : [];
    });
    if (typeof t["uid"] !== "string" || good.length === 0) return [];
    return [
      {
        uid: t["uid"],
        callSign: typeof t["callSign"] === "string" ? t["callSign"] : t["uid"],
        launchId: typeof t["launchId"] === "string" ? t["launchId"] : undefined,
        rows: good.sort((a, b) => a.tMs - b.tMs),
        missed: Number(bag(t["seal"])["missed"] ?? 0),
      },
    ];
  });
}

const bag = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {}; // Any JSON object.

/** A gap longer than this is not bridged by a line: nobody knows where the aircraft was meanwhile. */
const GAP_MS = 5000;

/** Index of the newest row at or before a time; -1 before the first. */
export function rowAt(rows: readonly TrackRow[], tMs: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.tMs ?? 0) <= tMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The place at a time: between two rows where they are near in time, else the one before; undefined when not flying. */
export function placeAt(track: ReplayTrack, tMs: number): TrackRow | undefined {
  const at = rowAt(track.rows, tMs);
  const a = track.rows[at];
  const b = track.rows[at + 1];
  if (a === undefined) return undefined;
  if (b === undefined) return tMs - a.tMs <= GAP_MS ? a : undefined;
  const gapMs = b.tMs - a.tMs;
  if (gapMs > GAP_MS || gapMs <= 0) return a;
  const k = (tMs - a.tMs) / gapMs;
  const mix = (x: number, y: number): number => x + (y - x) * k;
  const turn = ((b.headingDeg - a.headingDeg + 540) % 360) - 180;
  return {
    ...a,
    latDeg: mix(a.latDeg, b.latDeg),
    lonDeg: mix(a.lonDeg, b.lonDeg),
    altAmslM: mix(a.altAmslM, b.altAmslM),
    ...(a.altAglM === undefined || b.altAglM === undefined ? {} : { altAglM: mix(a.altAglM, b.altAglM) }),
    headingDeg: (a.headingDeg + turn * k + 360) % 360,
  };
}

/** The way flown up to a time, thinned: a trail on the map, not a proof. */
export function flownUpTo(track: ReplayTrack, tMs: number, everyMs: number): readonly TrackRow[] {
  const out: TrackRow[] = [];
  for (const row of track.rows) {
    if (row.tMs > tMs) break;
    if (row.tMs - (out.at(-1)?.tMs ?? Number.NEGATIVE_INFINITY) >= everyMs) out.push(row);
  }
  return out;
}

/** Recorded places as the scene's fast source, at the log's time. */
export class ReplayPoses implements PoseSource {
  readonly #tracks: readonly ReplayTrack[];
  readonly #listeners = new Set<() => void>();
  #tMs = 0;

  constructor(tracks: readonly ReplayTrack[]) {
    this.#tracks = tracks;
  }

  seek(tMs: number): void {
    this.#tMs = tMs;
    for (const listener of this.#listeners) listener();
  }

  read(uid: string, out: ScenePose): boolean {
    for (const track of this.#tracks) {
      if (track.uid !== uid) continue;
      const row = placeAt(track, this.#tMs);
      if (row === undefined) continue;
      out.latDeg = row.latDeg;
      out.lonDeg = row.lonDeg;
      out.altAmslM = row.altAmslM;
      out.altAglM = row.altAglM ?? row.aboveTakeoffM ?? 0;
      out.headingDeg = row.headingDeg;
      out.gimbalPitchDeg = row.gimbalPitchDeg;
      out.gimbalYawDeg = row.gimbalYawDeg;
      out.hfovDeg = row.hfovDeg;
      out.gimbalOk = row.gimbalOk;
      out.link = row.link;
      out.ageMs = 0;
      return true;
    }
    return false;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** The map in words: who was how far and how high at the log's time. */
export function replayTwin(
  moment: Pick<ReplayMoment, "flights">,
  tracks: readonly ReplayTrack[],
  tMs: number,
  height: (m: number) => string,
): string {
  const flights = moment.flights.map((f) => {
    const track = tracks.find((t) => t.launchId === f.launchId);
    const altAglM = track === undefined ? undefined : placeAt(track, tMs)?.altAglM;
    return `${f.callSign} ${f.state}${altAglM === undefined ? "" : `, ${height(altAglM)}`}`;
  });
  return `Replay. ${flights.length === 0 ? "Nothing proposed yet" : flights.join("; ")}`;
}
