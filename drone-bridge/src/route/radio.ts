import type { Clock } from "@outrider/contract";
import { type AnyMessageInit, decode, type Frame, type MavMessage } from "@outrider/mavlink";
import { FrameGate, type Seal } from "../frame/index.js";
import { type Link, type LinkState, linkTiming } from "../link/index.js";

/** One peer on one link: the only unit that bytes are sent to. Nothing is ever forwarded from one to another. */
export type Path = {
  readonly key: string;
  readonly link: string;
  readonly peer: string;
  readonly signed: boolean;
};

export type Heard = { readonly path: Path; readonly frame: Frame; readonly message: MavMessage; readonly tMs: number };

export type RadioEvents = {
  onHeard(heard: Heard): void;
  /** The peer cannot be reached any more: link closed, caller hung up, or silent for too long. */
  onPathGone(path: Path, reason: string): void;
  onLinkState(link: string, state: LinkState, reason: string): void;
  /** Raw frames both ways, for the track. */
  onRaw?(path: Path, bytes: Uint8Array, tMs: number): void;
};

type Entry = { path: Path; gate: FrameGate; link: Link; lastHeardMs: number; carriesAircraft: boolean };

/** All links together: hears every peer, speaks to exactly one at a time. */
export class Radio {
  readonly #links: readonly Link[];
  readonly #clock: Clock;
  readonly #events: RadioEvents;
  readonly #seal: Seal;
  readonly #paths = new Map<string, Entry>();
  readonly #states = new Map<string, LinkState>();
  readonly #gone = new Map<string, { frames: number; crcErrors: number; lost: number }>();

  constructor(deps: { links: readonly Link[]; clock: Clock; seal: Seal; events: RadioEvents }) {
    this.#links = deps.links;
    this.#clock = deps.clock;
    this.#seal = deps.seal;
    this.#events = deps.events;
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
  }

  /** Sends to this peer and nobody else; false when it is not there. */
  send(path: Path, message: AnyMessageInit): boolean {
    const entry = this.#paths.get(path.key);
    if (entry === undefined) return false;
    const bytes = entry.gate.encode(message);
    this.#events.onRaw?.(path, bytes, this.#clock.nowMs());
    return entry.link.send(bytes, entry.path.peer);
  }

  /** From now on this peer is an aircraft: it keeps its heartbeat through long silence. */
  carriesAircraft(path: Path): void {
    const entry = this.#paths.get(path.key);
    if (entry !== undefined) entry.carriesAircraft = true;
  }

  /** Peers that get our heartbeat: those that carry an autopilot, and configured remotes not heard yet. */
  heartbeatPaths(): Path[] {
    for (const link of this.#links) for (const peer of link.knownPeers()) this.#entry(link, peer);
    const known = new Set(this.#links.flatMap((link) => link.knownPeers().map((peer) => `${link.name}|${peer}`)));
    return [...this.#paths.values()]
      .filter((entry) => entry.carriesAircraft || known.has(entry.path.key))
      .map((entry) => entry.path);
  }

  /** Drops peers that have been silent for too long. `replaced` tells of an aircraft that is heard on another path. */
  expire(replaced: (path: Path) => boolean): void {
    const nowMs = this.#clock.nowMs();
    for (const entry of this.#paths.values()) {
      if (nowMs - entry.lastHeardMs <= Math.min(linkTiming.aircraftExpiryMs, linkTiming.strangerExpiryMs)) continue;
      if (entry.link.knownPeers().includes(entry.path.peer)) continue;
      const keep = entry.carriesAircraft && !replaced(entry.path);
      const limitMs = keep ? linkTiming.aircraftExpiryMs : linkTiming.strangerExpiryMs;
      if (nowMs - entry.lastHeardMs > limitMs) this.#forget(entry.path.key, "silent for too long");
    }
  }

  health(): { name: string; state: string; frames: number; crcErrors: number; lost: number }[] {
    return this.#links.map((link) => {
      const sum = { ...(this.#gone.get(link.name) ?? { frames: 0, crcErrors: 0, lost: 0 }) };
      for (const entry of this.#paths.values()) {
        if (entry.link !== link) continue;
        const { frames, crcErrors, lost } = entry.gate.counts;
        sum.frames += frames;
        sum.crcErrors += crcErrors;
        sum.lost += lost;
      }
      return { name: link.name, state: this.#states.get(link.name) ?? "opening", ...sum };
    });
  }

  #entry(link: Link, peer: string): Entry {
    const key = `${link.name}|${peer}`;
    let entry = this.#paths.get(key);
    if (entry === undefined) {
      const gate = new FrameGate(this.#seal);
      const path: Path = { key, link: link.name, peer, signed: gate.signed };
      entry = { path, gate, link, lastHeardMs: this.#clock.nowMs(), carriesAircraft: false };
      this.#paths.set(key, entry);
    }
    return entry;
  }

  #onBytes(link: Link, bytes: Uint8Array, peer: string, whole: boolean): void {
    const entry = this.#entry(link, peer);
    const tMs = this.#clock.nowMs();
    entry.gate.receive(bytes, whole, (frame) => {
      entry.lastHeardMs = tMs;
      this.#events.onRaw?.(entry.path, frame.raw, tMs);
      const message = decode(frame);
      if (message !== undefined) this.#events.onHeard({ path: entry.path, frame, message, tMs });
    });
  }

  #onState(link: Link, state: LinkState, reason: string): void {
    this.#states.set(link.name, state);
    this.#events.onLinkState(link.name, state, reason);
    if (state !== "closed") return;
    for (const entry of [...this.#paths.values()]) if (entry.link === link) this.#forget(entry.path.key, reason);
  }

  #forget(key: string, reason: string): void {
    const entry = this.#paths.get(key);
    if (entry === undefined) return;
    const { frames, crcErrors, lost } = entry.gate.counts;
    const before = this.#gone.get(entry.link.name) ?? { frames: 0, crcErrors: 0, lost: 0 };
    this.#gone.set(entry.link.name, {
      frames: before.frames + frames,
      crcErrors: before.crcErrors + crcErrors,
      lost: before.lost + lost,
    });
    this.#paths.delete(key);
    this.#events.onPathGone(entry.path, reason);
  }
}
