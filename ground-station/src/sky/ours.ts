import type { AircraftSample, Config, GeoPoint } from "@outrider/contract";
import { distanceM, type EnuPoint } from "@outrider/geo";
import type { OwnNow } from "./encounter.js";
import { heightBand } from "./height-band.js";
import type { Stranger } from "./stranger-book.js";

/** By each id that one of ours goes by on the air, which it is: its autopilot's id, or what the site says of it. */
export function ourIds({ aircraft }: Pick<Config, "aircraft">): ReadonlyMap<string, string> {
  return new Map(
    aircraft.flatMap(({ uid, airIds = [] }) => [uid, ...airIds].map((id) => [id.toLowerCase(), uid] as const)),
  );
}

/**
 * Whether somebody is one of ours: by an id that we know it by, or by its place at that time. `borrowed`: it goes by an
 * id of ours and is not where ours is, so that it is somebody, and says that it is ours.
 */
export type Whose =
  | { readonly kind: "stranger" }
  | { readonly kind: "ours"; readonly uid: string; readonly by: "id" | "place" }
  | { readonly kind: "borrowed"; readonly uid: string };

export type OursNow = {
  readonly ids: ReadonlyMap<string, string>;
  /** Everything heard of ours, whether it flies or not. */
  readonly samples: ReadonlyMap<string, AircraftSample>;
  readonly local: (point: GeoPoint) => EnuPoint;
  readonly geoidUndulationM: number;
  readonly nowMs: number;
};

const ECHO_M = 20;
const ECHO_HEIGHT_M = 25;
/** Two ways to say its height that disagree by more say nothing. */
const ECHO_BAND_M = 200;
const ECHO_MPS = 3;
const SHORTEST_UID = 8;
/** What its own two positions may differ by; a link that was silent for a while adds to it. */
const ELSEWHERE_M = 300;
const FASTEST_OURS_MPS = 25;

/**
 * A drone without an id that we know is ours only where it is at the very place of one of ours, at its height, and moves
 * as it does. Crewed aircraft are never taken for ours by their place. Anybody can send our id: with it alone a drone
 * would be hidden that flies where ours does not.
 */
export function whoseIs(stranger: Stranger, now: OursNow): Whose {
  const uid = uidBy(stranger.trafficId, now.ids);
  if (uid !== undefined) {
    const sample = now.samples.get(uid);
    const isElsewhere =
      stranger.kind === "drone" && sample !== undefined && apartM(stranger, sample, now) > farM(sample);
    return isElsewhere ? { kind: "borrowed", uid } : { kind: "ours", uid, by: "id" };
  }
  if (stranger.kind !== "drone") return { kind: "stranger" };
  for (const [ourUid, sample] of now.samples)
    if (isEcho(stranger, sample, now)) return { kind: "ours", uid: ourUid, by: "place" };
  return { kind: "stranger" };
}

function uidBy(trafficId: string, ids: OursNow["ids"]): string | undefined {
  const known = ids.get(trafficId);
  if (known !== undefined || trafficId.length <= SHORTEST_UID) return known;
  // Eighteen bytes of id2 are padded with zeros where the autopilot has fewer.
  const bare = trafficId.replace(/^0+|0+$/g, "");
  for (const [id, uid] of ids) if (id.length >= SHORTEST_UID && id.replace(/^0+|0+$/g, "") === bare) return uid;
  return undefined;
}

const farM = ({ ageMs }: AircraftSample): number => ELSEWHERE_M + (FASTEST_OURS_MPS * ageMs) / 1000;

/** Both as they would be by now. */
function apartM({ place, velocity }: Stranger, sample: AircraftSample, { local, nowMs }: OursNow): number {
  const ageS = Math.min(Math.max(0, nowMs - place.tMs), LONGEST_AHEAD_MS) / 1000;
  const { eastMps = 0, northMps = 0 } = velocity?.value ?? {};
  const heard = local(place.value);
  const at = { eastM: heard.eastM + eastMps * ageS, northM: heard.northM + northMps * ageS };
  return distanceM(at, ownNow(sample, local).at);
}

function isEcho(stranger: Stranger, sample: AircraftSample, now: OursNow): boolean {
  const { velocity, height } = stranger;
  const band = heightBand(height?.value, { ...now, qnhHpa: undefined, groundAmslM: undefined });
  if (velocity === undefined || band === undefined || band.highM - band.lowM > ECHO_BAND_M) return false;
  const { altAmslM } = sample;
  const unlikeMps = Math.hypot(
    velocity.value.northMps - sample.velNorthMps,
    velocity.value.eastMps - sample.velEastMps,
  );
  // Where ours is by now nobody knows who has not heard it.
  if (sample.ageMs > LONGEST_ECHO_MS) return false;
  const level = altAmslM >= band.lowM - ECHO_HEIGHT_M && altAmslM <= band.highM + ECHO_HEIGHT_M;
  return level && unlikeMps <= ECHO_MPS && apartM(stranger, sample, now) <= ECHO_M;
}

const LONGEST_AHEAD_MS = 2_000;
const LONGEST_ECHO_MS = 5_000;

/** Where one of ours is by now: its word may be a second old. */
export function ownNow(sample: AircraftSample, local: (point: GeoPoint) => EnuPoint): OwnNow {
  const ageS = Math.min(sample.ageMs, LONGEST_AHEAD_MS) / 1000;
  const heard = local({ latDeg: sample.latDeg, lonDeg: sample.lonDeg });
  return {
    at: { eastM: heard.eastM + sample.velEastMps * ageS, northM: heard.northM + sample.velNorthMps * ageS },
    altAmslM: sample.altAmslM,
    velEastMps: sample.velEastMps,
    velNorthMps: sample.velNorthMps,
    upMps: -sample.velDownMps,
  };
}
