import { deflateSync } from "node:zlib";
import { PbfWriter } from "pbf";
import type { OsmElement, OsmNode } from "../osm/element.js";

const MEMBER_TYPES = ["node", "way", "relation"] as const;

export type TestPbf = { readonly zlib?: boolean; readonly dense?: boolean; readonly required?: readonly string[] };

/** Writes a small OSM PBF by the book: one header and one block. */
export function encodePbf(elements: readonly OsmElement[], options: TestPbf = {}): Uint8Array {
  const header = new PbfWriter();
  for (const feature of options.required ?? ["OsmSchema-V0.6", "DenseNodes"]) header.writeStringField(4, feature);
  return joined([
    blob("OSMHeader", header.finish(), options.zlib ?? true),
    blob("OSMData", block(elements, options.dense ?? true), options.zlib ?? true),
  ]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function blob(type: string, bytes: Uint8Array, zlib: boolean): Uint8Array {
  const body = new PbfWriter();
  if (zlib) {
    body.writeVarintField(2, bytes.length);
    body.writeBytesField(3, deflateSync(bytes));
  } else body.writeBytesField(1, bytes);
  const data = body.finish();
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, data.length);
  const head = header.finish();
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, head.length);
  return joined([length, head, data]);
}

function block(elements: readonly OsmElement[], dense: boolean): Uint8Array {
  const strings: string[] = [""];
  const index = (text: string): number => {
    const found = strings.indexOf(text);
    return found >= 0 ? found : strings.push(text) - 1;
  };
  const nodes = elements.filter((element) => element.kind === "node");
  const groups: Uint8Array[] = [dense ? denseGroup(nodes, index) : new Uint8Array()];
  for (const element of elements) {
    if (dense && element.kind === "node") continue;
    groups.push(group(element, index));
  }
  const out = new PbfWriter();
  // The groups first: a reader may not count on the strings standing before them.
  for (const one of groups) if (one.length > 0) out.writeBytesField(2, one);
  const table = new PbfWriter();
  for (const text of strings) table.writeStringField(1, text);
  out.writeBytesField(1, table.finish());
  return out.finish();
}

const units = (deg: number): number => Math.round(deg * 1e7);
const steps = (values: readonly number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0));

function denseGroup(nodes: readonly OsmNode[], index: (text: string) => number): Uint8Array {
  const dense = new PbfWriter();
  dense.writePackedSVarint(1, steps(nodes.map((node) => node.id)));
  dense.writePackedSVarint(8, steps(nodes.map((node) => units(node.latDeg))));
  dense.writePackedSVarint(9, steps(nodes.map((node) => units(node.lonDeg))));
  const keysValues = nodes.flatMap(({ tags }) => [
    ...Object.entries(tags).flatMap(([key, value]) => [index(key), index(value)]),
    0,
  ]);
  dense.writePackedVarint(10, keysValues);
  const out = new PbfWriter();
  out.writeBytesField(2, dense.finish());
  return out.finish();
}

function group(element: OsmElement, index: (text: string) => number): Uint8Array {
  const body = new PbfWriter();
  const entries = Object.entries(element.tags);
  if (element.kind === "node") body.writeSVarintField(1, element.id);
  else body.writeVarintField(1, element.id);
  body.writePackedVarint(
    2,
    entries.map(([key]) => index(key)),
  );
  body.writePackedVarint(
    3,
    entries.map(([, value]) => index(value)),
  );
  switch (element.kind) {
    case "node":
      body.writeSVarintField(8, units(element.latDeg));
      body.writeSVarintField(9, units(element.lonDeg));
      break;
    case "way":
      body.writePackedSVarint(8, steps(element.refs));
      break;
    case "relation":
      body.writePackedVarint(
        8,
        element.members.map((member) => index(member.role)),
      );
      body.writePackedSVarint(9, steps(element.members.map((member) => member.ref)));
      body.writePackedVarint(
        10,
        element.members.map((member) => MEMBER_TYPES.indexOf(member.type)),
      );
  }
  const out = new PbfWriter();
  out.writeBytesField({ node: 1, way: 3, relation: 4 }[element.kind], body.finish());
  return out.finish();
}
