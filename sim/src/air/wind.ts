import type { AirEnvironment } from "./environment.js";
import { airDensity } from "./environment.js";
import { nextNormal } from "./random.js";
import type { AirState } from "./state.js";

/** Mean wind at a height above ground, by the power law, held constant below 2 m. */
export function meanWindMps(env: AirEnvironment, aglM: number): number {
  const { speedAt10Mps, shearExponent } = env.wind;
  return speedAt10Mps === 0 ? 0 : speedAt10Mps * (Math.max(aglM, 2) / 10) ** shearExponent;
}

/**
 * Refreshes wind, gusts and air density of one aircraft; called every 40 ms, which is far shorter than any gust that
 * moves it. Gusts are the low-altitude Dryden model (MIL-F-8785C) as a first-order Gauss-Markov process per axis.
 */
export function refreshAir(s: AirState, env: AirEnvironment, dtS: number): void {
  s.groundAmslM = env.groundAmslM(s.eastM, s.northM);
  s.densityKgM3 = airDensity(s.altAmslM, env);
  const aglM = Math.max(s.altAmslM - s.groundAmslM, 0);
  const mean = meanWindMps(env, aglM);
  const from = (env.wind.fromDeg * Math.PI) / 180;
  const sigma = env.wind.gustSigmaMps ?? 0.1 * mean;
  if (sigma > 0) blowGusts(s, aglM, sigma, mean, dtS);
  // Gusts die at the ground, which also keeps a parked aircraft where it stands.
  const near = aglM < 3 ? aglM / 3 : 1;
  s.windNorthMps = -mean * Math.cos(from) + s.gustNorthMps * near;
  s.windEastMps = -mean * Math.sin(from) + s.gustEastMps * near;
  s.windUpMps = (env.wind.upMps ?? 0) * near + s.gustUpMps * near;
}

function blowGusts(s: AirState, aglM: number, sigma: number, meanMps: number, dtS: number): void {
  const heightFt = Math.max(10, Math.min(1000, aglM * 3.28084));
  const lengthM = heightFt / (0.177 + 0.000823 * heightFt) ** 1.2 / 3.28084;
  const along = s.northMps - s.windNorthMps;
  const across = s.eastMps - s.windEastMps;
  // In hover the wind carries the eddies past; never slower than 1 m/s or a gust would stand still.
  const speed = Math.max(1, meanMps, Math.sqrt(along * along + across * across));
  const decay = Math.min(1, (speed * dtS) / lengthM);
  const push = sigma * Math.sqrt(2 * decay);
  const decayUp = Math.min(1, (speed * dtS) / Math.max(3, aglM));
  s.gustNorthMps += -decay * s.gustNorthMps + push * nextNormal(s.gusts);
  s.gustEastMps += -decay * s.gustEastMps + push * nextNormal(s.gusts);
  s.gustUpMps += -decayUp * s.gustUpMps + 0.55 * sigma * Math.sqrt(2 * decayUp) * nextNormal(s.gusts);
}
