import { type MessageName, messageId } from "@outrider/mavlink";

/**
 * Streamed messages by which an aircraft is judged: whether it flies, falls, began anew, and is where it says. What the
 * others tell is shown, and judged with the next round of the clock.
 */
const names: readonly MessageName[] = [
  "ATTITUDE",
  "GLOBAL_POSITION_INT",
  "EXTENDED_SYS_STATE",
  "GPS_RAW_INT",
  "GPS2_RAW",
  "ESTIMATOR_STATUS",
];

const ids = names.map(messageId);

/** Whether what a streamed message of this id says is judged at once. */
export const isJudged = (msgid: number): boolean => ids.includes(msgid);
