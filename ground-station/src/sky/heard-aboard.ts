import type { Provenance, TrafficSeen } from "@outrider/contract";
import { kindOfEmitter, plainText, type Report, sigmaOfNacp, type ToldHeight } from "./report.js";

/**
 * What the receivers aboard our own aircraft heard, as the bridge passes it on (ADSB_VEHICLE, UTM_GLOBAL_POSITION).
 * A live site takes nothing that says of itself that it is simulated.
 */
export function readSeen(seen: TrafficSeen, site: Provenance, tMs: number): Report | undefined {
  if (site === "live" && seen.simulated) return undefined;
  const kind = seen.source === "utm" ? "drone" : kindOfEmitter(seen.emitterType ?? 0);
  if (kind === "surface") return undefined;
  const callSign = plainText(seen.callSign ?? "");
  const { velNorthMps: northMps, velEastMps: eastMps } = seen;
  return {
    trafficId: seen.trafficId.toLowerCase(),
    sourceId: `aboard:${seen.heardBy}`,
    tMs: tMs - seen.ageMs,
    place: { latDeg: seen.latDeg, lonDeg: seen.lonDeg, sigmaM: sigmaOfNacp(seen.source === "utm" ? 10 : undefined) },
    height: heightOf(seen),
    ...(kind === undefined ? {} : { kind }),
    ...(callSign === "" ? {} : { callSign }),
    ...(northMps === undefined || eastMps === undefined ? {} : { velocity: { northMps, eastMps } }),
    ...(seen.velUpMps === undefined ? {} : { upMps: seen.velUpMps }),
  };
}

function heightOf({ altM, altKind }: TrafficSeen): ToldHeight {
  if (altM === undefined || altKind === undefined) return {};
  switch (altKind) {
    case "pressure":
      return { pressureAltM: altM };
    case "ellipsoid":
      return { ellipsoidAltM: altM };
    case "amsl":
      return { altAmslM: altM };
  }
}
