import type { Clock } from "@outrider/contract";
import {
  type AnyMessageInit,
  decode,
  type Frame,
  type MavMessage,
  type MessageOf,
  MessagePool,
} from "@outrider/mavlink";
import { FrameGate, type Seal, unsigned } from "../frame/index.js";
import { type Link, type LinkState, linkTiming } from "../link/index.js";
import type { ForwardFilter } from "./forward-filter.js";
import { Forwarder, type ForwardHooks } from "./forwarder.js";
import type { Path } from "./path.js";
import { isStreamed } from "./streamed.js";

/** `frame`, and the message of a kind that is streamed, are good during the call alone: the next one takes their place. */
export type Heard = {
  readonly path: Path;
  readonly frame: Frame;
  readonly message: MavMessage;
  /** Of a kind that comes many times a second and goes into the state alone. */
  readonly streamed: boolean;
  readonly tMs: number;
};

export type RadioEvents = {
  onHeard(heard: Heard): void;
  /** The peer cannot be reached any more: link closed, caller hung up, or silent for too long. */
  onPathGone(path: Path, reason: string): void;
  /** A heartbeat whose signature proves nothing: an aircraft that signs obeys it all the same. Changes no state. */
  onUnproven?(path: Path, sysid: number, heartbeat: MessageOf<"HEARTBEAT">): void;
  onLinkState(link: string, state: LinkState, reason: string): void;
  /** Frames both ways, for the track: as they were found, or the bytes that leave. Good during the call alone. */
  onRaw?(path: Path, frame: Frame | Uint8Array, tMs: number): void;
};

/** A link at whose end is another ground station or a companion, not an aircraft. */
export type ForwardPort = {
  readonly link: Link;
  readonly filter: ForwardFilter;
  /** Call signs of the aircraft that it shares; all where left out. */
  readonly share: readonly string[] | undefined;
};

export type RadioDeps = {
  readonly links: readonly Link[];
  readonly forwards?: readonly ForwardPort[];
  readonly hooks?: ForwardHooks;
  readonly clock: Clock;
  readonly seal: Seal;
  readonly events: RadioEvents;
};

export type LinkHealth = {
  name: string;
  state: string;
  frames: number;
  crcErrors: number;
  lost: number;
  strangers: number;
  dropped: number;
  refused: number;
};

type Counted = { frames: number; crcErrors: number; lost: number };
type Entry = {
  readonly path: Path;
  readonly gate: FrameGate;
  readonly link: Link;
  readonly port: ForwardPort | undefined;
  /** Made once: one for each datagram would be garbage of each. */
  readonly onFrame: (frame: Frame) => void;
  /** Of the chunk that its frames come from. */
  chunkMs: number;
  lastHeardMs: number;
  carriesAircraft: boolean;
  /** When our own heartbeat last left for it. */
  beatMs: number;
};

/** Peers of one link beyond this are not listened to: anybody can send from any number of addresses. */
const mostPeers = 512;
/** Our heartbeat goes once a second: this long after the last one it has stopped. */
const beatingMs = 1_500;
const nothing: Counted = { frames: 0, crcErrors: 0, lost: 0 };
const nobody: ForwardHooks = {
  carrier: (path) => path,
  disputed: () => false,
  callSignsAt: () => [],
  onForwarded: () => {},
  onOurIds: () => {},
};

/** All links together: hears every peer, speaks to exactly one at a time. */
export class Radio {
  readonly #deps: RadioDeps;
  readonly #clock: Clock;
  readonly #links: readonly Link[];
  readonly #ports: ReadonlyMap<Link, ForwardPort>;
  readonly #forwarder: Forwarder;
  readonly #paths = new Map<string, Entry>();
  readonly #perLink = new Map<Link, Map<string, Entry>>();
  readonly #states = new Map<string, LinkState>();
  readonly #gone = new Map<string, Counted>();
  readonly #pool = new MessagePool();
  /** A message of the pool is being heard: what comes inside that call must not overwrite it. */
  #hearing = false;
  #crowded = 0;

  constructor(deps: RadioDeps) {
    this.#deps = deps;
    this.#clock = deps.clock;
    const forwards = deps.forwards ?? [];
    this.#links = [...deps.links, ...forwards.map((port) => port.link)];
    this.#ports = new Map(forwards.map((port) => [port.link, port]));
    this.#forwarder = new Forwarder({
      clock: deps.clock,
      hooks: deps.hooks ?? nobody,
      aircraftPaths: () => this.#entries((entry) => entry.port === undefined && entry.carriesAircraft),
      beating: (path) => deps.clock.nowMs() - (this.#paths.get(path.key)?.beatMs ?? 0) <= beatingMs,
      write: (path, bytes) => this.#write(path, bytes),
    });
  }

  open(): void {
    for (const link of this.#links) {
      link.open({
        onBytes: (bytes, peer, whole) => this.#onBytes(link, bytes, peer, whole),
        onState: (state, reason) => this.#onState(link, state, reason),
        onPeerGone: (peer) => this.#forget(`${link.name}|${peer}`, "the connection ended"),
      });
    }
  }

  close(): void {
    for (const link of this.#links) link.close();
    this.#paths.clear();
    this.#perLink.clear();
  }

  /** Sends to this peer and nobody else; false when it is not there or does not take it: then nothing has left. */
  send(path: Path, message: AnyMessageInit): boolean {
    const entry = this.#paths.get(path.key);
    if (entry === undefined) return false;
    const bytes = entry.gate.encode(message);
    // Empty: without its key, nothing of ours may leave.
    const sent = bytes.length > 0 && this.#write(path, bytes);
    if (sent && message.name === "HEARTBEAT") entry.beatMs = this.#clock.nowMs();
    return sent;
  }

  /** From now on this peer is an aircraft: it keeps its heartbeat through long silence. */
  carriesAircraft(path: Path): void {
    const entry = this.#paths.get(path.key);
    if (entry !== undefined) entry.carriesAircraft = true;
  }

  /** Frames heard and frames missing on one path since it began. */
  counts(path: Path): { readonly frames: number; readonly lost: number } {
    return this.#paths.get(path.key)?.gate.counts ?? nothing;
  }

  /** Peers that get our heartbeat: those that carry an autopilot or must hear our time first, and configured remotes. */
  heartbeatPaths(): Path[] {
    const known = new Set<string>();
    for (const link of this.#links) {
      for (const peer of link.knownPeers()) {
        const entry = this.#entry(link, peer);
        if (entry !== undefined && entry.port === undefined) known.add(entry.path.key);
      }
    }
    return this.#entries((entry) => entry.carriesAircraft || entry.gate.asksTime || known.has(entry.path.key));
  }

  /**
   * One round: gives up frames that do not end, and drops peers that have been silent for too long. `replaced` tells of
   * an aircraft that is heard on another path.
   */
  expire(replaced: (path: Path) => boolean): void {
    const nowMs = this.#clock.nowMs();
    for (const entry of this.#paths.values()) {
      entry.gate.still(nowMs - entry.chunkMs, entry.onFrame);
      const silentMs = nowMs - entry.lastHeardMs;
      if (silentMs <= linkTiming.strangerExpiryMs || entry.link.keeps(entry.path.peer)) continue;
      const keep = entry.carriesAircraft && !replaced(entry.path);
      if (silentMs <= (keep ? linkTiming.aircraftExpiryMs : linkTiming.strangerExpiryMs)) continue;
      this.#forget(entry.path.key, "silent for too long");
      entry.link.drop(entry.path.peer);
    }
    this.#forwarder.pump();
  }

  health(): LinkHealth[] {
    return this.#links.map((link) => {
      const sum = { ...(this.#gone.get(link.name) ?? nothing) };
      for (const entry of this.#paths.values()) if (entry.link === link) add(sum, entry.gate.counts);
      const { strangers, dropped } = link.counts();
      const { refused } = this.#forwarder.counts(link.name);
      return { name: link.name, state: this.#states.get(link.name) ?? "opening", ...sum, strangers, dropped, refused };
    });
  }

  /** Why frames of other stations went no further, and how often; `crowd`: peers too many to listen to. */
  refusals(): Readonly<Record<string, number>> {
    return { ...Object.fromEntries(this.#forwarder.refusals), crowd: this.#crowded };
  }

  #entries(wanted: (entry: Entry) => boolean): Path[] {
    const paths: Path[] = [];
    for (const entry of this.#paths.values()) if (wanted(entry)) paths.push(entry.path);
    return paths;
  }

  #write(path: Path, bytes: Uint8Array): boolean {
    const entry = this.#paths.get(path.key);
    if (entry === undefined) return false;
    const sent = entry.link.send(bytes, path.peer);
    // Only what left: a refused way and the next one would else record an order twice.
    if (sent && entry.port === undefined) this.#deps.events.onRaw?.(path, bytes, this.#clock.nowMs());
    return sent;
  }

  #entry(link: Link, peer: string): Entry | undefined {
    const peers = this.#peersOf(link);
    const before = peers.get(peer);
    if (before !== undefined) return before;
    if (peers.size >= mostPeers && !this.#makeRoom(peers)) {
      this.#crowded++;
      return undefined;
    }
    const entry = this.#newEntry(link, peer);
    peers.set(peer, entry);
    this.#paths.set(entry.path.key, entry);
    const { path, port } = entry;
    if (port !== undefined) this.#forwarder.join({ path, filter: port.filter, share: port.share });
    return entry;
  }

  /** Whoever has been there longest without one whole frame goes: single bytes from many ports keep no aircraft out. */
  #makeRoom(peers: ReadonlyMap<string, Entry>): boolean {
    for (const { path, gate, link, port, carriesAircraft } of peers.values()) {
      if (gate.counts.frames > 0 || carriesAircraft || port !== undefined || link.keeps(path.peer)) continue;
      this.#forget(path.key, "no frame ever came");
      link.drop(path.peer);
      this.#crowded++;
      return true;
    }
    return false;
  }

  #peersOf(link: Link): Map<string, Entry> {
    let peers = this.#perLink.get(link);
    if (peers === undefined) {
      peers = new Map();
      this.#perLink.set(link, peers);
    }
    return peers;
  }

  #newEntry(link: Link, peer: string): Entry {
    const key = `${link.name}|${peer}`;
    const port = this.#ports.get(link);
    const gate = new FrameGate(port === undefined ? this.#sealFor(key, link.name) : unsigned);
    const path: Path = {
      key,
      link: link.name,
      peer,
      get signed() {
        return gate.signed;
      },
    };
    const nowMs = this.#clock.nowMs();
    const times = { chunkMs: nowMs, lastHeardMs: nowMs, beatMs: Number.NEGATIVE_INFINITY };
    const onFrame = (frame: Frame): void => this.#onFrame(entry, frame);
    const entry: Entry = { path, gate, link, port, onFrame, ...times, carriesAircraft: false };
    return entry;
  }

  /** What we cannot verify changes nothing here, yet goes on to others unchanged: they may hold the key. */
  #sealFor(key: string, link: string): Seal {
    const seal = this.#deps.seal.forPeer?.(link) ?? this.#deps.seal;
    if (seal === unsigned && this.#ports.size === 0) return seal;
    return {
      seal: (frame) => seal.seal(frame),
      get signed() {
        return seal.signed;
      },
      get asksTime() {
        return seal.asksTime === true;
      },
      accepts: (frame) => {
        const accepted = seal.accepts(frame);
        const entry = accepted ? undefined : this.#paths.get(key);
        if (entry !== undefined) this.#refused(entry, frame);
        return accepted;
      },
    };
  }

  #refused({ path }: Entry, frame: Frame): void {
    const message = decode(frame);
    if (this.#ports.size > 0) this.#forwarder.fromAircraft(path, frame, message, false);
    if (message?.name === "HEARTBEAT") this.#deps.events.onUnproven?.(path, frame.sysid, message);
  }

  #onBytes(link: Link, bytes: Uint8Array, peer: string, whole: boolean): void {
    const entry = this.#entry(link, peer);
    if (entry === undefined) return;
    const tMs = this.#clock.nowMs();
    // A station is there as long as it says anything; an aircraft only by whole frames.
    if (entry.port !== undefined) entry.lastHeardMs = tMs;
    entry.chunkMs = tMs;
    entry.gate.receive(bytes, whole, entry.onFrame);
  }

  /** What is streamed is read at once and kept by nobody, so that it needs no object of its own. */
  #onFrame(entry: Entry, frame: Frame): void {
    entry.lastHeardMs = entry.chunkMs;
    const streamed = isStreamed(frame.msgid);
    if (this.#hearing || !streamed) return this.#heard(entry, frame, decode(frame), streamed);
    this.#hearing = true;
    try {
      this.#heard(entry, frame, this.#pool.decode(frame), true);
    } finally {
      this.#hearing = false;
    }
  }

  #heard(entry: Entry, frame: Frame, message: MavMessage | undefined, streamed: boolean): void {
    const { path, port, chunkMs: tMs } = entry;
    if (port !== undefined) return this.#forwarder.fromStation(path, frame, message);
    this.#deps.events.onRaw?.(path, frame, tMs);
    if (this.#ports.size > 0) this.#forwarder.fromAircraft(path, frame, message);
    if (message !== undefined) this.#deps.events.onHeard({ path, frame, message, streamed, tMs });
  }

  #onState(link: Link, state: LinkState, reason: string): void {
    this.#states.set(link.name, state);
    this.#deps.events.onLinkState(link.name, state, reason);
    if (state !== "closed") return;
    for (const entry of [...this.#paths.values()]) if (entry.link === link) this.#forget(entry.path.key, reason);
  }

  #forget(key: string, reason: string): void {
    const entry = this.#paths.get(key);
    if (entry === undefined) return;
    const before = { ...(this.#gone.get(entry.link.name) ?? nothing) };
    add(before, entry.gate.counts);
    this.#gone.set(entry.link.name, before);
    this.#paths.delete(key);
    this.#perLink.get(entry.link)?.delete(entry.path.peer);
    this.#forwarder.forget(entry.path);
    if (entry.port === undefined) this.#deps.events.onPathGone(entry.path, reason);
  }
}

function add(sum: Counted, counts: Counted): void {
  sum.frames += counts.frames;
  sum.crcErrors += counts.crcErrors;
  sum.lost += counts.lost;
}
