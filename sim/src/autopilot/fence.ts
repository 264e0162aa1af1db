import { type PlanItem, planCommand } from "./plan-store.js";
import { severity, type Vehicle } from "./vehicle.js";

type Zone =
  | {
      readonly kind: "polygon";
      readonly include: boolean;
      readonly northM: readonly number[];
      readonly eastM: readonly number[];
    }
  | {
      readonly kind: "circle";
      readonly include: boolean;
      readonly northM: number;
      readonly eastM: number;
      readonly radiusM: number;
    };

/** The uploaded fence as flown. A fence that does not hold home or the aircraft is accepted and then not enforced. */
export type FenceState = {
  revision: number;
  zones: readonly Zone[];
  enforced: boolean;
  breached: "none" | "fence" | "distance" | "height";
};

export function createFence(): FenceState {
  return { revision: -1, zones: [], enforced: false, breached: "none" };
}

/** What a fence upload is refused for, or undefined: a vertex run shorter than three or than it claims. */
export function fenceFault(items: readonly PlanItem[]): string | undefined {
  for (let i = 0; i < items.length; ) {
    const item = items[i];
    if (item === undefined) break;
    const polygon = item.command === planCommand.inclusionPolygon || item.command === planCommand.exclusionPolygon;
    const circle = item.command === planCommand.inclusionCircle || item.command === planCommand.exclusionCircle;
    if (circle) i++;
    else if (!polygon) return `command ${item.command} is no fence item`;
    else {
      const count = item.param1;
      const run = items.slice(i, i + count);
      if (count < 3 || run.length < count || run.some((r) => r.command !== item.command || r.param1 !== count))
        return "polygon vertex run";
      i += count;
    }
  }
  return undefined;
}

function zonesOf(v: Vehicle): Zone[] {
  const items = v.plans.items("fence");
  const zones: Zone[] = [];
  for (let i = 0; i < items.length; ) {
    const item = items[i];
    if (item === undefined) break;
    const include = item.command === planCommand.inclusionPolygon || item.command === planCommand.inclusionCircle;
    if (item.command === planCommand.inclusionCircle || item.command === planCommand.exclusionCircle) {
      zones.push({ kind: "circle", include, ...v.plans.placeOf(v, item), radiusM: item.param1 });
      i++;
      continue;
    }
    const corners = items.slice(i, i + item.param1).map((corner) => v.plans.placeOf(v, corner));
    zones.push({ kind: "polygon", include, northM: corners.map((c) => c.northM), eastM: corners.map((c) => c.eastM) });
    i += Math.max(1, item.param1);
  }
  return zones;
}

function inside(zone: Zone, northM: number, eastM: number): boolean {
  if (zone.kind === "circle") return Math.hypot(northM - zone.northM, eastM - zone.eastM) <= zone.radiusM;
  let odd = false;
  const { northM: ns, eastM: es } = zone;
  for (let i = 0, j = ns.length - 1; i < ns.length; j = i++) {
    const ni = ns[i] ?? 0;
    const nj = ns[j] ?? 0;
    const ei = es[i] ?? 0;
    const ej = es[j] ?? 0;
    if (ei > eastM !== ej > eastM && northM < ((nj - ni) * (eastM - ei)) / (ej - ei) + ni) odd = !odd;
  }
  return odd;
}

/** Inside some inclusion (where there is one) and outside every exclusion. */
function zonesAllow(zones: readonly Zone[], northM: number, eastM: number): boolean {
  const inclusions = zones.filter((zone) => zone.include);
  if (inclusions.length > 0 && !inclusions.some((zone) => inside(zone, northM, eastM))) return false;
  return !zones.some((zone) => !zone.include && inside(zone, northM, eastM));
}

/** Takes over a changed fence: a STATUSTEXT is the only sign that it is not enforced. */
export function refreshFence(v: Vehicle): void {
  const f = v.fence;
  if (f.revision === v.plans.revision) return;
  const before = f.zones;
  f.revision = v.plans.revision;
  f.zones = zonesOf(v);
  if (f.zones.length === 0) {
    f.enforced = false;
    return;
  }
  const same = JSON.stringify(before) === JSON.stringify(f.zones);
  const homeOk = v.home === undefined || zonesAllow(f.zones, v.home.northM, v.home.eastM);
  const hereOk = zonesAllow(f.zones, v.estimate.northM, v.estimate.eastM);
  // A fence that holds was checked when it came; only a new one is judged by where the aircraft is.
  if (same) return;
  f.enforced = homeOk && hereOk;
  if (!homeOk) v.say(severity.critical, "Geofence invalid, doesn't contain Home position", true);
  if (!hereOk) v.say(severity.critical, "Geofence invalid, doesn't contain current vehicle position", true);
}

/** Why a place is not allowed: by fence, GF_MAX_HOR_DIST or GF_MAX_VER_DIST; "none" when it is. */
export function fenceVerdict(v: Vehicle, northM: number, eastM: number, altAmslM: number): FenceState["breached"] {
  const levelMax = v.params.now.GF_MAX_HOR_DIST;
  const heightMax = v.params.now.GF_MAX_VER_DIST;
  const { home } = v;
  if (home !== undefined) {
    if (levelMax > 0 && Math.hypot(northM - home.northM, eastM - home.eastM) > levelMax) return "distance";
    if (heightMax > 0 && altAmslM - home.altAmslM > heightMax) return "height";
  }
  return v.fence.enforced && !zonesAllow(v.fence.zones, northM, eastM) ? "fence" : "none";
}

/** First mission item (counted from 1) that leaves the fence, or undefined. */
export function missionBreach(v: Vehicle): number | undefined {
  const items = v.plans.items("mission");
  for (const [i, item] of items.entries()) {
    if (item.x === 0 && item.y === 0) continue;
    const { northM, eastM } = v.plans.placeOf(v, item);
    const relative = item.frame === 3 || item.frame === 6;
    const altAmslM = relative ? item.z + (v.home?.altAmslM ?? 0) : item.z;
    if (item.command <= 22 && fenceVerdict(v, northM, eastM, altAmslM) !== "none") return i + 1;
  }
  return undefined;
}
