import { MinHeap } from "@outrider/geo";
import { type Lane, laneId } from "./lanes.js";

/**
 * Lanes of the quickest legal way from the end of `from` to an edge: one-ways and turns kept. Undefined where none
 * leads there; empty where `from` lies on that edge already.
 */
export function quickestWay(
  lanes: ReadonlyMap<number, Lane>,
  from: Lane,
  toEdge: number,
): readonly number[] | undefined {
  if (from.edge === toEdge) return [];
  const goals = [laneId(toEdge, true), laneId(toEdge, false)];
  const bestS = new Map<number, number>([[from.id, 0]]);
  const before = new Map<number, number>();
  const open = new MinHeap();
  open.push(0, from.id);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (goals.includes(next.value)) return wayBack(before, from.id, next.value);
    const lane = lanes.get(next.value);
    if (lane === undefined || next.key > (bestS.get(next.value) ?? 0)) continue;
    // Turning round is a way out of a dead end, never a short cut.
    const exits = lane.exits.length > 0 || lane.back === undefined ? lane.exits : [lane.back];
    for (const id of exits) {
      const exit = lanes.get(id);
      if (exit === undefined) continue;
      const atS = next.key + exit.lengthM / exit.limitMps;
      if (atS >= (bestS.get(id) ?? Number.POSITIVE_INFINITY)) continue;
      bestS.set(id, atS);
      before.set(id, next.value);
      open.push(atS, id);
    }
  }
  return undefined;
}

function wayBack(before: ReadonlyMap<number, number>, from: number, goal: number): readonly number[] {
  const way = [goal];
  for (let at = before.get(goal); at !== undefined && at !== from; at = before.get(at)) way.push(at);
  return way.reverse();
}
