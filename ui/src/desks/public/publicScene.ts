import type { GeoPoint, PublicFlightView } from "@outrider/contract";
import { emptyScene, type PoseSource, type SceneModel } from "../../scene/index.js";
import type { ThemeName } from "../../theme/index.js";
import { type CityModel, groundAmslM, toLocal } from "../../world/index.js";

/** Public pages show what was, never what flies now. */
export const NO_POSES: PoseSource = { read: () => false, onChange: () => () => undefined };
const FLOWN_AGL_M = 58;

/** Where it was asked, the way that was flown and the ground that the camera saw, as coarse as they were published. */
export function publicScene(
  theme: ThemeName,
  city: CityModel,
  asked: GeoPoint | undefined,
  flights: readonly PublicFlightView[],
): SceneModel {
  const up = (at: GeoPoint) => {
    const { xM, yM } = toLocal(city.frame, at);
    return { at, altAmslM: groundAmslM(city.terrain, xM, yM) + FLOWN_AGL_M };
  };
  return {
    ...emptyScene(theme),
    routes: flights.map((f) => ({ id: f.flightId, state: "flown" as const, points: f.track.map(up) })),
    footprints: flights.flatMap((f) => (f.cameraSaw.length >= 3 ? [{ id: f.flightId, ring: f.cameraSaw }] : [])),
    pins:
      asked === undefined
        ? []
        : [{ id: "asked", at: asked, mark: "asked", title: "You asked here", detail: "", headingDeg: 0, priority: 9 }],
  };
}
