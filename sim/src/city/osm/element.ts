export type OsmTags = Readonly<Record<string, string>>;
export type OsmNode = {
  readonly kind: "node";
  readonly id: number;
  readonly latDeg: number;
  readonly lonDeg: number;
  readonly tags: OsmTags;
};
export type OsmWay = {
  readonly kind: "way";
  readonly id: number;
  readonly refs: readonly number[];
  readonly tags: OsmTags;
};
export type OsmMember = {
  readonly type: "node" | "way" | "relation";
  readonly ref: number;
  readonly role: string;
};
export type OsmRelation = {
  readonly kind: "relation";
  readonly id: number;
  readonly members: readonly OsmMember[];
  readonly tags: OsmTags;
};
/** One element of OpenStreetMap, as both file formats give it. */
export type OsmElement = OsmNode | OsmWay | OsmRelation;
export type OsmSink = (element: OsmElement) => void;
