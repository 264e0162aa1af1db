/** One MAVLink command to one component. Places are degrees × 1e7 and heights AMSL where `form` is "int". */
export type CommandSpec = {
  /** MAV_CMD. */
  readonly command: number;
  readonly form: "long" | "int";
  /** param1 to param7; in form "int" 5 and 6 are integers, and 7 is the height. */
  readonly params: readonly [number, number, number, number, number, number, number];
  readonly compid: number;
  /** 1 for everything that arms or moves: a lost answer is an outcome, never a reason to send again. */
  readonly tries: 1 | 3;
  /** The autopilot answers twice and only the last answer counts. */
  readonly answersTwice: boolean;
  /** For people: "arm", "go to". */
  readonly what: string;
};
