import type { OsmElement, OsmTags } from "../osm/element.js";

/** A small town as OpenStreetMap would hold it, with one of everything that the importer reads. */
export const townBox = { westDeg: -122.46, southDeg: 37.76, eastDeg: -122.45, northDeg: 37.768 } as const;

const node = (id: number, latDeg: number, lonDeg: number, tags: OsmTags = {}): OsmElement => ({
  kind: "node",
  id,
  latDeg,
  lonDeg,
  tags,
});
const way = (id: number, refs: readonly number[], tags: OsmTags): OsmElement => ({ kind: "way", id, refs, tags });

/** Four nodes of a square with this middle, numbered from `id`. */
function square(id: number, latDeg: number, lonDeg: number, half: number): OsmElement[] {
  return [
    node(id, latDeg - half, lonDeg - half),
    node(id + 1, latDeg - half, lonDeg + half),
    node(id + 2, latDeg + half, lonDeg + half),
    node(id + 3, latDeg + half, lonDeg - half),
  ];
}
const ring = (id: number): number[] => [id, id + 1, id + 2, id + 3, id];

export const town: readonly OsmElement[] = [
  node(1, 37.762, -122.459),
  node(2, 37.762, -122.455, { highway: "traffic_signals" }),
  node(3, 37.762, -122.451),
  node(4, 37.761, -122.455),
  node(5, 37.767, -122.455),
  node(6, 37.7668, -122.4585, { aeroway: "helipad", name: "General Hospital" }),
  node(7, 37.7665, -122.452, { man_made: "mast", height: "60 ft" }),
  node(8, 37.7672, -122.4515, { amenity: "cafe", name: 'Tom & "Jerry\'s" <café>' }),
  node(9, 37.762, -122.43),
  ...square(20, 37.763, -122.458, 0.0002),
  ...square(30, 37.7645, -122.458, 0.0004),
  ...square(40, 37.7645, -122.4525, 0.0008),
  ...square(50, 37.7645, -122.4525, 0.0002),
  ...square(60, 37.7668, -122.4585, 0.0006),
  way(100, [1, 2, 3, 9], { highway: "residential", name: "Oak Street", maxspeed: "25 mph" }),
  way(101, [4, 2, 5], { highway: "primary", name: "Cole Street", oneway: "-1", lanes: "4" }),
  way(102, [4, 5], { power: "line" }),
  way(110, ring(20), {
    building: "house",
    height: "40'6\"",
    "addr:housenumber": "12",
    "addr:street": "Oak Street",
  }),
  way(111, ring(30), { amenity: "school", name: "Grove School" }),
  way(112, [40, 41, 42], {}),
  way(113, [40, 43, 42], {}),
  way(114, ring(50), {}),
  way(115, ring(60), { amenity: "hospital", name: "General Hospital" }),
  {
    kind: "relation",
    id: 200,
    members: [
      { type: "way", ref: 112, role: "outer" },
      { type: "way", ref: 113, role: "outer" },
      { type: "way", ref: 114, role: "inner" },
    ],
    tags: { type: "multipolygon", leisure: "park", name: "Round Park" },
  },
];

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

const tagLines = (tags: OsmTags): string =>
  Object.entries(tags)
    .map(([k, v]) => `    <tag k="${escaped(k)}" v="${escaped(v)}"/>\n`)
    .join("");

function elementXml(element: OsmElement): string {
  const { kind, id } = element;
  const close = `${tagLines(element.tags)}  </${kind}>\n`;
  const open = `  <${kind} id="${id}" version="1"`;
  switch (element.kind) {
    case "node":
      return `${open} lat="${element.latDeg.toFixed(7)}" lon="${element.lonDeg.toFixed(7)}">\n${close}`;
    case "way":
      return `${open}>\n${element.refs.map((ref) => `    <nd ref="${ref}"/>\n`).join("")}${close}`;
    case "relation": {
      const members = element.members.map(
        ({ type, ref, role }) => `    <member type="${type}" ref="${ref}" role="${escaped(role)}"/>\n`,
      );
      return `${open}>\n${members.join("")}${close}`;
    }
  }
}

/** The same elements as OSM XML. */
export function encodeXml(elements: readonly OsmElement[]): string {
  const body = elements.map(elementXml);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!-- a town > a village -->\n<osm version="0.6">\n${body.join("")}</osm>\n`;
}
