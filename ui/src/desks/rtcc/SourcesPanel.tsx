import type { AircraftView, RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { LinesSection } from "../health/HealthLines.js";
import { sourceLines } from "./sourceLines.js";

/** What of the desk's sources is down or late; nothing at all while they are well. */
export function SourcesPanel({
  health,
  aircraft,
}: {
  readonly health: RoomViews["health"] | undefined;
  readonly aircraft: readonly AircraftView[];
}): ReactNode {
  return (
    <LinesSection title="Sources" known={health !== undefined} lines={sourceLines(health, aircraft)} most={MOST} />
  );
}

/** The timeline is what this column is for. */
const MOST = 3;
