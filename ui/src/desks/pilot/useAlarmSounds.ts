import { useEffect, useRef } from "react";
import type { AlarmSound } from "../../live/index.js";
import { type AlarmItem, soundsDue } from "../../parts/index.js";

export interface SoundInput {
  readonly sound: AlarmSound | undefined;
  readonly alarms: readonly AlarmItem[];
  readonly nowMs: number;
  /** Ids of open proposals: a new one sounds once. */
  readonly proposals: readonly string[];
  /** Seconds left of a veto countdown; it ticks in the last five. */
  readonly vetoLeftS: number | undefined;
  /** The browser's own alarm: nothing has come from the station. */
  readonly channelDead: boolean;
}

/** Plays what the alarm rules say is due. Runs on each render of the desk, four times a second. */
export function useAlarmSounds(input: SoundInput): void {
  const played = useRef(new Map<string, number>());
  const proposals = useRef<ReadonlySet<string>>(new Set());
  const tick = useRef(-1);
  useEffect(() => {
    const { sound, nowMs } = input;
    if (sound === undefined) return;
    const own: readonly AlarmItem[] = input.channelDead
      ? [
          {
            id: "own:channel",
            level: "warning",
            about: "no contact",
            text: "",
            consequence: "",
            sinceMs: nowMs,
            acknowledged: false,
            endedMs: undefined,
          },
        ]
      : [];
    for (const due of soundsDue([...own, ...input.alarms], played.current, nowMs)) {
      played.current.set(due.id, nowMs);
      if (due.level === "warning") sound.warning(due.sayCallSign);
      else sound.caution();
    }
    if (input.proposals.some((id) => !proposals.current.has(id))) sound.proposal();
    proposals.current = new Set(input.proposals);
    const left = input.vetoLeftS === undefined ? -1 : Math.ceil(input.vetoLeftS);
    if (left !== tick.current && left > 0 && left <= 5) sound.tick();
    tick.current = left;
  });
}
