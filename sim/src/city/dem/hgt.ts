import { type ByteSource, CityImportError } from "../byte-source.js";
import { bilinear, type Dem, type Samples } from "./dem.js";

const VOID = -32768;

/**
 * SRTM tile (.hgt): big-endian int16 from north to south over one degree, named by its south-western corner, heights
 * over EGM96 (formats/geodata.md section 2).
 */
export function openHgt(source: ByteSource): Dem {
  const corner = cornerOf(source.name);
  const side = Math.sqrt(source.size / 2);
  if (!Number.isInteger(side) || side < 2)
    throw new CityImportError(source.name, `${source.size} bytes are not a square of 16-bit heights; fetch it again`);
  const bytes = source.read(0, source.size);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples: Samples = {
    cols: side,
    rows: side,
    at: (col, row) => {
      const height = view.getInt16((row * side + col) * 2);
      return height === VOID ? undefined : height;
    },
  };
  const steps = side - 1;
  return {
    name: source.name,
    datum: "egm96",
    heightM: (latDeg, lonDeg) => {
      // Neighbours share their outermost row, so a place beyond the degree is the neighbour's.
      const col = (lonDeg - corner.lonDeg) * steps;
      const row = (corner.latDeg + 1 - latDeg) * steps;
      if (col < 0 || row < 0 || col > steps || row > steps) return undefined;
      return bilinear(samples, col, row);
    },
  };
}

function cornerOf(name: string): { latDeg: number; lonDeg: number } {
  const match = /([NS])(\d{2})([EW])(\d{3})\.hgt$/i.exec(name);
  if (match === null)
    throw new CityImportError(name, "the name does not say its place; SRTM tiles are named like N37W123.hgt");
  const [, ns = "", lat = "", ew = "", lon = ""] = match;
  return {
    latDeg: Number(lat) * (ns.toUpperCase() === "S" ? -1 : 1),
    lonDeg: Number(lon) * (ew.toUpperCase() === "W" ? -1 : 1),
  };
}
