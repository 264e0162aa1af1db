import type { TrafficSeen } from "@outrider/contract";
import { AdsbFlags, type MavMessage, type MessageOf } from "@outrider/mavlink";
import { type DroneHeard, type Receiver, RemoteIdEar, unpack } from "../remote-id/index.js";
import { isPlace } from "../telemetry/index.js";
import { trafficTiming } from "./timing.js";

type Known = Omit<TrafficSeen, "ageMs"> & {
  readonly heardMs: number;
  readonly oldMs: number;
  readonly operator?: { readonly at: DroneHeard["operator"]; readonly tMs: number };
};

/**
 * Other aircraft, as the receivers of ours hear them (ADSB_VEHICLE, UTM_GLOBAL_POSITION), or a receiver of Remote ID. Latest wins; what is not marked
 * valid is left out. Kept by address, so that one heard by two of ours is one.
 */
export class Traffic {
  readonly #known = new Map<string, Known>();
  readonly #ear = new RemoteIdEar();
  #refused = 0;

  /** Messages without a usable place. */
  get refused(): number {
    return this.#refused;
  }

  adsb(uid: string, message: MessageOf<"ADSB_VEHICLE">, tMs: number): void {
    const { flags } = message;
    const has = (flag: number): boolean => (flags & flag) !== 0;
    if (!has(AdsbFlags.VALID_COORDS) || !isPlace(message.lat, message.lon)) {
      this.#refused++;
      return;
    }
    const course = (message.heading / 100) * (Math.PI / 180);
    const speedMps = message.horVelocity / 100;
    const moves = has(AdsbFlags.VALID_VELOCITY) && has(AdsbFlags.VALID_HEADING);
    this.#put({
      trafficId: message.icaoAddress.toString(16).padStart(6, "0"),
      source: "adsb",
      heardBy: uid,
      simulated: has(AdsbFlags.SIMULATED),
      latDeg: message.lat / 1e7,
      lonDeg: message.lon / 1e7,
      ...(has(AdsbFlags.VALID_ALTITUDE)
        ? { altM: message.altitude / 1000, altKind: message.altitudeType === 1 ? "ellipsoid" : "pressure" }
        : {}),
      ...(moves ? { velNorthMps: speedMps * Math.cos(course), velEastMps: speedMps * Math.sin(course) } : {}),
      ...(has(AdsbFlags.VERTICAL_VELOCITY_VALID) ? { velUpMps: message.verVelocity / 100 } : {}),
      ...(has(AdsbFlags.VALID_CALLSIGN) ? { callSign: plain(message.callsign) } : {}),
      emitterType: message.emitterType,
      heardMs: tMs,
      oldMs: message.tslc * 1000,
    });
  }

  /** A cooperating drone. Its height is AMSL, its velocity north, east and down. */
  utm(uid: string, message: MessageOf<"UTM_GLOBAL_POSITION">, tMs: number): void {
    const validId = (message.flags & 2) !== 0;
    if ((message.flags & 4) === 0 || !validId || !isPlace(message.lat, message.lon)) {
      this.#refused++;
      return;
    }
    const moves = (message.flags & 16) !== 0;
    this.#put({
      trafficId: [...message.uasId].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
      source: "utm",
      heardBy: uid,
      simulated: false,
      latDeg: message.lat / 1e7,
      lonDeg: message.lon / 1e7,
      ...((message.flags & 8) !== 0 ? { altM: message.alt / 1000, altKind: "amsl" } : {}),
      ...(moves ? { velNorthMps: message.vx / 100, velEastMps: message.vy / 100, velUpMps: -message.vz / 100 } : {}),
      heardMs: tMs,
      oldMs: 0,
    });
  }

  /** Open Drone ID of somebody's drone, one message or a pack of them. */
  remoteId(message: MavMessage, by: Receiver, tMs: number): void {
    if (message.name !== "OPEN_DRONE_ID_MESSAGE_PACK") return this.#remoteId(message, by, tMs);
    const parts = unpack(message);
    if (parts === undefined) this.#refused++;
    else for (const part of parts) this.#remoteId(part, by, tMs);
  }

  #remoteId(message: MavMessage, by: Receiver, tMs: number): void {
    const heard = this.#ear.hear(message, by, tMs);
    if (heard === undefined) {
      if (message.name === "OPEN_DRONE_ID_LOCATION") this.#refused++;
      return;
    }
    const { seen, remoteId, operator, operatorMs, oldMs, formerly } = heard;
    // It has told who it is: nobody is two drones, one by each of its names. Nobody else's is taken away.
    const before = `remote-id/${formerly}`;
    if (this.#known.get(before)?.remoteId?.sender === remoteId.sender) this.#known.delete(before);
    this.#put({
      ...{ ...seen, remoteId, heardMs: tMs, oldMs },
      ...(operator === undefined ? {} : { operator: { at: operator, tMs: operatorMs } }),
    });
  }

  /** Everything heard of late, with its age now. */
  seen(tMs: number): TrafficSeen[] {
    const out: TrafficSeen[] = [];
    for (const [key, known] of this.#known) {
      const { heardMs, oldMs, operator, remoteId, ...rest } = known;
      const ageMs = Math.max(0, tMs - heardMs + oldMs);
      if (ageMs > trafficTiming.forgetMs) this.#known.delete(key);
      else out.push({ ...rest, ageMs, ...told(known, tMs) });
    }
    return out;
  }

  clear(): void {
    this.#known.clear();
    this.#ear.clear();
  }

  #put(known: Known): void {
    const key = `${known.source}/${known.trafficId}`;
    const before = this.#known.get(key);
    // Two receivers, one target: the fresher word wins.
    if (before !== undefined && before.heardMs - before.oldMs > known.heardMs - known.oldMs) return;
    this.#known.delete(key);
    this.#known.set(key, known);
    // The oldest goes first: a made-up thousand must not fill the memory.
    if (this.#known.size > trafficTiming.most) this.#known.delete(this.#known.keys().next().value ?? "");
  }
}

function told({ remoteId, operator }: Known, tMs: number): Pick<TrafficSeen, "remoteId"> {
  if (remoteId === undefined) return {};
  if (operator?.at === undefined) return { remoteId };
  return { remoteId: { ...remoteId, operator: { ...operator.at, ageMs: Math.max(0, tMs - operator.tMs) } } };
}

const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, "").trim();
