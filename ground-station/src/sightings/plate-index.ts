import { comparePlates, deletionsOf, foldPlate, type PlateMatch } from "./plate.js";

export type PlateFound<T> = PlateMatch & { readonly plate: string; readonly value: T };

/** Plates sought, found from a plate as read without walking the list: same result as comparing with every entry. */
export class PlateIndex<T> {
  readonly #byPlate = new Map<string, T[]>();
  readonly #byFold = new Map<string, Set<string>>();
  readonly #byDeletion = new Map<string, Set<string>>();

  get size(): number {
    return this.#byPlate.size;
  }

  add(plate: string, value: T): void {
    const held = this.#byPlate.get(plate);
    if (held !== undefined) {
      held.push(value);
      return;
    }
    this.#byPlate.set(plate, [value]);
    remember(this.#byFold, foldPlate(plate), plate);
    for (const shorter of deletionsOf(plate)) remember(this.#byDeletion, shorter, plate);
  }

  find(read: string): PlateFound<T>[] {
    const near = new Set<string>([
      ...(this.#byFold.get(foldPlate(read)) ?? []),
      ...(this.#byDeletion.get(read) ?? []),
      ...deletionsOf(read).filter((shorter) => this.#byPlate.has(shorter)),
    ]);
    return [...near].flatMap((plate) => {
      const match = comparePlates(read, plate);
      if (match === undefined) return [];
      return (this.#byPlate.get(plate) ?? []).map((value) => ({ ...match, plate, value }));
    });
  }
}

function remember(map: Map<string, Set<string>>, key: string, plate: string): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, new Set([plate]));
  else held.add(plate);
}
