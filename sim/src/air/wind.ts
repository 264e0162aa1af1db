import type { AirEnvironment } from "./environment.js";
import { airDensity } from "./environment.js";
import { nextNormal } from "./random.js";
import type { AirState } from "./state.js";

/** Mean wind at a height above ground, by the power law, held constant below 2 m. */
export function meanWindMps(env: AirEnvironment, aglM: number): number {
  const { speedAt10Mps, shearExponent } = env.wind;
  return speedAt10Mps === 0 ? 0 : speedAt10Mps * (Math.max(aglM, 2) / 10) ** shearExponent;
}

/** Mean wind and density change with height only: they are looked up every fifth refresh (200 ms). */
const climateEvery = 5;

/**
 * Refreshes wind, gusts and air density of one aircraft; called every 40 ms, which is far shorter than any gust that
 * moves it. Gusts are the low-altitude Dryden model (MIL-F-8785C) as a first-order Gauss-Markov process per axis.
 */
export function refreshAir(s: AirState, env: AirEnvironment, dtS: number): void {
  s.groundAmslM = env.groundAmslM(s.eastM, s.northM);
  const aglM = Math.max(s.altAmslM - s.groundAmslM, 0);
  if (--s.refreshesToClimate <= 0) {
    s.refreshesToClimate = climateEvery;
    refreshClimate(s, env, aglM);
  }
  if (s.gustSigmaMps > 0) blowGusts(s, aglM, dtS);
  // Gusts die at the ground, which also keeps a parked aircraft where it stands.
  const near = aglM < 3 ? aglM / 3 : 1;
  s.windNorthMps = s.meanNorthMps + s.gustNorthMps * near;
  s.windEastMps = s.meanEastMps + s.gustEastMps * near;
  s.windUpMps = ((env.wind.upMps ?? 0) + s.gustUpMps) * near;
}

function refreshClimate(s: AirState, env: AirEnvironment, aglM: number): void {
  s.densityKgM3 = airDensity(s.altAmslM, env);
  const mean = meanWindMps(env, aglM);
  const from = (env.wind.fromDeg * Math.PI) / 180;
  s.meanNorthMps = -mean * Math.cos(from);
  s.meanEastMps = -mean * Math.sin(from);
  s.gustSigmaMps = env.wind.gustSigmaMps ?? 0.1 * mean;
  if (s.gustSigmaMps === 0) s.gustNorthMps = s.gustEastMps = s.gustUpMps = 0;
  const heightFt = Math.max(10, Math.min(1000, aglM * 3.28084));
  s.gustLengthM = heightFt / (0.177 + 0.000823 * heightFt) ** 1.2 / 3.28084;
}

function blowGusts(s: AirState, aglM: number, dtS: number): void {
  const north = s.northMps - s.meanNorthMps;
  const east = s.eastMps - s.meanEastMps;
  // In hover the wind carries the eddies past; never slower than 1 m/s or a gust would stand still.
  const speed = Math.max(1, Math.sqrt(north * north + east * east));
  const decay = Math.min(1, (speed * dtS) / s.gustLengthM);
  const push = s.gustSigmaMps * Math.sqrt(2 * decay);
  const decayUp = Math.min(1, (speed * dtS) / Math.max(3, aglM));
  s.gustNorthMps += -decay * s.gustNorthMps + push * nextNormal(s.gusts);
  s.gustEastMps += -decay * s.gustEastMps + push * nextNormal(s.gusts);
  s.gustUpMps += -decayUp * s.gustUpMps + 0.55 * s.gustSigmaMps * Math.sqrt(2 * decayUp) * nextNormal(s.gusts);
}
