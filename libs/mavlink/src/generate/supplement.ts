import { crcExtraOf } from "./crc-extra.js";
import { type FieldDefinition, type MessageDefinition, SCALAR_SIZE, type ScalarType } from "./definition.js";
import { fieldName } from "./field-name.js";

type Column = readonly [type: ScalarType, source: string, arrayLength?: number];

/**
 * Messages of MAVLink's common.xml that mavlink-mappings 1.0.21 lacks and aircraft speak. Fields stand in the order of the
 * XML; wire order, offsets, lengths and CRC_EXTRA are worked out from it as for every other message.
 */
export const SUPPLEMENT: readonly MessageDefinition[] = [
  define(80, "COMMAND_CANCEL", [
    ["uint8_t", "target_system"],
    ["uint8_t", "target_component"],
    ["uint16_t", "command"],
  ]),
  define(390, "ONBOARD_COMPUTER_STATUS", onboardComputerStatus(), [["uint16_t", "status_flags"]]),
  define(410, "EVENT", [
    ["uint8_t", "destination_component"],
    ["uint8_t", "destination_system"],
    ["uint32_t", "id"],
    ["uint32_t", "event_time_boot_ms"],
    ["uint16_t", "sequence"],
    ["uint8_t", "log_levels"],
    ["uint8_t", "arguments", 40],
  ]),
  define(411, "CURRENT_EVENT_SEQUENCE", [
    ["uint16_t", "sequence"],
    ["uint8_t", "flags"],
  ]),
  define(412, "REQUEST_EVENT", [
    ["uint8_t", "target_system"],
    ["uint8_t", "target_component"],
    ["uint16_t", "first_sequence"],
    ["uint16_t", "last_sequence"],
  ]),
  define(413, "RESPONSE_EVENT_ERROR", [
    ["uint8_t", "target_system"],
    ["uint8_t", "target_component"],
    ["uint16_t", "sequence"],
    ["uint16_t", "sequence_oldest_available"],
    ["uint8_t", "reason"],
  ]),
];

function onboardComputerStatus(): readonly Column[] {
  return [
    ["uint64_t", "time_usec"],
    ["uint32_t", "uptime"],
    ["uint8_t", "type"],
    ["uint8_t", "cpu_cores", 8],
    ["uint8_t", "cpu_combined", 10],
    ["uint8_t", "gpu_cores", 4],
    ["uint8_t", "gpu_combined", 10],
    ["int8_t", "temperature_board"],
    ["int8_t", "temperature_core", 8],
    ["int16_t", "fan_speed", 4],
    ["uint32_t", "ram_usage"],
    ["uint32_t", "ram_total"],
    ["uint32_t", "storage_type", 4],
    ["uint32_t", "storage_usage", 4],
    ["uint32_t", "storage_total", 4],
    ["uint32_t", "link_type", 6],
    ["uint32_t", "link_tx_rate", 6],
    ["uint32_t", "link_rx_rate", 6],
    ["uint32_t", "link_tx_max", 6],
    ["uint32_t", "link_rx_max", 6],
  ];
}

function define(
  id: number,
  name: string,
  base: readonly Column[],
  extensions: readonly Column[] = [],
): MessageDefinition {
  const wireOrder = [...base].sort((a, b) => SCALAR_SIZE[b[0]] - SCALAR_SIZE[a[0]]);
  const fields: FieldDefinition[] = [];
  let offset = 0;
  const place = ([type, source, arrayLength = 0]: Column, extension: boolean): void => {
    const size = SCALAR_SIZE[type];
    fields.push({ source, name: fieldName(source), type, arrayLength, size, offset, extension, units: "", blank: 0 });
    offset += size * Math.max(1, arrayLength);
  };
  for (const column of wireOrder) place(column, false);
  const minLength = offset;
  for (const column of extensions) place(column, true);
  return { id, name, crcExtra: crcExtraOf(name, fields), minLength, maxLength: offset, fields };
}
