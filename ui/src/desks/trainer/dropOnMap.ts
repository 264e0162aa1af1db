import type { AircraftView, DockView, GeoPoint, IncidentSummary, TruthView } from "@outrider/contract";
import { distanceText } from "../../parts/index.js";
import { type CityModel, toLocal } from "../../world/index.js";
import { onMap } from "../placing/placing.js";
import { type Aim, actsOn, type InjectId, type Prepared, prepareInject } from "./injects.js";

export interface DropScene {
  readonly city: CityModel;
  readonly truth: TruthView | undefined;
  readonly aircraft: readonly AircraftView[];
  readonly docks: readonly DockView[];
  readonly incidents: readonly IncidentSummary[];
}

/** How far from a thing a drop still means it. */
const REACH_M = 250;
/** The simulator lays a second alert beside the first; farther than this it would be another incident's own. */
const FARTHEST_ALERT_M = 1500;

/**
 * An inject that was let go over the map: it takes the aircraft or the dock that is nearest, and a second alert keeps
 * its distance from the newest incident. Off, with the reason, where nothing it could mean is near.
 */
export function droppedInject(kind: InjectId, at: GeoPoint, aim: Aim, scene: DropScene): Prepared {
  const from = toLocal(scene.city.frame, at);
  const metres = (to: GeoPoint): number => {
    const p = toLocal(scene.city.frame, to);
    return Math.hypot(p.xM - from.xM, p.yM - from.yM);
  };
  switch (actsOn(kind)) {
    case "aircraft": {
      const near = nearest(
        (scene.truth?.aircraft ?? []).map((a) => ({ id: a.uid, m: metres(a.point) })),
        REACH_M,
      );
      const aircraft = scene.aircraft.find((a) => a.uid === near);
      if (aircraft === undefined) return { kind: "off", why: "No aircraft is near the place where it was let go." };
      return prepareInject(kind, { ...aim, aircraft });
    }
    case "dock": {
      const near = nearest(
        scene.docks.map((d) => ({ id: d.dockId, m: metres(d.point) })),
        REACH_M,
      );
      const dock = scene.docks.find((d) => d.dockId === near);
      if (dock === undefined) return { kind: "off", why: "No dock is near the place where it was let go." };
      return prepareInject(kind, { ...aim, dock });
    }
    case "place": {
      const newest = onMap(scene.incidents)
        .filter((i) => !i.closed)
        .at(-1);
      if (newest === undefined) return { kind: "off", why: "There is no incident yet that a second alert could join." };
      const prepared = prepareInject(kind, aim);
      if (prepared.kind === "off" || prepared.inject.kind !== "secondAlert") return prepared;
      const distanceM = Math.round(Math.min(FARTHEST_ALERT_M, metres(newest.place.point)));
      const text = `${distanceText(distanceM, aim.units)} off`;
      return { ...prepared, text, inject: { ...prepared.inject, distanceM } };
    }
    case "world":
      return prepareInject(kind, aim);
  }
}

function nearest(all: readonly { readonly id: string; readonly m: number }[], withinM: number): string | undefined {
  const [first] = [...all].sort((a, b) => a.m - b.m);
  return first !== undefined && first.m <= withinM ? first.id : undefined;
}
