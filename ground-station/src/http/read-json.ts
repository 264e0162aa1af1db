/** Why a body is not taken, with the HTTP status that says so. */
export type JsonRead =
  | { readonly kind: "ok"; readonly value: unknown }
  | { readonly kind: "bad"; readonly status: 400; readonly detail: string };

const decoder = new TextDecoder("utf-8", { fatal: true });
const poison: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
export const maxDepth = 32;

/** Depth of brackets outside strings, counted before parsing: a deep body must not reach the parser's stack. */
function tooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i++;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 91 || code === 123) {
      depth++;
      if (depth > maxDepth) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

function poisoned(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(poisoned);
  return Object.entries(value).some(([key, inner]) => poison.has(key) || poisoned(inner));
}

/** Parses a JSON body that may come from anybody: UTF-8, depth at most 32, no keys that reach prototypes. */
export function readJson(body: Uint8Array): JsonRead {
  const bad = (detail: string): JsonRead => ({ kind: "bad", status: 400, detail });
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    return bad("The body is not UTF-8.");
  }
  if (tooDeep(text)) return bad(`The body is nested deeper than ${maxDepth} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad("The body is not JSON.");
  }
  if (poisoned(value)) return bad("The body holds a key that is not allowed (__proto__, constructor or prototype).");
  return { kind: "ok", value };
}

export const isJson = (contentType: string | undefined): boolean =>
  contentType !== undefined && /^application\/(?:[\w.-]+\+)?json\s*(;|$)/i.test(contentType);
