import { dataFits, type FactMark } from "@outrider/contract";

export { dataFits };

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
