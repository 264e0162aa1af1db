import type { AdviceView, OfficerView } from "@outrider/contract";
import { agoText } from "../../parts/index.js";

export interface OfficerAnswer {
  readonly view: OfficerView;
  readonly nowMs: number;
  readonly endsMs: number | undefined;
}

/** `GET /officer/view`: `{ view, nowMs, endsMs }`. */
export function officerAnswer(body: unknown): OfficerAnswer | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { view, nowMs, endsMs } = body as Readonly<Record<string, unknown>>; // Any JSON object.
  if (typeof view !== "object" || view === null || typeof nowMs !== "number") return undefined;
  return { view: view as OfficerView, nowMs, endsMs: typeof endsMs === "number" ? endsMs : undefined }; // Our own station's view.
}

/** Sentences for this unit, newest first; those taken back are shown struck until another follows. */
export function advicesFor(view: OfficerView): readonly AdviceView[] {
  return [...view.advice].filter((a) => a.units.includes(view.unit)).sort((a, b) => b.sentMs - a.sentMs);
}

/** What the one button acknowledges: the oldest sentence that this unit has not read and that still holds. */
export function toAcknowledge(view: OfficerView): AdviceView | undefined {
  return advicesFor(view).findLast((a) => a.withdrawn === undefined && !a.readBy.some((r) => r.unit === view.unit));
}

/** Everything on the page in the order it matters, for the ear. What must not be acted on is said before the rest. */
export function spokenText(view: OfficerView, corner: string, nowMs: number): string {
  const out = [`${view.incident.title}. ${view.incident.placeLabel}. ${corner}.`];
  for (const line of view.notToActOn) out.push(`${line}.`);
  for (const a of advicesFor(view)) out.push(a.withdrawn === undefined ? a.text : `Taken back: ${a.text}`);
  for (const c of view.confirmed) out.push(`${c.text}, ${agoText(nowMs - c.tMs)}.`);
  return out.join(" ").replace(/&/g, "and").replace(/\.\./g, ".");
}

/** The secret part of the link: after the #, so that no server log and no preview ever holds it. */
export function tokenOf(hash: string): string | undefined {
  const token = hash.replace(/^#/, "");
  return /^[A-Za-z0-9_-]{20,100}$/.test(token) ? token : undefined;
}
