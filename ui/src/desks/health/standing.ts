import { clockSpan } from "../../parts/index.js";

export interface Standing {
  readonly sinceMs: number;
  /** It stood already when this page first heard of it. */
  readonly before: boolean;
}

/** Since when each line stands on this page: what is gone is forgotten, and begins anew when it comes again. */
export function standing(
  known: ReadonlyMap<string, Standing> | undefined,
  ids: readonly string[],
  nowMs: number,
): ReadonlyMap<string, Standing> {
  const before = known === undefined;
  return new Map(ids.map((id) => [id, known?.get(id) ?? { sinceMs: nowMs, before }]));
}

/** "For 2:10"; where it began before this page was opened, that is said. */
export const standingWords = ({ sinceMs, before }: Standing, nowMs: number): string =>
  `For ${clockSpan((nowMs - sinceMs) / 1000)}${before ? " or longer" : ""}`;
