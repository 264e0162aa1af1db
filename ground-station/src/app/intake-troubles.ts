import type { Config, Fact, SourceTroubleView } from "@outrider/contract";

/** A refusal stands so long after the last one: what is sent right again says nothing of itself. */
export const refusedStandsMs = 10 * 60_000;

type Refused = { readonly sinceMs: number; readonly lastMs: number };

/** Sources whose messages this station has lately refused: what they would tell is missing. */
export class IntakeTroubles {
  readonly #config: Pick<Config, "sources">;
  readonly #bySource = new Map<string, Refused>();

  constructor(config: Pick<Config, "sources">) {
    this.#config = config;
  }

  onFact(fact: Fact): void {
    if (fact.type === "RunStarted") return this.#bySource.clear();
    if (fact.type !== "IntakeRefused") return;
    const { sourceId } = fact.data;
    // Names that anybody may send are one: a stranger must not fill a desk with them.
    const id = this.#config.sources.some((one) => one.sourceId === sourceId) ? sourceId : "";
    const held = this.#bySource.get(id);
    const stands = held !== undefined && fact.tMs - held.lastMs < refusedStandsMs;
    this.#bySource.set(id, { sinceMs: stands ? held.sinceMs : fact.tMs, lastMs: fact.tMs });
  }

  now(nowMs: number): SourceTroubleView[] {
    return [...this.#bySource].flatMap(([id, { sinceMs, lastMs }]): SourceTroubleView[] => {
      if (nowMs - lastMs >= refusedStandsMs) return [];
      const text = `Messages from ${id === "" ? "somebody unknown" : id} were refused.`;
      return [{ kind: id === "" ? "stranger" : "intake", id, what: "refused", text, sinceMs }];
    });
  }
}
