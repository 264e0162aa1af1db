import type { Config, GeoPoint } from "@outrider/contract";
import type { World } from "@outrider/geo";
import { type AirEnvironment, withPad } from "../air/index.js";
import type { Scenario } from "../scenario/index.js";

export const windField = (wind: { windMps: number; fromDeg: number; gustMps: number }) => ({
  fromDeg: wind.fromDeg,
  speedAt10Mps: wind.windMps,
  shearExponent: 0.25,
  gustSigmaMps: Math.max(0, (wind.gustMps - wind.windMps) / 2.5),
});

/** Ground with every dock's pad laid level on it. */
export function environmentOf(world: World, config: Config, scenario: Scenario): AirEnvironment {
  let ground = (eastM: number, northM: number): number => world.terrain.groundAmslM(eastM, northM);
  for (const dock of config.docks) {
    const at = world.frame.toLocal(dock.point);
    ground = withPad(ground, { ...at, radiusM: 3, altAmslM: world.terrain.groundAmslM(at.eastM, at.northM) });
  }
  return { groundAmslM: ground, wind: windField(scenario.wind), temperatureC: 16, qnhHpa: 1014 };
}

export function middleOf(config: Config): GeoPoint {
  const docks = config.docks.slice(0, 1).concat(config.docks.slice(-1));
  const sum = docks.reduce(
    (total, dock) => ({
      latDeg: total.latDeg + dock.point.latDeg / docks.length,
      lonDeg: total.lonDeg + dock.point.lonDeg / docks.length,
    }),
    { latDeg: 0, lonDeg: 0 },
  );
  return sum;
}

type Quaternion = { readonly qw: number; readonly qx: number; readonly qy: number; readonly qz: number };

/** Heading, pitch (nose up) and roll (right side down) of a body whose quaternion turns it to north, east, down. */
export function attitudeOf(truth: Quaternion) {
  const { qw, qx, qy, qz } = truth;
  const degrees = 180 / Math.PI;
  return {
    headingDeg: headingOf(truth),
    pitchDeg: Math.asin(Math.min(1, Math.max(-1, 2 * (qw * qy - qz * qx)))) * degrees,
    rollDeg: Math.atan2(2 * (qw * qx + qy * qz), 1 - 2 * (qx * qx + qy * qy)) * degrees,
  };
}

export function headingOf(truth: { qw: number; qx: number; qy: number; qz: number }): number {
  const yawRad = Math.atan2(
    2 * (truth.qw * truth.qz + truth.qx * truth.qy),
    1 - 2 * (truth.qy * truth.qy + truth.qz * truth.qz),
  );
  return ((yawRad * 180) / Math.PI + 360) % 360;
}
