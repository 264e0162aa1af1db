import type { AircraftSample, Config, GeoPoint } from "@outrider/contract";
import { distanceM, type EnuPoint } from "@outrider/geo";
import type { OwnNow } from "./encounter.js";
import type { Stranger } from "./stranger-book.js";

/** Remote ID modules and transponders name an aircraft by its autopilot's id, or by what the site says of it. */
export function ourIds({ aircraft }: Pick<Config, "aircraft">): ReadonlySet<string> {
  return new Set(aircraft.flatMap(({ uid, airIds = [] }) => [uid, ...airIds].map((id) => id.toLowerCase())));
}

const ECHO_M = 20;
const ECHO_HEIGHT_M = 25;
const ECHO_MPS = 3;
const SHORTEST_UID = 8;

/**
 * Whether this is one of ours heard on the air. By its id; a drone without an id that we know is ours only where it is
 * at the very place of one of ours and moves as it does. Crewed aircraft are never taken for ours by their place.
 */
export function isOurs(
  stranger: Stranger,
  ids: ReadonlySet<string>,
  flying: ReadonlyMap<string, AircraftSample>,
  local: (point: GeoPoint) => EnuPoint,
): boolean {
  const { trafficId } = stranger;
  if (ids.has(trafficId)) return true;
  if (trafficId.length > SHORTEST_UID) {
    // Eighteen bytes of id2 are padded with zeros where the autopilot has fewer.
    const bare = trafficId.replace(/^0+|0+$/g, "");
    for (const id of ids) if (id.length >= SHORTEST_UID && id.replace(/^0+|0+$/g, "") === bare) return true;
  }
  if (stranger.kind !== "drone") return false;
  for (const sample of flying.values()) if (isEcho(stranger, sample, local)) return true;
  return false;
}

function isEcho(stranger: Stranger, sample: AircraftSample, local: (point: GeoPoint) => EnuPoint): boolean {
  const { velocity, height, place } = stranger;
  const altAmslM = height?.value.altAmslM;
  if (velocity === undefined || altAmslM === undefined) return false;
  const apartM = distanceM(local(place.value), local({ latDeg: sample.latDeg, lonDeg: sample.lonDeg }));
  const unlikeMps = Math.hypot(
    velocity.value.northMps - sample.velNorthMps,
    velocity.value.eastMps - sample.velEastMps,
  );
  return apartM <= ECHO_M && Math.abs(altAmslM - sample.altAmslM) <= ECHO_HEIGHT_M && unlikeMps <= ECHO_MPS;
}

/** Where one of ours is by now: its word may be a second old. */
export function ownNow(sample: AircraftSample, local: (point: GeoPoint) => EnuPoint): OwnNow {
  const ageS = Math.min(sample.ageMs, 2_000) / 1000;
  const heard = local({ latDeg: sample.latDeg, lonDeg: sample.lonDeg });
  return {
    at: { eastM: heard.eastM + sample.velEastMps * ageS, northM: heard.northM + sample.velNorthMps * ageS },
    altAmslM: sample.altAmslM,
    velEastMps: sample.velEastMps,
    velNorthMps: sample.velNorthMps,
    upMps: -sample.velDownMps,
  };
}
