import type { AircraftView, DockView, RoomViews } from "@outrider/contract";
import type { SampleStore } from "../../live/index.js";
import { clockSpan } from "../../parts/index.js";
import { phaseWord } from "./strips.js";

/** What the next pilot must know, in sentences that can be said on the radio. Written by the desk, from the record. */
export function handOverText(fleet: RoomViews["fleet"] | undefined, samples: SampleStore): string {
  if (fleet === undefined) return "Waiting for the fleet.";
  const out: string[] = [];
  for (const a of fleet.aircraft.filter((x) => x.inAir)) out.push(flyingSentence(a, samples));
  for (const d of fleet.docks) {
    const text = dockSentence(d, fleet.aircraft);
    if (text !== "") out.push(text);
  }
  for (const alarm of fleet.alarms.filter((x) => x.endedMs === undefined)) out.push(`Open: ${alarm.text}`);
  return out.length === 0 ? "Nothing is in the air and every dock is ready." : out.join(" ");
}

function flyingSentence(a: AircraftView, samples: SampleStore): string {
  const turn = samples.latest(a.uid)?.turnInS;
  const left = turn === undefined ? "" : ` Must turn in ${clockSpan(turn)}.`;
  const job = a.job === "" ? "" : `: ${a.job}`;
  if (a.control === "other") return `${a.callSign} is flown by another ground station${job}.${left}`;
  return `${a.callSign} is ${phaseWord(a.phase).toLowerCase()}${job}.${left}`;
}

function dockSentence(d: DockView, aircraft: readonly AircraftView[]): string {
  if (!d.connected) return `${d.name} is not connected.`;
  const here = aircraft.find((a) => a.dockId === d.dockId && !a.inAir);
  if (here === undefined) return `${d.name} is empty.`;
  return here.ready ? "" : `${here.callSign} at ${d.name} is not ready: ${here.notReady}.`;
}
