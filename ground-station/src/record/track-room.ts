import type { Fact, FactData } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

/** One flight whose way is kept. A flight that nobody launched here (armed by hand) has no launch. */
export type Track = {
  readonly trackId: string;
  readonly uid: string;
  readonly launchId: string | undefined;
  readonly flightId: string | undefined;
  readonly fromMs: number;
  readonly fromSeq: number;
  readonly toSeq: number | undefined;
  readonly takeoffAmslM: number;
  readonly flying: boolean;
  readonly seal: FactData<"TrackSealed"> | undefined;
};

/** The maps are changed in place: the state belongs to the kernel alone. */
export type TrackState = {
  readonly byId: Map<string, Track>;
  readonly byFlight: Map<string, string>;
  /** Not sealed yet, by aircraft. */
  readonly openOf: Map<string, string>;
  readonly armed: Set<string>;
};

const safeId = /^[\w-]{1,80}$/;

function change(state: TrackState, trackId: string | undefined, next: Partial<Track>): void {
  const track = trackId === undefined ? undefined : state.byId.get(trackId);
  if (track !== undefined) state.byId.set(track.trackId, { ...track, ...next });
}

/** From now on the track has the name by which it is sealed and asked for. */
function finish(state: TrackState, track: Track, flightId: string, toSeq: number): void {
  change(state, track.trackId, { flying: false, flightId, toSeq });
  state.byFlight.set(flightId, track.trackId);
  if (state.openOf.get(track.uid) === track.trackId) state.openOf.delete(track.uid);
}

function openTrack(state: TrackState, uid: string): Track | undefined {
  const trackId = state.openOf.get(uid);
  return trackId === undefined ? undefined : state.byId.get(trackId);
}

function begin(state: TrackState, fact: Extract<Fact, { type: "Airborne" }>): void {
  const { uid, launchId, altAmslM } = fact.data;
  const known = launchId !== undefined && safeId.test(launchId) ? launchId : undefined;
  const before = openTrack(state, uid);
  // A touch of the ground and up again is one flight.
  if (before !== undefined && before.launchId === known) return change(state, before.trackId, { flying: true });
  if (before !== undefined) finish(state, before, before.trackId, fact.seq);
  const taken = known === undefined || state.byId.has(known);
  const trackId = taken ? `air-${fact.seq}` : known;
  state.openOf.set(uid, trackId);
  state.byId.set(trackId, {
    trackId,
    uid,
    launchId: known,
    flightId: undefined,
    fromMs: fact.tMs,
    fromSeq: fact.seq,
    toSeq: undefined,
    takeoffAmslM: altAmslM,
    flying: true,
    seal: undefined,
  });
}

function land(state: TrackState, uid: string, seq: number): void {
  const track = openTrack(state, uid);
  if (track === undefined) return;
  // Nobody will close a flight that was never a launch of ours.
  if (track.launchId === undefined) finish(state, track, track.trackId, seq);
  else change(state, track.trackId, { flying: false });
}

/** Which flights have a track, open or sealed. */
export const trackRoom: Room<TrackState> = {
  name: "tracks",
  initial: () => ({ byId: new Map(), byFlight: new Map(), openOf: new Map(), armed: new Set() }),
  evolve(state, fact) {
    switch (fact.type) {
      case "Armed":
        state.armed.add(fact.data.uid);
        break;
      case "Disarmed":
        state.armed.delete(fact.data.uid);
        break;
      case "Airborne":
        begin(state, fact);
        break;
      case "Landed":
        land(state, fact.data.uid, fact.seq);
        break;
      case "FlightClosed": {
        const track = openTrack(state, fact.data.uid);
        if (track?.launchId === fact.data.launchId) finish(state, track, fact.data.flightId, fact.seq);
        break;
      }
      case "RunStarted":
        // Another run has another time of day: what was in the air belongs to the run before.
        state.armed.clear();
        for (const uid of [...state.openOf.keys()]) {
          const track = openTrack(state, uid);
          if (track !== undefined) finish(state, track, track.trackId, fact.seq);
        }
        break;
      case "TrackSealed":
        change(state, state.byFlight.get(fact.data.flightId), { seal: fact.data });
        break;
      default:
        break;
    }
    return state;
  },
};
