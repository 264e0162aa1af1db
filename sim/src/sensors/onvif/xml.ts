/** One element: names without their prefix, since every client chooses its own. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

const mostDepth = 32;
const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([^\s<>/!?]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/y;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

type Open = {
  name: string;
  raw: string;
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  text: string;
};

/** Reads a document as SOAP clients send it; undefined for what is not well formed, has a DTD or nests too deep. */
export function readXml(source: string): XmlElement | undefined {
  const root: Open = { name: "", raw: "", attributes: new Map(), children: [], text: "" };
  const open: Open[] = [root];
  const scan = new RegExp(token);
  while (scan.lastIndex < source.length) {
    const match = scan.exec(source);
    const top = open.at(-1);
    if (match === null || top === undefined) return undefined;
    const [, cdata, closing, raw, rest = "", empty, text] = match;
    if (cdata !== undefined) top.text += cdata;
    else if (text !== undefined) top.text += decoded(text);
    else if (raw !== undefined && closing === "/") {
      if (open.length < 2 || top.raw !== raw) return undefined;
      open.pop();
      open.at(-1)?.children.push(top);
    } else if (raw !== undefined) {
      const one: Open = { name: local(raw), raw, attributes: attributesOf(rest), children: [], text: "" };
      if (empty === "/") top.children.push(one);
      else open.push(one);
      if (open.length > mostDepth) return undefined;
    }
  }
  return open.length === 1 && root.children.length === 1 ? root.children[0] : undefined;
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(attribute)].map(([, name = "", one, two]): [string, string] => [
      local(name),
      decoded(one ?? two ?? ""),
    ]),
  );
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The five of XML and numbers; others stay as they are, since there is no DTD that could define them. */
const decoded = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,5}));/gi,
    (whole, tens?: string, hex?: string, name?: string) => {
      const code = tens !== undefined ? Number(tens) : hex !== undefined ? Number.parseInt(hex, 16) : undefined;
      if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      return entities[name ?? ""] ?? whole;
    },
  );

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (one) => `&${Object.entries(entities).find(([, plain]) => plain === one)?.[0] ?? "amp"};`);

/** The first element at a way of names below one. */
export function child(of: XmlElement | undefined, ...way: readonly string[]): XmlElement | undefined {
  let at = of;
  for (const name of way) at = at?.children.find((one) => one.name === name);
  return at;
}

export const textOf = (of: XmlElement | undefined, ...way: readonly string[]): string | undefined =>
  child(of, ...way)?.text.trim();
