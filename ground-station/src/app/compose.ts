import type { IncidentView } from "@outrider/contract";
import { createAirspacePart, siteOf } from "../airspace/index.js";
import { createFleetPart, type FleetPart, linkTimes } from "../fleet/index.js";
import type { OriginPolicy } from "../http/index.js";
import { createIncidentPart } from "../incident/index.js";
import { createIntakePart, Nonces, SourceGuard } from "../intake/index.js";
import type { Session, StationContext, StationPart } from "../kernel/index.js";
import { createLaunchPart, isFlying, isPreparing, type Launch, launchRoom } from "../launch/index.js";
import { Live } from "../live/index.js";
import { createPeoplePart } from "../people/index.js";
import { type FactRecord, sameSecret, sha256 } from "../record/index.js";
import { createSupervisionPart } from "../supervision/index.js";
import { createTrainingPart, type TrainingPart } from "../training/index.js";
import { createTransparencyPart } from "../transparency/index.js";
import { createAddressBook } from "./address-book.js";
import { createHealthPart } from "./health.js";
import type { Doors, StationDeps } from "./station-deps.js";

export type Composed = Doors & {
  readonly training: TrainingPart;
  readonly nonces: Nonces;
  readonly all: readonly StationPart[];
};

/** Merges what every part knows of an incident into the one view. */
function fullView(parts: readonly StationPart[], incidentId: string, viewer: Session): IncidentView | undefined {
  let view: Partial<IncidentView> = {};
  for (const part of parts) view = { ...view, ...part.incidentPieces?.(incidentId, viewer) };
  // The incident's own part gives every field; without it there is no such incident.
  return view.incidentId === undefined ? undefined : (view as IncidentView);
}

/** Call signs of the aircraft in the air, or on the way there, for which this person answers. */
function callSignsInHandsOf(launches: Iterable<Launch>, personId: string): readonly string[] {
  return [...launches]
    .filter((launch) => launch.picId === personId && (isFlying(launch) || isPreparing(launch)))
    .map((launch) => launch.offer.choice.callSign);
}

/** Makes every part and wires their doors. Order matters once: a part's facts are seen by the parts in this order. */
export function compose(
  context: StationContext,
  deps: StationDeps,
  record: FactRecord,
  policy: OriginPolicy,
  bootId: string,
): Composed {
  const all: StationPart[] = [];
  const parts = (): readonly StationPart[] => all;
  const addressNear = createAddressBook(deps.city);
  const site = siteOf(deps.config, context.world);
  const fleet: FleetPart = createFleetPart(context, {
    site,
    bridgeToken: deps.secrets.bridgeToken,
    sameSecret: (a, b) => sameSecret(sha256(a), sha256(b)),
    timing: () => deps.clocks.run.timing,
  });
  const { part: peoplePart, people } = createPeoplePart(context, {
    passwordCheck: deps.passwordCheck,
    answersFor: (personId) => callSignsInHandsOf(context.kernel.state(launchRoom).launches.values(), personId),
  });
  const live = new Live(context, {
    people,
    policy,
    parts,
    samples: () => fleet.samples,
    handles: () => ({
      aircraft: deps.config.aircraft.map((one) => ({ handle: fleet.handleOf(one.uid), uid: one.uid })),
      cameras: [],
    }),
    timing: () => deps.clocks.run.timing,
    bootId,
    recordWritable: () => record.writable,
    onSticks: () => undefined,
  });
  const incidentPart = createIncidentPart(context, {
    fullView: (incidentId, viewer) => fullView(all, incidentId, viewer),
    addressNear,
  });
  const nonces = new Nonces(deps.disk, deps.log);
  const door = new SourceGuard({
    config: deps.config,
    secrets: deps.secrets.sources,
    wall: deps.clocks.wall,
    run: deps.clocks.run,
    nonces,
    count: context.count,
  });
  const training = createTrainingPart(context, {
    simToken: deps.secrets.simToken,
    record,
    disk: deps.disk,
    timing: () => deps.clocks.run.timing,
    retime: (timing) => {
      const isNewRun = deps.clocks.run.timing.runId !== timing.runId;
      deps.clocks.run.retime(timing);
      if (isNewRun) people.runChanged();
      fleet.retime(deps.clocks.run.timing);
      live.retimed(deps.clocks.run.timing);
    },
    touch: (rooms) => live.touch(rooms),
  });
  const doors: Doors = { people, incidents: incidentPart.incidents, door, live, fleet, record, parts, addressNear };
  all.push(
    peoplePart,
    incidentPart,
    createIntakePart(context, { door, incidents: incidentPart.incidents, addressNear }),
    fleet,
    createLaunchPart(context, { fleet, site, pilots: people, cameraDelegated: () => false }),
    createAirspacePart(context, { site, times: linkTimes, attribution: deps.city.attribution }),
    training,
    createSupervisionPart(context, { incidents: incidentPart.incidents, record, disk: deps.disk }),
    createTransparencyPart(context, { addressNear }),
    createHealthPart({ record, fleet, training, simEnabled: deps.config.sim?.enabled ?? false }),
  );
  for (const make of deps.extraParts ?? []) all.push(...[make(context, doors)].flat());
  return { ...doors, training, nonces, all };
}
