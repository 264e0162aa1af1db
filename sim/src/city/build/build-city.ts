import type { CityBuildings, CityFile, CityHeights, CityPlace, CityRoad } from "@outrider/contract";
import type { CityFeatures, NamedPoint } from "../features.js";
import { flatDm, flatRingDm } from "../tiles/clip.js";
import type { GridPlace } from "../tiles/contours.js";
import { heightAt } from "./ground.js";
import type { CitySite } from "./place.js";

/** What a city file says about itself. */
export type CityAbout = {
  readonly name: string;
  /** N = HAE − AMSL at the middle of the city. */
  readonly geoidUndulationM: number;
  readonly heights: CityHeights;
  /** Shown wherever the map is shown. */
  readonly attribution: string;
  readonly licences: readonly string[];
};

/** The last step of every import: shapes and ground heights to one city file. Pure: the same input, the same bytes. */
export function buildCity(
  about: CityAbout,
  site: CitySite,
  heightsAmslM: Float64Array,
  features: CityFeatures,
): CityFile {
  const signals = features.signals.map((point) => spotOf({ text: "", point }));
  return {
    version: 1,
    name: about.name,
    provenance: "sim",
    origin: site.frame.origin,
    geoidUndulationM: about.geoidUndulationM,
    boundsLocal: site.bounds,
    terrain: { ...site.grid, heightsAmslDm: Array.from(heightsAmslM, (m) => Math.round(m * 10) + 0) },
    buildings: buildings(features, site.grid, heightsAmslM),
    roads: roads(features),
    areas: features.areas.flatMap(({ kind, name, ring }) => {
      const ringDm = flatRingDm(ring);
      return ringDm.length === 0 ? [] : [{ kind, name, ringDm }];
    }),
    addresses: places(features.addresses),
    places: places(features.places),
    ...(signals.length === 0 ? {} : { signals: signals.map(({ eastDm, northDm }) => ({ eastDm, northDm })) }),
    ...(features.helipads.length === 0 ? {} : { helipads: features.helipads.map(spotOf) }),
    heights: about.heights,
    attribution: about.attribution,
    licences: [...about.licences],
  };
}

function buildings(features: CityFeatures, place: GridPlace, heights: Float64Array): CityBuildings {
  const out: CityBuildings = { ringStart: [0], coordsDm: [], groundAmslDm: [], heightDm: [] };
  for (const shape of features.buildings) {
    const ring = flatRingDm(shape.ring);
    if (ring.length === 0) continue;
    // One by one: a spread of a long list into push can overflow the stack.
    for (const value of ring) out.coordsDm.push(value);
    out.ringStart.push(out.coordsDm.length / 2);
    const ground = Math.min(...shape.ring.map((p) => heightAt(place, heights, p)));
    out.groundAmslDm.push(Math.round(ground * 10) + 0);
    out.heightDm.push(Math.round(shape.heightM * 10));
  }
  return out;
}

function roads(features: CityFeatures): CityRoad[] {
  const out: CityRoad[] = [];
  for (const { line, speedLimitMps, ...road } of features.roads) {
    const pointsDm = flatDm(line);
    if (pointsDm.length < 4) continue;
    const limit = speedLimitMps === undefined ? {} : { speedLimitMps };
    out.push({ id: `r${out.length}`, ...road, ...limit, pointsDm });
  }
  return out;
}

function spotOf({ text, point }: NamedPoint): CityPlace {
  const [eastDm = 0, northDm = 0] = flatDm([point]);
  return { text, eastDm, northDm };
}

/** A name counts once, where it is first said: tiles repeat their neighbours' labels. */
function places(named: readonly NamedPoint[]): CityPlace[] {
  const byText = new Map<string, CityPlace>();
  for (const one of named) if (one.text !== "" && !byText.has(one.text)) byText.set(one.text, spotOf(one));
  return [...byText.values()];
}
