import { type Fact, parseFact } from "@outrider/contract";
import { verifyRecord } from "@outrider/ground-station";
import type { Breaches } from "./breach.js";

const decoder = new TextDecoder();
const newline = 10;

/** The facts that stand whole on the platters. */
export function factsOf(bytes: Uint8Array): readonly Fact[] {
  return decoder
    .decode(bytes)
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => {
      try {
        const parsed = parseFact(JSON.parse(line).fact);
        return parsed.kind === "ok" ? [parsed.fact] : [];
      } catch {
        // The torn end of a crash: not a fact, and nobody was told of it.
        return [];
      }
    });
}

/** INV-4 and INV-8: what was acknowledged or told is on disk, in order, without a gap, its chain unbroken. */
export class RecordWatch {
  readonly #breaches: Breaches;
  readonly #acknowledgedAlerts = new Set<string>();
  readonly #told = new Map<number, string>();
  #lastSeq = 0;

  constructor(breaches: Breaches) {
    this.#breaches = breaches;
  }

  acknowledged(alertId: string): void {
    this.#acknowledgedAlerts.add(alertId);
  }

  /** A fact that the station told its parts and screens. */
  onTold(fact: Fact): void {
    if (fact.seq <= this.#lastSeq) this.#breaches.say("INV-8", `fact ${fact.seq} told after ${this.#lastSeq}`);
    this.#lastSeq = fact.seq;
    this.#told.set(fact.seq, fact.id);
    if (fact.prov !== "sim") this.#breaches.say("INV-7", `fact ${fact.seq} is ${fact.prov} in a simulated world`);
  }

  /** Looks at the platters, after a kill or at the end; then the chain is walked too, as far as lines stand whole. */
  check(bytes: Uint8Array, atEnd: boolean): readonly Fact[] {
    const facts = factsOf(bytes);
    const bySeq = new Map(facts.map((fact) => [fact.seq, fact]));
    for (const [seq, id] of this.#told)
      if (bySeq.get(seq)?.id !== id) this.#breaches.say("INV-4", `fact ${seq} was told and is not on disk`);
    const alerts = new Set(facts.flatMap((fact) => (fact.type === "AlertReceived" ? [fact.data.alert.alertId] : [])));
    for (const alertId of this.#acknowledgedAlerts)
      if (!alerts.has(alertId))
        this.#breaches.say("INV-4", `alert ${alertId} was answered with 202 and is not on disk`);
    facts.forEach((fact, index) => {
      if (fact.seq !== index + 1) this.#breaches.say("INV-8", `fact ${fact.seq} stands at place ${index + 1}`);
    });
    if (atEnd) this.#walkChain(bytes.subarray(0, bytes.lastIndexOf(newline) + 1));
    return facts;
  }

  #walkChain(bytes: Uint8Array): void {
    const verdict = verifyRecord(bytes);
    if (verdict.kind === "broken")
      this.#breaches.say("INV-8", `the chain is broken at ${verdict.badSeq}: ${verdict.why}`);
  }

  /** INV-9: what a screen was shown is what is recorded. */
  shown(room: string, facts: readonly Fact[], lastSeq: number): number {
    let last = lastSeq;
    for (const fact of facts) {
      if (this.#told.get(fact.seq) !== fact.id)
        this.#breaches.say("INV-9", `${room} shows fact ${fact.seq}, which the record does not hold`);
      if (fact.seq <= last) this.#breaches.say("INV-9", `${room} shows fact ${fact.seq} after ${last}`);
      last = fact.seq;
    }
    return last;
  }
}
