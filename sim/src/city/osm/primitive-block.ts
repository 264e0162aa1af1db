import type { PbfReader } from "pbf";
import type { OsmMember, OsmSink, OsmTags } from "./element.js";
import { fieldsOf, packed } from "./fields.js";

type Block = {
  readonly strings: string[];
  readonly groups: Uint8Array[];
  granularity: number;
  latOffset: number;
  lonOffset: number;
};
const MEMBER_TYPES = ["node", "way", "relation"] as const;

/**
 * One PrimitiveBlock of a PBF, element by element. Strings and groups may come in any order with the scale after them,
 * so the block is gathered first.
 * @throws where an index points nowhere or lists that belong together differ in length
 */
export function readPrimitiveBlock(bytes: Uint8Array, sink: OsmSink): void {
  const empty: Block = { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0 };
  const block = fieldsOf(
    bytes,
    (tag, into, pbf) => {
      if (tag === 1) pbf.readMessage(readStrings, into.strings);
      else if (tag === 2) into.groups.push(pbf.readBytes());
      else if (tag === 17) into.granularity = pbf.readVarint();
      else if (tag === 19) into.latOffset = pbf.readVarint(true);
      else if (tag === 20) into.lonOffset = pbf.readVarint(true);
    },
    empty,
  );
  for (const group of block.groups) {
    fieldsOf(
      group,
      (tag, into, pbf) => {
        if (tag === 1) readNode(into, pbf.readBytes(), sink);
        else if (tag === 2) readDense(into, pbf.readBytes(), sink);
        else if (tag === 3) readWay(into, pbf.readBytes(), sink);
        else if (tag === 4) readRelation(into, pbf.readBytes(), sink);
      },
      block,
    );
  }
}

function readStrings(tag: number, strings: string[], pbf: PbfReader): void {
  if (tag === 1) strings.push(pbf.readString());
}

function stringAt(block: Block, index: number): string {
  const text = block.strings[index];
  if (text === undefined) throw new RangeError(`string ${index} of ${block.strings.length}`);
  return text;
}

function tagsOf(block: Block, keys: readonly number[], values: readonly number[]): OsmTags {
  if (keys.length !== values.length) throw new RangeError(`${keys.length} keys for ${values.length} values`);
  const tags: Record<string, string> = {};
  keys.forEach((key, i) => {
    tags[stringAt(block, key)] = stringAt(block, values[i] ?? -1);
  });
  return tags;
}

const NANO = 1e-9;
const latOf = (block: Block, value: number): number => NANO * (block.latOffset + block.granularity * value);
const lonOf = (block: Block, value: number): number => NANO * (block.lonOffset + block.granularity * value);

function position(block: Block, lat: number, lon: number) {
  const latDeg = latOf(block, lat);
  const lonDeg = lonOf(block, lon);
  if (!(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180)) throw new RangeError(`a node at ${latDeg}, ${lonDeg}`);
  return { latDeg, lonDeg };
}

function readNode(block: Block, bytes: Uint8Array, sink: OsmSink): void {
  const node = fieldsOf(
    bytes,
    (tag, into, pbf) => {
      if (tag === 1) into.id = pbf.readSVarint();
      else if (tag === 2) into.keys = packed(pbf, false);
      else if (tag === 3) into.values = packed(pbf, false);
      else if (tag === 8) into.lat = pbf.readSVarint();
      else if (tag === 9) into.lon = pbf.readSVarint();
    },
    { id: 0, lat: 0, lon: 0, keys: [] as number[], values: [] as number[] },
  );
  const tags = tagsOf(block, node.keys, node.values);
  sink({ kind: "node", id: node.id, ...position(block, node.lat, node.lon), tags });
}

/** DenseNodes: ids, latitudes and longitudes as differences; tags as key, value, …, 0 for each node in turn. */
function readDense(block: Block, bytes: Uint8Array, sink: OsmSink): void {
  const dense = fieldsOf(
    bytes,
    (tag, into, pbf) => {
      if (tag === 1) into.ids = packed(pbf, true);
      else if (tag === 8) into.lats = packed(pbf, true);
      else if (tag === 9) into.lons = packed(pbf, true);
      else if (tag === 10) into.keysValues = packed(pbf, false);
    },
    { ids: [] as number[], lats: [] as number[], lons: [] as number[], keysValues: [] as number[] },
  );
  const { ids, lats, lons, keysValues } = dense;
  if (ids.length !== lats.length || ids.length !== lons.length)
    throw new RangeError(`${ids.length} ids for ${lats.length} latitudes and ${lons.length} longitudes`);
  let [id, lat, lon, at] = [0, 0, 0, 0];
  ids.forEach((step, i) => {
    id += step;
    lat += lats[i] ?? 0;
    lon += lons[i] ?? 0;
    const tags: Record<string, string> = {};
    for (; (keysValues[at] ?? 0) !== 0; at += 2)
      tags[stringAt(block, keysValues[at] ?? -1)] = stringAt(block, keysValues[at + 1] ?? -1);
    at++;
    sink({ kind: "node", id, ...position(block, lat, lon), tags });
  });
}

const summed = (steps: readonly number[]): number[] => {
  let sum = 0;
  return steps.map((step) => {
    sum += step;
    return sum;
  });
};

function readWay(block: Block, bytes: Uint8Array, sink: OsmSink): void {
  const way = fieldsOf(
    bytes,
    (tag, into, pbf) => {
      if (tag === 1) into.id = pbf.readVarint();
      else if (tag === 2) into.keys = packed(pbf, false);
      else if (tag === 3) into.values = packed(pbf, false);
      else if (tag === 8) into.refs = packed(pbf, true);
    },
    { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] },
  );
  sink({ kind: "way", id: way.id, refs: summed(way.refs), tags: tagsOf(block, way.keys, way.values) });
}

function readRelation(block: Block, bytes: Uint8Array, sink: OsmSink): void {
  const relation = fieldsOf(
    bytes,
    (tag, into, pbf) => {
      if (tag === 1) into.id = pbf.readVarint();
      else if (tag === 2) into.keys = packed(pbf, false);
      else if (tag === 3) into.values = packed(pbf, false);
      else if (tag === 8) into.roles = packed(pbf, false);
      else if (tag === 9) into.refs = packed(pbf, true);
      else if (tag === 10) into.types = packed(pbf, false);
    },
    {
      id: 0,
      keys: [] as number[],
      values: [] as number[],
      roles: [] as number[],
      refs: [] as number[],
      types: [] as number[],
    },
  );
  const members = summed(relation.refs).map((ref, i): OsmMember => {
    const type = MEMBER_TYPES[relation.types[i] ?? -1];
    if (type === undefined) throw new RangeError(`a relation's member of kind ${relation.types[i]}`);
    return { type, ref, role: stringAt(block, relation.roles[i] ?? -1) };
  });
  sink({ kind: "relation", id: relation.id, members, tags: tagsOf(block, relation.keys, relation.values) });
}
