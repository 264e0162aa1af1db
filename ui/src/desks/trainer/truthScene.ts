import type { GeoPoint, IncidentSummary, RoomViews, TruthView } from "@outrider/contract";
import { compassPoint, distanceText, type Units } from "../../parts/index.js";
import type { PoseSource, SceneModel, ScenePin, ScenePose } from "../../scene/index.js";
import { emptyScene } from "../../scene/index.js";
import type { ThemeName } from "../../theme/index.js";
import { type CityModel, groundAmslM, toLocal } from "../../world/index.js";
import { onMap } from "../placing/placing.js";
import { strangersOnMap } from "../sky/index.js";

export interface TruthInput {
  readonly theme: ThemeName;
  readonly units: Units;
  readonly city: CityModel;
  readonly truth: TruthView | undefined;
  readonly fleet: RoomViews["fleet"] | undefined;
  /** What receivers hear of aircraft that are none of ours. */
  readonly sky?: RoomViews["sky"] | undefined;
  readonly incidents: readonly IncidentSummary[];
  /** What injects act on now. */
  readonly aimedUid?: string | undefined;
}

const MOST_VEHICLES = 80;

/** What is, not what the trainee sees: true places of aircraft, vehicles and of what was reported elsewhere. */
export function truthScene(input: TruthInput): SceneModel {
  const { truth } = input;
  const open = onMap(input.incidents).filter((i) => !i.closed);
  return {
    ...emptyScene(input.theme),
    aircraft: [
      ...(truth?.aircraft ?? []).map((a) => ({
        uid: a.uid,
        callSign: a.callSign,
        selected: a.uid === input.aimedUid,
        docked: input.fleet?.aircraft.find((f) => f.uid === a.uid)?.inAir === false,
        showFootprint: false,
        kind: "drone" as const,
      })),
      // The simulator does not tell where strangers truly are: what is heard stands in, and says so.
      ...strangersOnMap(input.sky, input.units).map((a) => ({ ...a, told: `${a.told ?? ""}, as heard` })),
    ],
    incidents: open.map((i) => ({
      id: i.incidentId,
      at: i.place.point,
      title: i.title,
      detail: `reported here${truthOffset(i, truth, input.city, input.units)}`,
      certainty: "estimated" as const,
      error: i.place.error,
    })),
    docks: (input.fleet?.docks ?? []).map((d) => ({
      id: d.dockId,
      at: d.point,
      name: d.name,
      detail: "",
      ready: d.connected,
    })),
    pins: truth === undefined ? [] : truthPins(truth, nearOf(open, input.city)),
  };
}

/** Ordinary traffic is drawn only where something happens: a city of white marks would say nothing. */
const NEAR_M = 300;

function nearOf(open: readonly IncidentSummary[], city: CityModel): (at: GeoPoint) => boolean {
  const places = open.map((i) => toLocal(city.frame, i.place.point));
  return (at) => {
    const p = toLocal(city.frame, at);
    return places.some((q) => Math.hypot(p.xM - q.xM, p.yM - q.yM) <= NEAR_M);
  };
}

function truthPins(truth: TruthView, near: (at: GeoPoint) => boolean): readonly ScenePin[] {
  const cars = truth.vehicles.filter((v) => v.sought || near(v.point)).slice(0, MOST_VEHICLES);
  return [
    ...cars.map(
      (v): ScenePin => ({
        id: v.vehicleId,
        at: v.point,
        mark: "vehicle",
        title: v.sought ? "Sought car" : "",
        detail: v.sought ? "true place" : "",
        headingDeg: v.headingDeg,
        priority: v.sought ? 8 : 0,
      }),
    ),
    ...truth.alerts.map(
      (a, i): ScenePin => ({
        id: `true:${i}`,
        at: a.point,
        mark: "found",
        title: "",
        detail: `${a.text}, true place`,
        headingDeg: 0,
        priority: 5,
      }),
    ),
  ];
}

/** ", truth 45 ft E": how far the report lies from what happened, where that is known. */
export function truthOffset(
  incident: IncidentSummary,
  truth: TruthView | undefined,
  city: CityModel,
  units: Units,
): string {
  const at = toLocal(city.frame, incident.place.point);
  const offsets = (truth?.alerts ?? []).map((a) => {
    const there = toLocal(city.frame, a.point);
    return { east: there.xM - at.xM, north: there.yM - at.yM };
  });
  const nearest = offsets.sort((a, b) => Math.hypot(a.east, a.north) - Math.hypot(b.east, b.north))[0];
  if (nearest === undefined) return "";
  const m = Math.hypot(nearest.east, nearest.north);
  if (m > 400) return "";
  if (m < 2) return ", where it is";
  return `, truth ${distanceText(m, units)} ${compassPoint((Math.atan2(nearest.east, nearest.north) * 180) / Math.PI)}`;
}

/** True poses of the run as the scene’s fast source. */
export class TruthPoses implements PoseSource {
  readonly #city: CityModel;
  readonly #listeners = new Set<() => void>();
  #truth: TruthView | undefined;

  constructor(city: CityModel) {
    this.#city = city;
  }

  take(truth: TruthView | undefined): void {
    this.#truth = truth;
    for (const listener of this.#listeners) listener();
  }

  read(uid: string, out: ScenePose): boolean {
    const a = this.#truth?.aircraft.find((one) => one.uid === uid);
    if (a === undefined) return false;
    const { xM, yM } = toLocal(this.#city.frame, a.point);
    out.latDeg = a.point.latDeg;
    out.lonDeg = a.point.lonDeg;
    out.altAmslM = a.altAmslM;
    out.altAglM = a.altAmslM - groundAmslM(this.#city.terrain, xM, yM);
    out.headingDeg = a.headingDeg;
    out.ageMs = 0;
    out.link = "live";
    out.gimbalOk = false;
    return true;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
