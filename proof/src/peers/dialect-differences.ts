import type { PeerField, PeerMessage } from "./peer-facts.js";

/** One of the libraries that are compared: `dialect` says which of its dialects was read. */
export type Library = { readonly name: string; readonly dialect: string; readonly messages: readonly PeerMessage[] };

/** What not all of the libraries know, as a page of Markdown: messages first, then fields of messages that several have. */
export function differencesPage(libraries: readonly Library[], command: string): string {
  const ids = [...new Set(libraries.flatMap(({ messages }) => messages.map(({ id }) => id)))].sort((a, b) => a - b);
  const byId = libraries.map(({ messages }) => new Map(messages.map((one) => [one.id, one])));
  const rows = ids.map((id) => ({ id, known: byId.map((map) => map.get(id)) }));
  const partly = rows.filter(({ known }) => known.some((one) => one === undefined));
  const differing = rows.flatMap(({ id, known }) => fieldRows(id, known));
  const [names, line] = [libraries.map(({ name }) => name), libraries.map(() => "---")];
  return `# MAVLink: what only some libraries know

Written by \`${command}\`; do not edit. Compared: ${libraries.map(({ name, dialect, messages }) => `${name} (${dialect}, ${messages.length} messages)`).join("; ")}.
A message that is missing here is the same in all of them: id, fields in wire order, types, lengths, CRC_EXTRA.

## Messages (${partly.length} of ${ids.length})

| id | message | ${names.join(" | ")} |
| --- | --- | ${line.join(" | ")} |
${partly.map(({ id, known }) => `| ${id} | ${nameOf(known)} | ${known.map((one) => (one === undefined ? "-" : "yes")).join(" | ")} |`).join("\n")}

## Fields (${differing.length})

What is told of each: type in wire order; \`-\` where the library has the message and not the field.

| message | field | ${names.join(" | ")} |
| --- | --- | ${line.join(" | ")} |
${differing.map(({ message, field, cells }) => `| ${message} | ${field} | ${cells.join(" | ")} |`).join("\n")}
`;
}

const nameOf = (known: readonly (PeerMessage | undefined)[]): string =>
  known.find((one) => one !== undefined)?.name ?? "";

type FieldRow = { readonly message: string; readonly field: string; readonly cells: readonly string[] };

function fieldRows(id: number, known: readonly (PeerMessage | undefined)[]): readonly FieldRow[] {
  if (known.filter((one) => one !== undefined).length < 2) return [];
  const message = `${nameOf(known)} (${id})`;
  const rows: FieldRow[] = [];
  const sums = known.map((one) => (one === undefined ? "(no message)" : String(one.crcExtra)));
  if (isSplit(sums)) rows.push({ message, field: "CRC_EXTRA", cells: sums });
  const fields = [...new Set(known.flatMap((one) => one?.fields.map(([source]) => source) ?? []))];
  for (const field of fields) {
    const cells = known.map((one) => cellOf(one, field));
    if (isSplit(cells)) rows.push({ message, field, cells });
  }
  return rows;
}

function cellOf(message: PeerMessage | undefined, wanted: string): string {
  if (message === undefined) return "(no message)";
  const at = message.fields.findIndex(([source]) => source === wanted);
  const field = message.fields[at];
  return field === undefined ? "-" : `${at + 1}: ${typeText(field)}`;
}

const typeText = ([, type, length]: PeerField): string => (length > 0 ? `${type}[${length}]` : type);

const isSplit = (cells: readonly string[]): boolean =>
  new Set(cells.filter((cell) => cell !== "(no message)")).size > 1;
