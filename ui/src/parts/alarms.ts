/** One alarm as the bar shows it. Text is who and what; the bar adds how old, and what it will do by itself. */
export interface AlarmItem {
  readonly id: string;
  readonly level: "warning" | "caution";
  readonly about: string;
  readonly text: string;
  readonly consequence: string;
  readonly sinceMs: number;
  readonly acknowledged: boolean;
  readonly endedMs: number | undefined;
}

export interface AlarmBarModel {
  readonly shown: readonly AlarmItem[];
  readonly more: number;
  /** More than ten in ten minutes: the bar groups by aircraft. */
  readonly flood: boolean;
  readonly groups: readonly { readonly about: string; readonly count: number; readonly worst: "warning" | "caution" }[];
}

export const SHOWN_AT_ONCE = 3;
export const ENDED_STAYS_MS = 10_000;
export const FLOOD_COUNT = 10;
export const FLOOD_WINDOW_MS = 600_000;

/** Warning before caution, unread first, oldest first; ended ones stay 10 s, last. */
export function alarmBar(alarms: readonly AlarmItem[], nowMs: number): AlarmBarModel {
  const live = alarms.filter((a) => a.endedMs === undefined || nowMs - a.endedMs < ENDED_STAYS_MS);
  const rank = (a: AlarmItem): number =>
    (a.endedMs !== undefined ? 8 : 0) + (a.level === "warning" ? 0 : 4) + (a.acknowledged ? 2 : 0);
  const sorted = [...live].sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1));
  const open = live.filter((a) => a.endedMs === undefined);
  const flood = open.filter((a) => nowMs - a.sinceMs < FLOOD_WINDOW_MS).length > FLOOD_COUNT;
  return {
    shown: sorted.slice(0, SHOWN_AT_ONCE),
    more: Math.max(0, sorted.length - SHOWN_AT_ONCE),
    flood,
    groups: flood ? grouped(open) : [],
  };
}

function grouped(open: readonly AlarmItem[]): AlarmBarModel["groups"] {
  const by = new Map<string, { about: string; count: number; worst: "warning" | "caution" }>();
  for (const a of open) {
    const g = by.get(a.about) ?? { about: a.about, count: 0, worst: "caution" as const };
    by.set(a.about, { about: a.about, count: g.count + 1, worst: a.level === "warning" ? "warning" : g.worst });
  }
  return [...by.values()].sort((a, b) => (a.worst === b.worst ? b.count - a.count : a.worst === "warning" ? -1 : 1));
}

/** What key A acknowledges: the oldest unread, warnings first. */
export function oldestUnread(alarms: readonly AlarmItem[]): AlarmItem | undefined {
  return [...alarms]
    .filter((a) => !a.acknowledged && a.endedMs === undefined)
    .sort((a, b) => (a.level === b.level ? a.sinceMs - b.sinceMs : a.level === "warning" ? -1 : 1))[0];
}

/** What should be sounding: warnings repeat every 5 s until read, then once a minute while they last. */
export interface SoundDue {
  readonly id: string;
  readonly level: "warning" | "caution";
  readonly sayCallSign: string | undefined;
}

export function soundsDue(
  alarms: readonly AlarmItem[],
  lastPlayed: ReadonlyMap<string, number>,
  nowMs: number,
): readonly SoundDue[] {
  const out: SoundDue[] = [];
  for (const a of alarms) {
    if (a.endedMs !== undefined) continue;
    const last = lastPlayed.get(a.id);
    const gapMs = a.level === "warning" ? (a.acknowledged ? 60_000 : 5_000) : 15_000;
    if (a.level === "caution" && a.acknowledged) continue;
    if (last !== undefined && nowMs - last < gapMs) continue;
    out.push({
      id: a.id,
      level: a.level,
      sayCallSign: last === undefined && a.level === "warning" ? a.about : undefined,
    });
  }
  return out;
}
