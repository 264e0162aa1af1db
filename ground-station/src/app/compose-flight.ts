import type { FixedCameraView, RunTiming, TrafficSeen } from "@outrider/contract";
import { createAirspacePart, siteOf } from "../airspace/index.js";
import { type CoveragePart, createCoveragePart } from "../coverage/index.js";
import { dispatchRoom, unreadCards } from "../dispatch/index.js";
import { createFeedsPart, createTurningPart, type FeedsPart, type TurningPart } from "../feeds/index.js";
import { createFleetPart, type FleetPart, linkTimes } from "../fleet/index.js";
import type { Session, StationContext, StationPart } from "../kernel/index.js";
import { launchOfUid, launchRoom } from "../launch/index.js";
import type { People } from "../people/index.js";
import { sameSecret, sha256 } from "../record/index.js";
import { createSkyPart, type SkyDeps, type SkyPart } from "../sky/index.js";
import { decidedLately, supervisionRoom } from "../supervision/index.js";
import { createFlightParts, type TaskingPart } from "../tasking/index.js";
import type { LimitAlarm } from "../training/index.js";
import type { StationDeps } from "./station-deps.js";

export type Flight = {
  readonly fleet: FleetPart;
  readonly tasking: TaskingPart;
  readonly coverage: CoveragePart;
  readonly feeds: FeedsPart | undefined;
  readonly turning: TurningPart;
  readonly sky: SkyPart;
  readonly parts: readonly StationPart[];
};

/** Asks the station itself for the fleet: no person stands behind it and it sees nothing but readiness. */
const itself: Session = { personId: "ground-station", name: "ground-station", roles: [], demo: false, sessionId: "" };

function readyUids(tasking: TaskingPart): readonly string[] {
  const answer = tasking.views?.fleet?.("", itself);
  return answer?.kind === "view" ? answer.view.aircraft.filter((one) => one.ready).map((one) => one.uid) : [];
}

/**
 * The run's pace for the bridge, once it is known. A station that has just come back in a simulated site has only its
 * own wall clock until the simulator greets it: told as a run, it would make the bridge forget every aircraft in flight.
 */
function toldTiming(deps: StationDeps): RunTiming | undefined {
  const { timing } = deps.clocks.run;
  const guessed = timing.runId === "live" || timing.runId === "resumed";
  return deps.secrets.simToken !== undefined && guessed ? undefined : timing;
}

export function composeFleet(
  context: StationContext,
  deps: StationDeps,
  onTraffic: (seen: readonly TrafficSeen[]) => void,
): FleetPart {
  return createFleetPart(context, {
    site: siteOf(deps.config, context.world),
    bridgeToken: deps.secrets.bridgeToken,
    sameSecret: (a, b) => sameSecret(sha256(a), sha256(b)),
    timing: () => toldTiming(deps),
    onTraffic,
    ...(deps.orderSigner === undefined ? {} : { orderSigner: deps.orderSigner }),
  });
}

/** By which plan it flies, and where on it it is. Whatever is neither on the way home nor there yet is on the way out. */
function flightOf({ kernel }: StationContext, uid: string): ReturnType<NonNullable<SkyDeps["flightOf"]>> {
  const launch = launchOfUid(kernel.state(launchRoom), uid);
  if (launch === undefined) return undefined;
  const { kind } = launch.stage;
  const doing = kind === "returning" || kind === "aborted" ? "home" : kind === "onScene" ? "scene" : "out";
  return { plan: launch.offer.plan, doing };
}

/** Everything that flies, plans or sees: launch, tasking, alarms, airspace, coverage, pictures. */
export function composeFlight(
  context: StationContext,
  deps: StationDeps,
  doors: {
    fleet: FleetPart;
    people: People;
    sendVideo: (cameraId: string, unit: Uint8Array) => void;
    touch: (rooms: readonly string[]) => void;
    limits: () => readonly LimitAlarm[];
  },
): Flight {
  const site = siteOf(deps.config, context.world);
  const { fleet, people } = doors;
  const turning = createTurningPart(context, {
    ...(deps.turning === undefined ? {} : { network: deps.turning }),
    playsElsewhere: (cameraId) => feeds?.isOpen(cameraId) ?? false,
    touch: doors.touch,
    onLooksElsewhere: (cameraId) => {
      coverage.looksElsewhere(cameraId);
      doors.touch(["incident:*"]);
    },
  });
  const feeds: FeedsPart | undefined =
    deps.datagrams === undefined
      ? undefined
      : createFeedsPart(context, {
          samples: fleet.samples,
          datagrams: deps.datagrams,
          sendVideo: doors.sendVideo,
          host: deps.config.listen.host,
          turnedPose: (cameraId, capturedMs) => turning.poseAt(cameraId, capturedMs),
          ...(deps.cameras === undefined ? {} : { cameras: deps.cameras }),
        });
  const sky = createSkyPart(context, {
    ...{ site, geoidUndulationM: context.world.geoidUndulationM, samples: fleet.samples, ports: deps.sky },
    launchOf: (uid) => launchOfUid(context.kernel.state(launchRoom), uid)?.launchId,
    flightOf: (uid) => flightOf(context, uid),
  });
  const { tasking, parts } = createFlightParts(context, {
    fleet,
    site,
    sky,
    traffic: () => sky.conflicts(),
    restrictions: () => sky.inRestriction(),
    pilots: people,
    videoState: (uid) => feeds?.streamOfAircraft(uid)?.state ?? "none",
    limits: doors.limits,
    decided: () => decidedLately(context.kernel.state(supervisionRoom), context.kernel.nowMs()),
    unreadCards: (afterMs) => unreadCards(context.kernel.state(dispatchRoom), context.kernel.nowMs(), afterMs),
  });
  const coverage: CoveragePart = createCoveragePart(context, {
    wind: () => fleet.wind().wind,
    ready: () => readyUids(tasking),
    attribution: deps.city.attribution,
    turns: (cameraId) => turning.turns(cameraId),
    presentAim: (cameraId) => turning.presentAim(cameraId),
    ...(deps.coverage === undefined ? {} : { engine: deps.coverage }),
  });
  const airspace = createAirspacePart(context, {
    site,
    times: linkTimes,
    attribution: deps.city.attribution,
    fixedCameras: (): readonly FixedCameraView[] => coverage.fixedCameras(),
  });
  // Coverage knows where incidents are before the cameras near them are asked where they look.
  const all = [fleet, sky, ...parts, airspace, coverage, turning, ...(feeds ? [feeds] : [])];
  return { fleet, tasking, coverage, feeds, turning, sky, parts: all };
}
