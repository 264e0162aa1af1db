import { aircraftSample } from "@outrider/contract/testing";
import type { SampleStore } from "../../live/index.js";
import { type CityModel, groundAmslM, toLatLon } from "../../world/index.js";

/** Keeps three aircraft fresh in the sample store. */
export function samplePoses(city: CityModel, store: SampleStore): void {
  const put = (uid: string, x: number, y: number, aglM: number, headingDeg: number, yawDeg: number): void => {
    const s = aircraftSample({
      ageMs: 90,
      linkAgeMs: 300,
      ...toLatLon(city.frame, x, y),
      altAmslM: groundAmslM(city.terrain, x, y) + aglM,
      altAglM: aglM,
      headingDeg,
      gimbalPitchDeg: -27,
      gimbalYawDeg: yawDeg,
      hfovDeg: 62,
      batteryPct: 64,
      batteryWh: 40,
      turnInS: 412,
      homeInS: 60,
      windEastMps: 3,
    });
    store.put(uid, s);
  };
  const all = (): void => {
    put("osprey", 300, 520, 59, 217, 217);
    put("heron", 20, 10, 57, 20, 200);
    put("merlin", 560, 610, 60, 287, 287);
    store.changed();
  };
  all();
  setInterval(all, 600);
}
