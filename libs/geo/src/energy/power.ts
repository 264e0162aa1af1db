/** Power model of a multirotor in level flight: momentum theory + profile + parasite (flight.md 1.1). */
export type PowerModel = {
  readonly massKg: number;
  readonly discAreaM2: number;
  readonly inducedFactor: number;
  readonly efficiency: number;
  readonly profilePowerW: number;
  readonly tipSpeedMps: number;
  readonly flatPlateM2: number;
  readonly linearDragNsPerM: number;
  readonly avionicsW: number;
};

/** Example type "Q3.8": a 3.8 kg quad that hovers for 36 min on 263 Wh; not a vendor's figures. */
export const Q38: PowerModel = {
  massKg: 3.77,
  discAreaM2: 0.519,
  inducedFactor: 1.15,
  efficiency: 0.75,
  profilePowerW: 71,
  tipSpeedMps: 87,
  flatPlateM2: 0.055,
  linearDragNsPerM: 0.25,
  avionicsW: 15,
};

export const SEA_LEVEL_DENSITY = 1.225;
const GRAVITY = 9.80665;

/** Air density from pressure and temperature. */
export function airDensity(pressureHpa: number, temperatureC: number): number {
  return (pressureHpa * 100) / (287.05 * (temperatureC + 273.15));
}

/** Pressure at a field's elevation, from QNH. */
export function fieldPressureHpa(qnhHpa: number, elevationM: number): number {
  return qnhHpa * (1 - elevationM / 44_330.77) ** 5.255_88;
}

/** Drag, thrust, tilt and induced speed of steady level flight at an airspeed. */
function levelFlight(model: PowerModel, airspeedMps: number, density: number) {
  const weightN = model.massKg * GRAVITY;
  const dragN =
    model.linearDragNsPerM * airspeedMps * (density / SEA_LEVEL_DENSITY) +
    0.5 * density * model.flatPlateM2 * airspeedMps ** 2;
  const thrustN = Math.hypot(weightN, dragN);
  const tiltRad = Math.atan(dragN / weightN);
  const hoverInducedSq = thrustN / (2 * density * model.discAreaM2);
  const along = airspeedMps * Math.cos(tiltRad);
  const through = airspeedMps * Math.sin(tiltRad);
  let inducedMps = Math.sqrt(hoverInducedSq);
  for (let round = 0; round < 8; round++) {
    const flow = Math.hypot(along, through + inducedMps);
    const miss = inducedMps - hoverInducedSq / flow;
    inducedMps -= miss / (1 + (hoverInducedSq * (through + inducedMps)) / flow ** 3);
  }
  return { dragN, thrustN, tiltRad, inducedMps, along };
}

/** Electrical power in steady level flight at an airspeed. Valid to about 25 m/s. */
export function levelPowerW(model: PowerModel, airspeedMps: number, density = SEA_LEVEL_DENSITY): number {
  const { dragN, thrustN, inducedMps, along } = levelFlight(model, airspeedMps, density);
  const advance = along / model.tipSpeedMps;
  const profileW = model.profilePowerW * (density / SEA_LEVEL_DENSITY) * (1 + 4.65 * advance ** 2);
  return (
    (model.inducedFactor * thrustN * inducedMps + dragN * airspeedMps + profileW) / model.efficiency + model.avionicsW
  );
}

export function tiltDeg(model: PowerModel, airspeedMps: number, density = SEA_LEVEL_DENSITY): number {
  return (levelFlight(model, airspeedMps, density).tiltRad * 180) / Math.PI;
}

export const hoverPowerW = (model: PowerModel, density = SEA_LEVEL_DENSITY): number => levelPowerW(model, 0, density);

/** Power in a vertical climb (momentum theory with climb speed, flight.md 1.2). */
export function climbPowerW(model: PowerModel, climbMps: number, density = SEA_LEVEL_DENSITY): number {
  const thrustN = model.massKg * GRAVITY;
  const hoverInducedSq = thrustN / (2 * density * model.discAreaM2);
  const inducedMps = Math.sqrt((climbMps / 2) ** 2 + hoverInducedSq) - climbMps / 2;
  const profileW = model.profilePowerW * (density / SEA_LEVEL_DENSITY);
  return (thrustN * (model.inducedFactor * inducedMps + climbMps) + profileW) / model.efficiency + model.avionicsW;
}

/** Descent: 0.9 × hover; a lower figure would count on a windmill effect that gusts take away. */
export const descentPowerW = (model: PowerModel, density = SEA_LEVEL_DENSITY): number =>
  0.9 * hoverPowerW(model, density);
