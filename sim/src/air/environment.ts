/** Wind over the ground: what blows where, before gusts. */
export type WindField = {
  /** Direction the wind comes from, degrees true. */
  readonly fromDeg: number;
  /** Mean speed 10 m above ground. */
  readonly speedAt10Mps: number;
  /** Power-law exponent of speed with height: 0.10 water, 0.14 open, 0.25 suburb, 0.33 city centre. */
  readonly shearExponent: number;
  /** Standard deviation of the horizontal gusts; undefined takes a tenth of the mean, as light turbulence. */
  readonly gustSigmaMps?: number;
  /** Steady vertical air, positive up (a lee or a thermal). */
  readonly upMps?: number;
};

/** What falls and how far one sees: told by instruments, nothing of flight rests on it. Undefined: farther, higher than told. */
export type SkyState = {
  readonly rain: "none" | "light" | "moderate" | "heavy";
  readonly visibilityM: number | undefined;
  readonly ceilingAglM: number | undefined;
};

/** What surrounds one aircraft. `groundAmslM` is the surface it could land on at local east, north. */
export type AirEnvironment = {
  readonly groundAmslM: (eastM: number, northM: number) => number;
  readonly wind: WindField;
  readonly temperatureC: number;
  readonly qnhHpa: number;
  /** Left out: a clear one. */
  readonly sky?: SkyState | undefined;
};

export const calm: WindField = { fromDeg: 0, speedAt10Mps: 0, shearExponent: 0.14, gustSigmaMps: 0 };

/** Standard air over flat ground of one height. */
export function stillAir(groundAmslM: number): AirEnvironment {
  return { groundAmslM: () => groundAmslM, wind: calm, temperatureC: 15, qnhHpa: 1013.25 };
}

export type Pad = {
  readonly eastM: number;
  readonly northM: number;
  readonly radiusM: number;
  readonly altAmslM: number;
};

/** Lays a level landing pad on a ground surface. */
export function withPad(
  ground: (eastM: number, northM: number) => number,
  pad: Pad,
): (eastM: number, northM: number) => number {
  const radiusSq = pad.radiusM * pad.radiusM;
  return (eastM, northM) => {
    const de = eastM - pad.eastM;
    const dn = northM - pad.northM;
    return de * de + dn * dn <= radiusSq ? pad.altAmslM : ground(eastM, northM);
  };
}

/** Air density from station pressure and temperature at height (ISA lapse; ρ = p / (287.05 T)). */
export function airDensity(altAmslM: number, env: AirEnvironment): number {
  const pressurePa = pressureHpa(altAmslM, env.qnhHpa) * 100;
  return pressurePa / (287.05 * (env.temperatureC + 273.15));
}

/** Static pressure of the standard atmosphere, shifted to the local QNH. */
export function pressureHpa(altAmslM: number, qnhHpa: number): number {
  return qnhHpa * (1 - (0.0065 * altAmslM) / 288.15) ** 5.25588;
}
