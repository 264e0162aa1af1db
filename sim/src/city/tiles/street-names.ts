import { bearingDeg, type EnuPoint, roadsFromLines, wrap360Deg } from "@outrider/geo";

export type NamedLine = { readonly name: string; readonly line: readonly EnuPoint[] };
export type NamedPiece = { readonly name: string; readonly line: readonly EnuPoint[] };

const MAX_GAP_M = 14;
const MAX_TURN_DEG = 30;

/**
 * Tiles carry names on label lines of their own, and one road line may run through several streets. Each segment takes
 * the name of the label that lies beside it in the same direction; a line is cut where the name changes.
 */
export function streetNamer(labels: readonly NamedLine[]): (line: readonly EnuPoint[]) => NamedPiece[] {
  const label = roadsFromLines(
    labels.map(({ name, line }, i) => ({
      id: `${i}`,
      name,
      kind: "street",
      widthM: 1,
      oneWay: false,
      // Each on its own level: labels must not be cut at each other.
      level: i,
      points: line,
    })),
  );
  const nameOf = (a: EnuPoint, b: EnuPoint): string => {
    const middle = { eastM: (a.eastM + b.eastM) / 2, northM: (a.northM + b.northM) / 2 };
    const spot = label.nearest(middle, MAX_GAP_M, (id) => alike(a, b, label.graph.edges[id]?.points ?? [], middle));
    return spot === undefined ? "" : (label.graph.edges[spot.edge]?.name ?? "");
  };
  return (line) => cutByName(line, smoothed(segmentNames(line, nameOf)));
}

function alike(a: EnuPoint, b: EnuPoint, points: readonly EnuPoint[], middle: EnuPoint): boolean {
  const track = bearingDeg(a, b);
  return points.some((to, i) => {
    const from = points[i - 1];
    if (from === undefined || !beside(from, to, middle)) return false;
    const turn = wrap360Deg(bearingDeg(from, to) - track) % 180;
    return Math.min(turn, 180 - turn) <= MAX_TURN_DEG;
  });
}

/** Whether a point lies within the gap of a segment's box. */
function beside(from: EnuPoint, to: EnuPoint, point: EnuPoint): boolean {
  return (
    point.eastM >= Math.min(from.eastM, to.eastM) - MAX_GAP_M &&
    point.eastM <= Math.max(from.eastM, to.eastM) + MAX_GAP_M &&
    point.northM >= Math.min(from.northM, to.northM) - MAX_GAP_M &&
    point.northM <= Math.max(from.northM, to.northM) + MAX_GAP_M
  );
}

function segmentNames(line: readonly EnuPoint[], nameOf: (a: EnuPoint, b: EnuPoint) => string): string[] {
  return line.slice(1).map((b, i) => nameOf(line[i] ?? b, b));
}

/** A nameless or odd segment between two of one name belongs to that street. */
function smoothed(names: readonly string[]): string[] {
  const filled = names.map((name, i) => {
    const before = names[i - 1];
    return before !== undefined && before !== "" && before === names[i + 1] ? before : name;
  });
  return filled.map((name, i) => (name !== "" ? name : nearestName(filled, i)));
}

/** For a nameless segment: the name next to it within two segments, else none. */
function nearestName(names: readonly string[], at: number): string {
  for (const step of [1, 2]) {
    for (const name of [names[at - step], names[at + step]]) if (name !== undefined && name !== "") return name;
  }
  return "";
}

function cutByName(line: readonly EnuPoint[], names: readonly string[]): NamedPiece[] {
  const pieces: { name: string; line: EnuPoint[] }[] = [];
  names.forEach((name, i) => {
    const a = line[i];
    const b = line[i + 1];
    if (a === undefined || b === undefined) return;
    const open = pieces.at(-1);
    if (open !== undefined && open.name === name) open.line.push(b);
    else pieces.push({ name, line: [a, b] });
  });
  return pieces;
}
