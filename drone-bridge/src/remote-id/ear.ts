import type { TrafficSeen } from "@outrider/contract";
import { type MavMessage, MavOdidIdType, MavOdidStatus, type MessageOf } from "@outrider/mavlink";
import { remoteIdTiming } from "./timing.js";

type RemoteId = NonNullable<TrafficSeen["remoteId"]>;

/** Who heard it. `sender`: how this receiver is told from others, for senders that it does not name. */
export type Receiver = { readonly heardBy: string; readonly name: string; readonly aboardOurs: boolean };

/** Somebody's drone at the moment of hearing; `operatorMs`: when its operator was heard. */
export type DroneHeard = {
  readonly seen: Omit<TrafficSeen, "ageMs" | "remoteId">;
  readonly remoteId: Omit<RemoteId, "operator">;
  readonly operator: Omit<NonNullable<RemoteId["operator"]>, "ageMs"> | undefined;
  readonly operatorMs: number;
  /** How old its place was already when it came. */
  readonly oldMs: number;
  /** By what name the same sender was told before it said a better one. */
  readonly formerly: string | undefined;
};

type Sender = {
  lastMs: number;
  id: { readonly text: string; readonly kind: RemoteId["idKind"] } | undefined;
  operator: DroneHeard["operator"];
  operatorMs: number;
  toldAs: string | undefined;
};

const notKnown = {
  altM: -1_000,
  directionCdeg: 36_000,
  speedCmps: 25_500,
  climbCmps: 6_300,
  timestampS: 3_600,
} as const;
const hourS = 3_600;
const operatorKinds = ["takeoff", "live", "fixed"] as const;

/**
 * Open Drone ID as receivers pass it on: one message tells who it is, another where, a third where its operator is; they
 * belong together by the sender's address. What an autopilot says of itself never comes here.
 */
export class RemoteIdEar {
  readonly #senders = new Map<string, Sender>();

  /** A drone whose place this message tells; undefined for every other message, and for what has no usable place. */
  hear(message: MavMessage, by: Receiver, tMs: number): DroneHeard | undefined {
    switch (message.name) {
      case "OPEN_DRONE_ID_BASIC_ID": {
        const id = idOf(message);
        const sender = this.#senderOf(message.idOrMac, by, tMs);
        if (id !== undefined && sender !== undefined && !outranks(sender[1].id, id)) sender[1].id = id;
        return undefined;
      }
      case "OPEN_DRONE_ID_SYSTEM": {
        const sender = this.#senderOf(message.idOrMac, by, tMs);
        const operator = operatorOf(message);
        if (sender !== undefined && operator !== undefined) Object.assign(sender[1], { operator, operatorMs: tMs });
        return undefined;
      }
      case "OPEN_DRONE_ID_LOCATION": {
        const sender = this.#senderOf(message.idOrMac, by, tMs);
        return sender === undefined ? undefined : heard(message, by, sender[0], sender[1], tMs);
      }
      default:
        return undefined;
    }
  }

  clear(): void {
    this.#senders.clear();
  }

  /** An address of zeros is a module's word of the aircraft that carries it (MAVLink, Open Drone ID service). */
  #senderOf(address: Uint8Array, by: Receiver, tMs: number): readonly [string, Sender] | undefined {
    const named = address.some((byte) => byte !== 0);
    if (!named && by.aboardOurs) return undefined;
    const name = named ? hex(address).replace(/(00)+$/, "") : by.name;
    let sender = this.#senders.get(name);
    if (sender === undefined || tMs - sender.lastMs > remoteIdTiming.senderMs)
      sender = { lastMs: tMs, id: undefined, operator: undefined, operatorMs: 0, toldAs: undefined };
    sender.lastMs = tMs;
    this.#senders.delete(name);
    this.#senders.set(name, sender);
    // Whoever was heard longest ago goes first: anybody can make up addresses.
    if (this.#senders.size > remoteIdTiming.mostSenders) this.#senders.delete(this.#senders.keys().next().value ?? "");
    return [name, sender];
  }
}

function heard(
  message: MessageOf<"OPEN_DRONE_ID_LOCATION">,
  by: Receiver,
  name: string,
  sender: Sender,
  tMs: number,
): DroneHeard | undefined {
  const { latitude, longitude } = message;
  if (Math.abs(latitude) > 900_000_000 || Math.abs(longitude) > 1_800_000_000) return undefined;
  if (latitude === 0 && longitude === 0) return undefined;
  const { id, operator, operatorMs } = sender;
  const trafficId = id?.text ?? `sender-${name}`;
  const formerly = sender.toldAs === trafficId ? undefined : sender.toldAs;
  sender.toldAs = trafficId;
  const age = ageOf(message.timestamp, tMs);
  const ellipsoidAltM = heightOf(message.altitudeGeodetic);
  const pressureAltM = heightOf(message.altitudeBarometric);
  return {
    seen: {
      trafficId,
      ...{ source: "remote-id", heardBy: by.heardBy, simulated: false },
      ...{ latDeg: latitude / 1e7, lonDeg: longitude / 1e7 },
      ...(ellipsoidAltM !== undefined
        ? { altM: ellipsoidAltM, altKind: "ellipsoid" as const }
        : pressureAltM === undefined
          ? {}
          : { altM: pressureAltM, altKind: "pressure" as const }),
      ...velocityOf(message),
      ...(id === undefined ? {} : { callSign: id.text }),
    },
    remoteId: {
      sender: name,
      idKind: id?.kind ?? "sender",
      onGround: message.status === MavOdidStatus.GROUND,
      ...(ellipsoidAltM !== undefined && pressureAltM !== undefined ? { pressureAltM } : {}),
      accuracy: {
        horizontal: message.horizontalAccuracy,
        vertical: message.verticalAccuracy,
        barometer: message.barometerAccuracy,
        speed: message.speedAccuracy,
      },
      doubts: [
        ...(id === undefined ? ["it tells no id"] : []),
        ...(age.kind === "off" ? ["its clock is not ours: how old its place is cannot be told"] : []),
        ...(message.status === MavOdidStatus.REMOTE_ID_SYSTEM_FAILURE ? ["it says that its Remote ID fails"] : []),
      ],
    },
    ...{ operator, operatorMs, formerly },
    oldMs: age.kind === "told" ? age.ms : 0,
  };
}

/** A drone may tell two ids in turn (a serial number and a session): it stays one drone, by the one that lasts longest. */
const ranks: readonly RemoteId["idKind"][] = ["serial", "registration", "utm", "session"];

const outranks = (held: Sender["id"], told: NonNullable<Sender["id"]>): boolean =>
  held !== undefined && ranks.indexOf(held.kind) < ranks.indexOf(told.kind);

function idOf({ idType, uasId }: MessageOf<"OPEN_DRONE_ID_BASIC_ID">): Sender["id"] {
  const text = String.fromCharCode(...uasId)
    .replace(/\0.*$/s, "")
    .replace(/[^\x20-\x7e]/g, "")
    .trim();
  const bytes = hex(uasId).replace(/(00)+$/, "");
  switch (idType) {
    case MavOdidIdType.SERIAL_NUMBER:
      return text === "" ? undefined : { text, kind: "serial" };
    case MavOdidIdType.CAA_REGISTRATION_ID:
      return text === "" ? undefined : { text, kind: "registration" };
    // Sixteen bytes of a UUID, and what an authority defined: no text.
    case MavOdidIdType.UTM_ASSIGNED_UUID:
      return bytes === "" ? undefined : { text: bytes, kind: "utm" };
    case MavOdidIdType.SPECIFIC_SESSION_ID:
      return bytes === "" ? undefined : { text: bytes, kind: "session" };
    default:
      return undefined;
  }
}

function operatorOf(message: MessageOf<"OPEN_DRONE_ID_SYSTEM">): DroneHeard["operator"] {
  const { operatorLatitude: lat, operatorLongitude: lon } = message;
  if ((lat === 0 && lon === 0) || Math.abs(lat) > 900_000_000 || Math.abs(lon) > 1_800_000_000) return undefined;
  const altHaeM = heightOf(message.operatorAltitudeGeo);
  const kind = operatorKinds[message.operatorLocationType] ?? "takeoff";
  return { latDeg: lat / 1e7, lonDeg: lon / 1e7, kind, ...(altHaeM === undefined ? {} : { altHaeM }) };
}

/** Direction is over the ground; one that stands has none, and needs none. */
function velocityOf(
  message: MessageOf<"OPEN_DRONE_ID_LOCATION">,
): Pick<TrafficSeen, "velNorthMps" | "velEastMps" | "velUpMps"> {
  const { direction, speedHorizontal, speedVertical } = message;
  const stands = speedHorizontal === 0;
  const moves = speedHorizontal < notKnown.speedCmps && (direction < notKnown.directionCdeg || stands);
  const course = stands ? 0 : (direction / 100) * (Math.PI / 180);
  const speedMps = speedHorizontal / 100;
  return {
    ...(moves ? { velNorthMps: speedMps * Math.cos(course), velEastMps: speedMps * Math.sin(course) } : {}),
    ...(Math.abs(speedVertical) < notKnown.climbCmps ? { velUpMps: speedVertical / 100 } : {}),
  };
}

const heightOf = (altM: number): number | undefined =>
  Number.isFinite(altM) && altM > notKnown.altM && altM < remoteIdTiming.highestM ? altM : undefined;

type Age = { readonly kind: "told"; readonly ms: number } | { readonly kind: "none" } | { readonly kind: "off" };

/** Seconds after the full hour, UTC. One whose clock is wrong is not made older, or nobody would see it. */
function ageOf(timestampS: number, tMs: number): Age {
  if (!(timestampS >= 0 && timestampS < notKnown.timestampS)) return { kind: "none" };
  const aheadS = (((tMs / 1000 - timestampS) % hourS) + hourS) % hourS;
  const ageS = aheadS > hourS / 2 ? aheadS - hourS : aheadS;
  if (ageS * 1000 > remoteIdTiming.oldestMs || ageS * 1000 < -remoteIdTiming.clockMs) return { kind: "off" };
  return { kind: "told", ms: Math.max(0, ageS * 1000) };
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
