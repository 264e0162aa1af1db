import { z } from "zod";

const share = z.number().min(0).max(1);
const id = z.string().regex(/^[\w-]{1,40}$/);
/** Straight on, slow and by day, and at a slant, fast and at night. */
const ends = z.strictObject({ bestShare: share, worstShare: share });

/** How wrong the simulated sensors are; what is left out is as wrong as what is told of real ones (docs/simulator.md). */
export const simSensorsConfig = z.strictObject({
  /** Share of plates read one look-alike off. Left out: 5 % and 35 %. */
  alpr: ends.optional(),
  /** Shares of colours, makes and bodies told wrong or not at all. */
  looks: z.strictObject({ color: ends, make: ends, body: ends }).optional(),
  /** Which source a reader posts as, by its cameraId; its kind is the format. Left out: `demo-readers`. */
  readers: z.record(id, id).optional(),
  /**
   * What callers do by themselves, shares of all calls. Left out: nothing that no scenario asks for; `{}`: the usual
   * shares. `duplicate`: somebody else calls about the same within 90 s, from elsewhere. `wrongStreet`: the street that
   * is named is not where the point is. `correction`: the centre moves the call 20 to 90 s later.
   */
  callers: z
    .strictObject({
      duplicateShare: share.default(0.3),
      wrongStreetShare: share.default(0.1),
      correctionShare: share.default(0.1),
    })
    .optional(),
  /**
   * How a gunshot network errs by itself. Left out: always by just the error that is asked for; `{}`: as told of real
   * ones. `outlier`: of all alerts, those that a wall has bent, wide of the mark and of their own circle. `echo`: a
   * second alert, under another name, for the same shots. `delayS`: from the shots to the alert.
   */
  gunshot: z
    .strictObject({
      outlierShare: share.default(0.1),
      echoShare: share.default(0.05),
      delayS: z
        .strictObject({ from: z.number().min(0).max(600), to: z.number().min(0).max(600) })
        .refine(({ from, to }) => from <= to, "from must not be more than to")
        .default({ from: 15, to: 60 }),
    })
    .optional(),
});
export type SimSensorsConfig = z.infer<typeof simSensorsConfig>;
