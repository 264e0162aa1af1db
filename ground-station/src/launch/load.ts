import type { FleetPart, FleetState } from "../fleet/index.js";
import { type Task, type Workload, workloadOf } from "../gates/index.js";
import { isEnded, type Launch } from "./launch.js";
import type { LaunchState } from "./launch-room.js";
import type { PilotOnWatch } from "./ports.js";

const LANDING_HEIGHT_M = 40;

export type LoadView = {
  readonly launches: LaunchState["launches"];
  readonly fleet: FleetState;
  readonly samples: FleetPart["samples"];
  /** Somebody else than the pilot holds the camera. */
  readonly cameraDelegated: (uid: string) => boolean;
};

function taskOf(launch: Launch, view: LoadView): Task | undefined {
  const { kind } = launch.stage;
  // Once it is down and disarmed it needs nobody's hands, wherever it stands.
  if (kind === "proposed" || kind === "docked" || isEnded(launch)) return undefined;
  if (kind === "landed" && view.fleet.aircraft.get(launch.offer.choice.uid)?.armed === false) return undefined;
  const { uid } = launch.offer.choice;
  const sample = view.samples.latest(uid);
  const aircraft = view.fleet.aircraft.get(uid);
  const low = sample?.altAglM !== undefined && sample.altAglM < LANDING_HEIGHT_M;
  const landing = kind === "landed" || (kind === "returning" && low);
  const phase =
    kind === "enRoute" || kind === "onScene"
      ? kind
      : landing
        ? "landing"
        : kind === "returning"
          ? "returning"
          : "launch";
  return {
    phase,
    cameraDelegated: view.cameraDelegated(uid),
    linkLate: aircraft?.link === "late",
    trouble: aircraft?.link === "lost" || aircraft?.failsafe !== undefined,
  };
}

/** What a pilot has in hand, one launch left out. */
export function loadOf(personId: string, view: LoadView, exceptLaunchId?: string): Workload {
  const tasks: Task[] = [];
  for (const launch of view.launches.values()) {
    if (launch.picId !== personId || launch.launchId === exceptLaunchId) continue;
    const task = taskOf(launch, view);
    if (task !== undefined) tasks.push(task);
  }
  return { used: workloadOf(tasks), aircraft: tasks.length };
}

/**
 * Whom a card is laid before: somebody who is at the screen, before everybody who is not; of those the least loaded, of
 * equals the one who has been on watch longest. A card before an empty chair lapses under the eyes of who sits beside it.
 */
export function leastLoaded(
  pilots: readonly PilotOnWatch[],
  view: LoadView,
  present: (personId: string) => boolean,
): PilotOnWatch | undefined {
  const cardsOf = (personId: string): number =>
    [...view.launches.values()].filter((launch) => launch.picId === personId && launch.stage.kind === "proposed")
      .length;
  return [...pilots].sort((a, b) => {
    const byLoad = loadOf(a.personId, view).used - loadOf(b.personId, view).used;
    return (
      Number(present(b.personId)) - Number(present(a.personId)) ||
      byLoad ||
      cardsOf(a.personId) - cardsOf(b.personId) ||
      a.sinceMs - b.sinceMs ||
      (a.personId < b.personId ? -1 : 1)
    );
  })[0];
}
