import type { AlarmView } from "@outrider/contract";
import type { AlarmItem } from "../../parts/index.js";

export function alarmItems(alarms: readonly AlarmView[]): readonly AlarmItem[] {
  return alarms.map((a) => ({
    id: a.alarmId,
    level: a.level,
    about: a.about,
    text: a.text,
    consequence: a.consequence,
    sinceMs: a.sinceMs,
    acknowledged: a.acknowledgedBy !== undefined,
    endedMs: a.endedMs,
  }));
}

/** "No alarms for 26 minutes": the quiet is said with its length. */
export function calmText(alarms: readonly AlarmItem[], nowMs: number, sinceMs: number): string {
  const last = alarms.reduce((most, a) => Math.max(most, a.endedMs ?? nowMs), sinceMs);
  const minutes = Math.floor((nowMs - last) / 60_000);
  if (minutes < 1) return "No alarms";
  if (minutes < 90) return `No alarms for ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  return `No alarms for ${Math.round(minutes / 60)} hours`;
}
