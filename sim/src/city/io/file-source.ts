import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type ByteSource, CityImportError } from "../byte-source.js";

/** A file on disk as a source; `use` gets it and it is closed after. @throws CityImportError where it cannot be read */
export async function withFile<T>(path: string, use: (source: ByteSource) => T | Promise<T>): Promise<T> {
  const file = open(path);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new CityImportError(path, "is no file");
    return await use({
      name: path,
      size: stat.size,
      read: (offset, length) => {
        const inside = offset >= 0 && length >= 0 && offset + length <= stat.size;
        const bytes = inside ? new Uint8Array(length) : undefined;
        if (bytes === undefined || readSync(file, bytes, 0, length, offset) !== length)
          throw new CityImportError(path, `ends before ${length} bytes could be read; the file is cut short`, offset);
        return bytes;
      },
    });
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw new CityImportError(path, `cannot be opened (${error instanceof Error ? error.message : String(error)})`);
  }
}
