import {
  decodeSamples,
  decodeVideoUnit,
  type Fact,
  type LiveToStation,
  liveTimes,
  liveVersion,
  type RoomViews,
  type SessionView,
  type StationToLive,
  type VideoUnit,
} from "@outrider/contract";
import { SampleStore } from "./sampleStore.js";
import type { LivePorts, LiveSocket } from "./socket.js";
import { StationClock } from "./stationClock.js";

export type LinkLook =
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** Nothing came for 3 s: drawn by this browser, since the station cannot say it. */
  | { readonly kind: "dead"; readonly sinceMs: number }
  | { readonly kind: "refused"; readonly why: string };

/** What is known of one room. `facts` holds the newest ones, oldest first. */
export interface RoomState {
  readonly seq: number;
  readonly view: RoomViews[keyof RoomViews];
  readonly facts: readonly Fact[];
}

/** Room name to the view it carries: `incident:x` is an incident. */
export type ViewOf<R extends string> = R extends keyof RoomViews
  ? RoomViews[R]
  : R extends `${infer K}:${string}`
    ? K extends keyof RoomViews
      ? RoomViews[K]
      : never
    : never;

const KEEP_FACTS = 500;
const PRESENCE_EVERY_MS = 5_000;
/** How often silence is looked for; much finer than the limit, so that the limit is what a person sees. */
const LISTEN_EVERY_MS = 250;

/**
 * The live wire on the browser's side. Facts come in order and are resumed after a break; samples are latest-wins.
 * It reconnects by itself, and says so itself when the station is silent.
 */
export class LiveClient {
  readonly samples: SampleStore;
  readonly clock = new StationClock();
  readonly #ports: LivePorts;
  readonly #rooms = new Map<string, RoomState>();
  readonly #wanted = new Map<string, number>();
  readonly #watched = new Map<string, Set<(unit: VideoUnit) => void>>();
  readonly #listeners = new Set<() => void>();
  readonly #uids = new Map<number, string>();
  readonly #cameras = new Map<number, string>();
  readonly #refused = new Map<string, string>();
  #socket: LiveSocket | undefined;
  #link: LinkLook = { kind: "connecting" };
  #session: SessionView | undefined;
  #sim = false;
  #bootId: string | undefined;
  #welcomed = false;
  #heardMs = 0;
  #retryMs: number = liveTimes.reconnectFirstMs;
  #pingN = 0;
  #listenedMs = 0;
  #presenceMs = Number.NEGATIVE_INFINITY;
  #attempt = 0;
  #stops: (() => void)[] = [];
  #stopped = false;
  /** Frames that were not whole, for the health view. */
  badFrames = 0;

  constructor(ports: LivePorts) {
    this.#ports = ports;
    this.samples = new SampleStore(() => ports.nowMs());
  }

  get link(): LinkLook {
    return this.#link;
  }
  get session(): SessionView | undefined {
    return this.#session;
  }
  get sim(): boolean {
    return this.#sim;
  }
  /** The station's run time now; undefined before the first welcome. */
  nowMs(): number | undefined {
    return this.clock.nowMs(this.#ports.nowMs());
  }
  /** Seconds since anything came from the station, while it counts as dead. */
  deadForS(): number | undefined {
    return this.#link.kind === "dead" ? (this.#ports.nowMs() - this.#heardMs) / 1000 : undefined;
  }

  start(): void {
    this.#stopped = false;
    this.#listenedMs = this.#ports.nowMs();
    this.#connect();
    this.#every(LISTEN_EVERY_MS, () => this.#listen());
    this.#every(liveTimes.pingEveryMs, () => this.#beat());
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#attempt++;
    this.#socket?.close();
    this.#socket = undefined;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Joins a room for as long as anybody wants it. */
  want(room: string): () => void {
    const n = this.#wanted.get(room) ?? 0;
    this.#wanted.set(room, n + 1);
    if (n === 0 && this.#welcomed) this.#join(room);
    return () => this.#unwant(room);
  }

  room(name: string): RoomState | undefined {
    return this.#rooms.get(name);
  }

  /** Why a room was not opened to this person. */
  refusal(name: string): string | undefined {
    return this.#refused.get(name);
  }

  /** Streams access units of one camera to a player. */
  watchVideo(cameraId: string, listener: (unit: VideoUnit) => void): () => void {
    const set = this.#watched.get(cameraId) ?? new Set();
    this.#watched.set(cameraId, set);
    set.add(listener);
    if (set.size === 1) this.#send({ kind: "watchVideo", cameraId, on: true });
    return () => {
      set.delete(listener);
      if (set.size > 0) return;
      this.#watched.delete(cameraId);
      this.#send({ kind: "watchVideo", cameraId, on: false });
    };
  }

  /** A key, pointer or touch happened at a visible page: this is what presence means. */
  present(): void {
    const now = this.#ports.nowMs();
    if (!this.#ports.visible() || now - this.#presenceMs < PRESENCE_EVERY_MS) return;
    this.#presenceMs = now;
    this.#send({ kind: "presence" });
  }

  sticks(
    uid: string,
    s: { readonly forward: number; readonly right: number; readonly up: number; readonly yaw: number },
  ): void {
    this.#send({ kind: "sticks", uid, ...s });
  }

  #unwant(room: string): void {
    const n = (this.#wanted.get(room) ?? 1) - 1;
    if (n > 0) {
      this.#wanted.set(room, n);
      return;
    }
    this.#wanted.delete(room);
    this.#rooms.delete(room);
    this.#refused.delete(room);
    this.#send({ kind: "leave", room });
  }

  #connect(): void {
    const attempt = ++this.#attempt;
    this.#welcomed = false;
    this.#ports.ticket((answer) => {
      if (attempt !== this.#attempt || this.#stopped) return;
      if (answer.kind === "refused") {
        this.#setLink({ kind: "refused", why: answer.why });
        return this.#retry();
      }
      if (answer.kind === "unreachable") return this.#retry();
      this.#socket = this.#ports.open({
        onOpen: () => this.#send({ kind: "hello", version: liveVersion, ticket: answer.ticket }),
        onText: (text) => attempt === this.#attempt && this.#text(text),
        onBytes: (bytes) => attempt === this.#attempt && this.#bytes(bytes),
        onClose: () => attempt === this.#attempt && this.#retry(),
      });
    });
  }

  #retry(): void {
    this.#attempt++;
    this.#welcomed = false;
    this.#socket?.close();
    this.#socket = undefined;
    const waitMs = this.#retryMs;
    this.#retryMs = Math.min(liveTimes.reconnectMostMs, this.#retryMs * 2);
    if (!this.#stopped) this.#once(waitMs, () => this.#connect());
  }

  /** Notices silence. Silence while connected closes the socket, or a half-open one would stay. */
  #listen(): void {
    const now = this.#ports.nowMs();
    // A page that stood still has its messages still in the queue: it must read them before it calls anybody silent.
    const stoodStill = now - this.#listenedMs > 3 * LISTEN_EVERY_MS;
    this.#listenedMs = now;
    const silent = !stoodStill && now - this.#heardMs > liveTimes.channelDeadMs;
    if (!silent || this.#session === undefined || this.#link.kind === "dead") return;
    this.#setLink({ kind: "dead", sinceMs: this.#heardMs });
    if (this.#welcomed) this.#retry();
  }

  #beat(): void {
    if (this.#welcomed) this.#send({ kind: "ping", n: ++this.#pingN, visible: this.#ports.visible() });
    this.samples.changed();
    if (this.#link.kind === "dead") this.#tell();
  }

  #text(text: string): void {
    // Our own station on the same origin: its messages have the shape of the contract.
    const message = JSON.parse(text) as StationToLive;
    this.#heard();
    switch (message.kind) {
      case "welcome":
        return this.#welcome(message);
      case "room":
        return this.#room(message);
      case "refused":
        this.#refused.set(message.room, message.why);
        return this.#tell();
      case "handles":
        for (const a of message.aircraft) this.#uids.set(a.handle, a.uid);
        for (const c of message.cameras) this.#cameras.set(c.handle, c.cameraId);
        return;
      case "timing":
        this.clock.retime(message.timing, this.#ports.nowMs());
        return this.#tell();
      case "pong":
        this.clock.anchor(message.nowMs, this.#ports.nowMs());
        return;
      case "bye":
        this.#setLink({ kind: "refused", why: message.why });
        return;
    }
  }

  #heard(): void {
    this.#heardMs = this.#ports.nowMs();
    if (this.#link.kind === "dead" && this.#welcomed) this.#setLink({ kind: "open" });
  }

  #welcome(message: StationToLive & { kind: "welcome" }): void {
    const mono = this.#ports.nowMs();
    if (this.#bootId !== undefined && this.#bootId !== message.bootId) {
      // Another life of the station: its sequence may have been cut back, so everything is asked anew.
      for (const [name, room] of this.#rooms) this.#rooms.set(name, { ...room, seq: -1 });
    }
    this.#bootId = message.bootId;
    this.#session = message.session;
    this.#sim = message.sim;
    this.#welcomed = true;
    this.#retryMs = liveTimes.reconnectFirstMs;
    this.#uids.clear();
    this.#cameras.clear();
    this.clock.anchor(message.nowMs, mono);
    this.clock.retime(message.timing, mono);
    this.clock.anchor(message.nowMs, mono);
    for (const room of this.#wanted.keys()) this.#join(room);
    for (const cameraId of this.#watched.keys()) this.#send({ kind: "watchVideo", cameraId, on: true });
    this.#setLink({ kind: "open" });
  }

  #join(room: string): void {
    const known = this.#rooms.get(room);
    this.#send(
      known === undefined || known.seq < 0 ? { kind: "join", room } : { kind: "join", room, since: known.seq },
    );
  }

  /** A message that is older than what is shown is dropped; facts already held are not held twice. */
  #room(message: StationToLive & { kind: "room" }): void {
    const known = this.#rooms.get(message.room);
    if (known !== undefined && message.seq < known.seq) return;
    if (!this.#wanted.has(message.room)) return;
    const lastSeq = known?.seq === -1 ? -1 : (known?.facts.at(-1)?.seq ?? -1);
    const kept = known === undefined || known.seq === -1 ? [] : known.facts;
    const fresh = message.facts.filter((f) => f.seq > lastSeq);
    const facts = fresh.length === 0 ? kept : [...kept, ...fresh].slice(-KEEP_FACTS);
    this.#rooms.set(message.room, { seq: message.seq, view: message.view, facts });
    this.#refused.delete(message.room);
    this.#tell();
  }

  #bytes(bytes: Uint8Array): void {
    this.#heard();
    const frame = decodeSamples(bytes);
    if (frame !== undefined) {
      for (const sample of frame.samples) {
        const uid = this.#uids.get(sample.handle);
        if (uid !== undefined) this.samples.put(uid, sample);
      }
      return this.samples.changed();
    }
    const unit = decodeVideoUnit(bytes);
    if (unit === undefined) {
      this.badFrames++;
      return;
    }
    const cameraId = this.#cameras.get(unit.handle);
    if (cameraId === undefined) return;
    for (const listener of this.#watched.get(cameraId) ?? []) listener(unit);
  }

  #send(message: LiveToStation): void {
    if (this.#socket === undefined || (!this.#welcomed && message.kind !== "hello")) return;
    this.#socket.send(JSON.stringify(message));
  }

  #setLink(link: LinkLook): void {
    this.#link = link;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #once(ms: number, run: () => void): void {
    const stop = this.#ports.after(ms, () => {
      this.#stops = this.#stops.filter((s) => s !== stop);
      run();
    });
    this.#stops.push(stop);
  }

  #every(ms: number, run: () => void): void {
    const again = (): void => {
      run();
      if (!this.#stopped) this.#once(ms, again);
    };
    this.#once(ms, again);
  }
}
