import type { AircraftConfig, AircraftTypeConfig, Config, GeoPoint } from "@outrider/contract";
import {
  bearingDeg,
  type CellGrid,
  cellMiddle,
  distanceM,
  type EnuPoint,
  legSpeedMps,
  type TimeSurface,
  timeContours,
  timeSurface,
  type Wind,
  type World,
  type Zone,
} from "@outrider/geo";
import { type BudgetConfig, budgetOf } from "../airspace/index.js";
import type { Feature } from "./geojson.js";

export const levelsS = [30, 60, 90, 120, 180, 240, 300] as const;
/** Fine enough to draw; one aircraft then takes a few milliseconds. */
const cellM = 60;

export type Starter = {
  readonly aircraft: AircraftConfig;
  readonly type: AircraftTypeConfig;
  readonly point: GeoPoint;
  readonly dockType: "dock" | "pad";
};

/** Seconds until one aircraft's camera sees each place, by the same budget as the card's, in this wind. */
export function startSurface(
  starter: Starter,
  wind: Wind,
  config: BudgetConfig & Pick<Config, "site">,
  world: World,
): TimeSurface {
  const { launch, site } = config;
  const { type } = starter;
  const grid = gridOver(world);
  const zones: Zone[] = site.exclusionZones.map((zone) => ({
    kind: "polygon",
    ring: zone.ring.map((point) => world.frame.toLocal(point)),
  }));
  const mostAglM = launch.cruiseAglM - launch.verticalBufferM;
  const { terrain, obstacles } = world;
  const from = world.frame.toLocal(starter.point);
  const speeds = { commandedMps: type.cruiseMps, airspeedMaxMps: type.maxMps };
  const flown = timeSurface({
    from,
    grid,
    speeds,
    wind,
    startS: 0,
    zones,
    gapM: launch.horizontalBufferM,
    closed: (eastM, northM) => obstacles.surfaceAmslM(eastM, northM) - terrain.groundAmslM(eastM, northM) > mostAglM,
  });
  const homeGroundM = terrain.groundAmslM(from.eastM, from.northM);
  return {
    grid,
    timeS: flown.timeS.map((flownS, index) => {
      if (!Number.isFinite(flownS)) return flownS;
      const place = cellMiddle(grid, index);
      const groundMps = legSpeedMps(speeds, wind, bearingDeg(from, place));
      const pathM = Math.max(0, groundMps * flownS - launch.orbitRadiusM);
      const leg = {
        pathM,
        cruiseS: groundMps > 0 ? pathM / groundMps : 0,
        climbM: highestGroundM(world, from, place) + launch.cruiseAglM - homeGroundM,
        heightAboveTargetM: launch.sceneAglM,
        radiusM: launch.orbitRadiusM,
      };
      return budgetOf(config, starter, leg).cameraS;
    }),
  };
}

const groundStepM = 80;

/** It climbs above its dock to the height that the whole way needs, so a hill on the way costs time at the start. */
function highestGroundM({ terrain }: World, from: EnuPoint, to: EnuPoint): number {
  const steps = Math.max(1, Math.ceil(distanceM(from, to) / groundStepM));
  let highestM = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= steps; i++) {
    const share = i / steps;
    const eastM = from.eastM + (to.eastM - from.eastM) * share;
    highestM = Math.max(highestM, terrain.groundAmslM(eastM, from.northM + (to.northM - from.northM) * share));
  }
  return highestM;
}

function gridOver(world: World): CellGrid {
  const { eastMinM, northMinM, eastMaxM, northMaxM } = world.terrain.bounds;
  return {
    eastMinM,
    northMinM,
    cellM,
    cols: Math.max(1, Math.ceil((eastMaxM - eastMinM) / cellM)),
    rows: Math.max(1, Math.ceil((northMaxM - northMinM) / cellM)),
  };
}

/** The quickest of several aircraft at each place, as lines of equal time. */
export function timeFeatures(surfaces: readonly TimeSurface[], world: World): Feature[] {
  const first = surfaces[0];
  if (first === undefined) return [];
  const timeS = first.timeS.slice();
  for (const other of surfaces.slice(1)) {
    for (let i = 0; i < timeS.length; i++) timeS[i] = Math.min(timeS[i] ?? 0, other.timeS[i] ?? 0);
  }
  return timeContours({ grid: first.grid, timeS }, levelsS).flatMap(({ seconds, lines }) =>
    lines.length === 0
      ? []
      : [
          {
            type: "Feature" as const,
            properties: { seconds },
            geometry: {
              type: "MultiLineString" as const,
              coordinates: lines.map((line) =>
                line.map((point) => {
                  const { latDeg, lonDeg } = world.frame.toGeo(point);
                  return rounded(lonDeg, latDeg);
                }),
              ),
            },
          },
        ],
  );
}

const rounded = (lonDeg: number, latDeg: number): readonly [number, number] => [
  Math.round(lonDeg * 1e6) / 1e6,
  Math.round(latDeg * 1e6) / 1e6,
];
