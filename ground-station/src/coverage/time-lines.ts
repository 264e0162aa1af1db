import type { AircraftConfig, AircraftTypeConfig, Config, GeoPoint } from "@outrider/contract";
import {
  type CellGrid,
  climbTimeS,
  ETA_DEFAULT,
  legOverheadS,
  type TimeSurface,
  timeContours,
  timeSurface,
  type Wind,
  type World,
  type Zone,
} from "@outrider/geo";
import type { Feature } from "./geojson.js";

export const levelsS = [30, 60, 90, 120, 180, 240, 300] as const;
/** Fine enough to draw; one aircraft then takes a few milliseconds. */
const cellM = 60;

export type Starter = {
  readonly aircraft: AircraftConfig;
  readonly type: AircraftTypeConfig;
  readonly point: GeoPoint;
};

/** Seconds until one aircraft's camera is over each place, dock and climb included, in this wind. */
export function startSurface(starter: Starter, wind: Wind, config: Config, world: World): TimeSurface {
  const { launch, site } = config;
  const { type } = starter;
  const grid = gridOver(world);
  const zones: Zone[] = site.exclusionZones.map((zone) => ({
    kind: "polygon",
    ring: zone.ring.map((point) => world.frame.toLocal(point)),
  }));
  const mostAglM = launch.cruiseAglM - launch.verticalBufferM;
  const { terrain, obstacles } = world;
  return timeSurface({
    from: world.frame.toLocal(starter.point),
    grid,
    speeds: { commandedMps: type.cruiseMps, airspeedMaxMps: type.maxMps },
    wind,
    startS: ETA_DEFAULT.dockS + ETA_DEFAULT.armS + climbTimeS(launch.cruiseAglM) + legOverheadS(type.cruiseMps),
    zones,
    gapM: launch.horizontalBufferM,
    closed: (eastM, northM) => obstacles.surfaceAmslM(eastM, northM) - terrain.groundAmslM(eastM, northM) > mostAglM,
  });
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
