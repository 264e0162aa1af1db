import type { AircraftTypeConfig, FlightPlan, GeoPoint } from "@outrider/contract";
import {
  constantPowerWh,
  destination,
  distanceM,
  type EnuPoint,
  type EnuPointAmsl,
  lowerBoundS,
  segmentToZoneM,
  signedDistanceToZoneM,
  Z_LAUNCH,
} from "@outrider/geo";
import { budgetOf, leastBudgetS } from "./budget.js";
import { type EdgeFound, type PacedPath, pacePath, SLOW_MPS } from "./edge.js";
import { homeEnergyWh, outEnergyWh, speedsOf, type WindAloft } from "./energy.js";
import { fenceMarginM, segmentInsideFence, zoneInTheWay } from "./lines.js";
import { powerOf } from "./power.js";
import { profileOf } from "./profile.js";
import { ORBIT_NEED_M, SCENE_SPEED_MPS, type Scene, sceneFor } from "./scene.js";
import type { Site } from "./site.js";
import { cruiseLevels, LevelWays, routeGapM, type WayThere } from "./way-there.js";
import { type Haven, placesAlong, type WaysHome, waysHome } from "./ways-home.js";

export type PlanRequest = {
  readonly planId: string;
  readonly type: AircraftTypeConfig;
  readonly dock: {
    readonly dockId: string;
    readonly name: string;
    readonly point: GeoPoint;
    readonly type?: "dock" | "pad";
  };
  /** Other docks that could take it in now. */
  readonly others: readonly { readonly dockId: string; readonly name: string; readonly point: GeoPoint }[];
  readonly scene: GeoPoint;
  readonly aloft: WindAloft;
  /** Another aircraft of ours is over this scene below this height: it arrives and circles above. */
  readonly aboveAmslM?: number;
};

/** What the gates ask of a plan. */
export type PlanChecks = {
  readonly needWh: number;
  readonly fence: {
    homeInside: boolean;
    sceneInside: boolean;
    routeInside: boolean;
    /** The circle's distance from fence and exclusion zones, and what stopping from its speed needs. */
    sceneMarginM: number;
    sceneNeedM: number;
    /** Where the way there is least far inside the fence for the speed that it has there. */
    route: EdgeFound;
    /** Metres of it flown slowly because the fence is near. */
    slowM: number;
  };
  readonly clearance: { minClearanceM: number; limitM: number; covered: boolean; maxAglM: number; ceilingAglM: number };
  readonly wayHome: { gaps: readonly string[]; checked: number; alternates: number };
  readonly privacy: { crossed: readonly string[]; sceneIn: readonly string[] };
};

export type PlanAnswer =
  | { readonly kind: "plan"; readonly plan: FlightPlan; readonly checks: PlanChecks }
  | { readonly kind: "impossible"; readonly code: string; readonly text: string; readonly doThis: string };

const FENCE_TOP_MARGIN_M = 15;
const P90_Z = 1.28;
const DOCK_SIGMA_S = 3;

/** Seconds that no way can beat: the straight line at the leg's own speed, with the times of dock and arming. */
export function lowerBoundOf(site: Site, request: Pick<PlanRequest, "type" | "dock" | "scene" | "aloft">): number {
  const home = site.local(request.dock.point);
  const scene = site.local(request.scene);
  const straightS = lowerBoundS(home, scene, speedsOf(request.type), request.aloft.wind);
  const straight = { m: distanceM(home, scene), s: straightS, climbM: cruiseLevels(site)[0] ?? 0 };
  return leastBudgetS(site.config, { type: request.type, dockType: request.dock.type }, straight);
}

/** Route, heights, ways home, energy and times of one flight; the gates judge what it found. */
export function makePlan(site: Site, request: PlanRequest): PlanAnswer {
  const home = site.local(request.dock.point);
  const lowest = sceneFor(site, site.local(request.scene), home);
  const scene = { ...lowest, altAmslM: Math.max(lowest.altAmslM, request.aboveAmslM ?? 0) };
  if (scene.altAmslM > lowest.altAmslM && scene.altAmslM > lowest.groundAmslM + site.ceilingAglM) return noRoomAbove;
  const homeHaven: Haven = { ...request.dock, point: home, groundAmslM: site.groundAmslM(home) };
  const others = request.others.map((dock): Haven => {
    const point = site.local(dock.point);
    return { dockId: dock.dockId, name: dock.name, point, groundAmslM: site.groundAmslM(point) };
  });
  const circle = Array.from({ length: 12 }, (_, i) => ({
    ...destination(scene.point, i * 30, scene.radiusM),
    altAmslM: scene.altAmslM,
  }));
  let first: Found | undefined;
  let failure: PlanAnswer | undefined;
  const ways = new LevelWays(site, { home, goal: scene.entry, wind: request.aloft.wind, ...starterOf(request) });
  for (const aglM of levelsAbove(site, scene.groundAmslM, request.aboveAmslM)) {
    const way = ways.fastestFrom(aglM);
    if (way.kind === "none") {
      failure ??= impossible(way.reason, request.dock.name);
      continue;
    }
    const flown = [...way.line.points.slice(0, -1), endOf(way, scene)];
    const paced = pacePath(site, flown, request.type.cruiseMps);
    const path = paced.points;
    // Of the higher ones only those without a gap count, so the first gap settles it.
    const wanted = first === undefined ? "everyGap" : "anyGap";
    const back = waysHome(site, homeHaven, others, placesAlong(path, circle), wanted);
    const found: Found = { home: homeHaven, scene, way, paced, path, back };
    if (back.gaps.length === 0) return { kind: "plan", ...finish(site, request, found) };
    // A way without a proven return is kept only to say what is wrong with it; a higher one may have it.
    first ??= found;
    if (!back.higherHelps) break;
  }
  if (first !== undefined) return { kind: "plan", ...finish(site, request, first) };
  return failure ?? impossible("tooHigh", request.dock.name);
}

/** Cruise levels that come to the scene above whoever is there; all of them where none is that high. */
function levelsAbove(site: Site, groundAmslM: number, aboveAmslM: number | undefined): number[] {
  const levels = cruiseLevels(site);
  const above = levels.filter((aglM) => groundAmslM + aglM >= (aboveAmslM ?? 0));
  return above.length > 0 ? above : levels;
}

const noRoomAbove: PlanAnswer = {
  kind: "impossible",
  code: "no-height-free",
  text: "No height is free under the ceiling above the aircraft that is there.",
  doThis: "Bring that one home first.",
};

const starterOf = (request: PlanRequest) => ({ type: request.type, dockType: request.dock.type });

/** The last corner already has the height of the circle. */
function endOf(way: Extract<WayThere, { kind: "way" }>, scene: Scene): EnuPointAmsl {
  const last = way.line.points[way.line.points.length - 1];
  return { ...scene.entry, altAmslM: Math.max(last?.altAmslM ?? 0, scene.altAmslM) };
}

type Found = {
  readonly home: Haven;
  readonly scene: Scene;
  readonly way: Extract<WayThere, { kind: "way" }>;
  readonly paced: PacedPath;
  readonly path: readonly EnuPointAmsl[];
  readonly back: WaysHome;
};

function finish(site: Site, request: PlanRequest, found: Found): { plan: FlightPlan; checks: PlanChecks } {
  const { type, aloft } = request;
  const { home, scene, way, paced, path, back } = found;
  const power = powerOf(type, home.groundAmslM);
  const takeoffAltAmslM = path[0]?.altAmslM ?? home.groundAmslM;
  const eta = timesOf(site, found, takeoffAltAmslM, request);
  const energyOutWh = outEnergyWh(path, scene.altAmslM - home.groundAmslM, type, power, aloft.wind);
  const energyHomeWh = homeEnergyWh(
    scene.point,
    home.point,
    back.returnAltAmslM - scene.altAmslM,
    type,
    power,
    aloft,
    Z_LAUNCH,
  );
  const clearance = site.obstacles.clearanceAlong(path, site.config.launch.horizontalBufferM);
  const point = (at: EnuPoint): GeoPoint => site.frame.toGeo(at);
  const nearestOther = [...back.rally].sort(
    (a, b) => distanceM(a.point, scene.point) - distanceM(b.point, scene.point),
  )[0];
  const plan: FlightPlan = {
    planId: request.planId,
    home: { point: request.dock.point, groundAmslM: home.groundAmslM },
    takeoffAltAmslM,
    route: path.slice(1).map((at, i) => ({
      point: point(at),
      altAmslM: at.altAmslM,
      altAglM: at.altAmslM - site.groundAmslM(at),
      speedMps: paced.speedsMps[i] ?? type.cruiseMps,
    })),
    scene: {
      point: request.scene,
      groundAmslM: scene.groundAmslM,
      orbitRadiusM: scene.radiusM,
      altAmslM: scene.altAmslM,
      speedMps: SCENE_SPEED_MPS,
    },
    returnAltAmslM: back.returnAltAmslM,
    rally: back.rally.map((haven) => ({
      dockId: haven.dockId,
      point: point(haven.point),
      altAmslM: haven.groundAmslM,
    })),
    fence: fenceFor(site, [back.returnAltAmslM, scene.altAmslM, ...path.map((at) => at.altAmslM)]),
    lengthM: way.lengthM,
    etaS: eta.etaS,
    etaP90S: eta.etaP90S,
    energyOutWh,
    energyHomeWh,
    minClearanceM: clearance.minClearanceM,
    profile: profileOf(site, path),
    ...(nearestOther === undefined ? {} : { alternateDockId: nearestOther.dockId }),
  };
  const stayWh = constantPowerWh(power.hoverW, site.config.launch.stayS);
  return { plan, checks: checksOf(site, found, energyOutWh + stayWh + energyHomeWh, clearance) };
}

/** The site's lines, with a lid a little over everything that this flight may do. */
const fenceFor = (site: Site, heightsAmslM: readonly number[]): FlightPlan["fence"] => ({
  inclusion: site.config.site.fence.inclusion,
  exclusions: site.config.site.exclusionZones,
  ceilingAmslM: Math.max(...heightsAmslM) + FENCE_TOP_MARGIN_M,
});

function timesOf(site: Site, found: Found, takeoffAltAmslM: number, request: PlanRequest) {
  const { way, home, scene, paced } = found;
  const { type, aloft } = request;
  const slowerS = Math.max(0, 1 / SLOW_MPS - 1 / type.cruiseMps) * paced.slowM;
  const cruiseS = way.timeS + slowerS;
  const parts = budgetOf(site.config, starterOf(request), {
    pathM: way.lengthM,
    cruiseS,
    climbM: takeoffAltAmslM - home.groundAmslM,
    heightAboveTargetM: scene.altAmslM - scene.groundAmslM,
    radiusM: scene.radiusM,
  });
  const windS = cruiseS * Math.min(0.5, aloft.sigmaMps / Math.max(1, type.cruiseMps));
  const sigmaS = Math.hypot(DOCK_SIGMA_S, 0.1 * parts.climbS, windS);
  return { etaS: parts.cameraS, etaP90S: parts.cameraS + P90_Z * sigmaS };
}

function checksOf(
  site: Site,
  found: Found,
  needWh: number,
  clearance: { minClearanceM: number; covered: boolean },
): PlanChecks {
  const { home, scene, way, paced, path, back } = found;
  const legs = way.points.map((to, i) => ({ from: way.points[i - 1] ?? to, to }));
  return {
    needWh,
    fence: {
      homeInside: fenceMarginM(site, home.point) > 0,
      sceneInside: fenceMarginM(site, scene.point) > 0,
      routeInside: legs.every(
        ({ from, to }) => segmentInsideFence(site, from, to) && zoneInTheWay(site, from, to) === undefined,
      ),
      sceneMarginM: scene.marginM === Number.POSITIVE_INFINITY ? fenceMarginM(site, scene.point) : scene.marginM,
      sceneNeedM: ORBIT_NEED_M,
      route: paced.edge,
      slowM: paced.slowM,
    },
    clearance: {
      // Take-off and landing touch the ground: what counts begins above the dock.
      minClearanceM: clearance.minClearanceM,
      limitM: site.config.launch.verticalBufferM,
      covered: clearance.covered,
      maxAglM: Math.max(...path.map((at) => at.altAmslM - site.groundAmslM(at))),
      ceilingAglM: site.ceilingAglM,
    },
    wayHome: { gaps: back.gaps, checked: back.checked, alternates: back.rally.length },
    privacy: {
      crossed: site.privacy
        .filter(
          ({ shape }) =>
            !sceneIn(site, found, shape) && legs.some(({ from, to }) => segmentToZoneM(from, to, shape) === 0),
        )
        .map(({ name }) => name),
      sceneIn: site.privacy.filter(({ shape }) => sceneIn(site, found, shape)).map(({ name }) => name),
    },
  };
}

const sceneIn = (site: Site, found: Found, shape: Parameters<typeof signedDistanceToZoneM>[1]): boolean =>
  signedDistanceToZoneM(found.scene.point, shape) <= routeGapM(site) ||
  signedDistanceToZoneM(found.scene.entry, shape) <= routeGapM(site);

function impossible(reason: Extract<WayThere, { kind: "none" }>["reason"], dockName: string): PlanAnswer {
  switch (reason) {
    case "startInZone":
      return {
        kind: "impossible",
        code: "dock-in-zone",
        text: `${dockName} lies in an exclusion zone.`,
        doThis: "Correct the zones of this site.",
      };
    case "goalInZone":
      return {
        kind: "impossible",
        code: "scene-in-zone",
        text: "The scene lies in an exclusion zone or beside a tower.",
        doThis: "Send somebody else, or look from its edge.",
      };
    case "noWayRound":
      return {
        kind: "impossible",
        code: "no-way",
        text: `No way from ${dockName} round the zones and towers.`,
        doThis: "Choose another aircraft.",
      };
    case "windTooStrong":
      return {
        kind: "impossible",
        code: "wind",
        text: "Against this wind it makes no way.",
        doThis: "Wait for less wind.",
      };
    case "tooHigh":
      return {
        kind: "impossible",
        code: "ceiling",
        text: "No height between the roofs and the ceiling.",
        doThis: "Choose another aircraft.",
      };
  }
}
