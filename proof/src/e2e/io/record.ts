import { type Fact, type FactName, type FactOf, parseFact } from "@outrider/contract";
import type { StationUser } from "../../rig/io/station-user.js";
import { check, pause } from "./check.js";

/** The station's record as its own interface reads it out, kept up to date by asking for what came since. */
export class RecordReader {
  readonly #user: StationUser;
  #facts: Fact[] = [];
  /** Another life of a station must answer for the same positions, so that its record can be held against this one. */
  constructor(user: StationUser) {
    this.#user = user;
  }

  get facts(): readonly Fact[] {
    return this.#facts;
  }

  async refresh(): Promise<readonly Fact[]> {
    const from = (this.#facts.at(-1)?.seq ?? 0) + 1;
    const answer = await this.#user.get(`/replay?fromSeq=${from}&toSeq=${from + 10_000}`).catch(() => undefined);
    if (answer?.status !== 200) return this.#facts;
    this.#facts.push(...factsIn(answer.body));
    return this.#facts;
  }

  /** The whole record read out anew, past what was kept. */
  async anew(): Promise<readonly Fact[]> {
    const answer = await this.#user.get("/replay?fromSeq=1&toSeq=15000");
    check(answer.status === 200, `the record was not read out: ${answer.status} ${JSON.stringify(answer.body)}`);
    return factsIn(answer.body);
  }

  async waitFor<N extends FactName>(
    type: N,
    where: (fact: FactOf<N>) => boolean,
    withinMs: number,
    afterSeq = 0,
  ): Promise<FactOf<N>> {
    const end = Date.now() + withinMs;
    for (;;) {
      await this.refresh();
      const hit = this.all(type, where, afterSeq)[0];
      if (hit !== undefined) return hit;
      if (Date.now() > end) throw new Error(`no ${type} within ${withinMs / 1000} s; last: ${this.tail()}`);
      await pause(150);
    }
  }

  all<N extends FactName>(type: N, where: (fact: FactOf<N>) => boolean, afterSeq = 0): readonly FactOf<N>[] {
    return this.#facts.filter((f): f is Fact & FactOf<N> => f.type === type && f.seq > afterSeq).filter(where);
  }

  get lastSeq(): number {
    return this.#facts.at(-1)?.seq ?? 0;
  }

  tail(): string {
    return this.#facts
      .slice(-12)
      .map((f) => f.type)
      .join(" ");
  }
}

function factsIn(body: unknown): readonly Fact[] {
  const rows = typeof body === "object" && body !== null && "facts" in body ? body.facts : undefined;
  check(Array.isArray(rows), "the answer of /replay holds no facts");
  return rows.map((row: unknown) => {
    const read = parseFact(row);
    if (read.kind === "bad") throw new Error(read.problem);
    return read.fact;
  });
}
