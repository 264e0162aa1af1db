import type { Fence } from "./plan.js";

const e7 = (deg: number): number => Math.round(deg * 1e7);

/**
 * A fence as the aircraft holds it, one item a corner: command, latitude and longitude in degrees × 1e7, height, then
 * the item's four parameters. The first 16 hex digits of its SHA-256 name the fence: the bridge tells that name with
 * the plan that it read back, the station makes it from the site's own lines.
 */
export function fenceText(fence: Pick<Fence, "inclusion" | "exclusions">): string {
  const ring = (command: number, points: Fence["inclusion"]): string[] =>
    points.map((point) => `${command},${e7(point.latDeg)},${e7(point.lonDeg)},0.00,${points.length},0,0,0`);
  return [...ring(5001, fence.inclusion), ...fence.exclusions.flatMap((zone) => ring(5002, zone.ring))].join(";");
}
