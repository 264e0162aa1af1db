import { distanceM, type EnuPoint, type RoadGraph, turnDeg } from "@outrider/geo";
import { bearingFrom, type Lane } from "./lanes.js";
import { offsetOf, type SignalGroup } from "./signals.js";

/** What stands at the end of a lane. `stop` waits and gives way to who need not stop, or, at `all`, to who came first. */
export type Control =
  | { readonly kind: "free" }
  | { readonly kind: "stop"; readonly all: boolean }
  | { readonly kind: "signal"; readonly group: SignalGroup; readonly offsetMs: number };

export type Junction = {
  readonly node: number;
  readonly lit: boolean;
  /** Junctions with one number are one: pieces of a dual carriageway between which nobody can stand. */
  readonly box: number;
  /** Lanes that end here. */
  readonly lanes: readonly Lane[];
  readonly controlOf: ReadonlyMap<number, Control>;
};

/** A source often marks the lights at the stop lines, not in the middle. */
const signalReachM = 25;
/** Between two nodes of one crossing nobody stops: the pieces of a dual carriageway. */
const insideM = 22;
/** Between two stop lines nearer than this nobody can stand: both nodes are one junction. */
const vehicleM = 6.2;
const ranks: Readonly<Record<string, number>> = {
  motorway: 6,
  trunk: 5,
  primary: 4,
  secondary: 3,
  tertiary: 3,
  street: 2,
  service: 1,
};
/** Where a map knows no lights, these roads have them where they cross each other. */
const litRank = 3;

export type JunctionOptions = {
  readonly graph: RoadGraph;
  readonly lanes: ReadonlyMap<number, Lane>;
  /** Places of traffic lights; undefined where the map knows of none, then they are assumed where large roads cross. */
  readonly signals: readonly EnuPoint[] | undefined;
  readonly seed: number;
};

/** Rules of every node at which three or more roads meet, by node. */
export function junctionsOf(options: JunctionOptions): ReadonlyMap<number, Junction> {
  const { graph, lanes } = options;
  const ending = new Map<number, Lane[]>();
  for (const lane of lanes.values()) {
    const list = ending.get(lane.to);
    if (list === undefined) ending.set(lane.to, [lane]);
    else list.push(lane);
  }
  const boxOf = boxes(options);
  const found = new Map<number, Junction>();
  graph.nodes.forEach((_, node) => {
    const into = ending.get(node) ?? [];
    if ((graph.touching[node] ?? []).length < 3 || into.length === 0) return;
    const light = lightAt(options, node);
    const lit = light !== undefined;
    const controlOf = light === undefined ? signs(graph, node, into) : lights(options, node, into, light);
    found.set(node, { node, lit, box: boxOf(node), lanes: into, controlOf });
  });
  return found;
}

/** Joins nodes between which no vehicle fits: one that waits there would stand in the junction behind it. */
function boxes({ graph, lanes }: JunctionOptions): (node: number) => number {
  const root = graph.nodes.map((_, node) => node);
  const find = (node: number): number => {
    let at = node;
    while (root[at] !== undefined && root[at] !== at) at = root[at] ?? at;
    return at;
  };
  const isJunction = (node: number): boolean => (graph.touching[node] ?? []).length >= 3;
  for (const lane of lanes.values()) {
    if (lane.stopM - lane.clearM >= vehicleM || !isJunction(lane.from) || !isJunction(lane.to)) continue;
    const [a, b] = [find(lane.from), find(lane.to)];
    root[Math.max(a, b)] = Math.min(a, b);
  }
  return find;
}

/** The place by whose hash the lights of a node count, so that both carriageways of a crossing share one. */
function lightAt({ graph, signals }: JunctionOptions, node: number): EnuPoint | undefined {
  const here = graph.nodes[node];
  if (here === undefined) return undefined;
  if (signals === undefined) return isLarge(graph, node) ? here : undefined;
  let best: EnuPoint | undefined;
  for (const one of signals)
    if (distanceM(one, here) <= (best === undefined ? signalReachM : distanceM(best, here))) best = one;
  return best;
}

/** Two large roads that cross: at least four arms of which three are large. */
function isLarge(graph: RoadGraph, node: number): boolean {
  const arms = graph.touching[node] ?? [];
  return arms.length >= 4 && arms.filter((arm) => rankOf(graph, arm.edge) >= litRank).length >= 3;
}

const rankOf = (graph: RoadGraph, edge: number): number => ranks[graph.edges[edge]?.kind ?? ""] ?? 1;

function lights({ graph, seed }: JunctionOptions, node: number, into: readonly Lane[], light: EnuPoint) {
  const offsetMs = offsetOf(seed, light.eastM, light.northM);
  const lit = (other: number): boolean => {
    const point = graph.nodes[other];
    return point !== undefined && distanceM(point, light) <= signalReachM;
  };
  const groupOf = groupsAt(graph, node);
  return new Map(
    into.map((lane): [number, Control] => {
      if (lane.lengthM < insideM && lit(lane.from)) return [lane.id, { kind: "free" }];
      const edge = graph.edges[lane.edge];
      const axis = edge === undefined ? 0 : bearingFrom(edge, node);
      return [lane.id, { kind: "signal", group: groupOf(axis), offsetMs }];
    }),
  );
}

/**
 * The arms along the largest road are one group, those across it the other. Which of the two counts as the first
 * follows from the compass, so that both nodes of a dual carriageway agree without knowing of each other.
 */
function groupsAt(graph: RoadGraph, node: number): (axisDeg: number) => SignalGroup {
  let main = 0;
  let most = 0;
  for (const arm of graph.touching[node] ?? []) {
    const edge = graph.edges[arm.edge];
    if (edge === undefined || rankOf(graph, arm.edge) <= most) continue;
    most = rankOf(graph, arm.edge);
    main = bearingFrom(edge, node);
  }
  const eastWest = apart(main, 0) > 45;
  return (axisDeg) => (apart(axisDeg, main) < 45 === eastWest ? 1 : 0);
}

/** Angle between two axes, 0 to 90. */
function apart(aDeg: number, bDeg: number): number {
  const off = Math.abs(turnDeg(aDeg, bDeg));
  return off > 90 ? 180 - off : off;
}

function signs(graph: RoadGraph, node: number, into: readonly Lane[]): ReadonlyMap<number, Control> {
  const arms = graph.touching[node] ?? [];
  const most = Math.max(...arms.map((arm) => rankOf(graph, arm.edge)));
  const large = arms.filter((arm) => rankOf(graph, arm.edge) === most).length;
  const equal = large === arms.length;
  const stem = equal && arms.length === 3 ? stemOf(graph, node) : undefined;
  return new Map(
    into.map((lane): [number, Control] => {
      // One large arm among small ones is no road that leads through: then all of them wait.
      if ((equal && stem === undefined) || large < 2) return [lane.id, { kind: "stop", all: true }];
      const gives = equal ? lane.edge === stem : rankOf(graph, lane.edge) < most;
      return [lane.id, gives ? { kind: "stop", all: false } : { kind: "free" }];
    }),
  );
}

/** The arm of a T that nothing goes straight on from. */
function stemOf(graph: RoadGraph, node: number): number | undefined {
  const arms = (graph.touching[node] ?? []).flatMap((arm) => {
    const edge = graph.edges[arm.edge];
    return edge === undefined ? [] : [{ edge: arm.edge, deg: bearingFrom(edge, node) }];
  });
  const alone = arms.filter((one) =>
    arms.every((other) => other === one || Math.abs(turnDeg(one.deg + 180, other.deg)) > 40),
  );
  return alone.length === 1 ? alone[0]?.edge : undefined;
}
