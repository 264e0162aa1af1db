import type { Path } from "../route/index.js";

type Way = { readonly path: Path; heardMs: number };

const duplicateWindowMs = 500;
/** The present way is kept until it has been silent this long: changing back and forth reorders what is sent. */
const staleMs = 1_000;

/** The ways to one aircraft (LTE and radio): the freshest carries what we send, what comes twice is heard once. */
export class PathChoice {
  readonly #ways: Way[] = [];
  readonly #seen = new Map<string, number>();
  #present: Way | undefined;

  get all(): readonly Path[] {
    return this.#ways.map((way) => way.path);
  }

  add(path: Path, tMs: number): void {
    if (this.#ways.some((way) => way.path.key === path.key)) return;
    this.#ways.push({ path, heardMs: tMs });
  }

  remove(pathKey: string): void {
    const at = this.#ways.findIndex((way) => way.path.key === pathKey);
    if (at >= 0) this.#ways.splice(at, 1);
    if (this.#present?.path.key === pathKey) this.#present = undefined;
  }

  best(tMs: number): Path | undefined {
    if (this.#present === undefined || tMs - this.#present.heardMs > staleMs) {
      this.#present = this.#ways.reduce<Way | undefined>(
        (best, way) => (best === undefined || way.heardMs > best.heardMs ? way : best),
        undefined,
      );
    }
    return this.#present?.path;
  }

  /** Notes that it was heard by this way, and says whether the same frame came by another just before. */
  isDuplicate(path: Path, compid: number, seq: number, messageName: string, tMs: number): boolean {
    const way = this.#ways.find((each) => each.path.key === path.key);
    if (way !== undefined) way.heardMs = tMs;
    if (this.#ways.length < 2) return false;
    const key = `${compid}/${seq}/${messageName}`;
    const before = this.#seen.get(key);
    this.#seen.set(key, tMs);
    if (this.#seen.size > 4_096) this.#seen.clear();
    return before !== undefined && tMs - before < duplicateWindowMs;
  }
}
