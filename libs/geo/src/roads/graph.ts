import { distanceM, type EnuPoint, polylineLengthM } from "../enu/index.js";
import { ROAD_SPEEDS_MPS, type RoadLine } from "./line.js";
import { findSplits, type Split } from "./splits.js";

/** A piece of road between two nodes; `points` run from `from` to `to`. */
export type RoadEdge = {
  readonly from: number;
  readonly to: number;
  readonly roadId: string;
  readonly name: string;
  readonly kind: string;
  readonly widthM: number;
  readonly oneWay: boolean;
  readonly speedMps: number;
  readonly lengthM: number;
  readonly points: readonly EnuPoint[];
};
/** A way out of a node: `forward` travels the edge from its `from`. */
export type Exit = { readonly edge: number; readonly forward: boolean };
export type RoadGraph = {
  readonly nodes: readonly EnuPoint[];
  readonly edges: readonly RoadEdge[];
  /** Ways that may be driven out of each node, one-way respected. */
  readonly exits: readonly (readonly Exit[])[];
  /** Ways that end at each node, one-way ignored: for names, and for those who do not care. */
  readonly touching: readonly (readonly Exit[])[];
};

/** Ends and crossings nearer than this are one junction. */
const MERGE_M = 4;

class NodeTable {
  readonly nodes: EnuPoint[] = [];
  readonly #cells = new Map<string, number[]>();

  /** The node at a place, a new one where none is near. */
  at(point: EnuPoint): number {
    const col = Math.floor(point.eastM / MERGE_M);
    const row = Math.floor(point.northM / MERGE_M);
    let best = -1;
    let bestM = MERGE_M;
    for (let c = col - 1; c <= col + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const id of this.#cells.get(`${c},${r}`) ?? []) {
          const gapM = distanceM(point, this.nodes[id] ?? point);
          if (gapM < bestM) [best, bestM] = [id, gapM];
        }
      }
    }
    if (best >= 0) return best;
    const key = `${col},${row}`;
    this.#cells.set(key, [...(this.#cells.get(key) ?? []), this.nodes.length]);
    return this.nodes.push(point) - 1;
  }
}

/** Road graph of drawn lines, made planar at crossings. Kinds without a speed are left out. */
export function roadGraph(
  lines: readonly RoadLine[],
  speedsMps: Readonly<Record<string, number>> = ROAD_SPEEDS_MPS,
): RoadGraph {
  const driven = lines.filter((line) => speedsMps[line.kind] !== undefined && line.points.length >= 2);
  const splits = findSplits(driven);
  const table = new NodeTable();
  const edges: RoadEdge[] = [];
  driven.forEach((line, i) => {
    edges.push(...edgesOf(line, splits[i] ?? [], table, line.speedLimitMps ?? speedsMps[line.kind] ?? 1));
  });
  const exits: Exit[][] = table.nodes.map(() => []);
  const touching: Exit[][] = table.nodes.map(() => []);
  edges.forEach((edge, id) => {
    exits[edge.from]?.push({ edge: id, forward: true });
    touching[edge.from]?.push({ edge: id, forward: true });
    touching[edge.to]?.push({ edge: id, forward: false });
    if (!edge.oneWay) exits[edge.to]?.push({ edge: id, forward: false });
  });
  return { nodes: table.nodes, edges, exits, touching };
}

function edgesOf(line: RoadLine, splits: readonly Split[], table: NodeTable, speedMps: number): RoadEdge[] {
  const edges: RoadEdge[] = [];
  let from = -1;
  let points: EnuPoint[] = [];
  const close = (point: EnuPoint): void => {
    const node = table.at(point);
    const at = table.nodes[node] ?? point;
    if (from >= 0) {
      points.push(at);
      const lengthM = polylineLengthM(points);
      // A stub within one junction joins nothing.
      if (node === from && lengthM <= 2 * MERGE_M) {
        points = [at];
        return;
      }
      const { id: roadId, name, kind, widthM, oneWay } = line;
      edges.push({ from, to: node, roadId, name, kind, widthM, oneWay, speedMps, lengthM, points });
    }
    from = node;
    points = [at];
  };
  line.points.forEach((point, part) => {
    if (part === 0 || part === line.points.length - 1) close(point);
    else points.push(point);
    const here = splits.filter((split) => split.part === part).sort((p, q) => p.share - q.share);
    for (const split of here) close(split.at);
  });
  return edges;
}

/** Share of the road length that is in the largest connected part, one-way ignored: 1 is all of it. */
export function largestPartShare(graph: RoadGraph): number {
  const part = graph.nodes.map(() => -1);
  const lengths: number[] = [];
  graph.nodes.forEach((_, start) => {
    if (part[start] !== -1) return;
    const id = lengths.push(0) - 1;
    const stack = [start];
    part[start] = id;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const exit of graph.touching[node] ?? []) {
        const edge = graph.edges[exit.edge];
        if (edge === undefined) continue;
        lengths[id] = (lengths[id] ?? 0) + edge.lengthM / 2;
        const next = exit.forward ? edge.to : edge.from;
        if (part[next] !== -1) continue;
        part[next] = id;
        stack.push(next);
      }
    }
  });
  const total = lengths.reduce((sum, m) => sum + m, 0);
  return total === 0 ? 1 : Math.max(...lengths) / total;
}
