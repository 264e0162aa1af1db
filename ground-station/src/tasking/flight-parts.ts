import type { DecidedView } from "@outrider/contract";
import type { Site } from "../airspace/index.js";
import { type AlarmDeps, type AlarmsPart, createAlarmsPart } from "../alarms/index.js";
import type { FleetPart } from "../fleet/index.js";
import type { StationContext, StationPart } from "../kernel/index.js";
import { createLaunchPart, type LaunchDeps, type LaunchPart, type PilotsPort } from "../launch/index.js";
import type { VideoState } from "./fleet-view.js";
import { createTaskingPart, type TaskingPart } from "./tasking-part.js";

export type FlightPartsDeps = {
  readonly fleet: FleetPart;
  readonly site: Site;
  readonly pilots: PilotsPort;
  readonly videoState?: (uid: string) => VideoState;
  /** Cards that their units have not read within this time. */
  readonly unreadCards?: AlarmDeps["unreadCards"];
  /** Limits broken now that the trainer of this run lets everybody hear of. */
  readonly limits?: AlarmDeps["limits"];
  /** Conflicts with other aircraft that stand. */
  readonly traffic?: AlarmDeps["traffic"];
  /** Flight restrictions that ours are in, or fly towards. */
  readonly restrictions?: AlarmDeps["restrictions"];
  readonly sky?: LaunchDeps["sky"];
  readonly decided?: () => readonly DecidedView[];
};

/** Launch, alarms and tasking know each other only by these few questions; this ties them together in the right order. */
export function createFlightParts(
  context: StationContext,
  deps: FlightPartsDeps,
): {
  readonly launch: LaunchPart;
  readonly alarms: AlarmsPart;
  readonly tasking: TaskingPart;
  readonly parts: readonly StationPart[];
} {
  const launch = createLaunchPart(context, { ...deps, cameraDelegated: (uid) => tasking.cameraDelegated(uid) });
  const alarms = createAlarmsPart(context, { ...deps, picOf: (uid) => tasking.picOf(uid) });
  const tasking: TaskingPart = createTaskingPart(context, {
    ...deps,
    alarms: () => alarms.shown(),
    cards: () => launch.cardViews(),
    load: () => launch.loadView(),
  });
  return { launch, alarms, tasking, parts: [launch, tasking, alarms] };
}
