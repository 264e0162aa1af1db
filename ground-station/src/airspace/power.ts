import type { AircraftTypeConfig } from "@outrider/contract";
import {
  airDensity,
  climbPowerW,
  fieldPressureHpa,
  hoverPowerW,
  type LevelPower,
  levelPowerW,
  Q38,
} from "@outrider/geo";

/** How much more than the model says is counted until own flights have taught it better (flight.md 1.8). */
const PRIOR_MARGIN = 1.1;
const STANDARD_HPA = 1013.25;
const WARM_DAY_C = 25;

export type PowerOfType = { readonly level: LevelPower; readonly hoverW: number; readonly climbW: number };

/** Power of an aircraft type at a site's height: the example model, scaled to the type's own mass and hover power. */
export function powerOf(type: AircraftTypeConfig, elevationM: number): PowerOfType {
  const model = { ...Q38, massKg: type.massKg };
  const density = airDensity(fieldPressureHpa(STANDARD_HPA, elevationM), WARM_DAY_C);
  const scale = (type.hoverW / hoverPowerW(model)) * PRIOR_MARGIN;
  return {
    level: (airspeedMps) => levelPowerW(model, airspeedMps, density) * scale,
    hoverW: hoverPowerW(model, density) * scale,
    climbW: climbPowerW(model, type.climbMps, density) * scale,
  };
}
