/** What a multirotor of one type is made of. Rotors in PX4's order: front right, rear left (CCW), front left, rear right (CW). */
export type AircraftType = {
  readonly name: string;
  readonly massKg: number;
  readonly inertiaRollKgM2: number;
  readonly inertiaPitchKgM2: number;
  readonly inertiaYawKgM2: number;
  /** Distance of a rotor from the centre line, along both axes. */
  readonly armM: number;
  /** Static thrust of one rotor at sea level with full control. */
  readonly rotorThrustN: number;
  /** Yaw torque per newton of thrust (PX4 `CA_ROTORn_KM`). */
  readonly yawTorqueM: number;
  readonly motorUpS: number;
  readonly motorDownS: number;
  /** Rotor drag in level flight, N per m/s. */
  readonly linearDrag: number;
  /** Parasite drag area, m². */
  readonly dragAreaM2: number;
  readonly discAreaM2: number;
  readonly inducedFactor: number;
  readonly efficiency: number;
  readonly profilePowerW: number;
  readonly tipSpeedMps: number;
  readonly avionicsPowerW: number;
  readonly batteryWh: number;
  readonly batteryCells: number;
  /** Whole pack, at 25 °C. */
  readonly batteryOhm: number;
  /** Height of the centre of mass above the ground when it stands. */
  readonly legM: number;
  readonly cruiseMps: number;
  readonly maxMps: number;
};

/**
 * A 3.8 kg quad for first response: hover 416 W on 263 Wh, least energy per metre at 14 m/s
 * (the example set of momentum theory plus profile and parasite power; not a vendor's figures).
 */
export const responderQuad: AircraftType = {
  name: "responder-quad",
  massKg: 3.77,
  inertiaRollKgM2: 0.072,
  inertiaPitchKgM2: 0.072,
  inertiaYawKgM2: 0.13,
  armM: 0.27,
  rotorThrustN: 18.5,
  yawTorqueM: 0.05,
  motorUpS: 0.02,
  motorDownS: 0.035,
  linearDrag: 0.25,
  dragAreaM2: 0.055,
  discAreaM2: 0.519,
  inducedFactor: 1.15,
  efficiency: 0.75,
  profilePowerW: 71,
  tipSpeedMps: 87,
  avionicsPowerW: 15,
  batteryWh: 263,
  batteryCells: 6,
  batteryOhm: 0.036,
  legM: 0.16,
  cruiseMps: 15,
  maxMps: 20,
};

/** Thrust fraction that holds the aircraft still in air of density `densityKgM3`. */
export function hoverControl(type: AircraftType, densityKgM3 = 1.225): number {
  return (type.massKg * 9.80665) / (4 * type.rotorThrustN * (densityKgM3 / 1.225));
}
