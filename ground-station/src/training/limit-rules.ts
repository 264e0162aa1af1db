import type { Config, DebriefBreach, TrackRow } from "@outrider/contract";
import { type EnuPoint, localFrame, pointInRing } from "@outrider/geo";

type Ring = readonly EnuPoint[];
type Named = { readonly name: string; readonly ring: Ring };
/** What one row breaks; `badM` is higher the worse, and `text` says how bad. */
export type Finding = {
  readonly kind: DebriefBreach["kind"];
  readonly where: string;
  readonly badM: number;
  readonly text: string;
};

/** A row's height is good to about this: below it nothing is called a breach. */
export const heightDoubtM = 3;
/** Flatter than this the middle of the picture is far away and its place is not worth a charge against anybody. */
const flattestPitchDeg = -8;
const farthestM = 800;

export type SiteRules = {
  readonly toLocal: (point: { readonly latDeg: number; readonly lonDeg: number }) => EnuPoint;
  readonly fence: Ring;
  readonly ceilingAglM: number;
  readonly exclusion: readonly Named[];
  readonly privacy: readonly Named[];
};

export function siteRules(site: Config["site"]): SiteRules {
  const origin = site.fence.inclusion[0] ?? { latDeg: 0, lonDeg: 0 };
  const { toLocal } = localFrame(origin);
  const ringOf = (points: Config["site"]["jurisdiction"]): Ring => points.map((point) => toLocal(point));
  const named = (zones: Config["site"]["privacyZones"]): readonly Named[] =>
    zones.map(({ name, ring }) => ({ name, ring: ringOf(ring) }));
  return {
    toLocal,
    fence: ringOf(site.fence.inclusion),
    ceilingAglM: site.fence.ceilingAglM,
    exclusion: named(site.exclusionZones),
    privacy: named(site.privacyZones),
  };
}

/** What one aircraft breaks by itself at one moment. */
export function findingsOf(row: TrackRow, at: EnuPoint, rules: SiteRules): readonly Finding[] {
  const found: Finding[] = [];
  const simply = (kind: Finding["kind"], where: string): void => {
    found.push({ kind, where, badM: 0, text: "" });
  };
  const overM = (row.altAglM ?? 0) - rules.ceilingAglM;
  if (overM > heightDoubtM)
    found.push({
      kind: "ceiling",
      where: `${rules.ceilingAglM} m above ground`,
      badM: overM,
      text: `${Math.round(overM)} m over`,
    });
  if (!pointInRing(at, rules.fence)) simply("fence", "the site's fence");
  for (const zone of rules.exclusion) if (pointInRing(at, zone.ring)) simply("exclusion", zone.name);
  const seen = middleOfPicture(row, at);
  for (const zone of rules.privacy)
    if (seen !== undefined && pointInRing(seen, zone.ring)) simply("privacy-seen", zone.name);
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
