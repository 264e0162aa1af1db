import type { GeoPoint, RestrictionArea, VerticalLimit } from "@outrider/contract";
import { metresFromFeet } from "@outrider/geo";
import { children, childText, isNode, readXml, type XmlNode } from "../../intake/index.js";
import type { Shape } from "./geojson-shapes.js";
import { noticeWords } from "./notice-list.js";

export type NoticeRead =
  /** An area without a shape has the one that the list gave. */
  | {
      readonly kind: "notice";
      readonly title: string;
      readonly areas: readonly NoticeArea[];
      readonly doubt: string | undefined;
    }
  | { readonly kind: "bad"; readonly problem: string };
export type NoticeArea = Omit<RestrictionArea, "shape"> & { readonly shapes: readonly Shape[] };

/** A merged circle has some hundred corners of five elements each. */
const MOST_ELEMENTS = 30_000;
const NAUTICAL_MILE_M = 1_852;

const nodes = (of: XmlNode, name: string): readonly XmlNode[] => children(of, name).filter(isNode);
const down = (of: XmlNode | undefined, ...names: readonly string[]): XmlNode | undefined =>
  names.reduce<XmlNode | undefined>((node, name) => (node === undefined ? undefined : nodes(node, name)[0]), of);

/** The notice itself, XNOTAM-Update as the FAA serves it at `detail_6_0421.xml`. Its times are UTC. */
export function readNotice(xml: string): NoticeRead {
  const read = readXml(xml.replace(/^\uFEFF/, ""), MOST_ELEMENTS);
  if (read.kind === "bad") return { kind: "bad", problem: `its notice ${read.why}` };
  const notice = down(read.root, "XNOTAM-Update", "Group", "Add", "Not");
  if (notice === undefined) return { kind: "bad", problem: "its notice is no XNOTAM" };
  const doubts: string[] = [];
  const groups = nodes(down(notice, "TfrNot") ?? {}, "TFRAreaGroup");
  const areas = groups.map((group) => areaOf(group, notice, doubts));
  const title = noticeWords(childText(notice, "txtDescrPurpose") ?? childText(notice, "txtDescrTraditional"), 120);
  return { kind: "notice", title, areas, doubt: doubts[0] };
}

function areaOf(group: XmlNode, notice: XmlNode, doubts: string[]): NoticeArea {
  const area = down(group, "aseTFRArea") ?? {};
  const schedules = nodes(area, "ScheduleGroup");
  // Hours of a day within the dates are not taken off: that restricts more, never less.
  const told = (schedules.length === 0 ? [notice] : schedules).map(windowOf);
  const windows = told.every((one) => one !== undefined) ? told.filter((one) => one !== undefined) : [];
  const lower = limitOf(area, "Lower");
  const upper = limitOf(area, "Upper");
  return {
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    ...{ windows, shapes: shapesOf(group, doubts) },
  };
}

function windowOf(node: XmlNode): RestrictionArea["windows"][number] | undefined {
  const from = utcOf(childText(node, "dateEffective"));
  const expires = childText(node, "dateExpire");
  if (from === undefined) return undefined;
  if (expires === undefined || expires === "" || expires === "PERM") return { fromMs: from };
  const untilMs = utcOf(expires);
  return untilMs === undefined ? undefined : { fromMs: from, untilMs };
}

/** `2026-06-17T04:01:00`, in UTC whatever the zone code beside it says. */
function utcOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return undefined;
  const ms = Date.parse(`${text}Z`);
  return Number.isFinite(ms) ? ms : undefined;
}

function limitOf(area: XmlNode, which: "Lower" | "Upper"): VerticalLimit | undefined {
  const value = Number(childText(area, `valDistVer${which}`) ?? Number.NaN);
  const unit = childText(area, `uomDistVer${which}`);
  const code = childText(area, `codeDistVer${which}`);
  if (!Number.isFinite(value)) return undefined;
  if (unit === "FL") return { m: metresFromFeet(value * 100), above: "sea" };
  const m = unit === "FT" ? metresFromFeet(value) : unit === "M" ? value : undefined;
  const above = code === "HEI" ? "ground" : code === "ALT" ? "sea" : undefined;
  // From the ground up needs no datum to be understood.
  if (m === undefined || above === undefined || (which === "Lower" && m <= 0)) return undefined;
  return { m, above };
}

/** The merged outline where there is one; else a circle as it was written. Arcs are not guessed at. */
function shapesOf(group: XmlNode, doubts: string[]): Shape[] {
  const merged = nodes(group, "abdMergedArea");
  const outlines = merged.length > 0 ? merged : nodes(group, "aseShapes").flatMap((one) => nodes(one, "Abd"));
  return outlines.flatMap((outline) => {
    const shape = outlineOf(nodes(outline, "Avx"));
    if (typeof shape !== "string") return [shape];
    doubts.push(shape);
    return [];
  });
}

function outlineOf(corners: readonly XmlNode[]): Shape | string {
  const [first] = corners;
  if (first !== undefined && corners.length <= 2 && childText(first, "codeType") === "CIR") return circleOf(first);
  const points: GeoPoint[] = [];
  for (const corner of corners) {
    const code = childText(corner, "codeType");
    if (code !== undefined && code !== "GRC") return "its outline has arcs";
    const point = pointOf(corner, "geoLat", "geoLong");
    if (point === undefined) return "its coordinates are no place on earth";
    points.push(point);
  }
  const last = points.at(-1);
  if (last !== undefined && points[0]?.latDeg === last.latDeg && points[0].lonDeg === last.lonDeg) points.pop();
  return points.length < 3 ? "its outline has fewer than three corners" : { kind: "polygon", outer: points, holes: [] };
}

function circleOf(corner: XmlNode): Shape | string {
  const centre = pointOf(corner, "geoLatArc", "geoLongArc");
  const radius = Number(childText(corner, "valRadiusArc") ?? Number.NaN);
  const metres = { NM: NAUTICAL_MILE_M, KM: 1_000, M: 1 }[childText(corner, "uomRadiusArc") ?? ""];
  if (centre === undefined || metres === undefined || !(radius > 0)) return "its circle cannot be read";
  return { kind: "circle", centre, radiusM: radius * metres };
}

/** `31.34192515N`, `081.84166667W`. */
function pointOf(corner: XmlNode, lat: string, lon: string): GeoPoint | undefined {
  const degrees = (text: string | undefined, positive: string, negative: string, most: number): number | undefined => {
    const read = /^(\d{1,3}(?:\.\d+)?)([NSEW])$/.exec(text ?? "");
    if (read === null || (read[2] !== positive && read[2] !== negative)) return undefined;
    const value = Number(read[1]) * (read[2] === negative ? -1 : 1);
    return Math.abs(value) <= most ? value : undefined;
  };
  const latDeg = degrees(childText(corner, lat), "N", "S", 90);
  const lonDeg = degrees(childText(corner, lon), "E", "W", 180);
  return latDeg === undefined || lonDeg === undefined ? undefined : { latDeg, lonDeg };
}
