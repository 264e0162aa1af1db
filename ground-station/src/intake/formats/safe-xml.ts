import { XMLParser } from "fast-xml-parser";

export type XmlNode = { readonly [name: string]: unknown };
export type XmlRead = { readonly kind: "ok"; readonly root: XmlNode } | { readonly kind: "bad"; readonly why: string };

const mostDepth = 24;
const usualElements = 2_000;

/** Depth and number of elements, by counting tags before any parser builds a tree of them. */
function shapeProblem(text: string, mostElements: number): string | undefined {
  let depth = 0;
  let elements = 0;
  for (const tag of text.matchAll(/<(\/?)[A-Za-z_][^<>]*?(\/?)>/g)) {
    if (tag[1] === "/") depth--;
    else {
      elements++;
      if (tag[2] !== "/") depth++;
    }
    if (depth > mostDepth) return `is nested deeper than ${mostDepth} elements`;
    if (elements > mostElements) return `has more than ${mostElements} elements`;
  }
  return depth === 0 ? undefined : "is not well-formed";
}

/** XML from strangers: no document type, no entities of its own, bounded depth and count; prefixes removed. */
export function readXml(text: string, mostElements = usualElements): XmlRead {
  if (/<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i.test(text))
    return { kind: "bad", why: "has a document type, which is never taken" };
  const problem = shapeProblem(text, mostElements);
  if (problem !== undefined) return { kind: "bad", why: problem };
  const parser = new XMLParser({
    removeNSPrefix: true,
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: true,
    htmlEntities: false,
    trimValues: true,
  });
  try {
    const root: unknown = parser.parse(text, true);
    return isNode(root) ? { kind: "ok", root } : { kind: "bad", why: "holds no element" };
  } catch {
    return { kind: "bad", why: "is not well-formed" };
  }
}

export const isNode = (value: unknown): value is XmlNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Child elements of one name, whether the parser gave one or a list. */
export function children(node: XmlNode, name: string): readonly unknown[] {
  if (!Object.hasOwn(node, name)) return [];
  const value = node[name];
  return Array.isArray(value) ? value : [value];
}

/** Text of the first child of that name; elements with attributes hold theirs under `#text`. */
export function childText(node: XmlNode, name: string): string | undefined {
  const value = children(node, name)[0];
  if (typeof value === "string") return value;
  if (isNode(value) && typeof value["#text"] === "string") return value["#text"];
  return undefined;
}

/** First element of one of these names at any depth. */
export function findElement(node: unknown, names: readonly string[]): { name: string; node: XmlNode } | undefined {
  if (Array.isArray(node)) {
    for (const one of node) {
      const found = findElement(one, names);
      if (found) return found;
    }
    return undefined;
  }
  if (!isNode(node)) return undefined;
  for (const [name, value] of Object.entries(node)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (names.includes(name) && isNode(one)) return { name, node: one };
      const deeper = findElement(one, names);
      if (deeper) return deeper;
    }
  }
  return undefined;
}
