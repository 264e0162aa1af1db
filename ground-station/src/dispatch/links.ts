import type { DispatchState, OfficerLink } from "./dispatch-room.js";

export const linkTimes = {
  lastsMs: 2 * 3_600_000,
  /** After its incident has closed, so that a last word can still be read. */
  afterCloseMs: 10 * 60_000,
} as const;
export const mostOpenLinks = 30;

/** When the link ends by itself, from what is known now. */
export function linkEndsMs(state: DispatchState, link: OfficerLink): number {
  const closedMs = state.incidents.get(link.incidentId)?.closedMs;
  return closedMs === undefined ? link.untilMs : Math.min(link.untilMs, closedMs + linkTimes.afterCloseMs);
}

/** Judged by the clock at every use, not by the timer that also ends it: a late timer must not keep a link alive. */
export const linkLives = (state: DispatchState, link: OfficerLink, nowMs: number): boolean =>
  link.ended === undefined && nowMs < linkEndsMs(state, link);

export const linkEndText = (state: DispatchState, link: OfficerLink): string =>
  state.incidents.get(link.incidentId)?.closedMs === undefined ? "its two hours are over" : "the incident is closed";

export const officerCookieName = "__Host-officer";

export const officerCookie = (token: string, seconds: number): string =>
  `${officerCookieName}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${Math.max(1, Math.round(seconds))}`;

export const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
