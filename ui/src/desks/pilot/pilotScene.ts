import type { AircraftView, DockView, IncidentSummary, LaunchView, RoomViews, SkyView } from "@outrider/contract";
import type { SampleStore } from "../../live/index.js";
import { distanceText, type Units } from "../../parts/index.js";
import type {
  SceneDock,
  SceneIncident,
  SceneLid,
  SceneModel,
  SceneRoute,
  SceneTimeLine,
  SceneZone,
} from "../../scene/index.js";
import type { ThemeName } from "../../theme/index.js";
import { onMap, placingMark } from "../placing/placing.js";
import type { Placing } from "../placing/usePlacing.js";
import { restrictionZones, strangersOnMap } from "../sky/index.js";

export interface PilotSceneInput {
  readonly theme: ThemeName;
  readonly units: Units;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly site: RoomViews["site"] | undefined;
  readonly sky?: SkyView | undefined;
  readonly incidents: readonly IncidentSummary[];
  readonly launch: LaunchView | undefined;
  readonly launches: readonly LaunchView[];
  readonly selectedUid: string | undefined;
  readonly picked: { readonly latDeg: number; readonly lonDeg: number } | undefined;
  /** The mark of a call that is being put on the map. */
  readonly placing?: Pick<Placing, "address" | "point" | "radiusM"> | undefined;
  readonly timeLines: readonly SceneTimeLine[];
  readonly lids: readonly SceneLid[];
  readonly samples: SampleStore;
}

export function pilotScene(input: PilotSceneInput): SceneModel {
  const aircraft = input.fleet?.aircraft ?? [];
  const open = onMap(input.incidents).filter((i) => !i.closed);
  const focus =
    input.launch === undefined
      ? aircraft.find((a) => a.uid === input.selectedUid)?.incidentId
      : input.launch.incidentId;
  const focused = open.find((i) => i.incidentId === focus);
  return {
    theme: input.theme,
    aircraft: [
      ...aircraft.map((a) => ({
        uid: a.uid,
        callSign: a.callSign,
        selected: a.uid === input.selectedUid,
        docked: !a.inAir,
        showFootprint: a.uid === input.selectedUid,
        kind: "drone" as const,
      })),
      ...strangersOnMap(input.sky, input.units),
    ],
    incidents: [...open.map((i) => incidentOf(i, input.units)), ...placingMark(input.placing, input.units)],
    docks: (input.fleet?.docks ?? []).map((d) => dockOf(d, aircraft, input.launches)),
    sensors: [],
    routes: routesOf(input, aircraft),
    zones: [...zonesOf(input.site), ...restrictionZones(input.sky)],
    footprints: [],
    reach: undefined,
    timeLines: input.timeLines,
    lids: input.lids,
    couldBe: undefined,
    coverage: undefined,
    pins:
      input.picked === undefined
        ? []
        : [{ id: "picked", at: input.picked, mark: "asked", title: "Here", detail: "", headingDeg: 0, priority: 8 }],
    focus: focused === undefined ? undefined : { at: focused.place.point, radiusM: 300 },
  };
}

function incidentOf(i: IncidentSummary, units: Units): SceneIncident {
  const error = i.place.error;
  const doubtful = error.semiMajorM > 10;
  return {
    id: i.incidentId,
    at: i.place.point,
    title: i.title,
    detail: doubtful ? `${i.place.label}, ±${distanceText(error.semiMajorM, units)}` : i.place.label,
    certainty: doubtful ? "estimated" : "seen",
    error: doubtful ? error : undefined,
  };
}

function dockOf(d: DockView, aircraft: readonly AircraftView[], launches: readonly LaunchView[]): SceneDock {
  const here = aircraft.find((a) => a.dockId === d.dockId && !a.inAir);
  const proposed = here !== undefined && launches.some((l) => l.phase === "proposed" && l.choice.uid === here.uid);
  const detail =
    here === undefined
      ? "empty"
      : proposed
        ? `${here.callSign} proposed`
        : here.ready
          ? `${here.callSign} ready`
          : here.callSign;
  return {
    id: d.dockId,
    at: d.point,
    name: d.name,
    detail: d.connected ? detail : `${detail}, not connected`,
    ready: here?.ready === true,
  };
}

function routesOf(input: PilotSceneInput, aircraft: readonly AircraftView[]): SceneRoute[] {
  const out: SceneRoute[] = [];
  for (const launch of input.launches) {
    if (launch.phase === "proposed")
      out.push({ id: launch.launchId, state: "proposed", points: planPoints(launch.plan) });
  }
  for (const a of aircraft) {
    if (!a.inAir || a.plan === undefined) continue;
    const sample = input.samples.latest(a.uid);
    const from =
      sample === undefined ? [] : [{ at: { latDeg: sample.latDeg, lonDeg: sample.lonDeg }, altAmslM: sample.altAmslM }];
    const home = a.plan.home;
    if (a.phase === "returning") {
      const points = [
        ...from,
        { at: home.point, altAmslM: a.plan.returnAltAmslM },
        { at: home.point, altAmslM: home.groundAmslM },
      ];
      out.push({ id: a.uid, state: "commanded", points });
    } else if (a.phase === "climbing" || a.phase === "enRoute") {
      out.push({ id: a.uid, state: "commanded", points: planPoints(a.plan) });
    }
  }
  return out;
}

function planPoints(plan: LaunchView["plan"]): SceneRoute["points"] {
  const top = { at: plan.home.point, altAmslM: plan.takeoffAltAmslM };
  const way = plan.route.map((w) => ({ at: w.point, altAmslM: w.altAmslM }));
  return [
    { at: plan.home.point, altAmslM: plan.home.groundAmslM },
    top,
    ...way,
    { at: plan.scene.point, altAmslM: plan.scene.altAmslM },
  ];
}

function zonesOf(site: RoomViews["site"] | undefined): SceneZone[] {
  if (site === undefined) return [];
  const privacy = site.privacyZones.map(
    (z): SceneZone => ({ id: z.id, kind: "privacy", ring: z.ring, label: z.name === "" ? "Privacy zone" : z.name }),
  );
  return [...privacy, { id: "fence", kind: "fence", ring: site.fence.inclusion, label: "" }];
}
