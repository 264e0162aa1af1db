import type { MessageDefinition } from "./definition.js";
import { mappedEnums, mappedMessages } from "./mappings.js";
import { renderCodecs } from "./render-codecs.js";
import { renderSha256 } from "./render-sha256.js";
import { renderEnums, renderMetadata } from "./render-tables.js";
import { renderTypes } from "./render-types.js";
import { SUPPLEMENT } from "./supplement.js";

/** Every message of the dialect: those of mavlink-mappings and our supplement, by id. */
export function dialectMessages(): MessageDefinition[] {
  const mapped = mappedMessages();
  const known = new Set(mapped.map((m) => m.id));
  return [...mapped, ...SUPPLEMENT.filter((m) => !known.has(m.id))].sort((a, b) => a.id - b.id);
}

/** Name and source of each generated file. */
export function dialectFiles(): Map<string, string> {
  const messages = dialectMessages();
  return new Map([
    ["types.ts", renderTypes(messages)],
    ["codecs.ts", renderCodecs(messages)],
    ["metadata.ts", renderMetadata(messages)],
    ["enums.ts", renderEnums(mappedEnums())],
    ["sha256-block.ts", renderSha256()],
  ]);
}
