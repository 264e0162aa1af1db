import type { RoomViews } from "@outrider/contract";
import { useEffect, useMemo, useRef } from "react";
import { useRead } from "../../live/index.js";
import type { SceneTimeLine } from "../../scene/index.js";
import { timeLinesOfGeoJson, timesOfGeoJson } from "../rtcc/coverageGrid.js";

const EVERY_MS = 30_000;

/**
 * Lines of equal time to camera of the ready aircraft, as the station computes them for proposals: dock, climb, wind,
 * zones and walls included. This screen computes none of its own, or a line and a proposal could disagree.
 */
export function useTimeLines(
  wanted: boolean,
  fleet: RoomViews["fleet"] | undefined,
): { readonly lines: readonly SceneTimeLine[]; readonly words: string } {
  const read = useRead(wanted ? "/coverage/time-to-camera.geojson" : undefined, EVERY_MS);
  const key = reachKey(fleet);
  const asked = useRef(key);
  const { again, body } = read;
  useEffect(() => {
    if (asked.current === key) return;
    asked.current = key;
    again();
  }, [key, again]);
  const ready = readyDocks(fleet);
  return useMemo(() => ({ lines: timeLinesOfGeoJson(body), words: reachWords(body, ready) }), [body, ready]);
}

function readyDocks(fleet: RoomViews["fleet"] | undefined): number {
  return fleet === undefined ? 0 : fleet.docks.filter((d) => isReady(fleet, d.dockId)).length;
}

const isReady = (fleet: RoomViews["fleet"], dockId: string): boolean =>
  fleet.aircraft.some((a) => a.dockId === dockId && a.ready && !a.inAir);

export function reachWords(body: unknown, ready: number): string {
  if (ready === 0) return "no aircraft is ready";
  const times = timesOfGeoJson(body);
  if (times === "") return body === undefined ? "the station has not computed it yet" : "none within the city";
  return `${ready === 1 ? "1 aircraft" : `${ready} aircraft`}, from the yes to the camera, with this wind`;
}

/** Changes when the station would draw other lines: other aircraft ready, another wind. */
export function reachKey(fleet: RoomViews["fleet"] | undefined): string {
  if (fleet === undefined) return "";
  const docks = fleet.docks.map((d) => `${d.dockId}:${isReady(fleet, d.dockId)}`);
  return `${docks.join()}|${Math.round(fleet.wind?.speedMps ?? 0)}|${Math.round((fleet.wind?.fromDeg ?? 0) / 10)}`;
}
