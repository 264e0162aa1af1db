import { z } from "zod";

/** The pace of a run as it crosses the wires; `RunTiming` in run-clock.ts says what it means. */
export const runTiming = z.strictObject({
  runId: z.string(),
  epochMs: z.number(),
  rate: z.number().positive(),
  paused: z.boolean(),
});
