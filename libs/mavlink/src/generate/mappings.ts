import {
  ardupilotmega,
  common,
  icarous,
  type MavLinkPacketField,
  type MavLinkPacketRegistry,
  minimal,
  standard,
  uavionix,
} from "mavlink-mappings";
import { type FieldDefinition, isScalarType, type MessageDefinition } from "./definition.js";
import { fieldName } from "./field-name.js";

const REGISTRIES: readonly MavLinkPacketRegistry[] = [
  minimal.REGISTRY,
  standard.REGISTRY,
  common.REGISTRY,
  ardupilotmega.REGISTRY,
  uavionix.REGISTRY,
  icarous.REGISTRY,
];

const MODULES: readonly object[] = [minimal, standard, common, ardupilotmega, uavionix, icarous];

/** Every message of the dialects that PX4 and ArduPilot fly, by id. Errors: throws on a field type it does not know. */
export function mappedMessages(): MessageDefinition[] {
  const byId = new Map<number, MessageDefinition>();
  for (const registry of REGISTRIES) {
    for (const message of Object.values(registry)) {
      const fields = message.FIELDS.map(fieldOf);
      const minLength = fields.filter((f) => !f.extension).reduce((end, f) => Math.max(end, endOf(f)), 0);
      const { MSG_ID: id, MSG_NAME: name, MAGIC_NUMBER: crcExtra, PAYLOAD_LENGTH: maxLength } = message;
      byId.set(id, { id, name, crcExtra, minLength, maxLength, fields });
    }
  }
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

function endOf(field: FieldDefinition): number {
  return field.offset + field.size * Math.max(1, field.arrayLength);
}

function fieldOf(field: MavLinkPacketField): FieldDefinition {
  const versioned = field.type === "uint8_t_mavlink_version";
  const type = versioned ? "uint8_t" : field.type.replace("[]", "");
  if (!isScalarType(type)) throw new Error(`mavlink-mappings has a field type this generator lacks: ${field.type}`);
  const { source, length: arrayLength, size, offset, extension, units } = field;
  return {
    source,
    name: fieldName(source),
    type,
    arrayLength,
    size,
    offset,
    extension,
    units,
    blank: versioned ? 3 : 0,
  };
}

/** Every enum of those dialects: its name, and its entries as name and number. Later dialects add to earlier ones. */
export function mappedEnums(): Map<string, Map<string, number>> {
  const enums = new Map<string, Map<string, number>>();
  for (const module of MODULES) {
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== "object" || value === null || name === "REGISTRY" || name === "COMMANDS") continue;
      const entries = enums.get(name) ?? new Map<string, number>();
      for (const [key, number] of Object.entries(value)) if (typeof number === "number") entries.set(key, number);
      if (entries.size > 0) enums.set(name, entries);
    }
  }
  return enums;
}
