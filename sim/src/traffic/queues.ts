import type { Vehicle } from "./vehicle.js";

/** Vehicles of each lane, the foremost first. */
export class Queues {
  readonly #byLane = new Map<number, Vehicle[]>();

  of(lane: number): readonly Vehicle[] {
    return this.#byLane.get(lane) ?? none;
  }

  /** The last one of a lane: whoever enters comes behind it. */
  tail(lane: number): Vehicle | undefined {
    return this.#byLane.get(lane)?.at(-1);
  }

  /** Who drives right before a vehicle in its own lane. */
  leader(vehicle: Vehicle, lane: number): Vehicle | undefined {
    const queue = this.#byLane.get(lane);
    return queue === undefined ? undefined : queue[queue.indexOf(vehicle) - 1];
  }

  put(vehicle: Vehicle, lane: number): void {
    const queue = this.#byLane.get(lane);
    if (queue === undefined) {
      this.#byLane.set(lane, [vehicle]);
      return;
    }
    const behind = queue.findIndex((one) => one.progressM < vehicle.progressM);
    if (behind < 0) queue.push(vehicle);
    else queue.splice(behind, 0, vehicle);
  }

  remove(vehicle: Vehicle, lane: number): void {
    const queue = this.#byLane.get(lane);
    const at = queue?.indexOf(vehicle) ?? -1;
    if (queue === undefined || at < 0) return;
    queue.splice(at, 1);
    if (queue.length === 0) this.#byLane.delete(lane);
  }

  clear(): void {
    this.#byLane.clear();
  }
}

const none: readonly Vehicle[] = [];
