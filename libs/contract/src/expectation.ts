import { z } from "zod";

/** A fact of the record. `where`: members of its data; a text fits where it is contained, whatever its case. */
export const factMark = z.strictObject({
  fact: z.string(),
  where: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** The so-manieth such fact of the run; the first where it is left out. */
  nth: z.int().min(1).optional(),
});
export type FactMark = z.infer<typeof factMark>;

/** What a run is to bring about, or must not. It travels with the run into the record, so that the record alone can be judged. */
export const expectation = z.strictObject({
  id: z.string(),
  text: z.string(),
  /** Fact that starts the clock; the start of the run where it is left out. */
  after: z.string().optional(),
  /** Any one of these facts meets it. */
  facts: z.array(z.string()).min(1),
  /** Members that the fact's data must have. */
  where: factMark.shape.where,
  withinS: z.number().positive(),
  /** What must NOT happen within the time, in place of what must. */
  never: z.boolean().optional(),
  /** For `never`: from any of these facts on it may happen; an officer's card may come once a person has checked the hit. */
  until: z.array(z.string()).min(1).optional(),
});
export type Expectation = z.infer<typeof expectation>;

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
