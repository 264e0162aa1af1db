import type { FactMark } from "@outrider/contract";
import { MarkWatch } from "./fact-mark.js";

type Line = {
  readonly atS?: number | undefined;
  readonly when?: FactMark | undefined;
  readonly afterS?: number | undefined;
};
type Waiting<T> = { readonly line: T; readonly watch: MarkWatch | undefined; dueMs: number | undefined };

/** Lines that come at a time of the run or so long after a fact, each once, in the order of their times. */
export class Timeline<T extends Line> {
  #waiting: Waiting<T>[];

  constructor(lines: readonly T[], startMs: number) {
    this.#waiting = lines.map((line) => ({
      line,
      watch: line.when === undefined ? undefined : new MarkWatch(line.when),
      dueMs: line.atS === undefined ? undefined : startMs + line.atS * 1000,
    }));
  }

  get empty(): boolean {
    return this.#waiting.length === 0;
  }

  onFact(type: string, tMs: number, data: unknown): void {
    for (const one of this.#waiting) {
      if (one.dueMs === undefined && one.watch?.isIt(type, data)) one.dueMs = tMs + (one.line.afterS ?? 0) * 1000;
    }
  }

  due(nowMs: number): readonly T[] {
    const due = this.#waiting.filter((one) => one.dueMs !== undefined && one.dueMs <= nowMs);
    if (due.length === 0) return [];
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    return due.sort((a, b) => (a.dueMs ?? 0) - (b.dueMs ?? 0)).map((one) => one.line);
  }
}
