import type { Config } from "@outrider/contract";
import { alarmRoom, createAlarmsPart } from "../../alarms/index.js";
import { fleetRoom } from "../../fleet/index.js";
import { launchRoom } from "../../launch/index.js";
import { at, Bench, GROUND_M, uids } from "../../launch/testing/index.js";
import { controlRoom, createTaskingPart, type TaskingPart } from "../index.js";

const [osprey] = uids;

export type Rig = { readonly bench: Bench; readonly tasking: TaskingPart };

/** Launch, tasking and alarms with a pilot who has signed on; nothing has flown yet. */
export function rig(change?: (base: Config) => Config): Rig {
  let tasking: TaskingPart | undefined;
  const rooms = [fleetRoom, launchRoom, controlRoom, alarmRoom];
  let bench: Bench | undefined;
  const made: Bench = new Bench(
    {
      ...(change === undefined ? {} : { config: change }),
      more: (context, fleet, launch, site) => {
        const pilots = {
          pilotsOnWatch: () => bench?.pilots ?? [],
          presenceAgeMs: (personId: string) => bench?.presenceAgeMs.get(personId) ?? 1_000,
          touchPresence: (personId: string) => bench?.presenceAgeMs.set(personId, 0),
        };
        const alarms = createAlarmsPart(context, { fleet, pilots, picOf: (uid) => tasking?.picOf(uid) });
        tasking = createTaskingPart(context, {
          fleet,
          site,
          pilots,
          alarms: () => alarms.shown(),
          cards: () => launch.cardViews(),
          load: () => launch.loadView(),
        });
        return [tasking, alarms];
      },
    },
    rooms,
  );
  bench = made;
  made.bridge.connect();
  made.signOn();
  if (tasking === undefined) throw new Error("no tasking");
  return { bench: made, tasking };
}

/** The same with OSPREY over the scene of an approved alert. */
export function flying(change?: (base: Config) => Config): Rig {
  const made = rig(change);
  const { bench } = made;
  bench.alert("i1");
  bench.approve();
  const aircraft = bench.bridge.aircraft.get(osprey);
  const dock = bench.bridge.docks.get("dock-1");
  if (aircraft === undefined || dock === undefined) throw new Error("no aircraft");
  Object.assign(aircraft, { altAmslM: GROUND_M + 60, point: at(-900, 240) });
  dock.occupied = false;
  bench.bridge.fact("DockDoorChanged", { dockId: "dock-1", door: "open", padClear: true, occupied: false });
  bench.bridge.run(2);
  if (bench.card().phase !== "onScene") throw new Error("it did not come to the scene");
  return made;
}

export const openAlarms = (bench: Bench) => [...bench.kernel.state(alarmRoom).open.values()];
