import type { LatLon } from "@outrider/geo";
import type { GeoBox } from "../build/place.js";
import { CityImportError } from "../byte-source.js";
import { areaKindOf, isBuilding, isPart } from "./area-kinds.js";
import type { OsmNode, OsmRelation, OsmSink, OsmWay } from "./element.js";

/** What of a map file touches a city: nodes within a margin of its box, and the ways and relations that use them. */
export type OsmExtract = {
  readonly nodes: ReadonlyMap<number, LatLon>;
  readonly taggedNodes: readonly OsmNode[];
  readonly ways: ReadonlyMap<number, OsmWay>;
  readonly relations: readonly OsmRelation[];
};

/** Most of what lies across the edge of the box ends within this, so that one reading is enough for small extracts. */
const MARGIN_DEG = 0.02;

export type OsmCollector = {
  readonly extract: OsmExtract;
  /** Takes the first reading of the file. */
  readonly sink: OsmSink;
  /** Takes one more reading, for what reaches beyond the margin; undefined when no more is needed. */
  again(): OsmSink | undefined;
};

/**
 * Keeps what touches the box, so that the file may be a whole country's. Ways and multipolygons that reach far beyond it
 * (a long park, a bridge's wires) are made whole by reading the file again, first for their ways and then for their nodes.
 */
export function osmCollector(name: string, box: GeoBox): OsmCollector {
  const nodes = new Map<number, LatLon>();
  const taggedNodes: OsmNode[] = [];
  const ways = new Map<number, OsmWay>();
  const relations: OsmRelation[] = [];
  let waysBegun = false;
  const sink: OsmSink = (element) => {
    switch (element.kind) {
      case "node":
        if (waysBegun) throw new CityImportError(name, "nodes come after ways; sort it first: osmium sort");
        if (!near(box, element)) return;
        nodes.set(element.id, { latDeg: element.latDeg, lonDeg: element.lonDeg });
        if (Object.keys(element.tags).length > 0) taggedNodes.push(element);
        return;
      case "way":
        waysBegun = true;
        if (element.refs.some((ref) => nodes.has(ref))) ways.set(element.id, element);
        return;
      case "relation":
        if (isShape(element) && element.members.some((member) => member.type === "way" && ways.has(member.ref)))
          relations.push(element);
        return;
    }
  };
  const forWays = (wanted: ReadonlySet<number>): OsmSink => {
    return (element) => {
      if (element.kind === "way" && wanted.has(element.id)) ways.set(element.id, element);
    };
  };
  const forNodes = (wanted: ReadonlySet<number>): OsmSink => {
    return (element) => {
      if (element.kind === "node" && wanted.has(element.id))
        nodes.set(element.id, { latDeg: element.latDeg, lonDeg: element.lonDeg });
    };
  };
  const readings = [() => missingWays(relations, ways, forWays), () => missingNodes(ways, nodes, forNodes)];
  const again = (): OsmSink | undefined => {
    for (let next = readings.shift(); next !== undefined; next = readings.shift()) {
      const more = next();
      if (more !== undefined) return more;
    }
    return undefined;
  };
  return { sink, again, extract: { nodes, taggedNodes, ways, relations } };
}

const isShape = ({ tags }: OsmRelation): boolean =>
  tags["type"] === "multipolygon" && (isBuilding(tags) || isPart(tags) || areaKindOf(tags) !== undefined);

type SinkFor = (wanted: ReadonlySet<number>) => OsmSink;

function missingWays(relations: readonly OsmRelation[], ways: ReadonlyMap<number, OsmWay>, sinkFor: SinkFor) {
  const members = relations.flatMap((relation) => relation.members);
  const wanted = members.filter(({ type, role, ref }) => type === "way" && role !== "inner" && !ways.has(ref));
  return wanted.length === 0 ? undefined : sinkFor(new Set(wanted.map(({ ref }) => ref)));
}

function missingNodes(ways: ReadonlyMap<number, OsmWay>, nodes: ReadonlyMap<number, LatLon>, sinkFor: SinkFor) {
  const wanted = new Set<number>();
  for (const way of ways.values()) for (const ref of way.refs) if (!nodes.has(ref)) wanted.add(ref);
  return wanted.size === 0 ? undefined : sinkFor(wanted);
}

const near = (box: GeoBox, { latDeg, lonDeg }: LatLon): boolean =>
  latDeg >= box.southDeg - MARGIN_DEG &&
  latDeg <= box.northDeg + MARGIN_DEG &&
  lonDeg >= box.westDeg - MARGIN_DEG &&
  lonDeg <= box.eastDeg + MARGIN_DEG;
