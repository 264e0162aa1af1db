import type { AircraftSample } from "@outrider/contract";
import { aircraftSample } from "@outrider/contract/testing";

const centre = { latDeg: 37.7689, lonDeg: -122.4483 };
const metresPerDegree = 111_320;

/** Many aircraft on circles about the demonstration's city, as a bridge tells of them. Same time, same rows. */
export function manyAircraft(count: number, tMs: number): readonly AircraftSample[] {
  return Array.from({ length: count }, (_, i) => one(i, tMs));
}

function one(i: number, tMs: number): AircraftSample {
  const radiusM = 100 + i * 5;
  const angle = i + tMs / (4_000 + i * 40);
  const speedMps = 10;
  return aircraftSample({
    handle: i + 1,
    ageMs: 20 + (i % 30),
    linkAgeMs: (tMs + i * 37) % 1000,
    latDeg: centre.latDeg + (radiusM * Math.cos(angle)) / metresPerDegree,
    lonDeg: centre.lonDeg + (radiusM * Math.sin(angle)) / (metresPerDegree * 0.79),
    altAmslM: 150 + 20 * Math.sin(angle),
    altAglM: undefined,
    velNorthMps: -speedMps * Math.sin(angle),
    velEastMps: speedMps * Math.cos(angle),
    velDownMps: 0.3 * Math.cos(angle),
    headingDeg: ((angle * 57.29577951308232) % 360) + 0.01,
    rollDeg: 4 * Math.sin(angle * 3),
    pitchDeg: -8 + Math.cos(angle * 2),
    gimbalPitchDeg: -45,
    gimbalYawDeg: (angle * 30) % 360,
    hfovDeg: 62.5,
    batteryPct: 40 + (i % 50),
    batteryWh: 105.2 + i,
    windNorthMps: 2.31,
    windEastMps: -1.07,
    mode: "mission",
  });
}

/** Bytes of one unmasked WebSocket message from a server (RFC 6455 section 5.2). */
export function messageBytes(payload: number): number {
  if (payload < 126) return payload + 2;
  return payload + (payload < 65_536 ? 4 : 10);
}

export const uidOf = (i: number): string => `4f5554524944455200bb${i.toString(16).padStart(16, "0")}`;
const callSignOf = (i: number): string => `UNIT ${i}`;

/** The demonstration's configuration with many aircraft in place of its own. */
export function withManyAircraft(yaml: string, count: number): string {
  const lines = yaml.split("\n");
  const from = lines.indexOf("aircraft:");
  const to = lines.indexOf("docks:");
  const rows = Array.from(
    { length: count },
    (_, i) => `  - { uid: "${uidOf(i + 1)}", callSign: ${callSignOf(i + 1)}, dockId: dock-a, type: q38, videoPort: 0 }`,
  );
  return [...lines.slice(0, from + 1), ...rows, ...lines.slice(to)].join("\n");
}
