import type { OsmRelation, OsmWay } from "./element.js";

const isClosed = (refs: readonly number[]): boolean => refs.length >= 4 && refs[0] === refs.at(-1);

/**
 * Outer rings of a multipolygon, as lists of nodes without the closing repeat: its outer ways joined end to end, each
 * taken in the direction that fits. Ways that close no ring (cut by the extract's edge) are left out.
 */
export function outerRings(relation: OsmRelation, ways: ReadonlyMap<number, OsmWay>): number[][] {
  const pieces = relation.members.flatMap((member) => {
    const way = member.type === "way" && member.role !== "inner" ? ways.get(member.ref) : undefined;
    return way === undefined || way.refs.length < 2 ? [] : [[...way.refs]];
  });
  const rings: number[][] = [];
  for (let ring = pieces.shift(); ring !== undefined; ring = pieces.shift()) {
    while (!isClosed(ring)) {
      const end = ring.at(-1);
      const next = pieces.findIndex((piece) => piece[0] === end || piece.at(-1) === end);
      const piece = next < 0 ? undefined : pieces.splice(next, 1)[0];
      if (piece === undefined) break;
      const onward = piece[0] === end ? piece : [...piece].reverse();
      for (const ref of onward.slice(1)) ring.push(ref);
    }
    if (isClosed(ring)) rings.push(ring.slice(0, -1));
  }
  return rings;
}

/** The ring of a closed way, or undefined for a line. */
export const wayRing = (way: OsmWay): number[] | undefined => (isClosed(way.refs) ? way.refs.slice(0, -1) : undefined);
