import type { VehicleDescription } from "@outrider/contract";
import { csvRows } from "./csv.js";
import { isPlate, normalisePlate } from "./plate.js";
import { PlateIndex } from "./plate-index.js";
import { stateCode } from "./plate-state.js";

export type HotlistEntry = {
  readonly plate: string;
  readonly state: string | undefined;
  readonly reason: string;
  readonly caseNumber: string;
  readonly priority: string;
  readonly validFromMs: number;
  readonly expiresMs: number;
  readonly vehicle: VehicleDescription;
};

export type Hotlist = {
  readonly name: string;
  /** When its owner last refreshed it, wall time: the age of a list is the age of its truth, not of our copy. */
  readonly refreshedMs: number;
  readonly entries: PlateIndex<HotlistEntry>;
  /** Line and reason only: a refused line's plate must not reach a log. */
  readonly refused: readonly { readonly line: number; readonly why: string }[];
};

const columns = [
  "plate",
  "state",
  "reason",
  "caseNumber",
  "source",
  "priority",
  "validFrom",
  "expires",
  "make",
  "model",
  "color",
  "year",
  "enteredBy",
  "note",
] as const;
type Column = (typeof columns)[number];
const dayMs = 86_400_000;
const longestMs = 366 * dayMs;

export type HotlistOptions = {
  readonly name: string;
  readonly refreshedMs: number;
  readonly nowMs: number;
  /** Demonstrations only: `expires` may be a length of time from the refresh, "P90D", so that the example never ages. */
  readonly allowRelative: boolean;
};

/** Reads a hotlist file (formats/alpr.md section 5). A line that is not whole is refused and named; the rest stands. */
export function parseHotlist(text: string, options: HotlistOptions): Hotlist | { readonly problem: string } {
  const [head, ...rows] = csvRows(text.replace(/^\uFEFF/, ""));
  const names = head?.fields.map((name) => name.trim()) ?? [];
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) return { problem: `the first line must name the columns; missing: ${missing.join(", ")}` };
  const entries = new PlateIndex<HotlistEntry>();
  const refused: { line: number; why: string }[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const cell = (column: Column): string => row.fields[names.indexOf(column)]?.trim() ?? "";
    const entry = readEntry(cell, options);
    if (typeof entry === "string") {
      refused.push({ line: row.line, why: entry });
      continue;
    }
    const key = `${entry.plate}|${entry.state ?? ""}|${cell("source")}`;
    if (seen.has(key)) {
      refused.push({ line: row.line, why: "the same plate, state and source is listed above" });
      continue;
    }
    seen.add(key);
    entries.add(entry.plate, entry);
  }
  return { name: options.name, refreshedMs: options.refreshedMs, entries, refused };
}

function readEntry(cell: (column: Column) => string, options: HotlistOptions): HotlistEntry | string {
  const plate = normalisePlate(cell("plate"));
  if (!isPlate(plate)) return "the plate is not 2 to 8 letters and digits";
  for (const column of ["reason", "caseNumber", "expires"] as const)
    if (cell(column) === "") return `${column} is empty: nobody is sought without it`;
  const expiresMs = expiry(cell("expires"), options);
  if (expiresMs === undefined) return "expires is not a date like 2027-01-31";
  if (expiresMs - options.nowMs > longestMs) return "expires is more than a year away";
  if (expiresMs <= options.nowMs) return "it has expired";
  const from = cell("validFrom");
  const validFromMs = from === "" ? 0 : Date.parse(from);
  if (Number.isNaN(validFromMs)) return "validFrom is not a date like 2026-01-31";
  return {
    plate,
    state: stateCode(cell("state")),
    reason: cell("reason").slice(0, 80),
    caseNumber: cell("caseNumber").slice(0, 40),
    priority: cell("priority").toLowerCase(),
    validFromMs,
    expiresMs,
    vehicle: {
      plate,
      ...optional("plateState", stateCode(cell("state"))),
      ...optional("make", cell("make").slice(0, 40)),
      ...optional("model", cell("model").slice(0, 40)),
      ...optional("color", cell("color").slice(0, 30)),
    },
  };
}

const optional = <K extends string>(key: K, value: string | undefined): { [P in K]?: string } =>
  // The computed key is exactly K; TypeScript widens it to string.
  (value === undefined || value === "" ? {} : { [key]: value }) as { [P in K]?: string };

function expiry(said: string, options: HotlistOptions): number | undefined {
  const days = /^P(\d{1,3})D$/.exec(said)?.[1];
  if (days !== undefined) return options.allowRelative ? options.refreshedMs + Number(days) * dayMs : undefined;
  if (!/^\d{4}-\d{2}-\d{2}/.test(said)) return undefined;
  // A bare date holds through its last day.
  const atMs = said.length === 10 ? Date.parse(said) + dayMs : Date.parse(said);
  return Number.isNaN(atMs) ? undefined : atMs;
}
