import {
  type AirDataDoor,
  aircraftJson,
  type HeightsHere,
  metarText,
  noticeFileId,
  noticeList,
  noticeXml,
  sbsLines,
  type Weather,
} from "../sensors/index.js";
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
      body: `${metarText(station, weatherOf(sim), sim.clock.nowMs())}\n`,
    }),
    "/tfr.geojson": () => json(noticeList(sim.sky.restrictions)),
  };
  return {
    page: (path) => pages[path]?.() ?? notice(sim, path),
    sbs: () => sim.sky.heard().flatMap((one) => sbsLines(one, heights(sim), sim.clock.nowMs())),
  };
}

const weatherOf = ({ wind, air }: Sim): Weather => ({
  ...wind,
  temperatureC: air.temperatureC,
  qnhHpa: air.qnhHpa,
  rain: air.sky?.rain ?? "none",
  visibilityM: air.sky?.visibilityM,
  ceilingAglM: air.sky?.ceilingAglM,
});

const heights = ({ air, deps }: Sim): HeightsHere => ({
  qnhHpa: air.qnhHpa,
  geoidUndulationM: deps.world.geoidUndulationM,
});

const json = (value: unknown): { readonly type: string; readonly body: string } => ({
  type: "application/json",
  body: JSON.stringify(value),
});

/** One notice, as `/tfr/detail_6_0421.xml`. */
function notice(sim: Sim, path: string): { readonly type: string; readonly body: string } | undefined {
  const one = sim.sky.restrictions.find(({ notam }) => path === `/tfr/detail_${noticeFileId(notam)}.xml`);
  return one === undefined ? undefined : { type: "application/xml", body: noticeXml(one) };
}
