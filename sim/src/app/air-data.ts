import { type AirDataDoor, aircraftJson, type HeightsHere, metarText, sbsLines } from "../sensors/index.js";
import type { Sim } from "./sim.js";

const station = "KSIM";

/** What the simulated sky tells those who listen: ADS-B, weather, flight restrictions. Silent helicopters are in none. */
export function airDataDoor(sim: Sim): AirDataDoor {
  let messages = 0;
  const pages: Readonly<Record<string, () => { readonly type: string; readonly body: string }>> = {
    "/data/aircraft.json": () => {
      const heard = sim.sky.heard();
      messages += heard.length;
      return json(aircraftJson(heard, heights(sim), sim.clock.nowMs(), messages));
    },
    "/metar": () => ({
      type: "text/plain",
      body: `${metarText(station, { ...sim.wind, temperatureC: sim.air.temperatureC, qnhHpa: sim.air.qnhHpa }, sim.clock.nowMs())}\n`,
    }),
    "/tfr.geojson": () => json(restrictions(sim)),
  };
  return {
    page: (path) => pages[path]?.(),
    sbs: () => sim.sky.heard().flatMap((one) => sbsLines(one, heights(sim), sim.clock.nowMs())),
  };
}

const heights = ({ air, deps }: Sim): HeightsHere => ({
  qnhHpa: air.qnhHpa,
  geoidUndulationM: deps.world.geoidUndulationM,
});

const json = (value: unknown): { readonly type: string; readonly body: string } => ({
  type: "application/json",
  body: JSON.stringify(value),
});

/** Restrictions as GeoJSON (RFC 7946): the centre as a point, with radius and times as properties. */
function restrictions(sim: Sim): unknown {
  return {
    type: "FeatureCollection",
    features: sim.sky.restrictions.map((one) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [one.centre.lonDeg, one.centre.latDeg] },
      properties: {
        notam: one.notam,
        radiusM: one.radiusM,
        from: new Date(one.fromMs).toISOString(),
        until: new Date(one.untilMs).toISOString(),
      },
    })),
  };
}
