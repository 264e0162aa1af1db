import type { FieldDefinition, MessageDefinition } from "./definition.js";
import { HEADER } from "./render-types.js";

/** Source of `metadata.ts`: what is known of each message, as data. */
export function renderMetadata(messages: readonly MessageDefinition[]): string {
  const rows = messages.map((m) => {
    const fields = m.fields.map((f) => `    ${renderField(f)},`).join("\n");
    return `  { id: ${m.id}, name: "${m.name}", crcExtra: ${m.crcExtra}, minLength: ${m.minLength}, maxLength: ${m.maxLength}, fields: [\n${fields}\n  ] },`;
  });
  const type = 'import type { MessageInfo } from "../codec/types.js";\n';
  return `${HEADER}\n${type}\nexport const METADATA: readonly MessageInfo[] = [\n${rows.join("\n")}\n];\n`;
}

function renderField(field: FieldDefinition): string {
  const { source, name, type, arrayLength, size, offset, extension, units } = field;
  return `{ source: "${source}", name: "${name}", type: "${type}", arrayLength: ${arrayLength}, size: ${size}, offset: ${offset}, extension: ${extension}, units: ${JSON.stringify(units)} }`;
}

/** Source of `enums.ts`: each enum as a constant object and the union of its numbers. */
export function renderEnums(enums: ReadonlyMap<string, ReadonlyMap<string, number>>): string {
  const parts = [...enums].map(([name, entries]) => {
    const rows = [...entries].map(([key, value]) => `  ${/^[A-Za-z_]\w*$/.test(key) ? key : `"${key}"`}: ${value},`);
    return `export const ${name} = {\n${rows.join("\n")}\n} as const;\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];\n`;
  });
  return `${HEADER}\n${parts.join("\n")}`;
}
