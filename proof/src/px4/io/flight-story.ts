import type { IncidentView, LaunchView } from "@outrider/contract";
import type { BenchPilot } from "../../bench/io/bench-pilot.js";
import { flightSteps } from "../../rig/flight-steps.js";
import { type DemoRig, until } from "../../rig/io/demo-rig.js";

/** What the record must show of one flight, in this order. */
export const story: readonly string[] = flightSteps;

/** One launch of one pilot, and what the station records of it. */
export type Flight = { readonly rig: DemoRig; readonly pilot: BenchPilot; readonly launch: LaunchView };

export async function incidentOf({ pilot, launch }: Flight): Promise<IncidentView> {
  const { body } = await pilot.user.get(`/incidents/${launch.incidentId}`);
  // The station's own view by its own contract: a wrong one fails at the first field read.
  return body as IncidentView;
}

/** Waits until a fact is in the incident's record; the error tells the story so far and the bridge's last words. */
export async function seen(flight: Flight, type: string, withinS: number): Promise<void> {
  const look = async (): Promise<boolean> => {
    const types = (await incidentOf(flight)).timeline.map((line) => line.type);
    if (types.includes("LaunchAborted")) throw new Error("the launch was aborted");
    return types.includes(type);
  };
  await until(`${type} in the record`, withinS * 1_000, look).catch(async (error: unknown) => {
    const log = flight.rig.log("drone-bridge").slice(-3_000);
    throw new Error(`${String(error)}\n${tellOf(await incidentOf(flight))}\n${log}`);
  });
}

/** The incident's timeline, seconds after its first line. */
export function tellOf(view: IncidentView): string {
  const first = view.timeline[0]?.tMs ?? 0;
  return view.timeline
    .map(
      (line) => `${((line.tMs - first) / 1000).toFixed(1).padStart(7)} s  ${line.type}: ${line.title} ${line.detail}`,
    )
    .join("\n");
}
