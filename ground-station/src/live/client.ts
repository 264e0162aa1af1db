import {
  type Clock,
  type Connection,
  type LiveToStation,
  liveToStation,
  type StationToLive,
  type WireData,
} from "@outrider/contract";
import { TokenBuckets } from "../http/index.js";
import type { Session } from "../kernel/index.js";

/** Limits of one browser's socket (docs/security.md, "Staying up"). */
export const liveLimits = {
  messages: { perS: 20, burst: 40 },
  /** Hand-flying sends 20 a second by itself; it has a lane of its own so that it never starves a request. */
  sticks: { perS: 25, burst: 30 },
  /** Above this samples and pictures are skipped: latest wins, there is no use in old ones. */
  skipAboveBytes: 64 * 1024,
  /** A tick of samples waits behind one other at most: a second one would only be older. */
  sampleFloorBytes: 4 * 1024,
  closeAboveBytes: 8 * 1024 * 1024,
  /** Facts come in bursts, one causing the next: a room is shown once for all of a burst, and never before an order is sent. */
  gatherMs: 10,
  mostDropped: 400,
  mostRooms: 40,
  mostVideos: 16,
} as const;

export type JoinedRoom = { lastText: string };

export type ClientEvents = {
  onMessage(client: LiveClient, message: LiveToStation): void;
  onGone(client: LiveClient): void;
  count(metric: string): void;
};

/** One browser: its socket, its rooms, and what it may take. Knows nothing of what the messages mean. */
export class LiveClient {
  readonly connection: Connection;
  readonly rooms = new Map<string, JoinedRoom>();
  /** Cameras watched; `true` while units are skipped until the next key frame. */
  readonly videos = new Map<string, boolean>();
  readonly cookieSessionId: string | undefined;
  session: Session | undefined;
  missedSamples = false;
  readonly #wall: Clock;
  readonly #events: ClientEvents;
  readonly #messages = new TokenBuckets(liveLimits.messages);
  readonly #sticks = new TokenBuckets(liveLimits.sticks);
  #dropped = 0;
  #closed = false;

  constructor(connection: Connection, cookieSessionId: string | undefined, wall: Clock, events: ClientEvents) {
    this.connection = connection;
    this.cookieSessionId = cookieSessionId;
    this.#wall = wall;
    this.#events = events;
  }

  get open(): boolean {
    return !this.#closed;
  }

  receive(data: WireData): void {
    if (this.#closed) return;
    const message = typeof data === "string" ? parse(data) : undefined;
    const bucket = message?.kind === "sticks" ? this.#sticks : this.#messages;
    if (!bucket.take("", this.#wall.nowMs())) return this.#drop();
    if (message === undefined) {
      this.#events.count("live_bad_messages");
      return;
    }
    this.#events.onMessage(this, message);
  }

  #drop(): void {
    this.#dropped += 1;
    this.#events.count("live_messages_dropped");
    if (this.#dropped > liveLimits.mostDropped) this.close("too many messages");
  }

  send(message: StationToLive): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    if (this.#closed) return;
    if (this.connection.bufferedBytes() > liveLimits.closeAboveBytes) return this.close("too slow to keep up");
    this.connection.send(text);
  }

  /** For what is worth nothing when late. */
  sendIfKeepingUp(bytes: Uint8Array, aboveBytes: number = liveLimits.skipAboveBytes): boolean {
    if (this.#closed || this.connection.bufferedBytes() > aboveBytes) return false;
    this.connection.send(bytes);
    return true;
  }

  close(why: string): void {
    if (this.#closed) return;
    this.connection.send(JSON.stringify({ kind: "bye", why } satisfies StationToLive));
    this.connection.close(1008, why);
    this.gone();
  }

  gone(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.onGone(this);
  }
}

function parse(text: string): LiveToStation | undefined {
  try {
    const parsed = liveToStation.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
