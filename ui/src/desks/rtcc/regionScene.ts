import type { FixedCameraView, GeoPoint, IncidentSummary, IncidentView, RoomViews } from "@outrider/contract";
import { agoText, distanceText, type Units } from "../../parts/index.js";
import type {
  SceneCoverage,
  SceneIncident,
  SceneModel,
  ScenePin,
  SceneSensor,
  SceneTimeLine,
  SceneZone,
} from "../../scene/index.js";
import type { ThemeName } from "../../theme/index.js";
import { onMap, placingMark, somewhere } from "../placing/placing.js";
import type { Placing } from "../placing/usePlacing.js";
import { restrictionZones, strangersOnMap } from "../sky/index.js";
import type { PicturePin } from "./pictureOverlay.js";

/** A place that a person pointed at, with its doubt. */
export interface PickedPlace {
  readonly point: GeoPoint;
  readonly errorM: number;
  readonly label: string;
  readonly from: "picture" | "map";
}

export type CoverageChoice = "couldBe" | "timeToArrive" | "whoSees" | "nobodySees" | "heat";

export interface RegionInput {
  readonly theme: ThemeName;
  readonly units: Units;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly site: RoomViews["site"] | undefined;
  /** Aircraft that are none of ours. */
  readonly sky?: RoomViews["sky"] | undefined;
  readonly incidents: readonly IncidentSummary[];
  readonly incident: IncidentView | undefined;
  readonly numbers: ReadonlyMap<string, string>;
  readonly picked: PickedPlace | undefined;
  /** The fixed camera in the large picture: what it sees is always drawn. */
  readonly shownId?: string | undefined;
  /** The mark of a call that is being put on the map. */
  readonly placing?: Pick<Placing, "address" | "point" | "radiusM"> | undefined;
  readonly choice: CoverageChoice;
  readonly timeLines: readonly SceneTimeLine[];
  readonly coverage: SceneCoverage | undefined;
  readonly nowMs: number;
}

/** Everything of the region map: footprint, could-be roads, next looks, ellipses of all alerts, cameras by number. */
export function regionScene(input: RegionInput): SceneModel {
  const { incident, choice } = input;
  const couldBe = choice === "couldBe" ? incident?.couldBe : undefined;
  return {
    theme: input.theme,
    aircraft: [
      ...(input.fleet?.aircraft ?? []).map((a) => ({
        uid: a.uid,
        callSign: a.callSign,
        selected: a.uid === incident?.uid,
        docked: !a.inAir,
        showFootprint: a.uid === incident?.uid,
        kind: "drone" as const,
      })),
      ...strangersOnMap(input.sky, input.units),
    ],
    incidents: [...incidentsOf(input), ...placingMark(input.placing, input.units)],
    docks: [],
    sensors: sensorsOf(input),
    routes: [],
    zones: [...zonesOf(input.site), ...restrictionZones(input.sky)],
    footprints: [],
    reach: undefined,
    timeLines: choice === "timeToArrive" ? input.timeLines : [],
    couldBe:
      couldBe === undefined || couldBe.tooWide
        ? undefined
        : { nowS: (couldBe.computedMs - couldBe.seenAtMs) / 1000, pieces: couldBe.roads },
    coverage: choice === "couldBe" || choice === "timeToArrive" ? undefined : input.coverage,
    pins: pinsOf(input),
    focus: focusOf(input),
  };
}

function focusOf({ incident, placing }: RegionInput): SceneModel["focus"] {
  if (placing?.point !== undefined) return { at: placing.point, radiusM: 300 };
  const placed = incident !== undefined && incident.needsPlace === undefined;
  return placed ? { at: incident.place.point, radiusM: 300 } : undefined;
}

/** Each alert keeps its own ellipse: two that disagree must be seen to disagree. */
function incidentsOf(input: RegionInput): readonly SceneIncident[] {
  const { incident, units } = input;
  const others = onMap(input.incidents).filter((i) => !i.closed && i.incidentId !== incident?.incidentId);
  const out: SceneIncident[] = others.map((i) => ({
    id: i.incidentId,
    at: i.place.point,
    title: i.title,
    detail: "",
    certainty: "estimated",
    error: undefined,
  }));
  if (incident === undefined || incident.needsPlace !== undefined) return out;
  const seen = incident.observations.length > 0;
  const first: SceneIncident = {
    id: incident.incidentId,
    at: incident.place.point,
    title: incident.title,
    detail: seen ? "" : `±${distanceText(incident.place.error.semiMajorM, units)}`,
    certainty: seen ? "seen" : "estimated",
    error: incident.place.error.semiMajorM > 3 ? incident.place.error : undefined,
  };
  const alerts = incident.alerts
    .filter(
      (a) =>
        !somewhere(a) &&
        (a.place.point.latDeg !== incident.place.point.latDeg || a.place.point.lonDeg !== incident.place.point.lonDeg),
    )
    .map(
      (a): SceneIncident => ({
        id: `alert:${a.alertId}`,
        at: a.place.point,
        title: "",
        detail: a.kind === "call" ? "as called in" : a.kind === "gunshot" ? "as heard" : "as reported",
        certainty: "estimated",
        error: a.place.error,
      }),
    );
  return [first, ...alerts, ...out];
}

function sensorsOf({ site, numbers, choice, shownId }: RegionInput): readonly SceneSensor[] {
  const cameras: readonly FixedCameraView[] = site?.cameras ?? [];
  return cameras
    .filter((c) => numbers.has(c.cameraId) || choice === "whoSees" || choice === "nobodySees" || c.kind === "reader")
    .map((c) => ({
      id: c.cameraId,
      at: c.point,
      kind: c.kind,
      azimuthDeg: c.azimuthDeg,
      number: numbers.get(c.cameraId) ?? "",
      sees: choice === "whoSees" || c.cameraId === shownId ? c.sees : [],
    }));
}

function zonesOf(site: RoomViews["site"] | undefined): readonly SceneZone[] {
  return (site?.privacyZones ?? []).map((z) => ({
    id: z.id,
    kind: "privacy" as const,
    ring: z.ring,
    label: z.name === "" ? "Privacy zone" : z.name,
  }));
}

function pinsOf(input: RegionInput): readonly ScenePin[] {
  const { incident, picked } = input;
  const out: ScenePin[] = [];
  const pin = (
    id: string,
    at: GeoPoint,
    mark: ScenePin["mark"],
    title: string,
    detail: string,
    priority: number,
  ): void => {
    out.push({ id, at, mark, title, detail, headingDeg: 0, priority });
  };
  const couldBe = input.choice === "couldBe" ? incident?.couldBe : undefined;
  if (couldBe !== undefined) {
    pin("lastSeen", couldBe.lastSeen.point, "seen", "Last seen", agoText(input.nowMs - couldBe.seenAtMs), 8);
    couldBe.next.slice(0, 3).forEach((n, i) => {
      pin(
        `next:${n.id}`,
        n.point,
        "predicted",
        i === 0 ? "Best next look" : "",
        i === 0 ? n.name : String(i + 1),
        7 - i,
      );
    });
  }
  for (const o of incident?.observations ?? []) {
    if (o.place !== undefined) pin(`seen:${o.observationId}`, o.place.point, "found", o.text, "", 6);
  }
  if (picked !== undefined)
    pin(
      "picked",
      picked.point,
      "asked",
      picked.label === "" ? "Here" : picked.label,
      `±${distanceText(picked.errorM, input.units)}`,
      9,
    );
  return out;
}

/** The same things as they are pinned into the live picture. */
export function picturePins(input: RegionInput): readonly PicturePin[] {
  const { incident, units, nowMs } = input;
  if (incident === undefined) return [];
  const seen = incident.observations.filter((o) => o.place !== undefined);
  const out: PicturePin[] = seen.flatMap((o): PicturePin[] =>
    o.place === undefined
      ? []
      : [
          {
            id: `seen:${o.observationId}`,
            at: o.place.point,
            mark: "seen",
            title: o.text,
            detail: `${o.place.label}, ±${distanceText(o.place.error.semiMajorM, units)}`,
            upM: 1,
          },
        ],
  );
  if (seen.length === 0 && incident.needsPlace === undefined)
    out.push({
      id: "incident",
      at: incident.place.point,
      mark: "estimated",
      title: incident.title,
      detail: `${incident.place.label}, ±${distanceText(incident.place.error.semiMajorM, units)}`,
      upM: 1,
    });
  for (const c of input.site?.cameras ?? []) {
    const number = input.numbers.get(c.cameraId);
    if (number !== undefined)
      out.push({
        id: `camera:${c.cameraId}`,
        at: c.point,
        mark: "camera",
        title: number,
        detail: "",
        upM: c.heightAglM,
      });
  }
  const last = incident.couldBe;
  if (last !== undefined)
    out.push({
      id: "ghost",
      at: last.lastSeen.point,
      mark: "ghost",
      title: `${capital(last.description)}, last seen here`,
      detail: agoText(nowMs - last.seenAtMs),
      upM: 0.7,
    });
  if (input.picked !== undefined)
    out.push({
      id: "picked",
      at: input.picked.point,
      mark: "asked",
      title: input.picked.label === "" ? "Here" : input.picked.label,
      detail: `±${distanceText(input.picked.errorM, units)}`,
      upM: 0.5,
    });
  return out;
}

const capital = (text: string): string => `${(text[0] ?? "").toUpperCase()}${text.slice(1)}`;

/** One line about the region: how old, how much road, whether it still helps. */
export function couldBeWords(incident: IncidentView | undefined, nowMs: number, units: Units): string {
  const c = incident?.couldBe;
  if (c === undefined) return "no vehicle is sought";
  const age = agoText(nowMs - c.seenAtMs);
  if (c.tooWide) return `last seen ${age}: too wide to help. Look at what was read since.`;
  return `${c.description}, seen ${age}, ${distanceText(c.totalKm * 1000, units)} of road`;
}
