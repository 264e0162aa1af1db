import type { GeoPoint, PublicFlightView } from "@outrider/contract";

type Bag = Readonly<Record<string, unknown>>;
const bag = (value: unknown): Bag => (typeof value === "object" && value !== null ? (value as Bag) : {}); // Any JSON object.

export interface FlightsPage {
  readonly agency: string;
  readonly sim: boolean;
  readonly flights: readonly PublicFlightView[];
  readonly withheld: readonly { readonly reason: string; readonly untilMs: number; readonly count: number }[];
  readonly delayMinutes: number;
}

/** `GET /public/flights`. */
export function flightsPage(body: unknown): FlightsPage | undefined {
  const b = bag(body);
  if (!Array.isArray(b["flights"])) return undefined;
  const withheld = Array.isArray(b["withheld"]) ? b["withheld"].map(bag) : [];
  return {
    agency: typeof b["agency"] === "string" ? b["agency"] : "",
    sim: b["sim"] === true,
    flights: b["flights"] as readonly PublicFlightView[], // Our own station's view.
    withheld: withheld.map((w) => ({
      reason: String(w["reason"] ?? ""),
      untilMs: Number(w["untilMs"] ?? 0),
      count: Number(w["count"] ?? 1),
    })),
    delayMinutes: typeof b["delayMinutes"] === "number" ? b["delayMinutes"] : 0,
  };
}

export interface WhyAnswer {
  readonly answer: string;
  readonly flights: readonly PublicFlightView[];
  readonly withheldAltogether: number;
}

/** `GET /public/why?lat&lon&at`. */
export function whyAnswer(body: unknown): WhyAnswer | undefined {
  const b = bag(body);
  if (typeof b["answer"] !== "string") return undefined;
  return {
    answer: b["answer"],
    flights: Array.isArray(b["flights"]) ? (b["flights"] as readonly PublicFlightView[]) : [], // Our own station's view.
    withheldAltogether: typeof b["withheldAltogether"] === "number" ? b["withheldAltogether"] : 0,
  };
}

/** "61 flights shown, 2 withheld (open investigation, until 12 Jan)." */
export function withheldWords(page: FlightsPage): {
  readonly shown: string;
  readonly count: number;
  readonly why: string;
} {
  const count = page.withheld.reduce((sum, w) => sum + w.count, 0);
  const why = page.withheld
    .map(
      (w) => `${w.count > 1 && page.withheld.length > 1 ? `${w.count} ` : ""}${w.reason}, until ${dayWords(w.untilMs)}`,
    )
    .join("; ");
  const n = page.flights.length;
  return { shown: `${n} ${n === 1 ? "flight" : "flights"} shown`, count, why };
}

export function dayWords(tMs: number): string {
  return new Date(tMs).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

export interface DayOfFlights {
  readonly date: string;
  readonly title: string;
  readonly flights: readonly PublicFlightView[];
}

/** Flights by day, newest day first, newest flight first. */
export function byDay(flights: readonly PublicFlightView[]): readonly DayOfFlights[] {
  const days = new Map<string, PublicFlightView[]>();
  for (const f of flights) days.set(f.date, [...(days.get(f.date) ?? []), f]);
  return [...days]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([date, list]) => ({
      date,
      title: new Date(list[0]?.startedMs ?? 0).toLocaleDateString("en-GB", {
        weekday: "long",
        day: "numeric",
        month: "long",
      }),
      flights: list.sort((a, b) => b.startedMs - a.startedMs),
    }));
}

/** `2026-11-20T21:14` of a date-time field, in this browser's time, as the question's moment; undefined when it is none. */
export function momentOf(field: string): number | undefined {
  const ms = Date.parse(field);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The same the other way, to whole minutes. */
export function fieldOf(tMs: number): string {
  const d = new Date(tMs);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** The question as the server takes it. */
export function whyPath(at: GeoPoint, tMs: number): string {
  return `/public/why?lat=${at.latDeg.toFixed(6)}&lon=${at.lonDeg.toFixed(6)}&at=${Math.round(tMs)}`;
}

export function clockWords(tMs: number): string {
  return new Date(tMs).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** "soon", "20 min", "3 h", "a day", "2 days": how long after it ends a flight is shown. */
export function delayWords(minutes: number): string {
  if (minutes <= 0) return "soon";
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h`;
  const days = Math.round(hours / 24);
  return days === 1 ? "a day" : `${days} days`;
}

/** A moment so near that its flights are not shown yet: a "no" about it may turn into a "yes". */
export const tooFresh = (tMs: number, nowMs: number, delayMinutes: number): boolean =>
  tMs > nowMs - delayMinutes * 60_000 && delayMinutes > 0;

/** Codes of call types that say nothing to a reader outside the agency. */
const PLAIN: Readonly<Record<string, string>> = { SHOOT: "Shots fired", SUSP: "Suspicious person" };

/** "BURGLARY" as a word: "Burglary". What is written in ordinary letters stays as it is. */
export function categoryWord(category: string): string {
  const plain = PLAIN[category];
  if (plain !== undefined) return plain;
  return category === category.toUpperCase() ? `${category.slice(0, 1)}${category.slice(1).toLowerCase()}` : category;
}

/** The middle of the ground that the camera can have shown, else where the way ended. */
export function middleOf(flight: PublicFlightView): GeoPoint | undefined {
  const ring = flight.cameraSaw;
  if (ring.length === 0) return flight.track.at(-1);
  const mean = (of: (p: GeoPoint) => number): number => ring.reduce((sum, p) => sum + of(p), 0) / ring.length;
  return { latDeg: mean((p) => p.latDeg), lonDeg: mean((p) => p.lonDeg) };
}
