import type { GeoPoint, IncidentSummary, Place, Role } from "@outrider/contract";
import { distanceText, type Units } from "../../parts/index.js";
import type { SceneIncident } from "../../scene/index.js";
import { type CityModel, localFrame, toLatLon } from "../../world/index.js";
import { askedPlace } from "../public/crossings.js";

/** A call that has an address and no position yet. */
export type Placeless = Pick<IncidentSummary, "incidentId" | "number" | "title"> & { readonly needsPlace: string };

/** Open incidents that wait for somebody to put them on the map, oldest first. */
export function placeless(incidents: readonly IncidentSummary[]): readonly Placeless[] {
  return [...incidents]
    .sort((a, b) => a.openedMs - b.openedMs)
    .flatMap((i) => (i.closed || i.needsPlace === undefined ? [] : [{ ...i, needsPlace: i.needsPlace }]));
}

/** Their `place` is the middle of the site: to draw it anywhere would send somebody to the wrong street. */
export const onMap = (incidents: readonly IncidentSummary[]): readonly IncidentSummary[] =>
  incidents.filter((i) => i.needsPlace === undefined && !(i.closed && somewhere(i)));

const SOMEWHERE_M = 1000;
/** So wide an error says no more than "in this city": what was never put on the map has the site's own size as its error. */
export const somewhere = ({ place }: { readonly place: Place }): boolean => place.error.semiMajorM >= SOMEWHERE_M;

const MAY_PLACE: ReadonlySet<Role> = new Set<Role>(["pic", "rtcc", "supervisor"]);
export const mayPlace = (roles: readonly Role[] | undefined): boolean =>
  roles?.some((role) => MAY_PLACE.has(role)) === true;

/** How well the place is known, in words and metres. */
export const DOUBTS: readonly { readonly radiusM: number; readonly words: string }[] = [
  { radiusM: 15, words: "this house" },
  { radiusM: 40, words: "this corner" },
  { radiusM: 100, words: "this block" },
  { radiusM: 250, words: "around here" },
];
export const FIRST_DOUBT_M = 40;

export const STEP_M = 10;
export const BIG_STEP_M = 100;

/** The mark one step on, as seen on screen: up is away from the eye, whichever way it looks. */
export function nudged(
  from: GeoPoint,
  step: { readonly ahead: number; readonly right: number },
  bearingDeg: number,
): GeoPoint {
  const b = (bearingDeg * Math.PI) / 180;
  const eastM = step.ahead * Math.sin(b) + step.right * Math.cos(b);
  const northM = step.ahead * Math.cos(b) - step.right * Math.sin(b);
  return toLatLon(localFrame(from), eastM, northM);
}

/** The mark on the map with its doubt: an estimate until somebody has seen the place. */
export function placingMark(
  placing: { readonly address: string; readonly point: GeoPoint | undefined; readonly radiusM: number } | undefined,
  units: Units,
): readonly SceneIncident[] {
  if (placing?.point === undefined) return [];
  const { point, radiusM, address } = placing;
  return [
    {
      id: "placing",
      at: point,
      title: address,
      detail: `to be set, ±${distanceText(radiusM, units)}`,
      certainty: "estimated",
      error: { semiMajorM: radiusM, semiMinorM: radiusM, bearingDeg: 0 },
    },
  ];
}

export interface Corner {
  readonly label: string;
  readonly at: GeoPoint;
}

const MOST_CORNERS = 60;

/** Corners of the address's street, for a person to choose from: never chosen by itself. */
export function cornersFor(city: CityModel, address: string): readonly Corner[] {
  const asked = [address, address.split(",")[0] ?? ""].map((typed) => askedPlace(city, typed));
  const found = asked.find((a) => a.kind !== "unknown");
  const corners = found?.kind === "crossing" ? [found.at] : found?.kind === "street" ? found.corners : [];
  return corners.slice(0, MOST_CORNERS).map((c) => ({ label: c.label, at: toLatLon(city.frame, c.xM, c.yM) }));
}
