import { clockSpan } from "./words.js";

/** How long ago a thing happened: "9 s", "1:31", "14 min", "2 h 10". */
export function agoSpan(ms: number): string {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 600) return clockSpan(s);
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ${String(Math.floor(s / 60) % 60).padStart(2, "0")}`;
  return `${Math.floor(s / 86_400)} days`;
}

export const agoText = (ms: number): string => `${agoSpan(ms)} ago`;

/** Minutes and seconds as a person says them: "2 min 10 s". */
export function spokenSpan(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 === 0 ? `${s / 60} min` : `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor(s / 60) % 60} min`;
}

/** "3A12", "3A12 and 3A21", "3A12, 3A21 and 4B07". */
export function listText(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
