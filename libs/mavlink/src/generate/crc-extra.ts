import { crcByte } from "../wire/index.js";
import type { FieldDefinition } from "./definition.js";

/**
 * CRC_EXTRA of a message from its name and base fields in wire order (MAVLink developer guide, "Serialization",
 * section "CRC_EXTRA Calculation"): two sides that disagree on the fields fail the checksum instead of misreading.
 */
export function crcExtraOf(messageName: string, fields: readonly FieldDefinition[]): number {
  let crc = addText(0xffff, `${messageName} `);
  for (const field of fields) {
    if (field.extension) continue;
    crc = addText(crc, `${field.type} ${field.source} `);
    if (field.arrayLength > 0) crc = crcByte(crc, field.arrayLength);
  }
  return (crc & 0xff) ^ (crc >>> 8);
}

function addText(crc: number, text: string): number {
  let sum = crc;
  for (let i = 0; i < text.length; i++) sum = crcByte(sum, text.charCodeAt(i));
  return sum;
}
