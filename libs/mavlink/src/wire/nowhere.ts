/** What x and y of COMMAND_INT hold where no position is meant (MAVLink common.xml, COMMAND_INT). */
export const NO_POSITION = 0x7fffffff;

/** A coordinate for the wire. NaN means "no position"; as an integer it would become 0, which is a place. */
export function orNowhere(value: number): number {
  return Number.isNaN(value) ? NO_POSITION : value;
}
