import type { AircraftSample, Config } from "@outrider/contract";
import { windFromVector } from "@outrider/geo";
import { WIND_UNKNOWN, type WindAloft } from "../airspace/index.js";
import type { DockNow } from "./fleet-part.js";

export type WindView = { speedMps: number; fromDeg: number; gustMps: number; source: string; tMs: number };

const AIRCRAFT_SIGMA_MPS = 0.7;
const DOCK_SIGMA_MPS = 1.5;
/** From a dock's mast to flight height over a city: power law 0.25 from 10 to 60 m (flight.md 3.1). */
const UP_FACTOR = 1.3;
const FRESH_MS = 60_000;
const GUST_SHARE = 1.3;

/** Wind at flight height: an aircraft that is up there knows best, then the strongest of the docks. */
export function aloftFrom(
  config: Config,
  docks: ReadonlyMap<string, DockNow>,
  samples: ReadonlyMap<string, AircraftSample>,
  nowMs: number,
): { aloft: WindAloft; view: WindView | undefined } {
  for (const [uid, sample] of samples) {
    const speed = Math.hypot(sample.windEastMps, sample.windNorthMps);
    if (!sample.inAir || sample.link !== "live" || speed === 0) continue;
    const wind = windFromVector(sample.windEastMps, sample.windNorthMps);
    const callSign = config.aircraft.find((one) => one.uid === uid)?.callSign ?? uid;
    const view = { ...wind, gustMps: speed * GUST_SHARE, source: callSign, tMs: nowMs - sample.ageMs };
    return { aloft: { wind, sigmaMps: AIRCRAFT_SIGMA_MPS, known: true }, view };
  }
  const fresh = [...docks.values()].filter((dock) => nowMs - dock.heardMs + dock.ageMs < FRESH_MS);
  const strongest = fresh.reduce<DockNow | undefined>(
    (best, dock) => ((dock.weather?.windMps ?? -1) > (best?.weather?.windMps ?? -1) ? dock : best),
    undefined,
  );
  const weather = strongest?.weather;
  if (strongest === undefined || weather === undefined) return { aloft: WIND_UNKNOWN, view: undefined };
  const wind = { speedMps: weather.windMps * UP_FACTOR, fromDeg: weather.windFromDeg };
  const name = config.docks.find((dock) => dock.dockId === strongest.dockId)?.name ?? strongest.dockId;
  const view = {
    speedMps: weather.windMps,
    fromDeg: weather.windFromDeg,
    gustMps: weather.gustMps,
    source: name,
    tMs: strongest.heardMs - strongest.ageMs,
  };
  return { aloft: { wind, sigmaMps: DOCK_SIGMA_MPS, known: true }, view };
}
