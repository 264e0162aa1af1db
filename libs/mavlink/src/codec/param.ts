/**
 * PX4 sends an integer parameter as the four bytes of the integer in place of the float's (MAVLink developer guide,
 * "Parameter Protocol", "Parameter Encoding", bytewise). Some integers, -1 among them, are then NaNs of which a number
 * keeps only that they are one; so both directions go by `paramValueBits`.
 */

/** The two fields of PARAM_SET or PARAM_VALUE that carry an integer bytewise. */
export type ParamBits = { paramValue: number; paramValueBits: number };

/** Fields that carry `value`, an int32 or uint32, bytewise. */
export function paramFromInteger(value: number): ParamBits {
  const cell = new DataView(new ArrayBuffer(4));
  cell.setInt32(0, value, true);
  return { paramValue: cell.getFloat32(0, true), paramValueBits: cell.getUint32(0, true) };
}

/** The int32 that a bytewise parameter carries. */
export function int32FromParam(param: { readonly paramValueBits: number }): number {
  return param.paramValueBits | 0;
}
