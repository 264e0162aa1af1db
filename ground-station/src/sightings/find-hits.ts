import { type FactData, type GeoPoint, type NewFact, newFact, type VehicleDescription } from "@outrider/contract";
import { geoDistanceM, type World } from "@outrider/geo";
import { systemActor } from "../kernel/index.js";
import { readLimits } from "./admit-read.js";
import { attributesSupport, compareVehicles, fitsDescription } from "./attributes.js";
import {
  type Check,
  lettersCheck,
  listAgeCheck,
  noLettersCheck,
  stateCheck,
  travelCheck,
  vehicleCheck,
} from "./checks.js";
import { type Claim, claimChecks } from "./claimed.js";
import type { Hotlist, HotlistEntry } from "./hotlist.js";
import { comparePlates, normalisePlate, type PlateLevel } from "./plate.js";
import { stateCode } from "./plate-state.js";
import type { Read } from "./read.js";
import {
  clearedKey,
  type LastSeen,
  lastSeenOf,
  type OpenIncident,
  type SightingsState,
  type SoughtVehicle,
} from "./sightings-room.js";
import { roadsAllow } from "./travel.js";

export type HitInput = {
  readonly read: Read;
  readonly nowMs: number;
  readonly wallMs: number;
  readonly lists: readonly Hotlist[];
  readonly world: World;
  /** An earlier read of the very same plate, for the roads to speak about. */
  readonly earlier: () => Read | undefined;
  /** A person's own search may reach back further than an alert may. */
  readonly oldestMs?: number;
  /** At a live site nobody confirms a plate without its picture; a simulated reader may send none. */
  readonly pictureNeeded: boolean;
  readonly newHitId: () => string;
  readonly claim?: Claim | undefined;
};

/** Reasons whose stop is made with drawn weapons: two people look first (security.md section 2). */
const felony = /stolen|armed|felony|wanted|robbery|homicide|shoot|weapon|kidnap|carjack/i;
const lowPriority = /^(low|info|information|3|4|5)$/;

/** A read near an open incident in time and place is shown with it; further away it is a lead of its own. */
const nearIncident = { withinM: 2000, withinMs: 20 * 60_000 } as const;
const soughtForMs = 60 * 60_000;
const sameWithin = { ms: 8_000, m: 60 } as const;
/** Of one description, this many open cards at most: every further one is a car that nobody seeks. */
const mostDescriptions = 10;

type Found = {
  readonly level: FactData<"HitFound">["level"];
  readonly plateListed: string;
  readonly sought: VehicleDescription;
  readonly vehicle: SoughtVehicle | undefined;
  readonly list: string;
  readonly reason: string;
  readonly priority: string;
  readonly listAgeS: number;
  /** Absent for what is sought by a person here and now: that is no list and does not age. */
  readonly aged: boolean;
};

/** What one read is a hit of. Each is a lead for a person to check, and nothing more. */
export function findHits(state: SightingsState, input: HitInput): NewFact[] {
  const { read, nowMs } = input;
  if (read.atMs < (input.oldestMs ?? nowMs - readLimits.alertMs)) return [];
  const sought = [...state.vehicles.values()].flatMap((vehicle) => soughtHit(state, vehicle, input) ?? []);
  const plates = new Set(sought.map((one) => one.plateListed));
  const listed = listedHits(input).filter((one) => !plates.has(one.plateListed));
  for (const one of listed) plates.add(one.plateListed);
  return [...sought, ...listed, ...claimedHits(input).filter((one) => !plates.has(one.plateListed))]
    .filter((found) => !isKnown(state, found, input))
    .map((found) => newFact("HitFound", hitData(state, found, input), systemActor));
}

function plateLevel(read: Read, listed: string): PlateLevel | undefined {
  if (read.plate === "") return undefined;
  const best = comparePlates(read.plate, listed)?.level;
  // A second guess of the reader that fits exactly is worth as much as one look-alike in its best guess.
  return best === undefined || best === "weak" ? (read.others.includes(listed) ? "possible" : best) : best;
}

function listedHits(input: HitInput): Found[] {
  const { read, lists, nowMs, wallMs } = input;
  if (read.plate === "") return [];
  const found = new Map<string, Found>();
  for (const list of lists) {
    const entries = [read.plate, ...read.others].flatMap((plate) => list.entries.find(plate));
    for (const { value: entry } of entries) {
      const level = plateLevel(read, entry.plate);
      if (level === undefined || !entryHolds(entry, nowMs) || found.has(entry.plate)) continue;
      if (level === "weak" && !attributesSupport(compareVehicles(read.vehicle, entry.vehicle))) continue;
      found.set(entry.plate, {
        level,
        plateListed: entry.plate,
        sought: entry.vehicle,
        vehicle: undefined,
        list: list.name,
        reason: entry.reason,
        priority: entry.priority,
        listAgeS: Math.max(0, Math.round((wallMs - list.refreshedMs) / 1000)),
        aged: true,
      });
    }
  }
  return [...found.values()].slice(0, 3);
}

/** By another network's word, for want of a list of ours that has the very plate. */
function claimedHits({ read, claim }: HitInput): Found[] {
  if (claim === undefined || read.plate === "") return [];
  const { list, reason } = claim;
  const common = { list, reason, vehicle: undefined, priority: "", listAgeS: 0, aged: false } as const;
  return [{ ...common, level: "claimed", plateListed: read.plate, sought: {} }];
}

const entryHolds = (entry: HotlistEntry, nowMs: number): boolean =>
  entry.validFromMs <= nowMs && nowMs < entry.expiresMs;

function soughtHit(state: SightingsState, vehicle: SoughtVehicle, input: HitInput): Found | undefined {
  const { read } = input;
  const incident = state.incidents.get(vehicle.incidentId);
  if (incident === undefined || read.atMs < vehicle.seenAtMs - 10_000 || read.atMs > vehicle.seenAtMs + soughtForMs)
    return undefined;
  const agreements = compareVehicles(read.vehicle, vehicle.description);
  const plate = normalisePlate(vehicle.description.plate ?? "");
  const common = {
    sought: vehicle.description,
    vehicle,
    list: `sought for ${incident.number}`,
    reason: "vehicle of this incident",
    priority: "high",
    listAgeS: Math.max(0, Math.round((input.nowMs - vehicle.seenAtMs) / 1000)),
    aged: false,
  };
  if (plate !== "") {
    const level = plateLevel(read, plate);
    if (level === undefined || (level === "weak" && !attributesSupport(agreements))) return undefined;
    return { ...common, level, plateListed: plate };
  }
  if (!fitsDescription(agreements) || openDescriptions(state, vehicle.vehicleId) >= mostDescriptions) return undefined;
  const seen = lastSeenOf(vehicle);
  const elapsedS = (read.atMs - seen.atMs) / 1000;
  const roads = roadsAllow(input.world, seen.point, read.point, Math.abs(elapsedS), seen.place.error.semiMajorM);
  return roads.kind === "allowed" ? { ...common, level: "description", plateListed: "" } : undefined;
}

const openDescriptions = (state: SightingsState, vehicleId: string): number =>
  [...state.hits.values()].filter(
    (hit) => hit.data.vehicleId === vehicleId && hit.data.level === "description" && hit.state === "unread",
  ).length;

/** One vehicle at one place is one card, whatever readers, lanes and previews told it; and who was cleared stays so. */
function isKnown(state: SightingsState, found: Found, input: HitInput): boolean {
  const { read } = input;
  const until = state.cleared.get(clearedKey(read.plate, found.plateListed));
  if (until !== undefined && until > input.nowMs) return true;
  return [...state.hits.values()].some((hit) => {
    if (
      hit.data.plateListed !== found.plateListed ||
      hit.data.vehicleId !== (found.vehicle?.vehicleId ?? hit.data.vehicleId)
    )
      return false;
    // A comparison with a list of ours is worth a card of its own beside somebody's word.
    if (hit.data.level === "claimed" && found.level !== "claimed") return false;
    if (hit.data.readId === read.readId) return true;
    if (found.level === "description" && hit.data.plateRead !== read.plate) return false;
    const gapMs = Math.abs(hit.data.readAtMs - read.atMs);
    if (gapMs <= sameWithin.ms && geoDistanceM(hit.data.place.point, read.point) <= sameWithin.m) return true;
    return hit.state === "unread" && hit.data.readerId === read.readerId && gapMs < 60_000;
  });
}

function hitData(state: SightingsState, found: Found, input: HitInput): FactData<"HitFound"> {
  const { read, world } = input;
  const incident =
    found.vehicle === undefined ? incidentNear(state, input) : state.incidents.get(found.vehicle.incidentId);
  const { plateListed } = found;
  const letters =
    plateListed === "" || found.level === "claimed" ? undefined : lettersCheck(read.plate, plateListed, read.others);
  const checks: Check[] = [
    ...comparedChecks(found, read, letters?.check),
    travelOf(found, incident, input),
    ...(read.cropId === undefined ? [noPicture(input.pictureNeeded)] : []),
  ];
  const street = world.roads.describe(world.frame.toLocal(read.point));
  return {
    hitId: input.newHitId(),
    ...(incident === undefined ? {} : { incidentId: incident.incidentId }),
    ...(found.vehicle === undefined ? {} : { vehicleId: found.vehicle.vehicleId }),
    readId: read.readId,
    readerId: read.readerId,
    readerName: read.readerName,
    plateRead: read.plate,
    plateListed: found.plateListed,
    doubtfulIndexes: letters?.doubtful ?? [],
    list: found.list,
    listedReason: found.reason,
    listAgeS: found.listAgeS,
    readAtMs: read.atMs,
    place: {
      point: read.point,
      error: { semiMajorM: 25, semiMinorM: 25, bearingDeg: 0 },
      label: street ?? read.readerName,
    },
    vehicle: read.vehicle,
    checks,
    ...(read.cropId === undefined ? {} : { cropId: read.cropId }),
    level: found.level,
    secondNeeded: secondNeeded(found, checks, read),
  };
}

/** The read beside the entry that it is held against. */
function comparedChecks(found: Found, read: Read, letters: Check | undefined): readonly Check[] {
  if (found.level === "claimed") return claimChecks(found, read.vehicle.plateState);
  const { sought } = found;
  return [
    letters ?? noLettersCheck,
    stateCheck(read.vehicle.plateState, sought.plateState),
    vehicleCheck(read.vehicle, sought, compareVehicles(read.vehicle, sought)),
    ...(found.aged ? [listAgeCheck(found.listAgeS)] : []),
  ];
}

const noPicture = (needed: boolean): Check => ({
  name: "Picture",
  state: needed ? "block" : "caution",
  text: "none came with this read",
});

/** One person is enough only for a plain fit of a low-priority entry; everything else can end at gunpoint. */
function secondNeeded(found: Found, checks: readonly Check[], read: Read): boolean {
  const stateFits = stateCode(read.vehicle.plateState) === stateCode(found.sought.plateState);
  const plain =
    found.level === "exact" &&
    stateFits &&
    read.cropId !== undefined &&
    checks.every((check) => check.state !== "block");
  return !(plain && lowPriority.test(found.priority) && !felony.test(found.reason));
}

function incidentNear(state: SightingsState, input: HitInput): OpenIncident | undefined {
  const { read } = input;
  const fitting = [...state.incidents.values()].flatMap((incident) => {
    const sinceMs = read.atMs - incident.eventMs;
    if (sinceMs < -30_000 || sinceMs > nearIncident.withinMs) return [];
    const gapM = geoDistanceM(incident.place.point, read.point);
    return gapM <= nearIncident.withinM ? [{ incident, gapM }] : [];
  });
  return fitting.sort((a, b) => a.gapM - b.gapM)[0]?.incident;
}

type Before = { readonly point: GeoPoint; readonly atMs: number; readonly errorM: number; readonly label: string };

/** What the roads are asked about: the vehicle's own last place, else the incident's, else an earlier read of the plate. */
function comparedWith(
  seen: LastSeen | undefined,
  incident: OpenIncident | undefined,
  input: HitInput,
): Before | undefined {
  if (seen !== undefined)
    return { point: seen.point, atMs: seen.atMs, errorM: seen.place.error.semiMajorM, label: seen.place.label };
  if (incident !== undefined) {
    const { place, eventMs } = incident;
    return { point: place.point, atMs: eventMs, errorM: place.error.semiMajorM, label: place.label };
  }
  const earlier = input.earlier();
  return earlier && { point: earlier.point, atMs: earlier.atMs, errorM: 25, label: earlier.readerName };
}

function travelOf(found: Found, incident: OpenIncident | undefined, input: HitInput): Check {
  const { read, world } = input;
  const seen = found.vehicle === undefined ? undefined : lastSeenOf(found.vehicle);
  const from = comparedWith(seen, incident, input);
  if (from === undefined) return travelCheck(undefined);
  const elapsedS = (read.atMs - from.atMs) / 1000;
  const roads = roadsAllow(world, from.point, read.point, Math.abs(elapsedS), from.errorM);
  // A stolen car that merely passes an incident is no clone: only its own sightings can contradict it.
  const own = seen !== undefined || incident === undefined;
  const verdict = !own && roads.kind === "impossible" ? ({ kind: "hard", needS: Math.abs(elapsedS) } as const) : roads;
  return travelCheck({ label: from.label || "the last place", elapsedS, roads: verdict });
}
