import { anyInject, expectation, factMark, factSchemas, geoPoint } from "@outrider/contract";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";

/** A misspelt fact never comes: what must not happen would be met by it, and an event that waits for it would not come. */
const factName = z.string().refine((name) => Object.hasOwn(factSchemas, name), {
  error: (issue) => `there is no fact ${String(issue.input)}`,
});
const mark = factMark.extend({ fact: factName });
const expected = expectation
  .extend({ after: factName.optional(), facts: z.array(factName).min(1), until: z.array(factName).min(1).optional() })
  .refine((one) => one.until === undefined || one.never === true, { error: "until goes with never: true alone" });

/** Towards a direction, whatever streets lead there: a scenario then fits every city. */
const leg = z.strictObject({ bearingDeg: z.number().min(0).max(360), distanceM: z.number().min(50).max(3000) });

const happening = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("call"),
    callType: z.string(),
    title: z.string(),
    narrative: z.string(),
    point: geoPoint.optional(),
    radiusM: z.number().min(5).max(300),
    priority: z.number().min(0).max(10),
    /** The caller names a street that is not there: words and point contradict each other. */
    wrongStreet: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("shots"),
    rounds: z.int().min(1).max(50),
    point: geoPoint.optional(),
    errorM: z.number().min(0).max(200),
    /** From the shots to the network's alert; left out: 15 to 60 s, drawn from the seed. */
    delayS: z.number().min(0).max(120).optional(),
    /** What it truly was; fireworks come as a machine's unsure alert. Left out: gunfire. */
    sound: z.enum(["gunfire", "fireworks"]).optional(),
  }),
  z.strictObject({ kind: z.literal("shotsWereFireworks") }),
  /** Shots, and a car that leaves along the legs of its route; without any it drives where the roads lead. */
  z.strictObject({
    kind: z.literal("pursuit"),
    title: z.string(),
    route: z.array(leg).max(12).optional(),
    runsSignals: z.boolean().optional(),
    stops: z.boolean().optional(),
  }),
  /** The car that is sought goes another way from where it is. */
  z.strictObject({
    kind: z.literal("suspectTurns"),
    route: z.array(leg).min(1).max(12),
    runsSignals: z.boolean().optional(),
    stops: z.boolean().optional(),
  }),
  /** People come on foot, stand about and go; at the last incident where no point is given. */
  z.strictObject({
    kind: z.literal("crowd"),
    people: z.int().min(1).max(200),
    radiusM: z.number().min(3).max(80),
    stayS: z.number().min(0).max(3600),
    point: geoPoint.optional(),
  }),
  z.strictObject({ kind: z.literal("crowdGoes") }),
  z.strictObject({ kind: z.literal("inject"), inject: anyInject }),
]);
export type Happening = z.infer<typeof happening>;

export type { Expectation, FactMark } from "@outrider/contract";

/** Comes at a time of the run, or so long after a fact. */
const timedEvent = z
  .strictObject({
    atS: z.number().min(0).optional(),
    when: mark.optional(),
    afterS: z.number().min(0).optional(),
    event: happening,
  })
  .refine((one) => (one.atS === undefined) !== (one.when === undefined), {
    error: "an event has either atS or when",
  });
export type TimedEvent = z.infer<typeof timedEvent>;

const deed = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("approve") }),
  z.strictObject({ do: z.literal("decline"), reason: z.string() }),
  z.strictObject({ do: z.enum(["return", "hold", "land"]) }),
  z.strictObject({ do: z.literal("takeControl") }),
  /** Offers the flying aircraft to the other pilot, who accepts after `acceptS`. */
  z.strictObject({ do: z.literal("handOver"), text: z.string(), acceptS: z.number().min(0).max(60) }),
  z.strictObject({ do: z.literal("advise"), text: z.string(), units: z.array(z.string()).min(1) }),
  z.strictObject({ do: z.literal("purpose"), caseNumber: z.string(), offence: z.string(), text: z.string() }),
  z.strictObject({
    do: z.literal("seek"),
    plate: z.string().optional(),
    make: z.string().optional(),
    color: z.string().optional(),
    body: z.string().optional(),
  }),
  z.strictObject({ do: z.literal("verify"), verdict: z.enum(["same", "not-same", "cannot-tell"]) }),
  z.strictObject({ do: z.literal("askAircraft"), reason: z.string() }),
  z.strictObject({ do: z.literal("answerAsk"), accepted: z.boolean(), word: z.string() }),
  z.strictObject({ do: z.literal("closeFlight"), purpose: z.string(), category: z.string() }),
  z.strictObject({ do: z.literal("acknowledgeAlarms") }),
]);
export type Deed = z.infer<typeof deed>;
const traineeLine = z
  .strictObject({ atS: z.number().min(0).optional(), when: mark.optional(), afterS: z.number().min(0), act: deed })
  .refine((one) => (one.atS === undefined) !== (one.when === undefined), { error: "a line has either atS or when" });
export type TraineeLine = z.infer<typeof traineeLine>;

/** A readable file of what happens and what is expected. Times are seconds of run time from the start. */
export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  text: z.string(),
  /** Which of the agency's trainings it counts for (`training.kinds` in outrider.yaml); left out: for none. */
  teaches: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  minutes: z.number().positive().max(240),
  vehicles: z.int().min(0).max(400),
  /** Patrol cars: the nearest free one answers what happens. None where it is left out. */
  patrols: z.int().min(0).max(12).optional(),
  /** Aircraft of the small site on which it runs without people; a run with people takes the fleet that stands there. */
  aircraft: z.int().min(1).max(20).optional(),
  wind: z.strictObject({
    windMps: z.number().min(0).max(30),
    fromDeg: z.number().min(0).max(360),
    gustMps: z.number().min(0).max(40),
  }),
  /** `true`: a demo incident comes a minute after a pilot signs on. */
  comesByItself: z.boolean(),
  events: z.array(timedEvent),
  expect: z.array(expected),
  /** What a scripted trainee does in a run without people; left out: approves, tells, brings home, closes. */
  trainee: z.array(traineeLine).optional(),
});
export type Scenario = z.infer<typeof scenarioSchema>;

export type ScenarioParse = { kind: "ok"; scenario: Scenario } | { kind: "bad"; problem: string };

/** Parses one scenario file; a refusal names line and field. */
export function parseScenario(name: string, text: string): ScenarioParse {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true, lineCounter: lines });
  const broken = document.errors[0];
  if (broken) return { kind: "bad", problem: `${name}: ${broken.message}` };
  const parsed = scenarioSchema.safeParse(document.toJS());
  if (parsed.success) return { kind: "ok", scenario: parsed.data };
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${name}:${lineOf(document, lines, path)} ${path.join(".")}: ${message}`,
  );
  return { kind: "bad", problem: problems.join("\n") };
}

/** The line of a field, or of the nearest thing around it where the field is left out. */
function lineOf(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
