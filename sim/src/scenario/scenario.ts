import { geoPoint, inject } from "@outrider/contract";
import { parseDocument } from "yaml";
import { z } from "zod";

const happening = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("call"),
    callType: z.string(),
    title: z.string(),
    narrative: z.string(),
    point: geoPoint.optional(),
    radiusM: z.number().min(5).max(300),
    priority: z.number().min(0).max(10),
  }),
  z.strictObject({
    kind: z.literal("shots"),
    rounds: z.int().min(1).max(50),
    point: geoPoint.optional(),
    errorM: z.number().min(0).max(200),
    delayS: z.number().min(0).max(120),
  }),
  z.strictObject({ kind: z.literal("shotsWereFireworks") }),
  z.strictObject({ kind: z.literal("pursuit"), title: z.string() }),
  z.strictObject({ kind: z.literal("inject"), inject }),
]);
export type Happening = z.infer<typeof happening>;

const expectation = z.strictObject({
  id: z.string(),
  text: z.string(),
  /** Fact that starts the clock; the start of the run where it is left out. */
  after: z.string().optional(),
  /** Any one of these facts meets it. */
  facts: z.array(z.string()).min(1),
  withinS: z.number().positive(),
  /** What must NOT happen within the time, in place of what must. */
  never: z.boolean().optional(),
});
export type Expectation = z.infer<typeof expectation>;

/** A readable file of what happens and what is expected. Times are seconds of run time from the start. */
export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  text: z.string(),
  minutes: z.number().positive().max(240),
  vehicles: z.int().min(0).max(400),
  wind: z.strictObject({
    windMps: z.number().min(0).max(30),
    fromDeg: z.number().min(0).max(360),
    gustMps: z.number().min(0).max(40),
  }),
  /** `true`: a demo incident comes a minute after a pilot signs on. */
  comesByItself: z.boolean(),
  events: z.array(z.strictObject({ atS: z.number().min(0), event: happening })),
  expect: z.array(expectation),
});
export type Scenario = z.infer<typeof scenarioSchema>;

export type ScenarioParse = { kind: "ok"; scenario: Scenario } | { kind: "bad"; problem: string };

/** Parses one scenario file; a refusal names line or field. */
export function parseScenario(name: string, text: string): ScenarioParse {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) return { kind: "bad", problem: `${name}: ${broken.message}` };
  const parsed = scenarioSchema.safeParse(document.toJS());
  return parsed.success
    ? { kind: "ok", scenario: parsed.data }
    : { kind: "bad", problem: `${name}: ${z.prettifyError(parsed.error)}` };
}
