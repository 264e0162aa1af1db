import { z } from "zod";
import { trainerDeed } from "../sim-wire.js";

const runId = z.string();
const personId = z.string();

/** Facts of training runs beyond their start and end. What the simulator did is for trainers and supervisors. */
export const trainingFacts = {
  /** What truly happened in the simulated world, or what an inject did there. */
  RunHappened: z.strictObject({ runId, lane: z.enum(["world", "inject"]), text: z.string().max(300) }),
  /** An inject waits on the timeline; it is made when the run's clock reaches `atMs`, whoever looks. */
  InjectPlanned: z.strictObject({
    runId,
    planId: z.string(),
    title: z.string().max(80),
    atMs: z.number(),
    deed: trainerDeed,
  }),
  InjectUnplanned: z.strictObject({ runId, planId: z.string(), why: z.enum(["made", "taken off", "run over"]) }),
  /** From here on the trainees are alarmed of limits that they break, or are not any more. */
  LimitsTold: z.strictObject({ runId, told: z.boolean() }),
  /** How one trainee's run ended, computed from the record. `score` is absent where the scenario expects nothing. */
  RunScored: z.strictObject({
    runId,
    personId,
    name: z.string(),
    scenario: z.string(),
    title: z.string(),
    teaches: z.string().optional(),
    score: z.number().optional(),
    met: z.int().nonnegative(),
    of: z.int().nonnegative(),
    breaches: z.int().nonnegative(),
    decisionMedianS: z.number().optional(),
    passed: z.boolean(),
    /** Passed, and the agency lets that count like a flight. */
    countsAsFlight: z.boolean(),
    fromSeq: z.int(),
    toSeq: z.int(),
  }),
  /** The trainer's own word on it, which stands above the computed one. `points`: of 100. */
  RunGraded: z.strictObject({
    runId,
    personId,
    passed: z.boolean(),
    points: z.number().min(0).max(100).optional(),
    text: z.string().max(1000),
  }),
} as const;
