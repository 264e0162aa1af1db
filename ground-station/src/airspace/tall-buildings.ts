import { buildingRing, type EnuPoint, type Obstacles, type Zone } from "@outrider/geo";

/** A building that reaches into the height at which aircraft cruise, with its outline. */
export type TallBuilding = { readonly heightM: number; readonly shape: Zone };
type Bounds = { eastMinM: number; northMinM: number; eastMaxM: number; northMaxM: number };

/** Those that a way between two places may have to go round. */
export type TallNear = (a: EnuPoint, b: EnuPoint) => TallBuilding[];

const SEARCH_MARGIN_M = 400;

/** Few of a city's buildings are tall, so they are gathered once: each decision asks for them, and for no others. */
export function tallBuildings({ buildings }: Obstacles, overM: number): TallNear {
  const tall: (TallBuilding & { readonly bounds: Bounds })[] = [];
  for (let id = 0; id < buildings.count; id++) {
    const heightM = (buildings.topAmslM[id] ?? 0) - (buildings.groundAmslM[id] ?? 0);
    if (heightM <= overM) continue;
    const ring = buildingRing(buildings, id);
    tall.push({ heightM, shape: { kind: "polygon", ring }, bounds: boundsOf(ring) });
  }
  return (a, b) => {
    const box = boundsOf([a, b]);
    return tall.filter(
      ({ bounds }) =>
        bounds.eastMaxM >= box.eastMinM - SEARCH_MARGIN_M &&
        bounds.eastMinM <= box.eastMaxM + SEARCH_MARGIN_M &&
        bounds.northMaxM >= box.northMinM - SEARCH_MARGIN_M &&
        bounds.northMinM <= box.northMaxM + SEARCH_MARGIN_M,
    );
  };
}

function boundsOf(points: readonly EnuPoint[]): Bounds {
  const easts = points.map(({ eastM }) => eastM);
  const norths = points.map(({ northM }) => northM);
  return {
    eastMinM: Math.min(...easts),
    northMinM: Math.min(...norths),
    eastMaxM: Math.max(...easts),
    northMaxM: Math.max(...norths),
  };
}
