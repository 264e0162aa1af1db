import type { AircraftType } from "./aircraft-type.js";
import type { AirState } from "./state.js";

/**
 * Electric power of level, climbing or hovering flight: induced and useful power of the rotors, profile power, one
 * efficiency, plus avionics (momentum theory, Leishman). `axialMps` is the air through the discs (a disc tilted
 * forward takes the drag's work here), `edgeMps` the air along them.
 */
export function rotorPowerW(
  type: AircraftType,
  s: AirState,
  thrustN: number,
  edgeMps: number,
  axialMps: number,
): number {
  if (thrustN < 0.5) return type.avionicsPowerW;
  const hoverInducedSq = thrustN / (2 * s.densityKgM3 * type.discAreaM2);
  const hoverInduced = Math.sqrt(hoverInducedSq);
  // Momentum theory has no answer in the vortex ring: hold the axial flow at half the induced speed of descent.
  const axial = Math.max(axialMps, -0.5 * hoverInduced);
  let induced = Math.max(s.inducedMps, 0.2);
  // Newton from the last value: flight changes little in 40 ms.
  for (let round = 0; round < 2; round++) {
    const through = axial + induced;
    const flow = Math.sqrt(edgeMps * edgeMps + through * through);
    const miss = induced * flow - hoverInducedSq;
    induced = Math.max(0.1, induced - miss / (flow + (induced * through) / flow));
  }
  s.inducedMps = induced;
  const advance = edgeMps / type.tipSpeedMps;
  const profile = type.profilePowerW * (s.densityKgM3 / 1.225) * (1 + 4.65 * advance * advance);
  const lifting = thrustN * (type.inducedFactor * induced + axial);
  const floor = axial < 0 ? 0.85 * thrustN * type.inducedFactor * Math.min(induced, hoverInduced) : 0;
  return (Math.max(lifting, floor) + profile) / type.efficiency + type.avionicsPowerW;
}

/** Usable share of the nominal energy at a cell temperature (1 at 25 °C, 0.85 at 0, 0.6 at −20). */
export function coldFactor(cellC: number): number {
  if (cellC >= 25) return 1;
  if (cellC >= 10) return 0.95 + ((cellC - 10) / 15) * 0.05;
  if (cellC >= 0) return 0.85 + (cellC / 10) * 0.1;
  return Math.max(0.4, 0.85 + (cellC / 10) * 0.15);
}

/** State of charge 0…1 of what is usable now. */
export function chargeOf(type: AircraftType, s: AirState): number {
  const usable = type.batteryWh * coldFactor(s.cellC);
  return Math.max(0, 1 - s.usedWh / usable - s.batterySag);
}

/** Energy left, Wh. */
export function remainingWh(type: AircraftType, s: AirState): number {
  return chargeOf(type, s) * type.batteryWh * coldFactor(s.cellC);
}

/** Draws `s.powerW` for `dtS`: energy, voltage under load, cell temperature. */
export function drainBattery(type: AircraftType, s: AirState, ambientC: number, dtS: number): void {
  s.usedWh += (s.powerW * dtS) / 3600;
  const charge = chargeOf(type, s);
  // Open-circuit voltage of a lithium cell: steep ends, flat middle.
  const cellV = 3.5 + 0.62 * charge + 0.08 * charge * charge - 0.35 * Math.max(0, 0.1 - charge) * 10 * 0.5;
  const openV = cellV * type.batteryCells;
  const ohm = type.batteryOhm * (s.cellC < 25 ? 1 + (25 - s.cellC) * 0.025 : 1);
  const root = openV * openV - 4 * ohm * s.powerW;
  s.voltageV = root > 0 ? (openV + Math.sqrt(root)) / 2 : openV / 2;
  s.currentA = s.powerW / s.voltageV;
  // 1.3 kg of cells at 1,000 J/kg/K, cooled with a time constant of ten minutes.
  s.cellC += ((s.currentA * s.currentA * ohm) / 1300 - (s.cellC - ambientC) / 600) * dtS;
}
