import type { AircraftTypeConfig, GeoPoint } from "@outrider/contract";
import { bearingDeg, constantPowerWh, distanceM, legSpeedMps, timeToMustTurnS, Z_EN_ROUTE } from "@outrider/geo";
import { homeEnergyWh, speedsOf, type WindAloft } from "./energy.js";
import { powerOf } from "./power.js";
import type { Site } from "./site.js";

export type TurnQuestion = {
  readonly at: GeoPoint;
  readonly altAmslM: number;
  readonly home: GeoPoint;
  readonly returnAltAmslM: number;
  readonly nowWh: number;
  readonly type: AircraftTypeConfig;
  readonly aloft: WindAloft;
};

export type TurnAnswer = {
  /** Seconds it can stay before it must turn for home; 0: now. */
  readonly turnInS: number;
  readonly homeInS: number;
  readonly homeWh: number;
  readonly reserveWh: number;
};

const LANDING_S = 20;
const DESCENT_MPS = 2;

/** Time until an aircraft in the air must turn, with the wind on the way home at its 95 % quantile. */
export function turnTimes(site: Site, q: TurnQuestion): TurnAnswer {
  const at = site.local(q.at);
  const home = site.local(q.home);
  const power = powerOf(q.type, site.groundAmslM(home));
  const climbM = Math.max(0, q.returnAltAmslM - q.altAmslM);
  const homeWh = homeEnergyWh(at, home, climbM, q.type, power, q.aloft, Z_EN_ROUTE);
  const reserveWh = (site.config.launch.reservePct / 100) * q.type.batteryWh;
  const landingWh = constantPowerWh(power.hoverW, LANDING_S);
  const groundMps = legSpeedMps(speedsOf(q.type), q.aloft.wind, bearingDeg(at, home));
  const downS = Math.max(q.altAmslM, q.returnAltAmslM) - site.groundAmslM(home);
  const turnInS = timeToMustTurnS({
    energyWh: q.nowWh,
    floorWh: reserveWh + homeWh,
    landingWh,
    stayPowerW: power.hoverW,
    home: {
      legs: [],
      airspeedMps: 1,
      power: power.level,
      wind: q.aloft.wind,
      windSigmaMps: 0,
      quantileZ: 0,
      hoverPowerW: 0,
      hoverS: 0,
      climbPowerW: 0,
      climbS: 0,
    },
  });
  return {
    turnInS: Number.isFinite(turnInS) ? turnInS : 0,
    homeInS: groundMps > 0 ? distanceM(at, home) / groundMps + climbM / q.type.climbMps + downS / DESCENT_MPS : 3_600,
    homeWh,
    reserveWh,
  };
}
