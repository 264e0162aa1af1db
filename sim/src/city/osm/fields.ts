import { PbfReader } from "pbf";

/**
 * Fields of one message.
 * @throws RangeError where the last field runs past the message: the codec itself would go on with zeros
 */
export function fieldsOf<T>(bytes: Uint8Array, read: (tag: number, into: T, pbf: PbfReader) => void, into: T): T {
  const pbf = new PbfReader(bytes);
  pbf.readFields(read, into);
  if (pbf.pos > bytes.length) throw new RangeError("a field runs past the end of its message");
  return into;
}

/** Packed integers; a length that is not in the message is refused before memory is taken for it. */
export function packed(pbf: PbfReader, signed: boolean): number[] {
  const end = pbf.readVarint() + pbf.pos;
  if (end > pbf.length) throw new RangeError("a list runs past the end of its message");
  const numbers: number[] = [];
  while (pbf.pos < end) numbers.push(signed ? pbf.readSVarint() : pbf.readVarint());
  return numbers;
}
