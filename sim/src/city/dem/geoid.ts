import { type ByteSource, CityImportError } from "../byte-source.js";
import { bilinear, type Samples } from "./dem.js";

/** N = HAE − AMSL at a place; undefined outside of the grid. */
export type GeoidUndulation = (latDeg: number, lonDeg: number) => number | undefined;

const HEADER_BYTES = 40;

/**
 * Geoid grid in PROJ's .gtx format, such as egm96_15.gtx: big-endian; south-western corner and steps as doubles, rows
 * and columns as int32, then float32 from south to north.
 */
export function openGtx(source: ByteSource): GeoidUndulation {
  const bytes = source.read(0, source.size);
  if (bytes.length < HEADER_BYTES) throw new CityImportError(source.name, "too short for a .gtx geoid grid");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const southDeg = view.getFloat64(0);
  const westDeg = view.getFloat64(8);
  const stepLatDeg = view.getFloat64(16);
  const stepLonDeg = view.getFloat64(24);
  const rows = view.getInt32(32);
  const cols = view.getInt32(36);
  const whole = rows >= 2 && cols >= 2 && stepLatDeg > 0 && stepLonDeg > 0;
  if (!whole || bytes.length !== HEADER_BYTES + rows * cols * 4)
    throw new CityImportError(source.name, `header says ${rows} × ${cols} values, the file holds another number`);
  const round = Math.abs(cols * stepLonDeg - 360) < stepLonDeg / 2;
  // One column more, which is the first again: a grid round the world has no seam.
  const samples: Samples = {
    cols: round ? cols + 1 : cols,
    rows,
    at: (col, row) => view.getFloat32(HEADER_BYTES + (row * cols + (col % cols)) * 4),
  };
  return (latDeg, lonDeg) => {
    const east = (((lonDeg - westDeg) % 360) + 360) % 360;
    return bilinear(samples, east / stepLonDeg, (latDeg - southDeg) / stepLatDeg);
  };
}
