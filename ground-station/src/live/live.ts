import {
  type AcceptInfo,
  type Connection,
  encodeSamples,
  type Fact,
  type LiveToStation,
  liveTimes,
  type RunTiming,
  type ScreenView,
  type StationToLive,
  type WireData,
} from "@outrider/contract";
import { hostIsOurs, type OriginPolicy, originIsOurs, readCookie, sessionCookieName } from "../http/index.js";
import type { SamplePort, Session, StationContext, StationPart } from "../kernel/index.js";
import { hasAny, type People, pictureRights } from "../people/index.js";
import { LiveClient, liveLimits } from "./client.js";
import { RecentFacts } from "./recent-facts.js";
import { touchesRoom } from "./room-rights.js";
import { RoomSender } from "./room-sender.js";
import { SampleRows } from "./sample-rows.js";

export type LiveDeps = {
  readonly people: People;
  readonly policy: OriginPolicy;
  readonly parts: () => readonly StationPart[];
  readonly samples: () => SamplePort | undefined;
  readonly handles: () => Omit<Extract<StationToLive, { kind: "handles" }>, "kind">;
  readonly timing: () => RunTiming;
  readonly bootId: string;
  readonly recordWritable: () => boolean;
  /** Hand-flying: the one who handles it checks that this person holds the aircraft. */
  readonly onSticks: (session: Session, sticks: Extract<LiveToStation, { kind: "sticks" }>) => void;
};

export type LiveAnswer =
  | { kind: "accept"; onMessage(data: WireData): void; onClose(reason: string): void }
  | { kind: "refuse"; status: number; reason: string };

/** Rooms whose view moves with time or with what is no fact (dock doors, batteries, ages). */
const movingRooms = ["fleet", "pilot:*", "health", "sky"] as const;
const ticksPerRefresh = 1_000 / liveTimes.tickMs;
const keyFlagAt = 3;

/** The live wire: rooms with facts and views, samples, pictures, presence. */
export class Live {
  readonly #context: StationContext;
  readonly #deps: LiveDeps;
  readonly #clients = new Set<LiveClient>();
  readonly #recent = new RecentFacts();
  readonly #rows = new SampleRows();
  readonly #sender: RoomSender;
  readonly #videoListeners: ((cameraId: string, watchers: number) => void)[] = [];
  readonly #dirty = new Map<string, Fact[]>();
  #samplesRevision: number | undefined;
  #flushPlanned = false;
  /** The last durable fact that came here. */
  #toldSeq = 0;
  #ticking = false;
  #closed = false;

  constructor(context: StationContext, deps: LiveDeps) {
    this.#context = context;
    this.#deps = deps;
    this.#sender = new RoomSender(context.kernel, deps.parts, deps.recordWritable);
    deps.people.sessions.onChange((sessionId) => this.#recheck(sessionId));
  }

  start(): void {
    this.#sender.start();
  }

  close(): void {
    this.#closed = true;
    for (const client of [...this.#clients]) client.close("the server stops");
  }

  accept(info: AcceptInfo, connection: Connection): LiveAnswer {
    if (!hostIsOurs(this.#deps.policy, info.headers["host"]))
      return { kind: "refuse", status: 421, reason: "wrong host" };
    if (!originIsOurs(this.#deps.policy, info.headers["origin"])) {
      this.#context.count("live_origin_refused");
      return { kind: "refuse", status: 403, reason: "only our own pages" };
    }
    const token = readCookie(info.headers["cookie"], sessionCookieName);
    const session = token === undefined ? undefined : this.#deps.people.sessions.byToken(token);
    if (session === undefined) return { kind: "refuse", status: 401, reason: "not signed in" };
    const client = new LiveClient(connection, session.sessionId, this.#context.clocks.wall, {
      onMessage: (from, message) => this.#onMessage(from, message),
      onGone: (gone) => this.#onGone(gone),
      count: (metric) => this.#context.count(metric),
    });
    this.#clients.add(client);
    this.#keepTicking();
    const cancel = this.#context.clocks.wall.after(liveTimes.helloWithinMs, () => {
      if (client.session === undefined) client.close("no hello within 5 s");
    });
    return {
      kind: "accept",
      onMessage: (data) => client.receive(data),
      onClose: () => {
        cancel();
        client.gone();
      },
    };
  }

  #onGone(client: LiveClient): void {
    this.#clients.delete(client);
    const cameras = [...client.videos.keys()];
    client.videos.clear();
    client.rooms.clear();
    for (const cameraId of cameras) this.#tellWatchers(cameraId);
  }

  #onMessage(client: LiveClient, message: LiveToStation): void {
    if (message.kind === "hello") return this.#hello(client, message.ticket);
    if (client.session === undefined) return client.close("hello comes first");
    const session = this.#deps.people.sessions.byId(client.session.sessionId);
    if (session === undefined) return client.close("signed out");
    client.session = session;
    switch (message.kind) {
      case "join":
        return this.#join(client, message.room, message.since);
      case "leave":
        client.rooms.delete(message.room);
        return;
      case "ping":
        return client.send({ kind: "pong", n: message.n, nowMs: this.#context.kernel.nowMs() });
      case "presence":
        return this.#deps.people.touchPresence(session.personId);
      case "sticks":
        if (session.roles.includes("pic")) this.#deps.onSticks(session, message);
        return;
      case "watchVideo":
        return this.#watchVideo(client, session, message.cameraId, message.on);
    }
  }

  #hello(client: LiveClient, ticket: string): void {
    if (client.session !== undefined) return;
    const sessionId = this.#deps.people.tickets.redeem(ticket);
    const session = sessionId === undefined ? undefined : this.#deps.people.sessions.byId(sessionId);
    if (session === undefined || sessionId !== client.cookieSessionId) {
      this.#context.count("live_ticket_refused");
      return client.close("the ticket is used, late or not yours");
    }
    client.session = session;
    const { personId, name, roles, demo } = session;
    const watchId = this.#deps.people.watchOf(personId)?.watchId;
    client.send({
      kind: "welcome",
      version: 1,
      session: { personId, name, roles, demo, watchId },
      bootId: this.#deps.bootId,
      timing: this.#deps.timing(),
      nowMs: this.#context.kernel.nowMs(),
      sim: this.#context.config.site.provenance === "sim",
    });
    client.send({ kind: "handles", ...this.#deps.handles() });
    this.#deps.people.touchPresence(personId);
    client.missedSamples = true;
  }

  #join(client: LiveClient, room: string, since: number | undefined): void {
    if (client.rooms.size >= liveLimits.mostRooms && !client.rooms.has(room))
      return client.send({ kind: "refused", room, why: "Too many rooms on one socket: leave some first." });
    // Whoever comes in gets all until now at once; what waits for the others would come to him a second time.
    client.rooms.delete(room);
    if (this.#dirty.size > 0) this.#flushNow();
    client.rooms.set(room, { lastText: "" });
    const facts = since === undefined ? [] : (this.#recent.since(room, since, this.#sender.durableSeq) ?? []);
    this.#sender.send(client, room, facts, true);
  }

  /** Told of each durable fact, after the parts have seen it. */
  onFact(fact: Fact): void {
    const rooms = new Set<string>();
    for (const part of this.#deps.parts()) for (const room of part.touches?.(fact) ?? []) rooms.add(room);
    this.#recent.add(fact, [...rooms]);
    for (const room of rooms) {
      const held = this.#dirty.get(room);
      if (held === undefined) this.#dirty.set(room, [fact]);
      else held.push(fact);
    }
    this.#toldSeq = fact.seq;
    // What waits for this fact leaves together with it: whoever is cut off between would resume after a fact it never had.
    if (this.#dirty.size === 0) this.#sender.durable(fact.seq);
    this.#planFlush();
  }

  /** Shows again what changed without a fact. */
  touch(rooms: readonly string[]): void {
    for (const room of rooms) if (!this.#dirty.has(room)) this.#dirty.set(room, []);
    this.#planFlush();
  }

  #planFlush(): void {
    if (this.#flushPlanned || this.#closed || this.#dirty.size === 0) return;
    this.#flushPlanned = true;
    this.#context.clocks.wall.after(liveLimits.gatherMs, () => {
      this.#flushPlanned = false;
      this.#flushNow();
    });
  }

  #flushNow(): void {
    this.#sender.durable(this.#toldSeq);
    this.#sender.inOneRound(() => this.#flush());
  }

  /** One message a room and client for everything since the last: pilots first, lists last. */
  #flush(): void {
    const dirty = [...this.#dirty].sort(([a], [b]) => rank(a) - rank(b));
    this.#dirty.clear();
    for (const client of this.#clients) {
      for (const room of [...client.rooms.keys()].sort((a, b) => rank(a) - rank(b))) {
        const facts = new Set<Fact>();
        let touched = false;
        for (const [name, held] of dirty) {
          if (!touchesRoom(name, room)) continue;
          touched = true;
          for (const fact of held) facts.add(fact);
        }
        if (touched)
          this.#sender.send(
            client,
            room,
            [...facts].sort((a, b) => a.seq - b.seq),
            false,
          );
      }
    }
  }

  /** The record stopped or came back: what could not be told in order is shown as it is. */
  showAll(durableSeq: number): void {
    this.#sender.durable(durableSeq);
    this.#sender.releaseAll();
    for (const client of this.#clients)
      for (const room of [...client.rooms.keys()]) this.#sender.send(client, room, [], true);
  }

  retimed(timing: RunTiming): void {
    for (const client of this.#clients) if (client.session) client.send({ kind: "timing", timing });
  }

  handlesChanged(): void {
    for (const client of this.#clients) if (client.session) client.send({ kind: "handles", ...this.#deps.handles() });
  }

  /** Ticks run while somebody looks: a station alone at night, or in a simulated week, costs nothing. */
  #keepTicking(): void {
    if (this.#ticking) return;
    this.#ticking = true;
    this.#tick(1);
  }

  #tick(count: number): void {
    if (this.#closed || this.#clients.size === 0) {
      this.#ticking = false;
      return;
    }
    this.#context.clocks.wall.after(liveTimes.tickMs, () => {
      this.#sendSamples();
      if (count % ticksPerRefresh === 0) this.#refresh();
      this.#tick(count + 1);
    });
  }

  #sendSamples(): void {
    const samples = this.#deps.samples();
    if (samples === undefined) return;
    const revision = samples.revision?.();
    const same = revision !== undefined && revision === this.#samplesRevision;
    this.#samplesRevision = revision;
    if (same && ![...this.#clients].some((client) => client.missedSamples)) return;
    const watching = [...this.#clients].filter(
      (client) => client.session && hasAny(client.session.roles, pictureRights),
    );
    const all = samples.all();
    const nowMs = this.#context.kernel.nowMs();
    const rows = this.#rows.changed(all, nowMs);
    const changed = rows.length > 0 ? encodeSamples(rows, nowMs) : undefined;
    let whole: Uint8Array | undefined;
    for (const client of watching) {
      // A client that missed rows gets every aircraft once: a parked one would otherwise never be told again.
      if (client.missedSamples) whole ??= encodeSamples([...all.values()], nowMs);
      const frame = client.missedSamples ? whole : changed;
      if (frame !== undefined)
        client.missedSamples = !client.sendIfKeepingUp(frame, Math.max(frame.byteLength, liveLimits.sampleFloorBytes));
      if (client.missedSamples) this.#context.count("live_samples_skipped");
    }
  }

  /** What changes without a fact, and whether everybody may still see what he sees. */
  #refresh(): void {
    for (const client of [...this.#clients]) if (client.session) this.#recheck(client.session.sessionId);
    if (this.#deps.recordWritable()) this.touch(movingRooms);
    else this.showAll(this.#sender.durableSeq);
  }

  /** A session that ended or lost a role must get no further byte it may not have: at once, at latest within a second. */
  #recheck(sessionId: string): void {
    const session = this.#deps.people.sessions.byId(sessionId);
    for (const client of [...this.#clients]) {
      if (client.session?.sessionId !== sessionId && client.cookieSessionId !== sessionId) continue;
      if (session === undefined) {
        client.close("signed out");
        continue;
      }
      if (client.session === undefined) continue;
      const rolesChanged = client.session.roles.join() !== session.roles.join();
      client.session = session;
      if (!rolesChanged) continue;
      if (!hasAny(session.roles, pictureRights)) client.videos.clear();
      for (const room of [...client.rooms.keys()]) this.#sender.send(client, room, [], false);
    }
  }

  #watchVideo(client: LiveClient, session: Session, cameraId: string, on: boolean): void {
    if (!on) client.videos.delete(cameraId);
    else if (hasAny(session.roles, pictureRights) && client.videos.size < liveLimits.mostVideos)
      client.videos.set(cameraId, true);
    this.#tellWatchers(cameraId);
  }

  #tellWatchers(cameraId: string): void {
    const watchers = this.watchers(cameraId);
    for (const listener of this.#videoListeners) listener(cameraId, watchers);
  }

  watchers(cameraId: string): number {
    return [...this.#clients].filter((client) => client.videos.has(cameraId)).length;
  }

  /** What each person has open: the rooms that his pages follow and the pictures they play. For the trainer's desk. */
  screens(): readonly ScreenView[] {
    return [...this.#clients].flatMap((client) =>
      client.session === undefined
        ? []
        : [
            {
              personId: client.session.personId,
              name: client.session.name,
              rooms: [...client.rooms.keys()],
              cameras: [...client.videos.keys()],
            },
          ],
    );
  }

  /** Told how many watch a camera now: a new watcher needs a key frame. */
  onWatchers(listener: (cameraId: string, watchers: number) => void): void {
    this.#videoListeners.push(listener);
  }

  /** Forwards one access unit to everybody who watches; a slow socket waits for the next key frame. */
  sendVideo(cameraId: string, unit: Uint8Array): void {
    const isKey = ((unit[keyFlagAt] ?? 0) & 1) !== 0;
    for (const client of this.#clients) {
      const waiting = client.videos.get(cameraId);
      if (waiting === undefined || (waiting && !isKey)) continue;
      const sent = client.sendIfKeepingUp(unit);
      if (!sent) this.#context.count("live_video_skipped");
      client.videos.set(cameraId, !sent);
    }
  }
}

/** Who must act sees it first; long lists come last. */
function rank(room: string): number {
  if (room.startsWith("pilot:")) return 0;
  if (room === "fleet") return 1;
  if (room.startsWith("incident:")) return 2;
  return room === "incidents" ? 3 : 4;
}
