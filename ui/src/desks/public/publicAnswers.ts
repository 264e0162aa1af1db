import type { GeoPoint, PublicFlightView } from "@outrider/contract";
import { zoneOf } from "./zoneTime.js";

type Bag = Readonly<Record<string, unknown>>;
const bag = (value: unknown): Bag => (typeof value === "object" && value !== null ? (value as Bag) : {}); // Any JSON object.

export interface FlightsPage {
  readonly agency: string;
  readonly sim: boolean;
  readonly flights: readonly PublicFlightView[];
  readonly withheld: readonly { readonly reason: string; readonly untilMs: number; readonly count: number }[];
  readonly delayMinutes: number;
  /** The site's own; undefined where the station does not say: then it is this browser's. */
  readonly timeZone: string | undefined;
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
    timeZone: zoneOf(b["timeZone"]),
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
      (w) =>
        `${w.count > 1 && page.withheld.length > 1 ? `${w.count} ` : ""}${w.reason}, until ${dayWords(w.untilMs, page.timeZone)}`,
    )
    .join("; ");
  const n = page.flights.length;
  return { shown: `${n} ${n === 1 ? "flight" : "flights"} shown`, count, why };
}

export function dayWords(tMs: number, timeZone: string | undefined): string {
  return new Date(tMs).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone });
}

export interface DayOfFlights {
  readonly date: string;
  readonly title: string;
  readonly flights: readonly PublicFlightView[];
}

/** Flights by day, newest day first, newest flight first. */
export function byDay(flights: readonly PublicFlightView[], timeZone: string | undefined): readonly DayOfFlights[] {
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
        timeZone,
      }),
      flights: list.sort((a, b) => b.startedMs - a.startedMs),
    }));
}

/** The question as the server takes it. */
export function whyPath(at: GeoPoint, tMs: number): string {
  return `/public/why?lat=${at.latDeg.toFixed(6)}&lon=${at.lonDeg.toFixed(6)}&at=${Math.round(tMs)}`;
}

export function clockWords(tMs: number, timeZone: string | undefined): string {
  return new Date(tMs).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
}

/** "soon", "20 minutes", "24 hours", "3 days": how long after it ends a flight is shown. */
export function delayWords(minutes: number): string {
  if (minutes <= 0) return "soon";
  if (minutes < 120) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
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
