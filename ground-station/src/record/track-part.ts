import {
  type Fact,
  newFact,
  type Role,
  type TrackHead,
  type TrackRow,
  type TrackView,
  trackEveryMs,
} from "@outrider/contract";
import {
  actorOf,
  type Reply,
  type Route,
  type SamplePort,
  type Session,
  type StationContext,
  type StationPart,
  systemActor,
} from "../kernel/index.js";
import { TrackFile, type TrackSum } from "./track-file.js";
import { type Track, type TrackState, trackRoom } from "./track-room.js";
import { rowOf, rowsOf, trackGeoJson, trackView } from "./track-rows.js";

export type TrackDeps = {
  readonly samples: SamplePort;
  /** Hears each row as it is kept. */
  readonly onRow?: (uid: string, callSign: string, row: TrackRow) => void;
};
export type TrackPart = StationPart & {
  /** Tracks of the flights between two facts, for the station's own judging of a run: nobody looks at them by this. */
  between(fromSeq: number, toSeq: number, everyMs: number, done: (views: readonly TrackView[]) => void): void;
  close(): void;
};

const readers: readonly Role[] = ["pic", "rtcc", "trainer", "supervisor", "auditor"];
const debriefers: readonly Role[] = ["trainer", "supervisor"];
/** Two looks at one sample compute its moment from ages that were rounded on the way. */
const sameMomentMs = 5;
const replayEveryMs = 1_000;
const mostTracks = 60;

const fileOf = (trackId: string): string => `track-${trackId}.ndjson`;

/** Where each aircraft was: a file a flight beside the record, whose hash goes into the record when the flight closes. */
class Tracks implements TrackPart {
  readonly name = "tracks";
  readonly rooms = [trackRoom];
  readonly routes: readonly Route[];
  readonly #context: StationContext;
  readonly #deps: TrackDeps;
  readonly #files = new Map<string, TrackFile>();
  readonly #lastMs = new Map<string, number>();
  readonly #sealing = new Set<string>();
  #ticking = false;
  #closed = false;

  constructor(context: StationContext, deps: TrackDeps) {
    this.#context = context;
    this.#deps = deps;
    this.routes = this.#routes();
  }

  get #state(): TrackState {
    return this.#context.kernel.state(trackRoom);
  }

  #callSign(uid: string): string {
    return this.#context.config.aircraft.find((one) => one.uid === uid)?.callSign ?? uid;
  }

  onStart(): void {
    // What a crash left open: still flying, or closed and not sealed.
    for (const track of this.#state.byId.values()) if (track.flightId !== undefined) this.#seal(track);
    this.#keepTicking();
  }

  onFact(fact: Fact): void {
    switch (fact.type) {
      case "Armed":
      case "Airborne":
      case "Landed":
      case "FlightClosed":
        for (const track of this.#state.byId.values())
          if (track.uid === fact.data.uid && track.flightId !== undefined) this.#seal(track);
        return this.#keepTicking();
      case "RunStarted":
        for (const track of this.#state.byId.values()) if (track.flightId !== undefined) this.#seal(track);
        return;
      default:
        return;
    }
  }

  /** Looks while somebody may be in the air: the state knows it even when the disk is full and nobody is told. */
  #keepTicking(): void {
    const { armed, openOf } = this.#state;
    if (this.#ticking || this.#closed || armed.size + openOf.size === 0) return;
    this.#ticking = true;
    this.#context.kernel.after(trackEveryMs, () => {
      this.#ticking = false;
      if (this.#closed) return;
      this.#look();
      this.#keepTicking();
    });
  }

  #look(): void {
    const nowMs = this.#context.kernel.nowMs();
    for (const trackId of this.#state.openOf.values()) {
      const track = this.#state.byId.get(trackId);
      const sample = track?.flying ? this.#deps.samples.latest(track.uid) : undefined;
      if (track === undefined || sample === undefined) continue;
      const tMs = nowMs - sample.ageMs;
      if (tMs <= (this.#lastMs.get(trackId) ?? track.fromMs - trackEveryMs) + sameMomentMs) continue;
      this.#lastMs.set(trackId, tMs);
      const row = rowOf(sample, tMs, track.takeoffAmslM);
      this.#fileOf(track).add(JSON.stringify(row));
      this.#deps.onRow?.(track.uid, this.#callSign(track.uid), row);
    }
  }

  #fileOf(track: Track): TrackFile {
    const known = this.#files.get(track.trackId);
    if (known !== undefined) return known;
    const { disk, clocks, log, config } = this.#context;
    const { trackId, uid } = track;
    const prov = config.site.provenance;
    const head: TrackHead = { track: 1, trackId, uid, callSign: this.#callSign(uid), prov };
    const file = new TrackFile({ disk, wall: clocks.wall, log }, fileOf(trackId), JSON.stringify(head));
    this.#files.set(trackId, file);
    return file;
  }

  #seal(track: Track): void {
    const { trackId, flightId } = track;
    if (flightId === undefined || track.seal !== undefined || this.#sealing.has(trackId)) return;
    this.#sealing.add(trackId);
    this.#fileOf(track).seal((sum) => {
      this.#files.delete(trackId);
      this.#lastMs.delete(trackId);
      this.#sealing.delete(trackId);
      this.#context.kernel.commit([sealedFact(track, flightId, sum)]);
    });
  }

  #routes(): readonly Route[] {
    return [
      {
        kind: "get",
        path: "/flights/{flightId}/track",
        roles: readers,
        summary:
          "Where the aircraft was, by flight or launch id: rows of at most two a second (`everyMs` thins them), with the seal of the record; `format=geojson` for a line. The look is itself a fact",
        handle: ({ params, session, request }, reply) =>
          session && this.#one(params["flightId"] ?? "", request.query, session, reply),
      },
      {
        kind: "get",
        path: "/replay/tracks",
        roles: debriefers,
        summary:
          "Tracks of the flights between two facts (`fromSeq`, `toSeq`), a row a second (`everyMs`), for a debrief",
        handle: ({ session, request }, reply) => session && this.#replay(request.query, session, reply),
      },
    ];
  }

  #one(id: string, query: Query, session: Session, reply: Reply): void {
    const { byId, byFlight } = this.#state;
    const track = byId.get(byFlight.get(id) ?? id);
    if (track === undefined)
      return reply.problem(404, "No such track", "There is no flight with this id, or it never left the ground.");
    const everyMs = Number(query["everyMs"] ?? "0");
    if (!(everyMs >= 0)) return reply.problem(422, "Bad interval", "everyMs must be a number of milliseconds.");
    const wanted = { tracks: [track], everyMs, session, role: roleAmong(session, readers) };
    this.#read(wanted, reply, ([view]) =>
      reply.ok(query["format"] === "geojson" && view !== undefined ? trackGeoJson(view) : view),
    );
  }

  #replay(query: Query, session: Session, reply: Reply): void {
    const fromSeq = Number(query["fromSeq"]);
    const toSeq = Number(query["toSeq"]);
    const everyMs = Number(query["everyMs"] ?? String(replayEveryMs));
    if (!Number.isInteger(fromSeq) || !Number.isInteger(toSeq) || fromSeq < 1 || toSeq < fromSeq || !(everyMs >= 0))
      return reply.problem(422, "Bad range", "fromSeq and toSeq must be whole numbers, fromSeq at least 1.");
    const tracks = this.#between(fromSeq, toSeq);
    const role = roleAmong(session, debriefers);
    this.#read({ tracks, everyMs, session, role }, reply, (views) => reply.ok({ fromSeq, toSeq, tracks: views }));
  }

  #between(fromSeq: number, toSeq: number): readonly Track[] {
    return [...this.#state.byId.values()]
      .filter((one) => one.fromSeq <= toSeq && (one.toSeq ?? Number.POSITIVE_INFINITY) >= fromSeq)
      .slice(-mostTracks);
  }

  between(fromSeq: number, toSeq: number, everyMs: number, done: (views: readonly TrackView[]) => void): void {
    this.#load(this.#between(fromSeq, toSeq), everyMs, [], done);
  }

  /** The look is in the record before the answer. */
  #read(wanted: Wanted, reply: Reply, done: (views: readonly TrackView[]) => void): void {
    const { tracks, everyMs, session, role } = wanted;
    if (tracks.length === 0) return done([]);
    const flightIds = tracks.map((one) => one.flightId ?? one.trackId);
    const fact = newFact("TrackRead", { personId: session.personId, flightIds }, actorOf(session, role));
    this.#context.kernel.commit([fact], (durable) => {
      if (durable.kind === "error")
        return reply.problem(503, "Not recorded", "A look that cannot be recorded is not given.", "Free the disk.");
      this.#load(tracks, everyMs, [], done);
    });
  }

  #load(
    left: readonly Track[],
    everyMs: number,
    views: TrackView[],
    done: (views: readonly TrackView[]) => void,
  ): void {
    const [track, ...rest] = left;
    if (track === undefined) return done(views);
    this.#context.disk.read(fileOf(track.trackId), (bytes) => {
      views.push(trackView(track, this.#callSign(track.uid), bytes, everyMs));
      this.#load(rest, everyMs, views, done);
    });
  }

  close(): void {
    this.#closed = true;
    for (const file of this.#files.values()) file.close();
  }
}

type Query = Readonly<Record<string, string | undefined>>;
type Wanted = {
  readonly tracks: readonly Track[];
  readonly everyMs: number;
  readonly session: Session;
  readonly role: Role;
};

function sealedFact(track: Track, flightId: string, sum: TrackSum) {
  const rows = rowsOf(sum.bytes);
  const { uid, launchId, fromMs } = track;
  return newFact(
    "TrackSealed",
    {
      flightId,
      ...(launchId === undefined ? {} : { launchId }),
      uid,
      sha256: sum.sha256,
      count: rows.length,
      fromMs: rows[0]?.tMs ?? fromMs,
      toMs: rows.at(-1)?.tMs ?? fromMs,
      missed: sum.missed,
    },
    systemActor,
  );
}

const roleAmong = (session: Session, roles: readonly Role[]): Role =>
  roles.find((role) => session.roles.includes(role)) ?? "auditor";

export const createTrackPart = (context: StationContext, deps: TrackDeps): TrackPart => new Tracks(context, deps);
