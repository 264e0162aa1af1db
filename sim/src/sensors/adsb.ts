import type { GeoPoint } from "@outrider/contract";
import { feetFromMetres, haeFromAmslM, pressureAltFt } from "@outrider/geo";

/** A cooperative aircraft, as it truly flies. */
export type HeardAircraft = {
  readonly icao24: string;
  readonly callSign: string;
  readonly point: GeoPoint;
  readonly altAmslM: number;
  readonly speedMps: number;
  readonly trackDeg: number;
};

/** What a height is told as: an encoder measures pressure, a satellite receiver the height over the ellipsoid. */
export type HeightsHere = { readonly qnhHpa: number; readonly geoidUndulationM: number };

/** In steps of 25 ft, as a transponder with an encoder of today sends it. */
const pressureFt = (altAmslM: number, { qnhHpa }: HeightsHere): number =>
  Math.round((feetFromMetres(altAmslM) + pressureAltFt(qnhHpa)) / 25) * 25;
const geometricFt = (altAmslM: number, { geoidUndulationM }: HeightsHere): number =>
  Math.round(feetFromMetres(haeFromAmslM(altAmslM, geoidUndulationM)) / 25) * 25;
const knots = (mps: number): number => Math.round(mps * 1.943_844 * 10) / 10;

/** `aircraft.json` as readsb and dump1090-fa serve it (readsb README-json.md); `now` in Unix seconds. */
export function aircraftJson(
  heard: readonly HeardAircraft[],
  heights: HeightsHere,
  nowMs: number,
  messages: number,
): unknown {
  return {
    now: Math.round(nowMs) / 1000,
    messages,
    aircraft: heard.map((one) => ({
      hex: one.icao24,
      type: "adsb_icao",
      flight: one.callSign.padEnd(8),
      // A7: rotorcraft (DO-260B emitter category).
      category: "A7",
      lat: Math.round(one.point.latDeg * 1e6) / 1e6,
      lon: Math.round(one.point.lonDeg * 1e6) / 1e6,
      alt_baro: pressureFt(one.altAmslM, heights),
      alt_geom: geometricFt(one.altAmslM, heights),
      gs: knots(one.speedMps),
      track: Math.round(one.trackDeg * 10) / 10,
      baro_rate: 0,
      squawk: "1200",
      nic: 8,
      rc: 186,
      seen: 0.2,
      seen_pos: 0.4,
      rssi: -12.3,
    })),
  };
}

const two = (value: number): string => String(value).padStart(2, "0");

/** Date and time as SBS-1 writes them: 2026/01/31, 08:05:09.123 (UTC). */
function stamps(nowMs: number): string {
  const at = new Date(nowMs);
  const date = `${at.getUTCFullYear()}/${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}`;
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}.${String(at.getUTCMilliseconds()).padStart(3, "0")}`;
  return `${date},${time},${date},${time}`;
}

/** SBS-1 (BaseStation) lines of one aircraft: identity (MSG 1), airborne position (MSG 3), velocity (MSG 4). */
export function sbsLines(one: HeardAircraft, heights: HeightsHere, nowMs: number): readonly string[] {
  const head = (type: number): string => `MSG,${type},1,1,${one.icao24.toUpperCase()},1,${stamps(nowMs)}`;
  const lat = one.point.latDeg.toFixed(5);
  const lon = one.point.lonDeg.toFixed(5);
  return [
    `${head(1)},${one.callSign.padEnd(8)},,,,,,,,,,,`,
    `${head(3)},,${pressureFt(one.altAmslM, heights)},,,${lat},${lon},,,0,0,0,0`,
    `${head(4)},,,${Math.round(knots(one.speedMps))},${Math.round(one.trackDeg)},,,0,,,,,0`,
  ];
}
