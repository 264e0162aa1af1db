import { z } from "zod";

/**
 * Aircraft of the simulator that a real PX4 flies in lockstep with the simulator's physics (docs/px4.md). Aircraft
 * number i of the file, from 0, is PX4's instance i.
 */
export const px4SimConfig = z.strictObject({
  /** The px4 program, started once for each aircraft. Left out: PX4s started elsewhere connect by themselves. */
  bin: z.string().min(1).optional(),
  /** PX4's `etc` folder; left out: `../etc` beside the program's folder. */
  etc: z.string().min(1).optional(),
  /** Working folders of those that are started: parameters, missions, logs. Left out: `data/px4`. */
  folder: z.string().min(1).optional(),
  /** Where they connect: instance i at `port` + i. Left out: 127.0.0.1 and PX4's own 4560. */
  listen: z.strictObject({ host: z.string().min(1), port: z.int().min(1).max(65_000) }).optional(),
  /**
   * Port to which they send MAVLink (14550 by themselves), where the simulator is to stand between them and the bridge:
   * then it can cut, delay and disturb their radio as that of its own aircraft. The bridge listens on another one
   * (`listen.mavlinkUdp`). Left out: they speak to the bridge past the simulator.
   */
  radio: z.int().min(1).max(65_535).optional(),
  /** Call signs of those that PX4 flies; left out: all. */
  aircraft: z.array(z.string()).min(1).optional(),
});
export type Px4SimConfig = z.infer<typeof px4SimConfig>;
