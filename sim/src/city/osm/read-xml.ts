import { CityImportError } from "../byte-source.js";
import type { OsmElement, OsmMember, OsmSink } from "./element.js";

/** Longest that one XML tag may be; an unclosed one must not swallow the file. */
const MOST_TAG_CHARS = 1_000_000;

type Open = {
  readonly kind: OsmElement["kind"];
  readonly attributes: ReadonlyMap<string, string>;
  readonly tags: Record<string, string>;
  readonly refs: number[];
  readonly members: OsmMember[];
};

export type OsmXmlReader = {
  /** Takes the next piece of the text, cut anywhere. */
  feed(text: string): void;
  /** @throws CityImportError where the file stopped in the middle */
  end(): void;
};

/**
 * OSM XML 0.6, read as it streams: only the element in hand is kept. Elements that an editor marked as deleted are left
 * out. Errors name the line at which they were seen.
 */
export function osmXmlReader(name: string, sink: OsmSink): OsmXmlReader {
  let rest = "";
  let passedLines = 0;
  const fail: Fail = (what, at) => {
    throw new CityImportError(name, what, { line: passedLines + linesIn(rest.slice(0, at)) + 1 });
  };
  const elements = elementsTo(sink, fail);
  return {
    feed: (text) => {
      rest += text;
      let done = 0;
      for (let from = rest.indexOf("<", done); from >= 0; from = rest.indexOf("<", done)) {
        const comment = rest.startsWith("<!--", from);
        const to = comment ? rest.indexOf("-->", from + 4) : tagEnd(rest, from);
        // A comment or tag may be cut between two pieces of the file, even within its first characters.
        if (to < 0) {
          if (rest.length - from > MOST_TAG_CHARS) fail("a tag without an end", from);
          done = from;
          break;
        }
        const quiet = comment || rest[from + 1] === "?" || rest[from + 1] === "!";
        if (!quiet) elements.take(rest.slice(from + 1, to), from);
        done = to + (comment ? 3 : 1);
      }
      passedLines += linesIn(rest.slice(0, done));
      rest = rest.slice(done);
    },
    end: () => elements.end(rest.length),
  };
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}

type Fail = (what: string, at: number) => void;

/** Tags in the order of the file become elements. */
function elementsTo(sink: OsmSink, fail: Fail) {
  let open: Open | undefined;
  let root: "missing" | "open" | "closed" = "missing";
  const nested: string[] = [];
  /** A tag that is left open takes what follows for its own: the map would be another one. */
  const nest = (tagName: string, closes: boolean, at: number): void => {
    if (!closes) nested.push(tagName);
    else if (nested.pop() !== tagName) fail(`</${tagName}> closes a tag that is not open; the file is damaged`, at);
  };
  const start = (tagName: string, text: string, at: number): void => {
    switch (tagName) {
      case "osm":
        root = "open";
        return;
      case "node":
      case "way":
      case "relation":
        if (root !== "open") fail(`<${tagName}> outside of <osm>; this is no OSM XML file`, at);
        open = { kind: tagName, attributes: attributesOf(text), tags: {}, refs: [], members: [] };
        return;
      default:
        if (open !== undefined) takeChild(open, tagName, attributesOf(text));
    }
  };
  const close = (whole: Open, at: number): void => {
    const element = elementOf(whole);
    if (element === undefined) fail(`<${whole.kind}> with an id or a position that is not a number`, at);
    else if (whole.attributes.get("visible") !== "false" && whole.attributes.get("action") !== "delete") sink(element);
    open = undefined;
  };
  return {
    take: (text: string, at: number): void => {
      const match = /^(\/?)([A-Za-z_:][\w:.-]*)/.exec(text);
      if (match === null) fail("a < that opens no tag", at);
      const [, slash = "", tagName = ""] = match ?? [];
      const ends = slash === "/" || text.endsWith("/");
      if (slash === "/" || !ends) nest(tagName, slash === "/", at);
      if (slash === "") start(tagName, text, at);
      if (tagName === "osm" && ends) root = "closed";
      if (open?.kind === tagName && ends) close(open, at);
    },
    end: (at: number): void => {
      if (root === "missing") fail("has no <osm> element; this is no OSM XML file", 0);
      if (root === "open") fail("ends before </osm>; the file is cut short", at);
    },
  };
}

/** The > that closes a tag: those inside quotes are text. */
function tagEnd(text: string, from: number): number {
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === ">") return at;
    else if (char === '"' || char === "'") quote = char;
  }
  return -1;
}

function takeChild(open: Open, tagName: string, attributes: ReadonlyMap<string, string>): void {
  const ref = Number(attributes.get("ref"));
  switch (tagName) {
    case "tag": {
      const key = attributes.get("k");
      if (key !== undefined) open.tags[key] = attributes.get("v") ?? "";
      return;
    }
    case "nd":
      open.refs.push(ref);
      return;
    case "member": {
      const type = attributes.get("type");
      if (type === "node" || type === "way" || type === "relation")
        open.members.push({ type, ref, role: attributes.get("role") ?? "" });
      return;
    }
    default:
      return;
  }
}

function elementOf({ kind, attributes, tags, refs, members }: Open): OsmElement | undefined {
  const id = Number(attributes.get("id") ?? Number.NaN);
  if (!Number.isSafeInteger(id)) return undefined;
  switch (kind) {
    case "node": {
      const latDeg = Number(attributes.get("lat") ?? Number.NaN);
      const lonDeg = Number(attributes.get("lon") ?? Number.NaN);
      // A deleted node has no position.
      if (attributes.get("visible") === "false") return { kind, id, latDeg: 0, lonDeg: 0, tags };
      return Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180 ? { kind, id, latDeg, lonDeg, tags } : undefined;
    }
    case "way":
      return refs.every(Number.isSafeInteger) ? { kind, id, refs, tags } : undefined;
    case "relation":
      return members.every((member) => Number.isSafeInteger(member.ref)) ? { kind, id, members, tags } : undefined;
  }
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    found.set(match[1] ?? "", unescaped(match[2] ?? match[3] ?? ""));
  return found;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
    const code = hex !== undefined ? Number.parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : undefined;
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    return ENTITIES[name] ?? whole;
  });
}
