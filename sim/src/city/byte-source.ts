/** A file that is read by place, so that a reader of a large one takes only what it needs. */
export type ByteSource = {
  /** What errors call it. */
  readonly name: string;
  readonly size: number;
  /** @throws CityImportError where the file ends before `offset + length` */
  read(offset: number, length: number): Uint8Array;
};

/** The platform's decompressors, handed in; each refuses to give more than `limit` bytes. */
export type Inflate = {
  zlib(bytes: Uint8Array, limit: number): Uint8Array;
  gzip(bytes: Uint8Array, limit: number): Uint8Array;
};

/** Why a source cannot be imported, in words for the person who gave it: file, place in it, what to do. */
export class CityImportError extends Error {
  /** @param at a byte of the file, or a line of a text */
  constructor(file: string, what: string, at?: number | { readonly line: number }) {
    const place = at === undefined ? "" : typeof at === "number" ? ` at byte ${at}` : ` at line ${at.line}`;
    super(`${file}${place}: ${what}`);
    this.name = "CityImportError";
  }
}

/** A source in memory. */
export function bytesSource(name: string, bytes: Uint8Array): ByteSource {
  return {
    name,
    size: bytes.length,
    read: (offset, length) => {
      if (offset < 0 || length < 0 || offset + length > bytes.length)
        throw new CityImportError(name, `ends before ${length} bytes could be read; the file is cut short`, offset);
      return bytes.subarray(offset, offset + length);
    },
  };
}
