import { turnDeg } from "@outrider/geo";
import type { Lane } from "./lanes.js";

export type Turn = "straight" | "left" | "right" | "round";

/** How a way through a junction bends. */
export function turnOf(lane: Lane, next: Lane): Turn {
  if (next.id === lane.back) return "round";
  const angle = turnDeg(lane.endDeg, next.startDeg);
  if (Math.abs(angle) < 40) return "straight";
  if (Math.abs(angle) > 165) return "round";
  return angle > 0 ? "right" : "left";
}

type Hold = { readonly vehicleId: string; readonly lane: Lane; readonly next: Lane; readonly turn: Turn };

/** Which box a node belongs to, and whether that box has more nodes than one. */
export type Boxes = { readonly of: (node: number) => number; readonly joined: (box: number) => boolean };

/** Who is inside a junction, or promised a way through: nobody else enters whose way would cross theirs. */
export class RightOfWay {
  readonly #holds = new Map<number, Hold[]>();
  readonly #boxes: Boxes;

  constructor(boxes: Boxes) {
    this.#boxes = boxes;
  }

  /** Takes the way through; false, and nothing taken, while somebody is in it. */
  take(vehicleId: string, lane: Lane, next: Lane): boolean {
    const box = this.#boxes.of(lane.to);
    const hold: Hold = { vehicleId, lane, next, turn: turnOf(lane, next) };
    const holds = this.#holds.get(box) ?? [];
    const joined = this.#boxes.joined(box);
    if (holds.some((one) => one.vehicleId !== vehicleId && cross(one, hold, joined))) return false;
    if (!holds.some((one) => one.vehicleId === vehicleId)) this.#holds.set(box, [...holds, hold]);
    return true;
  }

  has(vehicleId: string, node: number): boolean {
    return this.#holds.get(this.#boxes.of(node))?.some((one) => one.vehicleId === vehicleId) === true;
  }

  /** How many are on their way into a lane. */
  into(next: Lane): number {
    let count = 0;
    for (const one of this.#holds.get(this.#boxes.of(next.from)) ?? []) if (one.next.id === next.id) count += 1;
    return count;
  }

  leave(vehicleId: string, node: number): void {
    this.#drop(vehicleId, this.#boxes.of(node));
  }

  /** A lane inside one box: who is on it goes on. */
  isInside(lane: Lane): boolean {
    return this.#boxes.of(lane.from) === this.#boxes.of(lane.to) && this.#boxes.joined(this.#boxes.of(lane.to));
  }

  isSame(a: number, b: number): boolean {
    return this.#boxes.of(a) === this.#boxes.of(b);
  }

  /** Gives back everything of a vehicle that is taken off the road. */
  forget(vehicleId: string): void {
    for (const box of [...this.#holds.keys()]) this.#drop(vehicleId, box);
  }

  clear(): void {
    this.#holds.clear();
  }

  #drop(vehicleId: string, box: number): void {
    const holds = this.#holds.get(box);
    if (holds === undefined) return;
    const left = holds.filter((one) => one.vehicleId !== vehicleId);
    if (left.length === 0) this.#holds.delete(box);
    else if (left.length < holds.length) this.#holds.set(box, left);
  }
}

/** Whether two ways through one junction meet. Those from one lane into one lane follow each other. */
function cross(a: Hold, b: Hold, joined: boolean): boolean {
  if (a.lane.id === b.lane.id) return a.next.id !== b.next.id;
  if (joined || a.next.id === b.next.id || a.turn === "round" || b.turn === "round") return true;
  const opposite = Math.abs(turnDeg(a.lane.endDeg + 180, b.lane.endDeg)) < 30;
  return !(opposite && a.turn !== "left" && b.turn !== "left");
}
