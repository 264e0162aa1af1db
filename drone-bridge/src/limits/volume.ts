import type { BridgeLimits, FlightPlan, GeoPoint } from "@outrider/contract";
import { localFrame, pointInRing } from "@outrider/geo";
import { insidePolygon } from "./inside.js";

type Target = { readonly point: GeoPoint; readonly altAmslM: number; readonly groundAmslM: number };

const stepM = 20;
const m = (metres: number): string => `${metres.toFixed(0)} m`;

/** Why a place is outside of what this bridge allows, in words. */
export function outsideVolume(limits: BridgeLimits, target: Target): string | undefined {
  return outsideRing(limits, [target.point]) ?? wrongHeight(limits, target);
}

/** A height over a place, held against ceiling, floors and what the ground of this site can be. */
export function wrongHeight(
  { volume, floors }: BridgeLimits,
  { point, altAmslM, groundAmslM }: Target,
): string | undefined {
  if (![altAmslM, groundAmslM].every(Number.isFinite)) return "its height is no number";
  if (groundAmslM < volume.lowestGroundAmslM || groundAmslM > volume.highestGroundAmslM)
    return `ground at ${m(groundAmslM)} AMSL is not of this site (${m(volume.lowestGroundAmslM)} to ${m(volume.highestGroundAmslM)})`;
  const aglM = altAmslM - groundAmslM;
  if (aglM < volume.minAglM)
    return `${m(altAmslM)} AMSL is ${m(aglM)} above the ground there; the least is ${m(volume.minAglM)}`;
  if (aglM > volume.maxAglM)
    return `${m(altAmslM)} AMSL is ${m(aglM)} above the ground there; the most is ${m(volume.maxAglM)}`;
  if (altAmslM > volume.maxAmslM) return `${m(altAmslM)} AMSL is above this bridge's ceiling of ${m(volume.maxAmslM)}`;
  const floor = floors?.find((each) => altAmslM < each.minAmslM && insidePolygon(point, each.ring));
  return floor === undefined ? undefined : `over ${floor.name} nothing goes below ${m(floor.minAmslM)} AMSL`;
}

/** Where a plan leaves what this bridge allows: its way, its scene, its ways home, and the fence it would be held by. */
export function planOutside(limits: BridgeLimits, plan: FlightPlan): string | undefined {
  const { home, scene, route, rally, fence } = plan;
  const way = [home.point, ...route.map((corner) => corner.point), scene.point];
  return (
    outsideRing(limits, way) ??
    routeHeights(limits, plan) ??
    wrongHeight(limits, scene) ??
    rally.map((place) => outsideRing(limits, [place.point])).find((text) => text !== undefined) ??
    tooHigh(limits, plan) ??
    (outsideRing(limits, [...fence.inclusion, ...fence.inclusion.slice(0, 1)]) === undefined
      ? undefined
      : "its fence reaches beyond this bridge's own volume")
  );
}

function routeHeights(limits: BridgeLimits, { home, route, takeoffAltAmslM }: FlightPlan): string | undefined {
  const start: Target = { point: home.point, altAmslM: takeoffAltAmslM, groundAmslM: home.groundAmslM };
  const corners = route.map(({ point, altAmslM, altAglM }) => ({ point, altAmslM, groundAmslM: altAmslM - altAglM }));
  return [start, ...corners].map((target) => wrongHeight(limits, target)).find((text) => text !== undefined);
}

function tooHigh({ volume }: BridgeLimits, { returnAltAmslM, rally, fence }: FlightPlan): string | undefined {
  const highest = Math.max(returnAltAmslM, fence.ceilingAmslM, ...rally.map((place) => place.altAmslM));
  return highest <= volume.maxAmslM
    ? undefined
    : `${m(highest)} AMSL of its return or fence is above this bridge's ceiling of ${m(volume.maxAmslM)}`;
}

/** Looks along every piece of the way: between two corners inside, a ring that is not convex may be left. */
function outsideRing({ volume }: BridgeLimits, way: readonly GeoPoint[]): string | undefined {
  const { ring } = volume;
  const [first] = way;
  if (ring.length === 0 || first === undefined) return undefined;
  const frame = localFrame(first);
  const bounds = ring.map((corner) => frame.toLocal(corner));
  for (const [index, point] of way.entries()) {
    const to = frame.toLocal(point);
    const from = frame.toLocal(way[index - 1] ?? point);
    const [eastM, northM] = [to.eastM - from.eastM, to.northM - from.northM];
    const steps = Math.max(1, Math.min(2_000, Math.ceil(Math.hypot(eastM, northM) / stepM)));
    for (let step = 1; step <= steps; step++) {
      const at = { eastM: from.eastM + (eastM * step) / steps, northM: from.northM + (northM * step) / steps };
      if (!pointInRing(at, bounds)) return "it leaves the volume that this bridge allows";
    }
  }
  return undefined;
}
