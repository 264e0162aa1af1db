import { type CityModel, groundAmslM, type LatLon, toLocal } from "../world/index.js";

/** Places a latitude and longitude in scene space: east, up, south of the city's origin, metres. */
export interface Ground {
  place(at: LatLon, upM: number): readonly [number, number, number];
  heightAt(xM: number, yM: number): number;
  local(at: LatLon): { readonly xM: number; readonly yM: number };
}

export function groundOf(city: CityModel): Ground {
  const local = (at: LatLon) => toLocal(city.frame, at);
  const heightAt = (x: number, y: number): number => groundAmslM(city.terrain, x, y);
  return {
    local,
    heightAt,
    place(at, upM) {
      const { xM, yM } = local(at);
      return [xM, heightAt(xM, yM) + upM, -yM];
    },
  };
}
