/** A time zone that this browser knows; undefined for anything else, and for none. */
export function zoneOf(value: unknown): string | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: value });
    return value;
  } catch {
    return undefined;
  }
}

/** A moment as the site's clock shows it, `2026-11-20T21:14`, to whole minutes; without a zone this browser's clock. */
export function fieldOf(tMs: number, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).formatToParts(tMs);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((p) => p.type === type)?.value ?? "00";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The same the other way; undefined when it is no time. In the hour that comes twice, the first of the two. */
export function momentOf(field: string, timeZone: string | undefined): number | undefined {
  if (timeZone === undefined) return numberOf(Date.parse(field));
  const asUtc = numberOf(Date.parse(`${field}Z`));
  if (asUtc === undefined) return undefined;
  // The clock of the zone is ahead of UTC by what it shows at a moment less that moment; it may change in between.
  const ahead = (tMs: number): number => Date.parse(`${fieldOf(tMs, timeZone)}Z`) - Math.floor(tMs / 60_000) * 60_000;
  const tries = [asUtc - ahead(asUtc - DAY_MS), asUtc - ahead(asUtc + DAY_MS)];
  const wanted = field.slice(0, 16);
  return tries.find((t) => fieldOf(t, timeZone) === wanted) ?? tries[0];
}

const DAY_MS = 86_400_000;
const numberOf = (ms: number): number | undefined => (Number.isNaN(ms) ? undefined : ms);
