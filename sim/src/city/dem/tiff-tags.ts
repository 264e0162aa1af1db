import { type ByteSource, CityImportError } from "../byte-source.js";

/** Fields of the first image of a TIFF; the images after it are its overviews. */
export type TiffTags = {
  readonly littleEndian: boolean;
  numbers(tag: number): readonly number[];
  text(tag: number): string | undefined;
};

type Kind = { readonly bytes: number; readonly read: (view: DataView, at: number, little: boolean) => number };
const KINDS: Readonly<Record<number, Kind>> = {
  1: { bytes: 1, read: (v, at) => v.getUint8(at) },
  2: { bytes: 1, read: (v, at) => v.getUint8(at) },
  3: { bytes: 2, read: (v, at, little) => v.getUint16(at, little) },
  4: { bytes: 4, read: (v, at, little) => v.getUint32(at, little) },
  6: { bytes: 1, read: (v, at) => v.getInt8(at) },
  8: { bytes: 2, read: (v, at, little) => v.getInt16(at, little) },
  9: { bytes: 4, read: (v, at, little) => v.getInt32(at, little) },
  11: { bytes: 4, read: (v, at, little) => v.getFloat32(at, little) },
  12: { bytes: 8, read: (v, at, little) => v.getFloat64(at, little) },
};
const MOST_VALUES = 4_000_000;

/** @throws CityImportError where it is not a classic TIFF or is cut short */
export function readTiffTags(source: ByteSource): TiffTags {
  const view = (offset: number, length: number): DataView => {
    const bytes = source.read(offset, length);
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  const head = view(0, 8);
  const order = head.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) throw new CityImportError(source.name, "not a TIFF file", 0);
  const little = order === 0x4949;
  const magic = head.getUint16(2, little);
  if (magic === 43)
    throw new CityImportError(
      source.name,
      "is a BigTIFF; make a classic one: gdal_translate -co BIGTIFF=NO -projwin …",
      2,
    );
  if (magic !== 42) throw new CityImportError(source.name, `not a TIFF file: version ${magic} where 42 belongs`, 2);
  const ifdAt = head.getUint32(4, little);
  const count = view(ifdAt, 2).getUint16(0, little);
  const ifd = view(ifdAt + 2, count * 12);
  const fields = new Map<number, readonly number[]>();
  for (let i = 0; i < count; i++) {
    const kind = KINDS[ifd.getUint16(i * 12 + 2, little)];
    const values = ifd.getUint32(i * 12 + 4, little);
    if (kind === undefined) continue;
    if (values > MOST_VALUES)
      throw new CityImportError(source.name, `a field of ${values} values is not believable`, ifdAt + 2 + i * 12);
    const bytes = kind.bytes * values;
    const data = bytes <= 4 ? ifd : view(ifd.getUint32(i * 12 + 8, little), bytes);
    const from = bytes <= 4 ? i * 12 + 8 : 0;
    const list = Array.from({ length: values }, (_, k) => kind.read(data, from + k * kind.bytes, little));
    fields.set(ifd.getUint16(i * 12, little), list);
  }
  return {
    littleEndian: little,
    numbers: (tag) => fields.get(tag) ?? [],
    text: (tag) => {
      const codes = fields.get(tag);
      return codes === undefined ? undefined : String.fromCharCode(...codes.filter((code) => code !== 0));
    },
  };
}
