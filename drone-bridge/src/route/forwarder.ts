import type { Clock } from "@outrider/contract";
import type { Frame, MavMessage } from "@outrider/mavlink";
import { ourIds } from "../frame/index.js";
import type { ForwardFilter, Refusal } from "./forward-filter.js";
import type { Path } from "./path.js";
import { PeerQueue } from "./peer-queue.js";
import { RouteTable } from "./route-table.js";
import { SeenFrames } from "./seen-frames.js";
import { type Target, targetOf } from "./target.js";

/** What only the fleet knows about paths. */
export type ForwardHooks = {
  /** The path that carries what is sent to the aircraft heard as `sysid` on this one; the same where it has no name yet. */
  carrier(path: Path, sysid: number | undefined): Path;
  /** Whether more than one aircraft uses this system id there: an order for one would reach the other. */
  disputed(path: Path, sysid: number): boolean;
  /** Call signs of the aircraft that are heard on a path. */
  callSignsAt(path: Path): readonly string[];
  /** A station's frame left for an aircraft. */
  onForwarded(from: Path, to: Path, frame: Frame, message: MavMessage | undefined): void;
  /** A sender uses our own ids. */
  onOurIds(from: Path, frame: Frame): void;
};

export type Station = {
  readonly path: Path;
  readonly filter: ForwardFilter;
  readonly share: readonly string[] | undefined;
};

type Deps = {
  readonly clock: Clock;
  readonly hooks: ForwardHooks;
  /** Peers that are aircraft's, whoever is on them. */
  readonly aircraftPaths: () => readonly Path[];
  /** Whether our own heartbeat goes to this peer now. */
  readonly beating: (path: Path) => boolean;
  readonly write: (path: Path, bytes: Uint8Array) => boolean;
};

type Joined = Station & { readonly queue: PeerQueue };
export type ForwardCounts = { forwarded: number; refused: number; dropped: number };

/**
 * Lets other ground stations and companions share the aircraft, by the rules of mavlink-router: what is for everybody
 * goes to everybody, what is for somebody only where he was heard, nothing back where it came from, nothing changed,
 * nothing signed anew. Two rules are ours: aircraft never hear each other, and a station is heard as far as its filter
 * and our own heartbeat go.
 */
export class Forwarder {
  readonly #deps: Deps;
  readonly #table = new RouteTable();
  readonly #seen = new SeenFrames();
  readonly #stations = new Map<string, Joined>();
  readonly #counts = new Map<string, ForwardCounts>();
  readonly #refusals = new Map<Refusal | "nobody" | "ambiguous" | "heartbeat", number>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** How often each reason kept a station's frame from an aircraft. */
  get refusals(): ReadonlyMap<string, number> {
    return this.#refusals;
  }

  counts(link: string): ForwardCounts {
    let counts = this.#counts.get(link);
    if (counts === undefined) {
      counts = { forwarded: 0, refused: 0, dropped: 0 };
      this.#counts.set(link, counts);
    }
    return counts;
  }

  join(station: Station): void {
    if (!this.#stations.has(station.path.key))
      this.#stations.set(station.path.key, { ...station, queue: new PeerQueue() });
  }

  forget(path: Path): void {
    this.#table.forget(path.key);
    const station = this.#stations.get(path.key);
    if (station === undefined) return;
    this.counts(path.link).dropped += station.queue.dropped;
    this.#stations.delete(path.key);
  }

  /** A frame of an aircraft, verified by us or not: to every station that may have it. */
  fromAircraft(path: Path, frame: Frame, message: MavMessage | undefined, verified = true): void {
    // Noise can look like a frame of an unknown message, and anybody can send what is not verified: neither is a route.
    if (frame.known && verified) this.#table.learn(path.key, frame.sysid, frame.compid);
    if (this.#stations.size === 0 || this.#seen.isRepeat(frame, this.#deps.clock.nowMs())) return;
    this.#toStations(path, frame, message, targetOf(message));
  }

  /** A frame of a station: to the aircraft it is for, where its filter lets it, and to other stations. */
  fromStation(path: Path, frame: Frame, message: MavMessage | undefined): void {
    const station = this.#stations.get(path.key);
    if (station === undefined) return;
    if (frame.sysid === ourIds.sysid && frame.compid === ourIds.compid) {
      this.#deps.hooks.onOurIds(path, frame);
      return this.#refuse(path, "ourIds");
    }
    if (frame.known) this.#table.learn(path.key, frame.sysid, frame.compid);
    const target = targetOf(message);
    const refusal = station.filter.refusesIn(frame, message, target);
    if (refusal !== undefined) return this.#refuse(path, refusal);
    this.#toAircraft(station, frame, message, target);
    // Another "station" may be a computer on board that hands it on to its autopilot.
    if (message?.name === "HEARTBEAT" && !this.#deps.aircraftPaths().every((each) => this.#deps.beating(each))) return;
    this.#toStations(path, frame, message, target);
  }

  /** Hands on what waits for slow readers. */
  pump(): void {
    for (const { path, queue } of this.#stations.values()) queue.flush((bytes) => this.#deps.write(path, bytes));
  }

  #toStations(from: Path, frame: Frame, message: MavMessage | undefined, target: Target): void {
    let callSigns: readonly string[] | undefined;
    for (const { path, filter, share, queue } of this.#stations.values()) {
      if (path.key === from.key || this.#table.has(path.key, frame.sysid, frame.compid)) continue;
      if (target.sysid !== 0 && !this.#table.has(path.key, target.sysid, target.compid)) continue;
      if (!filter.givesOut(frame, message)) continue;
      if (share !== undefined && !this.#stations.has(from.key)) {
        callSigns ??= this.#deps.hooks.callSignsAt(from);
        if (!callSigns.some((callSign) => share.includes(callSign))) continue;
      }
      queue.push(frame.raw);
      queue.flush((bytes) => this.#deps.write(path, bytes));
      this.counts(path.link).forwarded++;
    }
  }

  #toAircraft({ path: from, share }: Joined, frame: Frame, message: MavMessage | undefined, target: Target): void {
    const to = this.#aircraftFor(frame, target).filter(
      (path) => share === undefined || this.#deps.hooks.callSignsAt(path).some((callSign) => share.includes(callSign)),
    );
    if (to.length === 0) {
      const elsewhere = [...this.#stations.values()].some(({ path }) => this.#isAt(path, target));
      return target.sysid === 0 || elsewhere || target.sysid === ourIds.sysid
        ? undefined
        : this.#refuse(from, "nobody");
    }
    const disputed = to.length > 1 || to.some((path) => this.#deps.hooks.disputed(path, target.sysid));
    if (target.sysid !== 0 && disputed) return this.#refuse(from, "ambiguous");
    for (const path of to) this.#sendOn(from, path, frame, message);
  }

  #sendOn(from: Path, path: Path, frame: Frame, message: MavMessage | undefined): void {
    // A stranger's heartbeat keeps an aircraft from coming home, so it goes no further than ours does.
    if (message?.name === "HEARTBEAT" && !this.#isCompanion(path, frame) && !this.#deps.beating(path))
      return this.#refuse(from, "heartbeat");
    const counts = this.counts(from.link);
    if (!this.#deps.write(path, frame.raw)) {
      counts.dropped++;
      return;
    }
    counts.forwarded++;
    this.#deps.hooks.onForwarded(from, path, frame, message);
  }

  /** One path for each aircraft concerned: by two, it would hear everything twice. */
  #aircraftFor(frame: Frame, target: Target): readonly Path[] {
    const there = this.#deps
      .aircraftPaths()
      .filter((path) => this.#isAt(path, target) && !this.#table.has(path.key, frame.sysid, frame.compid));
    const found = new Map<string, Path>();
    for (const path of there) {
      const carrier = this.#deps.hooks.carrier(path, target.sysid === 0 ? undefined : target.sysid);
      // A camera may be heard by one of the paths only.
      const by = there.find((each) => each.key === carrier.key) ?? path;
      found.set(by.key, by);
    }
    return [...found.values()];
  }

  #isAt(path: Path, target: Target): boolean {
    return target.sysid === 0 || this.#table.has(path.key, target.sysid, target.compid);
  }

  /** A computer on board speaks with the aircraft's own system id: its heartbeat is no ground station's. */
  #isCompanion(path: Path, frame: Frame): boolean {
    return this.#table.has(path.key, frame.sysid, 0);
  }

  #refuse(from: Path, why: Refusal | "nobody" | "ambiguous" | "heartbeat"): void {
    this.counts(from.link).refused++;
    this.#refusals.set(why, (this.#refusals.get(why) ?? 0) + 1);
  }
}
