import type { Config, DebriefBreach, TrackRow, TrackView } from "@outrider/contract";
import { type EnuPoint, localFrame, pointInRing } from "@outrider/geo";

type Ring = readonly EnuPoint[];
type Named = { readonly name: string; readonly ring: Ring };
type Finding = { readonly kind: DebriefBreach["kind"]; readonly where: string; readonly byM: number };

/** A row's height is good to about this: below it nothing is called a breach. */
const heightDoubtM = 3;
/** Rows further apart than this are two breaches. */
const gapMs = 4_000;
/** One row alone may be a jump of the position. */
const leastMs = 1_000;
/** Flatter than this the middle of the picture is far away and its place is not worth a charge against anybody. */
const flattestPitchDeg = -8;
const farthestM = 800;

/**
 * Times during which a flown track broke the site's own limits: above the ceiling, outside the fence, inside an
 * exclusion zone, or with the middle of the picture inside a privacy zone. On flat ground under the aircraft: good to a
 * few metres near the scene, and said so in the debrief.
 */
export function breachesOf(tracks: readonly TrackView[], site: Config["site"]): readonly DebriefBreach[] {
  const origin = site.fence.inclusion[0] ?? { latDeg: 0, lonDeg: 0 };
  const frame = localFrame(origin);
  const ringOf = (points: Config["site"]["jurisdiction"]): Ring => points.map((point) => frame.toLocal(point));
  const named = (zones: Config["site"]["privacyZones"]): readonly Named[] =>
    zones.map(({ name, ring }) => ({ name, ring: ringOf(ring) }));
  const rules = {
    fence: ringOf(site.fence.inclusion),
    ceilingAglM: site.fence.ceilingAglM,
    exclusion: named(site.exclusionZones),
    privacy: named(site.privacyZones),
  };
  return tracks
    .flatMap((track) => breachesOfTrack(track, (row) => findings(row, frame.toLocal(row), rules)))
    .sort((a, b) => a.fromMs - b.fromMs);
}

type Rules = {
  readonly fence: Ring;
  readonly ceilingAglM: number;
  readonly exclusion: readonly Named[];
  readonly privacy: readonly Named[];
};

function findings(row: TrackRow, at: EnuPoint, rules: Rules): readonly Finding[] {
  const found: Finding[] = [];
  const overM = (row.altAglM ?? 0) - rules.ceilingAglM;
  if (overM > heightDoubtM) found.push({ kind: "ceiling", where: `${rules.ceilingAglM} m above ground`, byM: overM });
  if (!pointInRing(at, rules.fence)) found.push({ kind: "fence", where: "the site's fence", byM: 0 });
  for (const zone of rules.exclusion)
    if (pointInRing(at, zone.ring)) found.push({ kind: "exclusion", where: zone.name, byM: 0 });
  const seen = middleOfPicture(row, at);
  for (const zone of rules.privacy)
    if (seen !== undefined && pointInRing(seen, zone.ring))
      found.push({ kind: "privacy-seen", where: zone.name, byM: 0 });
  return found;
}

function middleOfPicture(row: TrackRow, at: EnuPoint): EnuPoint | undefined {
  if (!row.gimbalOk || row.altAglM === undefined || row.gimbalPitchDeg > flattestPitchDeg) return undefined;
  const down = Math.tan((-row.gimbalPitchDeg * Math.PI) / 180);
  const awayM = row.gimbalPitchDeg <= -89 ? 0 : row.altAglM / down;
  if (awayM > farthestM) return undefined;
  const yaw = (row.gimbalYawDeg * Math.PI) / 180;
  return { eastM: at.eastM + Math.sin(yaw) * awayM, northM: at.northM + Math.cos(yaw) * awayM };
}

function breachesOfTrack(track: TrackView, look: (row: TrackRow) => readonly Finding[]): readonly DebriefBreach[] {
  type Span = { readonly finding: Finding; readonly fromMs: number; toMs: number; worstM: number };
  const open = new Map<string, Span>();
  const done: Span[] = [];
  for (const row of track.rows) {
    for (const finding of look(row)) {
      const key = `${finding.kind}:${finding.where}`;
      const span = open.get(key);
      if (span !== undefined && row.tMs - span.toMs <= gapMs) {
        span.toMs = row.tMs;
        span.worstM = Math.max(span.worstM, finding.byM);
        continue;
      }
      if (span !== undefined) done.push(span);
      open.set(key, { finding, fromMs: row.tMs, toMs: row.tMs, worstM: finding.byM });
    }
  }
  return [...done, ...open.values()]
    .filter((span) => span.toMs - span.fromMs >= leastMs)
    .map(({ finding, fromMs, toMs, worstM }) => ({
      kind: finding.kind,
      callSign: track.callSign,
      where: finding.where,
      fromMs,
      toMs,
      worst: finding.kind === "ceiling" ? `${Math.round(worstM)} m over` : "",
    }));
}
