import type { CityHeightDatum, CityHeights } from "@outrider/contract";
import type { Dem } from "./dem/dem.js";

const MEANING: Readonly<Record<CityHeightDatum, string>> = {
  egm96: "counted from EGM96, which is the AMSL of autopilots",
  egm2008: "counted from EGM2008 and taken for AMSL: within 1 m of EGM96 in most places",
  navd88: "counted from NAVD88 and taken for AMSL: up to 2 m from EGM96",
  ellipsoid: "counted from the WGS84 ellipsoid; the geoid undulation was taken off to give AMSL",
  unknown: "from an unnamed mean sea level, taken for AMSL",
};

/** What a city file says about where its ground heights came from and what that leaves uncertain. */
export function heightsNote(dems: readonly Dem[], filled: number): CityHeights {
  const datums = [...new Set(dems.map((dem) => dem.datum))];
  const [datum = "unknown"] = datums;
  const names = dems.map((dem) => dem.name.split(/[\\/]/).at(-1) ?? dem.name);
  const surface = names.some((name) => /\.hgt$/i.test(name))
    ? ["SRTM heights include roofs and trees and err by 5 to 10 m"]
    : [];
  const voids = filled === 0 ? [] : [`${filled} cells that no file knows took their highest neighbour`];
  return {
    source: names.join(", "),
    datum: datums.length === 1 ? datum : "unknown",
    note: [...datums.map((one) => MEANING[one]), ...surface, ...voids].join("; "),
  };
}
