import {
  type ErrorEllipse,
  errorEllipse,
  type GeoPoint,
  geoPoint,
  type ReadView,
  vehicleDescription,
} from "@outrider/contract";

/** Answers of the station that are not live views: each is read defensively, since a page may be older than its server. */
type Bag = Readonly<Record<string, unknown>>;
const bag = (value: unknown): Bag => (typeof value === "object" && value !== null ? (value as Bag) : {}); // Any JSON object.
const words = (value: unknown): string => (typeof value === "string" ? value : "");
const figure = (value: unknown): number | undefined =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export type GroundAnswer =
  | { readonly kind: "place"; readonly point: GeoPoint; readonly error: ErrorEllipse; readonly label: string }
  | { readonly kind: "none"; readonly why: string };

/** `GET /cameras/{id}/ground`: `{ point, error, label? }`, or a word why this point of the picture has no place. */
export function groundAnswer(body: unknown): GroundAnswer {
  const whole = bag(body);
  const inner = whole["place"] === undefined ? whole : bag(whole["place"]);
  const point = geoPoint.safeParse(inner["point"]);
  const error = errorEllipse.safeParse(inner["error"] ?? inner["ellipse"]);
  if (point.success && error.success)
    return { kind: "place", point: point.data, error: error.data, label: words(inner["label"]) };
  const why = words(whole["why"]) || words(whole["reason"]);
  return { kind: "none", why: why === "" ? "No ground there in the picture." : why };
}

export interface DraftAnswer {
  readonly text: string;
  readonly units: readonly string[];
  /** Where each part of the sentence comes from. */
  readonly source: string;
}

/** `GET /incidents/{id}/advice-draft`: `{ text, source, units }`. */
export function draftAnswer(body: unknown): DraftAnswer | undefined {
  const b = bag(body);
  const text = words(b["text"]) || words(b["sentence"]);
  if (text === "") return undefined;
  return {
    text,
    units: list(b["units"])
      .map(words)
      .filter((u) => u !== ""),
    source: words(b["source"]),
  };
}

/** `GET /incidents/{id}/reads`: `{ reads: ReadView[] }`; what is not a read is left out and counted. */
export function readsAnswer(body: unknown): { readonly reads: readonly ReadView[]; readonly bad: number } {
  const rows = list(Array.isArray(body) ? body : bag(body)["reads"]);
  const reads = rows.flatMap((row): ReadView[] => {
    const r = bag(row);
    const point = geoPoint.safeParse(r["point"]);
    const vehicle = vehicleDescription.safeParse(r["vehicle"] ?? {});
    const atMs = figure(r["atMs"]);
    if (!point.success || !vehicle.success || atMs === undefined || words(r["plate"]) === "") return [];
    const crop = words(r["cropId"]);
    return [
      {
        readId: words(r["readId"]),
        readerId: words(r["readerId"]),
        readerName: words(r["readerName"]),
        plate: words(r["plate"]),
        confidence: figure(r["confidence"]) ?? 0,
        vehicle: vehicle.data,
        atMs,
        point: point.data,
        distanceM: figure(r["distanceM"]) ?? 0,
        cropId: crop === "" ? undefined : crop,
      },
    ];
  });
  return { reads: [...reads].sort((a, b) => b.atMs - a.atMs), bad: rows.length - reads.length };
}

/** Answer to a made officer link: the address is said once and never again. */
export function linkAnswer(
  body: unknown,
  origin: string,
): { readonly url: string; readonly untilMs: number | undefined } | undefined {
  const b = bag(body);
  const url = words(b["url"]);
  const token = words(b["token"]);
  const path = words(b["path"]);
  if (url === "" && token === "") return undefined;
  const whole = url !== "" ? url : `${origin}${path === "" ? `/o#${token}` : path}`;
  return { url: whole, untilMs: figure(b["untilMs"]) };
}

/** "silver sedan, CA 7KBM042": what is known of a vehicle, in the order people look for it. */
export function vehicleWords(v: {
  readonly color?: string | undefined;
  readonly make?: string | undefined;
  readonly model?: string | undefined;
  readonly body?: string | undefined;
}): string {
  const said = [v.color, v.make, v.model, v.body].filter((w) => w !== undefined && w !== "").join(" ");
  return said === "" ? "vehicle" : said;
}
