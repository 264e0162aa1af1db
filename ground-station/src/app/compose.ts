import type { IncidentView, RunTiming } from "@outrider/contract";
import { createDispatchPart } from "../dispatch/index.js";
import type { FeedsPart, TurningPart } from "../feeds/index.js";
import type { FleetPart } from "../fleet/index.js";
import type { OriginPolicy } from "../http/index.js";
import { createIncidentPart } from "../incident/index.js";
import { createGeocoder, createIntakePart, Nonces, SourceGuard } from "../intake/index.js";
import type { Session, StationContext, StationPart } from "../kernel/index.js";
import { Live } from "../live/index.js";
import { createPeoplePart, type People } from "../people/index.js";
import { createTrackPart, type FactRecord, type TrackPart } from "../record/index.js";
import { createSightingsPart } from "../sightings/index.js";
import type { SkyPart } from "../sky/index.js";
import { createSupervisionPart, type SupervisionPart } from "../supervision/index.js";
import type { TaskingPart } from "../tasking/index.js";
import { createTrainingPart, type TrainingPart } from "../training/index.js";
import { createTransparencyPart } from "../transparency/index.js";
import { createViewersPart, type ViewersPart } from "../viewers/index.js";
import { createAddressBook } from "./address-book.js";
import { composeFleet, composeFlight } from "./compose-flight.js";
import { createHealthPart } from "./health.js";
import type { Doors, StationDeps } from "./station-deps.js";

export type Composed = Doors & {
  readonly training: TrainingPart;
  readonly nonces: Nonces;
  readonly feeds: FeedsPart | undefined;
  readonly turning: TurningPart;
  readonly sky: SkyPart;
  readonly viewers: ViewersPart;
  readonly tracks: TrackPart;
  readonly supervision: SupervisionPart;
  readonly all: readonly StationPart[];
};

/** Doors of parts that are made later than those who ask at them; nobody asks before the station starts. */
type Later = {
  tasking: TaskingPart | undefined;
  feeds: FeedsPart | undefined;
  training: TrainingPart | undefined;
  turning: TurningPart | undefined;
  sky: SkyPart | undefined;
};

/** Merges what every part knows of an incident into the one view. */
function fullView(parts: readonly StationPart[], incidentId: string, viewer: Session): IncidentView | undefined {
  let view: Partial<IncidentView> = {};
  for (const part of parts) view = { ...view, ...part.incidentPieces?.(incidentId, viewer) };
  // The incident's own part gives every field; without it there is no such incident.
  return view.incidentId === undefined ? undefined : (view as IncidentView);
}

type LiveNeeds = {
  readonly people: People;
  readonly fleet: FleetPart;
  readonly later: Later;
  readonly parts: () => readonly StationPart[];
  readonly record: FactRecord;
  readonly policy: OriginPolicy;
  readonly bootId: string;
};

function composeLive(context: StationContext, deps: StationDeps, needs: LiveNeeds): Live {
  const { fleet, later, record } = needs;
  const live = new Live(context, {
    people: needs.people,
    policy: needs.policy,
    parts: needs.parts,
    samples: () => fleet.samples,
    handles: () => ({
      aircraft: deps.config.aircraft.map((one) => ({ handle: fleet.handleOf(one.uid), uid: one.uid })),
      cameras: later.feeds?.handles ?? [],
    }),
    timing: () => deps.clocks.run.timing,
    bootId: needs.bootId,
    recordWritable: () => record.writable,
    onSticks: (session, { kind: _, ...axes }) => later.tasking?.sticks(session, axes),
  });
  live.onWatchers((cameraId, watchers) => {
    later.feeds?.watchersChanged(cameraId, watchers);
    later.turning?.watchersChanged(cameraId, watchers);
  });
  return live;
}

/** A new pace of the run reaches clock, bridge and browsers at once, or one of them would age faster than another. */
function retimer(
  deps: StationDeps,
  doors: { people: People; fleet: FleetPart; live: Live },
): (timing: RunTiming) => void {
  return (timing) => {
    const { run } = deps.clocks;
    const isNewRun = run.timing.runId !== timing.runId;
    run.retime(timing);
    if (isNewRun) doors.people.runChanged();
    doors.fleet.retime(run.timing);
    doors.live.retimed(run.timing);
  };
}

/** Makes every part and wires their doors. Order matters once: a part's facts are seen by the parts in this order. */
export function compose(
  context: StationContext,
  deps: StationDeps,
  record: FactRecord,
  policy: OriginPolicy,
  bootId: string,
): Composed {
  const { config, disk } = deps;
  const all: StationPart[] = [];
  const later: Later = {
    tasking: undefined,
    feeds: undefined,
    training: undefined,
    turning: undefined,
    sky: undefined,
  };
  const parts = (): readonly StationPart[] => all;
  const addressNear = createAddressBook(deps.city);
  const { part: peoplePart, people } = createPeoplePart(context, {
    passwordCheck: deps.passwordCheck,
    answersFor: (personId) => later.tasking?.answersFor(personId) ?? [],
  });
  const fleet = composeFleet(context, deps, (seen) => later.sky?.hear(seen));
  const live = composeLive(context, deps, { people, fleet, later, parts, record, policy, bootId });
  const flight = composeFlight(context, deps, {
    fleet,
    people,
    sendVideo: (cameraId, unit) => live.sendVideo(cameraId, unit),
    touch: (rooms) => live.touch(rooms),
    limits: () => later.training?.limitAlarms() ?? [],
  });
  later.tasking = flight.tasking;
  later.feeds = flight.feeds;
  later.turning = flight.turning;
  later.sky = flight.sky;
  const incidentPart = createIncidentPart(context, {
    fullView: (incidentId, viewer) => fullView(all, incidentId, viewer),
    addressNear,
  });
  const { incidents } = incidentPart;
  const nonces = new Nonces(disk, deps.log);
  const { wall, run } = deps.clocks;
  const door = new SourceGuard({ config, secrets: deps.secrets.sources, wall, run, nonces, count: context.count });
  const touch = (rooms: readonly string[]): void => live.touch(rooms);
  const tracks = createTrackPart(context, {
    samples: fleet.samples,
    onRow: (uid, callSign, row) => later.training?.onRow(uid, callSign, row),
  });
  const training = createTrainingPart(context, {
    simToken: deps.secrets.simToken,
    record,
    disk,
    timing: () => run.timing,
    retime: retimer(deps, { people, fleet, live }),
    touch,
    tracks,
    screens: () => live.screens(),
  });
  later.training = training;
  all.push(
    peoplePart,
    incidentPart,
    createIntakePart(context, { door, incidents, addressNear, geocode: createGeocoder(deps.city) }),
    ...flight.parts,
  );
  const dispatch = createDispatchPart(context, (cameraId) => flight.feeds?.pictureOf(cameraId), deps.passwordCheck);
  const viewers = createViewersPart(context, {
    play: deps.whep,
    feeds: flight.feeds,
    officers: dispatch.officers,
    sessionById: (sessionId) => people.sessions.byId(sessionId),
  });
  const supervision = createSupervisionPart(context, { incidents, record, disk, queries: deps.queries });
  const hotlistFiles = deps.hotlistFiles ?? ((_, done) => done(undefined));
  const sightings = createSightingsPart(context, { door, hotlistFiles, touch });
  all.push(
    tracks,
    sightings,
    dispatch,
    viewers,
    training,
    supervision,
    createTransparencyPart(context, { addressNear }),
    createHealthPart({
      record,
      fleet,
      training,
      feeds: flight.feeds,
      sky: flight.sky,
      readerTroubles: () => sightings.readerTroubles(),
      nowMs: () => context.kernel.nowMs(),
      config,
    }),
  );
  const doors: Doors = { people, incidents, door, live, fleet, record, parts, addressNear };
  for (const make of deps.extraParts ?? []) all.push(...[make(context, doors)].flat());
  const { feeds, turning, sky } = flight;
  return { ...doors, training, nonces, feeds, turning, sky, viewers, tracks, supervision, all };
}
