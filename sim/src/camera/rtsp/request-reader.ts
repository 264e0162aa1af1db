export type RtspRequest = {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
};
export type FromViewer = { readonly kind: "request"; readonly request: RtspRequest } | { readonly kind: "broken" };

const mostHeadBytes = 8_192;
const latin1 = new TextDecoder("latin1");

/** A viewer's requests out of its byte stream; the receiver reports that it interleaves are passed over. */
export class RequestReader {
  #rest: Uint8Array = new Uint8Array(0);

  push(bytes: Uint8Array): FromViewer[] {
    const all = new Uint8Array(this.#rest.byteLength + bytes.byteLength);
    all.set(this.#rest);
    all.set(bytes, this.#rest.byteLength);
    const told: FromViewer[] = [];
    let at = 0;
    while (at < all.byteLength) {
      const end = all[at] === 0x24 ? packetEnd(all, at) : this.#request(all, at, told);
      if (end === undefined) break;
      at = end;
    }
    this.#rest = all.slice(at);
    return told;
  }

  #request(all: Uint8Array, at: number, told: FromViewer[]): number | undefined {
    const text = latin1.decode(all.subarray(at, at + mostHeadBytes));
    const blank = text.indexOf("\r\n\r\n");
    if (blank < 0) {
      if (text.length >= mostHeadBytes) told.push({ kind: "broken" });
      return text.length >= mostHeadBytes ? all.byteLength : undefined;
    }
    const [start = "", ...lines] = text.slice(0, blank).split("\r\n");
    const headers = new Map(
      lines.map((line): [string, string] => {
        const colon = line.indexOf(":");
        return [line.slice(0, Math.max(0, colon)).trim().toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const length = Number(headers.get("content-length") ?? 0);
    const [, method, url] = /^([A-Z_]{3,20}) (\S{1,1000}) RTSP\/1\.\d$/.exec(start) ?? [];
    if (method === undefined || url === undefined || !(length >= 0 && length <= mostHeadBytes)) {
      told.push({ kind: "broken" });
      return all.byteLength;
    }
    const end = at + blank + 4 + length;
    if (end > all.byteLength) return undefined;
    told.push({ kind: "request", request: { method, url, headers } });
    return end;
  }
}

function packetEnd(all: Uint8Array, at: number): number | undefined {
  if (at + 4 > all.byteLength) return undefined;
  const end = at + 4 + (((all[at + 2] ?? 0) << 8) | (all[at + 3] ?? 0));
  return end > all.byteLength ? undefined : end;
}
