import type { DockView, GeoPoint } from "@outrider/contract";
import { homePose } from "../../scene/index.js";
import { type CityModel, groundAmslM, toLocal } from "../../world/index.js";

type CameraPose = ReturnType<typeof homePose>;

/** The first look: docks and what is reported, with the margin that labels need; without either the whole city. */
export function trainerHome(city: CityModel, docks: readonly DockView[], places: readonly GeoPoint[]): CameraPose {
  const all = [...docks.map((d) => d.point), ...places].map((p) => toLocal(city.frame, p));
  if (all.length === 0) return homePose(city);
  const xs = all.map((p) => p.xM);
  const ys = all.map((p) => p.yM);
  const span = (of: readonly number[]): number => Math.max(...of) - Math.min(...of);
  const xM = (Math.max(...xs) + Math.min(...xs)) / 2;
  const yM = (Math.max(...ys) + Math.min(...ys)) / 2;
  const wide = Math.max(700, Math.hypot(span(xs), span(ys)));
  return {
    ...homePose(city),
    xM,
    yM,
    upM: groundAmslM(city.terrain, xM, yM),
    distanceM: Math.min(city.radiusM * 1.6, wide * 1.05),
    pitchDeg: 38,
  };
}
