import type { CityFile, GeoPoint } from "@outrider/contract";
import { localFrame, segmentDistanceM } from "@outrider/geo";

export type Geocoded = { readonly point: GeoPoint; readonly errorM: number; readonly text: string };
/** An address in words to a place on the map; undefined where the city's own names do not say it beyond doubt. */
export type Geocoder = (address: string) => Geocoded | undefined;

type Piece = { readonly aE: number; readonly aN: number; readonly bE: number; readonly bN: number };
type Point = { readonly eastM: number; readonly northM: number };

/** Streets that cross come within this of each other; those that merely run near each other do not. */
const CROSSING_M = 20;
/** Crossings of one pair of streets further apart than this are two places: a person has to say which. */
const SAME_CORNER_M = 60;
/** Half a crossing, and the error of the map. */
const CORNER_ERROR_M = 15;

const long: Readonly<Record<string, string>> = {
  st: "street",
  str: "street",
  ave: "avenue",
  av: "avenue",
  blvd: "boulevard",
  rd: "road",
  dr: "drive",
  ln: "lane",
  ct: "court",
  pl: "place",
  ter: "terrace",
  hwy: "highway",
  pkwy: "parkway",
  sq: "square",
  wy: "way",
  n: "north",
  s: "south",
  e: "east",
  w: "west",
};
const suffixes = new Set([...Object.values(long), "way", "alley", "plaza"]);

/** "5th St." and "5th Street" are one name. */
export function plainName(name: string): string {
  const words = name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9 ]/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
  return words
    .map((word, i) => (i === 0 && words.length > 1 && word === "st" ? "saint" : (long[word] ?? word)))
    .join(" ");
}

const separators = /\s*(?:&|\/|\band\b|\bat\b|@)\s*/i;

/** Corners of named streets. House numbers are not in the city's file, so a street address alone is a person's work. */
export function createGeocoder(city: CityFile): Geocoder {
  const frame = localFrame(city.origin);
  const streets = streetsOf(city);
  const addresses = new Map(city.addresses.map((one) => [plainName(one.text), one]));
  const find = (name: string): readonly (readonly Piece[])[] => {
    const plain = plainName(name);
    const exact = streets.get(plain);
    if (exact !== undefined) return [exact];
    // "Haight & Ashbury": names without their kind; which Ashbury is meant is said by where they meet.
    return [...streets].filter(([one]) => withoutSuffix(one) === plain).map(([, pieces]) => pieces);
  };
  return (address) => {
    const known = addresses.get(plainName(address));
    if (known !== undefined) {
      const point = frame.toGeo({ eastM: known.eastDm / 10, northM: known.northDm / 10 });
      return { point, errorM: CORNER_ERROR_M, text: `${known.text}, from the city's own addresses` };
    }
    const [first, second, ...more] = address.split(separators).map((name) => name.split(",")[0] ?? "");
    if (first === undefined || second === undefined || more.length > 0) return undefined;
    const pairs = find(first).flatMap((a) => find(second).map((b) => [a, b] as const));
    const meets = pairs.map(([a, b]) => (a === b ? nowhereMeet : cornersOf(a, b))).filter((found) => found.length > 0);
    const corner = meets.length === 1 ? oneCorner(meets[0] ?? nowhereMeet) : undefined;
    if (corner === undefined) return undefined;
    const text = `corner of ${first.trim()} and ${second.trim()}, from the city's own street names`;
    return { point: frame.toGeo(corner.at), errorM: CORNER_ERROR_M + corner.spreadM, text };
  };
}

const withoutSuffix = (plain: string): string => {
  const words = plain.split(" ");
  return words.length > 1 && suffixes.has(words.at(-1) ?? "") ? words.slice(0, -1).join(" ") : plain;
};

function streetsOf(city: CityFile): Map<string, Piece[]> {
  const streets = new Map<string, Piece[]>();
  for (const road of city.roads) {
    const name = plainName(road.name);
    if (name === "" || road.kind === "rail" || road.kind === "path") continue;
    const pieces = streets.get(name) ?? [];
    for (let i = 2; i + 1 < road.pointsDm.length; i += 2) {
      const [aE = 0, aN = 0, bE = 0, bN = 0] = road.pointsDm.slice(i - 2, i + 2).map((dm) => dm / 10);
      pieces.push({ aE, aN, bE, bN });
    }
    streets.set(name, pieces);
  }
  return streets;
}

const nowhereMeet: readonly Point[] = [];

/** All places where two streets come together. */
function cornersOf(a: readonly Piece[], b: readonly Piece[]): readonly Point[] {
  const meets: Point[] = [];
  for (const one of a) {
    for (const two of b) {
      const [p, q] = [ends(one), ends(two)];
      if (segmentDistanceM(p[0], p[1], q[0], q[1]) > CROSSING_M) continue;
      meets.push(nearestOf(p, q));
    }
  }
  return meets;
}

/** The middle of the places where they meet, if those are one corner. */
function oneCorner(meets: readonly Point[]): { at: Point; spreadM: number } | undefined {
  const at = {
    eastM: meets.reduce((sum, one) => sum + one.eastM, 0) / meets.length,
    northM: meets.reduce((sum, one) => sum + one.northM, 0) / meets.length,
  };
  const spreadM = Math.max(...meets.map((one) => Math.hypot(one.eastM - at.eastM, one.northM - at.northM)));
  return spreadM > SAME_CORNER_M ? undefined : { at, spreadM };
}

type Ends = readonly [Point, Point];
const ends = ({ aE, aN, bE, bN }: Piece): Ends => [
  { eastM: aE, northM: aN },
  { eastM: bE, northM: bN },
];

/** Where two pieces cross, or else the end of one that is nearest to the other. */
function nearestOf([a, b]: Ends, [c, d]: Ends): Point {
  const [rE, rN] = [b.eastM - a.eastM, b.northM - a.northM];
  const [sE, sN] = [d.eastM - c.eastM, d.northM - c.northM];
  const cross = rE * sN - rN * sE;
  if (cross !== 0) {
    const t = ((c.eastM - a.eastM) * sN - (c.northM - a.northM) * sE) / cross;
    const u = ((c.eastM - a.eastM) * rN - (c.northM - a.northM) * rE) / cross;
    if (t >= 0 && t <= 1 && u >= 0 && u <= 1) return { eastM: a.eastM + t * rE, northM: a.northM + t * rN };
  }
  const pairs = [a, b].map((end) => ({ end, m: segmentDistanceM(end, end, c, d) }));
  const others = [c, d].map((end) => ({ end, m: segmentDistanceM(end, end, a, b) }));
  return [...pairs, ...others].reduce((best, one) => (one.m < best.m ? one : best)).end;
}
