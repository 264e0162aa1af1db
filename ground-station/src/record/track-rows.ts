import { type AircraftSample, type TrackRow, type TrackView, trackRow } from "@outrider/contract";
import { sha256Hex } from "./hash.js";
import type { Track } from "./track-room.js";

const round = (value: number, digits: number): number => {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
};

/** A sample as a row. `tMs` is the position's own moment: when it was looked at, less its age. */
export function rowOf(sample: AircraftSample, tMs: number, takeoffAmslM: number): TrackRow {
  const { altAglM } = sample;
  return {
    tMs: Math.round(tMs),
    latDeg: round(sample.latDeg, 7),
    lonDeg: round(sample.lonDeg, 7),
    altAmslM: round(sample.altAmslM, 2),
    ...(altAglM === undefined ? {} : { altAglM: round(altAglM, 1) }),
    aboveTakeoffM: round(sample.altAmslM - takeoffAmslM, 2),
    velNorthMps: round(sample.velNorthMps, 2),
    velEastMps: round(sample.velEastMps, 2),
    velDownMps: round(sample.velDownMps, 2),
    headingDeg: round(sample.headingDeg, 1),
    rollDeg: round(sample.rollDeg, 1),
    pitchDeg: round(sample.pitchDeg, 1),
    gimbalPitchDeg: round(sample.gimbalPitchDeg, 1),
    gimbalYawDeg: round(sample.gimbalYawDeg, 1),
    hfovDeg: round(sample.hfovDeg, 1),
    batteryPct: round(sample.batteryPct, 1),
    batteryWh: round(sample.batteryWh, 1),
    mode: sample.mode,
    link: sample.link,
    control: sample.control,
    failsafe: sample.failsafe,
    positionOk: sample.positionOk,
    gimbalOk: sample.gimbalOk,
  };
}

/** Rows of a file as far as its lines are whole; the header and what is no row are passed over. */
export function rowsOf(bytes: Uint8Array, everyMs = 0): readonly TrackRow[] {
  const rows: TrackRow[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const line of new TextDecoder().decode(bytes).split("\n")) {
    const row = parseRow(line);
    if (row === undefined || row.tMs < lastMs + everyMs) continue;
    lastMs = row.tMs;
    rows.push(row);
  }
  return rows;
}

function parseRow(line: string): TrackRow | undefined {
  if (line === "") return undefined;
  try {
    const parsed = trackRow.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The track as a screen or an investigator gets it. */
export function trackView(track: Track, callSign: string, bytes: Uint8Array | undefined, everyMs: number): TrackView {
  const { seal } = track;
  const { flightId, launchId, uid } = track;
  const file = bytes ?? new Uint8Array();
  return {
    flightId,
    launchId,
    uid,
    callSign,
    seal: seal && {
      sha256: seal.sha256,
      count: seal.count,
      fromMs: seal.fromMs,
      toMs: seal.toMs,
      missed: seal.missed,
      holds: sha256Hex(file) === seal.sha256,
    },
    rows: rowsOf(file, everyMs),
  };
}

/** RFC 7946: one line, longitude first, heights above mean sea level; the rows' times beside it. */
export function trackGeoJson(view: TrackView): unknown {
  const { rows, ...about } = view;
  return {
    type: "Feature",
    geometry:
      rows.length < 2
        ? null
        : { type: "LineString", coordinates: rows.map((row) => [row.lonDeg, row.latDeg, row.altAmslM]) },
    properties: { ...about, heights: "AMSL, metres", timesMs: rows.map((row) => row.tMs) },
  };
}
