import { METRES_PER_FOOT } from "@outrider/geo";
import { plainText, type Report, sigmaOfNacp, type ToldHeight } from "./report.js";

const METRES_PER_KNOT = 1852 / 3600;
const LONGEST_LINE = 512;
const FIELDS = 22;

/** Cuts a stream of bytes into lines. A line without an end is thrown away up to the next one, so that nothing grows. */
export class LineCutter {
  #rest = "";
  #skipping = false;
  #tooLong = 0;

  get tooLong(): number {
    return this.#tooLong;
  }

  /** A connection begins: half a line of the last one must not be joined to it. */
  clear(): void {
    this.#rest = "";
    this.#skipping = false;
  }

  take(text: string): string[] {
    const parts = (this.#rest + text).split("\n");
    this.#rest = parts.pop() ?? "";
    const lines = this.#skipping ? parts.slice(1) : parts;
    if (parts.length > 0) this.#skipping = false;
    if (this.#rest.length > LONGEST_LINE) {
      if (!this.#skipping) this.#tooLong += 1;
      this.#skipping = true;
      this.#rest = "";
    }
    return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  }
}

const numberIn = (text: string | undefined, low: number, high: number): number | undefined => {
  if (text === undefined || !/^\s*[-+]?\d+(\.\d+)?\s*$/.test(text)) return undefined;
  const value = Number(text);
  return value >= low && value <= high ? value : undefined;
};

/**
 * One line of SBS-1 (BaseStation), TCP 30003: 22 fields, of which each type of message fills a few. Undefined for what
 * says nothing of an aircraft; a line that was cut has too few fields and says nothing either.
 */
export function readSbsLine(line: string, sourceId: string, tMs: number): Report | undefined {
  const fields = line.split(",");
  if (fields.length !== FIELDS || fields[0] !== "MSG" || !/^[1-8]$/.test(fields[1] ?? "")) return undefined;
  const hex = (fields[4] ?? "").trim().toLowerCase();
  if (!/^~?[0-9a-f]{6}$/.test(hex)) return undefined;
  const callSign = plainText(fields[10] ?? "");
  const feetPerMinute = numberIn(fields[16], -20_000, 20_000);
  return {
    trafficId: hex,
    sourceId,
    tMs,
    ...placeOf(fields),
    ...heightOf(fields),
    ...velocityOf(fields),
    ...(callSign === "" ? {} : { callSign }),
    ...(feetPerMinute === undefined ? {} : { upMps: (feetPerMinute * METRES_PER_FOOT) / 60 }),
  };
}

function placeOf(fields: readonly string[]): Pick<Report, "place"> {
  const latDeg = numberIn(fields[14], -90, 90);
  const lonDeg = numberIn(fields[15], -180, 180);
  if (latDeg === undefined || lonDeg === undefined || (latDeg === 0 && lonDeg === 0)) return {};
  return { place: { latDeg, lonDeg, sigmaM: sigmaOfNacp(undefined) } };
}

/** The altitude of SBS-1 is a pressure altitude. */
function heightOf(fields: readonly string[]): Pick<Report, "height"> {
  const feet = numberIn(fields[11], -2_000, 100_000);
  const ground = (fields[21] ?? "").trim();
  const onGround = ground === "-1" || ground === "1";
  if (feet === undefined && !onGround) return {};
  const height: ToldHeight = {
    ...(feet === undefined ? {} : { pressureAltM: feet * METRES_PER_FOOT }),
    ...(onGround ? { onGround } : {}),
  };
  return { height };
}

function velocityOf(fields: readonly string[]): Pick<Report, "velocity"> {
  const knots = numberIn(fields[12], 0, 2_000);
  const track = numberIn(fields[13], -360, 720);
  if (knots === undefined || (track === undefined && knots >= 1)) return {};
  const rad = ((track ?? 0) * Math.PI) / 180;
  const mps = knots * METRES_PER_KNOT;
  return { velocity: { northMps: mps * Math.cos(rad), eastMps: mps * Math.sin(rad) } };
}
