import type { FactMark } from "./scenario.js";

/** Whether a fact's data has the wanted members. A text fits where it is contained, whatever its case. */
export function dataFits(where: FactMark["where"], data: unknown): boolean {
  if (where === undefined) return true;
  if (typeof data !== "object" || data === null) return false;
  const members = new Map(Object.entries(data));
  return Object.entries(where).every(([name, wanted]) => {
    const has: unknown = members.get(name);
    if (typeof wanted !== "string") return has === wanted;
    const text = typeof has === "string" ? has : JSON.stringify(has ?? "");
    return text.toLowerCase().includes(wanted.toLowerCase());
  });
}

/** Counts the facts that fit a mark, and says when the wanted one came. */
export class MarkWatch {
  readonly #mark: FactMark;
  #seen = 0;

  constructor(mark: FactMark) {
    this.#mark = mark;
  }

  /** True once: for the fact that the mark means. */
  isIt(type: string, data: unknown): boolean {
    if (type !== this.#mark.fact || !dataFits(this.#mark.where, data)) return false;
    this.#seen += 1;
    return this.#seen === (this.#mark.nth ?? 1);
  }
}
