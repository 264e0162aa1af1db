/** Smallest key first. */
export class MinHeap {
  readonly #keys: number[] = [];
  readonly #values: number[] = [];

  get size(): number {
    return this.#keys.length;
  }

  push(key: number, value: number): void {
    const keys = this.#keys;
    const values = this.#values;
    let at = keys.length;
    keys.push(key);
    values.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentKey = keys[parent] ?? 0;
      if (parentKey <= key) break;
      keys[at] = parentKey;
      values[at] = values[parent] ?? 0;
      at = parent;
    }
    keys[at] = key;
    values[at] = value;
  }

  /** The value with the smallest key; undefined when empty. */
  pop(): { readonly key: number; readonly value: number } | undefined {
    const keys = this.#keys;
    const values = this.#values;
    const key = keys[0];
    const value = values[0];
    const lastKey = keys.pop();
    const lastValue = values.pop();
    if (key === undefined || value === undefined || lastKey === undefined || lastValue === undefined) return undefined;
    if (keys.length > 0) this.#sink(lastKey, lastValue);
    return { key, value };
  }

  #sink(key: number, value: number): void {
    const keys = this.#keys;
    const values = this.#values;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= keys.length) break;
      if (child + 1 < keys.length && (keys[child + 1] ?? 0) < (keys[child] ?? 0)) child++;
      const childKey = keys[child] ?? 0;
      if (childKey >= key) break;
      keys[at] = childKey;
      values[at] = values[child] ?? 0;
      at = child;
    }
    keys[at] = key;
    values[at] = value;
  }
}
