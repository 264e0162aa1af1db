import type { MessageDefinition } from "./definition.js";

/**
 * Messages whose `param_value` float carries the four bytes of an integer (PX4, MAVLink developer guide, "Parameter
 * Protocol", "Parameter Encoding"). An integer such as -1 is then a NaN, and a number of JavaScript does not keep which
 * NaN: these messages get a second view, `paramValueBits`, of the same four bytes.
 */
export function hasParamBits(message: MessageDefinition): boolean {
  return message.name === "PARAM_VALUE" || message.name === "PARAM_SET";
}
