import type { AircraftTypeConfig, Config } from "@outrider/contract";
import { type AircraftType, responderQuad } from "../air/index.js";

/** Name and value, in the order in which they are set. */
export type Px4Parameter = readonly [name: string, value: number];

/**
 * What PX4 reads once, at its start: its own battery, which falls by time, is off, since ours is fed to it; the rotors
 * stand where the physics has them. All of it differs from the firmware's defaults, or it would not be kept.
 */
export function px4StartParameters(type: AircraftType = responderQuad): Readonly<Record<string, number>> {
  const arm = type.armM;
  const places = [
    [arm, arm],
    [-arm, -arm],
    [arm, -arm],
    [-arm, arm],
  ] as const;
  const rotors = places.flatMap(([forward, right], i) => [
    [`CA_ROTOR${i}_PX`, forward] as const,
    [`CA_ROTOR${i}_PY`, right] as const,
  ]);
  return { SIM_BAT_ENABLE: 0, ...Object.fromEntries(rotors) };
}

/** What the site and the type ask of every aircraft: set and read back once PX4 speaks, as a technician would. */
export function px4SiteParameters(
  failsafe: Config["failsafeParameters"],
  type: AircraftTypeConfig | undefined,
): readonly Px4Parameter[] {
  const flown: Record<string, number> = {};
  if (type !== undefined) {
    flown["MPC_XY_VEL_MAX"] = type.maxMps;
    flown["MPC_Z_VEL_MAX_UP"] = type.climbMps;
    flown["MPC_Z_V_AUTO_UP"] = type.climbMps;
    flown["MPC_Z_VEL_MAX_DN"] = type.descendMps;
    flown["MPC_Z_V_AUTO_DN"] = type.descendMps;
    flown["MPC_TKO_SPEED"] = type.takeoffMps ?? 0.6 * type.climbMps;
    // Gimbal protocol v2 to the ground and to a MAVLink gimbal: what `GimbalDevice` stands for.
    if (type.gimbal !== false) Object.assign(flown, { MNT_MODE_IN: 4, MNT_MODE_OUT: 2 });
  }
  for (const [name, { value }] of Object.entries(failsafe)) flown[name] = value;
  return Object.entries(flown);
}
