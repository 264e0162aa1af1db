import { joined } from "../depacketiser.js";

export type RtspResponse = {
  readonly status: number;
  readonly reason: string;
  /** Names in lower case; a name may come more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};

export type RtspPart =
  | { readonly kind: "response"; readonly response: RtspResponse }
  /** Interleaved binary data (RFC 2326, 10.12). */
  | { readonly kind: "data"; readonly channel: number; readonly bytes: Uint8Array }
  | { readonly kind: "broken"; readonly why: string };

const mostHeadBytes = 16_384;
const mostBodyBytes = 65_536;
const dollar = 0x24;
const latin1 = new TextDecoder("latin1");

/** Takes a camera's bytes apart: answers and interleaved packets share one stream. After `broken` nothing more is read. */
export class RtspReader {
  #rest: Uint8Array = new Uint8Array(0);
  #broken = false;

  push(bytes: Uint8Array): RtspPart[] {
    if (this.#broken) return [];
    const all = this.#rest.byteLength === 0 ? bytes : joined([this.#rest, bytes]);
    const parts: RtspPart[] = [];
    let at = 0;
    while (at < all.byteLength && !this.#broken) {
      const next = all[at] === dollar ? dataAt(all, at) : answerAt(all, at);
      if (next === undefined) break;
      if (next.part !== undefined) parts.push(next.part);
      if (next.part?.kind === "broken") this.#broken = true;
      at = next.end;
    }
    // A copy: what the system handed in may be its own buffer, used again for the next read.
    this.#rest = all.slice(at);
    return parts;
  }
}

type Read = { readonly part: RtspPart | undefined; readonly end: number };

function dataAt(all: Uint8Array, at: number): Read | undefined {
  if (at + 4 > all.byteLength) return undefined;
  const end = at + 4 + (((all[at + 2] ?? 0) << 8) | (all[at + 3] ?? 0));
  if (end > all.byteLength) return undefined;
  return { part: { kind: "data", channel: all[at + 1] ?? 0, bytes: all.slice(at + 4, end) }, end };
}

const broken = (why: string, end: number): Read => ({ part: { kind: "broken", why }, end });

function answerAt(all: Uint8Array, at: number): Read | undefined {
  // Some cameras put an empty line between an answer and what follows.
  if (all[at] === 13 || all[at] === 10) return { part: undefined, end: at + 1 };
  const headEnd = endOfHead(all, at);
  if (headEnd === undefined)
    return all.byteLength - at > mostHeadBytes ? broken("its answer has no end", all.byteLength) : undefined;
  const [start = "", ...lines] = latin1.decode(all.subarray(at, headEnd)).trimEnd().split(/\r?\n/);
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(":");
    return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
  });
  const length = Number(headers.find(([name]) => name === "content-length")?.[1] ?? 0);
  if (!Number.isInteger(length) || length < 0 || length > mostBodyBytes)
    return broken("its answer has no proper length", all.byteLength);
  const end = headEnd + length;
  if (end > all.byteLength) return undefined;
  const status = /^RTSP\/1\.\d (\d{3}) ?(.*)$/.exec(start);
  if (status === null) {
    // A camera may ask something of us; what is no RTSP at all is another service behind that port.
    return /^[A-Z_]+ \S+ RTSP\/1\.\d$/.test(start)
      ? { part: undefined, end }
      : broken("what answers there does not speak RTSP", all.byteLength);
  }
  const body = latin1.decode(all.subarray(headEnd, end));
  return {
    part: { kind: "response", response: { status: Number(status[1]), reason: status[2] ?? "", headers, body } },
    end,
  };
}

/** Index after the empty line that ends a head; undefined while it has not come. */
function endOfHead(all: Uint8Array, from: number): number | undefined {
  const most = Math.min(all.byteLength, from + mostHeadBytes);
  for (let i = from; i + 1 < most; i++) {
    if (all[i] !== 10) continue;
    if (all[i + 1] === 10) return i + 2;
    if (all[i + 1] === 13 && all[i + 2] === 10) return i + 3;
  }
  return undefined;
}

export const headerOf = (response: RtspResponse, name: string): string | undefined =>
  response.headers.find(([have]) => have === name)?.[1];
