import type { Provenance, TrafficSeen } from "@outrider/contract";
import { SIGMA_GEOMETRIC_M, SIGMA_PRESSURE_M } from "./height-band.js";
import { kindOfEmitter, plainText, type Report, sigmaOfNacp, type ToldHeight } from "./report.js";

type RemoteId = NonNullable<TrafficSeen["remoteId"]>;

/**
 * What the receivers aboard our own aircraft and on the bridge's links heard, as the bridge passes it on (ADSB_VEHICLE,
 * UTM_GLOBAL_POSITION, Remote ID). A live site takes nothing that says of itself that it is simulated.
 */
export function readSeen(seen: TrafficSeen, site: Provenance, tMs: number): Report | undefined {
  if (site === "live" && seen.simulated) return undefined;
  const kind = seen.source === "adsb" ? kindOfEmitter(seen.emitterType ?? 0) : "drone";
  if (kind === "surface") return undefined;
  const callSign = plainText(seen.callSign ?? "");
  const { velNorthMps: northMps, velEastMps: eastMps } = seen;
  return {
    trafficId: seen.trafficId.toLowerCase(),
    sourceId: `${seen.source === "remote-id" ? "remote-id" : "aboard"}:${seen.heardBy}`,
    tMs: tMs - seen.ageMs,
    place: { latDeg: seen.latDeg, lonDeg: seen.lonDeg, sigmaM: sigmaOf(seen) },
    height: { ...heightOf(seen), ...remoteHeight(seen) },
    ...(kind === undefined ? {} : { kind }),
    ...(callSign === "" ? {} : { callSign }),
    ...(northMps === undefined || eastMps === undefined ? {} : { velocity: { northMps, eastMps } }),
    ...(seen.velUpMps === undefined ? {} : { upMps: seen.velUpMps }),
    ...(seen.remoteId === undefined ? {} : told(seen.remoteId, tMs)),
  };
}

/** What it was called before it said who it is; undefined where it still has not. */
export const calledBefore = ({ remoteId }: TrafficSeen): string | undefined =>
  remoteId === undefined || remoteId.idKind === "sender" ? undefined : `sender-${remoteId.sender}`.toLowerCase();

function told({ operator, doubts }: RemoteId, tMs: number): Pick<Report, "operator" | "doubts"> {
  if (operator === undefined) return { doubts };
  const { latDeg, lonDeg, kind, ageMs } = operator;
  return { doubts, operator: { point: { latDeg, lonDeg }, kind, tMs: tMs - ageMs } };
}

/** Classes of MAV_ODID_HOR_ACC that NACp does not have: 10, 4 and 2 nautical miles, and 1 m. From 4 to 11 they agree. */
const odidEpuM: Readonly<Record<number, number>> = { 1: 18_520, 2: 7_408, 3: 3_704, 12: 1 };
const NACP_OF_UTM = 10;

function sigmaOf({ source, remoteId }: TrafficSeen): number {
  if (remoteId === undefined) return sigmaOfNacp(source === "utm" ? NACP_OF_UTM : undefined);
  const { horizontal } = remoteId.accuracy;
  const epuM = odidEpuM[horizontal];
  return epuM === undefined ? sigmaOfNacp(horizontal === 0 ? undefined : horizontal) : epuM / 2.448;
}

/** 95 % bounds of MAV_ODID_VER_ACC; what does not say counts as the worst. */
const verticalM = [150, 150, 45, 25, 10, 3, 1] as const;
const verticalSigmaM = (accuracy: number, leastM: number): number =>
  Math.max(leastM, (verticalM[accuracy] ?? verticalM[0]) / 2);

function remoteHeight({ remoteId }: TrafficSeen): ToldHeight {
  if (remoteId === undefined) return {};
  const { pressureAltM, onGround, accuracy } = remoteId;
  return {
    ...(pressureAltM === undefined ? {} : { pressureAltM }),
    ellipsoidSigmaM: verticalSigmaM(accuracy.vertical, SIGMA_GEOMETRIC_M),
    pressureSigmaM: verticalSigmaM(accuracy.barometer, SIGMA_PRESSURE_M),
    ...(onGround ? { onGround } : {}),
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
