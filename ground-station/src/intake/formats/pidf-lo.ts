import type { ErrorEllipse, GeoPoint } from "@outrider/contract";
import { circle } from "../report.js";
import { childText, findElement, isNode, readXml, type XmlNode } from "./safe-xml.js";

export type PidfPlace =
  | { readonly kind: "place"; readonly point: GeoPoint; readonly error: ErrorEllipse }
  | { readonly kind: "bad"; readonly why: string };

/** Whole and readable, but words only: the one case in which an address may stand in for a place. */
export const noGeodetic = "has no geodetic place (Point, Circle or Ellipse)";
const mostBytes = 64 * 1024;
/** A bare point has no stated error; a caller's is rarely better than this. */
const pointErrorM = 50;
const no = (why: string): PidfPlace => ({ kind: "bad", why });

function position(node: XmlNode): GeoPoint | undefined {
  const numbers = (childText(node, "pos") ?? "").split(/\s+/).map(Number);
  const [latDeg, lonDeg] = numbers;
  if (latDeg === undefined || lonDeg === undefined || numbers.length > 3) return undefined;
  if (!(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180)) return undefined;
  return { latDeg, lonDeg };
}

function metres(node: XmlNode, name: string): number | undefined {
  const held = node[name];
  const unit = isNode(held) ? held["@uom"] : undefined;
  // EPSG:9001 is the metre; without it the number could be feet or kilometres.
  if (typeof unit !== "string" || !unit.includes("9001")) return undefined;
  const value = Number(childText(node, name));
  return value > 0 && value < 100_000 ? value : undefined;
}

function errorOf(shape: string, node: XmlNode): ErrorEllipse | undefined {
  switch (shape) {
    case "Circle": {
      const radiusM = metres(node, "radius");
      return radiusM === undefined ? undefined : circle(radiusM);
    }
    case "Ellipse": {
      const semiMajorM = metres(node, "semiMajorAxis");
      const semiMinorM = metres(node, "semiMinorAxis");
      const bearingDeg = Number(childText(node, "orientation") ?? "0");
      if (semiMajorM === undefined || semiMinorM === undefined || !(bearingDeg >= 0 && bearingDeg <= 360))
        return undefined;
      return { semiMajorM, semiMinorM, bearingDeg };
    }
    default:
      return circle(pointErrorM);
  }
}

/** House number, street and its suffix, as RFC 5139 names them; RD and STS are US usage, A6 the older one. */
const civicParts = ["HNO", "PRD", "RD", "A6", "STS", "POD"] as const;

/** The words of a civic address; "" where there is none. */
export function readCivic(xml: string): string {
  if (xml.length > mostBytes) return "";
  const read = readXml(xml);
  const civic = read.kind === "bad" ? undefined : findElement(read.root, ["civicAddress"])?.node;
  if (civic === undefined) return "";
  return civicParts.flatMap((name) => childText(civic, name) ?? []).join(" ");
}

/** Geodetic place of a PIDF-LO document (RFC 5491: EPSG:4326 or 4979, latitude first). A civic address alone is no place to fly to. */
export function readPidfLo(xml: string): PidfPlace {
  if (xml.length > mostBytes) return no(`is larger than ${mostBytes} bytes`);
  const read = readXml(xml);
  if (read.kind === "bad") return no(read.why);
  const shape = findElement(read.root, ["Circle", "Ellipse", "Point"]);
  if (shape === undefined) return no(noGeodetic);
  const srs = shape.node["@srsName"];
  if (typeof srs !== "string" || !/(4326|4979)$/.test(srs)) return no("must be in EPSG:4326 or EPSG:4979");
  const point = position(shape.node);
  if (point === undefined) return no("has no position of latitude and longitude");
  const error = errorOf(shape.name, shape.node);
  return error === undefined ? no("has no error radius in metres (EPSG:9001)") : { kind: "place", point, error };
}
