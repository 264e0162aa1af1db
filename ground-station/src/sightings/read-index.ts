import type { GeoPoint } from "@outrider/contract";
import { distanceM, type EnuPoint } from "@outrider/geo";
import type { Read } from "./read.js";

const cellM = 250;
const minuteMs = 60_000;

export type ReadNear = { readonly read: Read; readonly distanceM: number };

/**
 * The newest reads by time and place, in memory. A ring of fixed size: each slot links to the read before it in its
 * cell of 250 m, and a link that points behind the ring's tail ends the chain, so that forgetting costs nothing.
 */
export class ReadIndex {
  readonly #toLocal: (point: GeoPoint) => EnuPoint;
  readonly #capacity: number;
  readonly #reads: (Read | undefined)[];
  readonly #eastM: Float32Array;
  readonly #northM: Float32Array;
  readonly #atMs: Float64Array;
  readonly #before: Float64Array;
  readonly #newestInCell = new Map<string, number>();
  readonly #numberOfId = new Map<string, number>();
  readonly #numberOfUuid = new Map<string, number>();
  readonly #perMinute = new Map<number, number>();
  readonly #lastOfReader = new Map<string, number>();
  #count = 0;

  constructor(toLocal: (point: GeoPoint) => EnuPoint, capacity = 100_000) {
    this.#toLocal = toLocal;
    this.#capacity = capacity;
    this.#reads = new Array<Read | undefined>(capacity);
    this.#eastM = new Float32Array(capacity);
    this.#northM = new Float32Array(capacity);
    this.#atMs = new Float64Array(capacity);
    this.#before = new Float64Array(capacity).fill(-1);
  }

  get size(): number {
    return Math.min(this.#count, this.#capacity);
  }

  add(read: Read): void {
    const number = this.#count++;
    const slot = number % this.#capacity;
    this.#forget(this.#reads[slot]);
    const { eastM, northM } = this.#toLocal(read.point);
    const cell = cellOf(eastM, northM);
    this.#reads[slot] = read;
    this.#eastM[slot] = eastM;
    this.#northM[slot] = northM;
    this.#atMs[slot] = read.atMs;
    this.#before[slot] = this.#newestInCell.get(cell) ?? -1;
    this.#newestInCell.set(cell, number);
    this.#numberOfId.set(read.readId, number);
    for (const uuid of read.uuids) this.#numberOfUuid.set(`${read.sourceId}|${uuid}`, number);
    this.#countMinute(read.receivedMs);
    this.#lastOfReader.set(read.readerId, Math.max(read.atMs, this.#lastOfReader.get(read.readerId) ?? 0));
  }

  /** Puts the final word of a pass in the place of its preview: one vehicle, one read. */
  replace(read: Read): void {
    const number = this.#numberOfId.get(read.readId);
    if (number === undefined) return this.add(read);
    const slot = number % this.#capacity;
    this.#reads[slot] = read;
    this.#atMs[slot] = read.atMs;
    for (const uuid of read.uuids) this.#numberOfUuid.set(`${read.sourceId}|${uuid}`, number);
  }

  byId(readId: string): Read | undefined {
    return this.#at(this.#numberOfId.get(readId));
  }

  /** A pass that shares any id with this one. */
  byUuids(sourceId: string, uuids: readonly string[]): Read | undefined {
    for (const uuid of uuids) {
      const read = this.#at(this.#numberOfUuid.get(`${sourceId}|${uuid}`));
      if (read !== undefined) return read;
    }
    return undefined;
  }

  near(point: GeoPoint, withinM: number, fromMs: number, toMs: number): ReadNear[] {
    const here = this.#toLocal(point);
    const found: ReadNear[] = [];
    const reach = Math.ceil(withinM / cellM);
    const col = Math.floor(here.eastM / cellM);
    const row = Math.floor(here.northM / cellM);
    for (let c = col - reach; c <= col + reach; c++)
      for (let r = row - reach; r <= row + reach; r++) this.#walk(`${c},${r}`, here, withinM, fromMs, toMs, found);
    return found.sort((a, b) => b.read.atMs - a.read.atMs);
  }

  #walk(cell: string, here: EnuPoint, withinM: number, fromMs: number, toMs: number, found: ReadNear[]): void {
    const tail = this.#count - this.#capacity;
    let number = this.#newestInCell.get(cell) ?? -1;
    while (number >= 0 && number >= tail) {
      const slot = number % this.#capacity;
      const atMs = this.#atMs[slot] ?? 0;
      const read = this.#reads[slot];
      if (read !== undefined && atMs >= fromMs && atMs <= toMs) {
        const gapM = distanceM(here, { eastM: this.#eastM[slot] ?? 0, northM: this.#northM[slot] ?? 0 });
        if (gapM <= withinM) found.push({ read, distanceM: gapM });
      }
      number = this.#before[slot] ?? -1;
    }
  }

  /** When the reader last saw anything: a reader that is silent says nothing about who did not pass. */
  lastOfReaderMs(readerId: string): number | undefined {
    return this.#lastOfReader.get(readerId);
  }

  receivedSince(fromMs: number): number {
    let sum = 0;
    for (const [minute, count] of this.#perMinute) if ((minute + 1) * minuteMs > fromMs) sum += count;
    return sum;
  }

  #countMinute(receivedMs: number): void {
    const minute = Math.floor(receivedMs / minuteMs);
    this.#perMinute.set(minute, (this.#perMinute.get(minute) ?? 0) + 1);
    if (this.#perMinute.size > 90) {
      for (const old of this.#perMinute.keys()) if (old < minute - 61) this.#perMinute.delete(old);
    }
  }

  #at(number: number | undefined): Read | undefined {
    return number === undefined || number < this.#count - this.#capacity
      ? undefined
      : this.#reads[number % this.#capacity];
  }

  #forget(read: Read | undefined): void {
    if (read === undefined) return;
    this.#numberOfId.delete(read.readId);
    for (const uuid of read.uuids) this.#numberOfUuid.delete(`${read.sourceId}|${uuid}`);
  }
}

const cellOf = (eastM: number, northM: number): string => `${Math.floor(eastM / cellM)},${Math.floor(northM / cellM)}`;
