import type { Raster } from "./raster.js";
import type { View } from "./view.js";

/** Whether a ball lies wholly behind what had been drawn when the raster was last looked over. */
export function ballHidden(
  raster: Raster,
  view: View,
  eastM: number,
  northM: number,
  upM: number,
  radiusM: number,
): boolean {
  const e = eastM - view.eastM;
  const n = northM - view.northM;
  const u = upM - view.upM;
  const z = e * view.forward.e + n * view.forward.n + u * view.forward.u;
  const nearest = z - radiusM;
  if (nearest < 1) return false;
  const scale = view.focalPx / z;
  const x = view.cx + (e * view.right.e + n * view.right.n + u * view.right.u) * scale;
  const y = view.cy + (e * view.down.e + n * view.down.n + u * view.down.u) * scale;
  const radiusPx = (radiusM * view.focalPx) / nearest + 1;
  return raster.hides(x - radiusPx, y - radiusPx, x + radiusPx, y + radiusPx, 1 / nearest);
}
