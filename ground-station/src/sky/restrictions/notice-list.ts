import type { RestrictionArea, VerticalLimit } from "@outrider/contract";
import { metresFromFeet } from "@outrider/geo";
import { isNode, type XmlNode } from "../../intake/index.js";
import { shapesOf } from "./geojson-shapes.js";

/** One notice as a list tells it. */
export type ToldNotice = {
  /** As a pilot reads it aloud: `FDC 6/0421`. */
  readonly notam: string;
  /** Its number in addresses: `6_0421`. */
  readonly fileId: string;
  readonly title: string;
  /** Two letters, where it tells. */
  readonly state: string | undefined;
  /** Changes when the notice does; undefined: it does not tell. */
  readonly modified: string | undefined;
  readonly areas: readonly RestrictionArea[];
  readonly doubt: string | undefined;
};

export type ListRead =
  | { readonly kind: "list"; readonly notices: readonly ToldNotice[] }
  | { readonly kind: "bad"; readonly problem: string };

/** The whole of the United States has about a hundred. */
const MOST_NOTICES = 3_000;
const bad = (problem: string): ListRead => ({ kind: "bad", problem });

/** What is shown to people and written in addresses: one short line of plain characters. */
export const noticeWords = (value: unknown, most: number): string =>
  typeof value === "string"
    ? value
        .replace(/[^\x20-\x7e]+/g, " ")
        .trim()
        .slice(0, most)
    : "";

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** A list of restrictions as GeoJSON. One that is cut off, or holds what is no feature, is none: nothing of it is guessed. */
export function readNoticeList(body: string): ListRead {
  const root = parsed(body);
  if (!isNode(root) || root["type"] !== "FeatureCollection" || !Array.isArray(root["features"]))
    return bad("its answer is no GeoJSON collection");
  const features: readonly unknown[] = root["features"];
  if (features.length > MOST_NOTICES) return bad(`it lists ${features.length} notices`);
  const all = Number(root["numberMatched"] ?? root["totalFeatures"]);
  if (all > features.length) return bad(`it gives ${features.length} of ${all} notices: ask for all of them`);
  const notices = new Map<string, ToldNotice>();
  for (const feature of features) {
    if (!isNode(feature) || feature["type"] !== "Feature") return bad("its list holds what is no feature");
    const told = noticeOf(feature);
    const before = notices.get(told.notam);
    notices.set(told.notam, before === undefined ? told : both(before, told));
  }
  return { kind: "list", notices: [...notices.values()] };
}

/** Several features of one notice are its several areas. */
function both(a: ToldNotice, b: ToldNotice): ToldNotice {
  const modified = a.modified === undefined || b.modified === undefined ? undefined : `${a.modified} ${b.modified}`;
  return { ...a, modified, areas: [...a.areas, ...b.areas], doubt: a.doubt ?? b.doubt };
}

function noticeOf(feature: XmlNode): ToldNotice {
  const properties = isNode(feature["properties"]) ? feature["properties"] : {};
  const { notam, fileId } = nameOf(properties["NOTAM_KEY"] ?? properties["notam"] ?? feature["id"]);
  const { shapes, doubt } = shapesOf(feature["geometry"], properties["radiusM"]);
  const windows = windowsOf(properties);
  const lower = limitOf(properties, "lower");
  const upper = limitOf(properties, "upper");
  const limits = { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) };
  return {
    ...{ notam, fileId, doubt },
    title: noticeWords(properties["TITLE"] ?? properties["title"], 120),
    state: noticeWords(properties["STATE"], 2) || undefined,
    modified: noticeWords(properties["LAST_MODIFICATION_DATETIME"], 20) || undefined,
    areas: shapes.map((shape) => ({ shape, ...limits, windows })),
  };
}

/** NOTAM_KEY is number, area, series and class: `6/4045-1-FDC-F`. */
export function nameOf(key: unknown): { notam: string; fileId: string } {
  const text = noticeWords(key, 40) || "without a number";
  const faa = /^(\d{1,2}\/\d{1,5})(?:-\d+-([A-Z]+)-\w+)?$/.exec(text);
  const notam = faa === null ? text : `${faa[2] ?? "FDC"} ${faa[1]}`;
  const bare = (faa?.[1] ?? text).replace(/[^\w]+/g, "_");
  return { notam, fileId: bare };
}

/** A zone has to stand with it: the same clock time somewhere else is another moment. */
export function instantOf(value: unknown): number | undefined {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined;
  const ms = Date.parse(value);
  return Number.isFinite(ms) ? ms : undefined;
}

function windowsOf(properties: XmlNode): RestrictionArea["windows"] {
  const fromMs = instantOf(properties["from"]);
  const until = properties["until"];
  if (fromMs === undefined) return [];
  if (until === undefined || until === null || until === "PERM") return [{ fromMs }];
  const untilMs = instantOf(until);
  return untilMs === undefined ? [] : [{ fromMs, untilMs }];
}

/** As ED-318 writes them: a number, what it is counted from, and feet or metres. What is not understood restricts more. */
function limitOf(properties: XmlNode, which: "lower" | "upper"): VerticalLimit | undefined {
  const value = properties[which];
  const from = properties[`${which}Reference`];
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  const above = from === "AGL" ? "ground" : from === "AMSL" ? "sea" : undefined;
  const uom = String(properties["uom"] ?? "m").toLowerCase();
  if (above === undefined || (uom !== "m" && uom !== "ft")) return undefined;
  return { m: uom === "ft" ? metresFromFeet(value) : value, above };
}

/** The FAA's list of notices that have no shape: numbers and states alone. */
export function readNoShapeList(body: string): ListRead {
  const root = parsed(body);
  if (!Array.isArray(root) || root.length > MOST_NOTICES) return bad("its list of notices without a shape is none");
  const notices: ToldNotice[] = [];
  for (const row of root) {
    if (!isNode(row)) return bad("its list of notices without a shape holds what is no notice");
    const title = noticeWords(row["description"], 120);
    const state = noticeWords(row["state"], 2) || undefined;
    const doubt = "it has no shape";
    notices.push({ ...nameOf(row["notam_id"]), title, state, modified: undefined, areas: [], doubt });
  }
  return { kind: "list", notices };
}
