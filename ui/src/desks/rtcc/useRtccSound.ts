import type { IncidentView, RoomViews } from "@outrider/contract";
import { useEffect, useState } from "react";
import { type AlarmSound, useGestureSound } from "../../live/index.js";
import type { AlarmItem } from "../../parts/index.js";
import { useAlarmSounds } from "../pilot/useAlarmSounds.js";

/** What sounds once when it comes up: a new incident, and a plate that waits for a person's eyes. */
export function newsIds(incidents: RoomViews["incidents"] | undefined, incident: IncidentView | undefined): string[] {
  const open = (incidents?.incidents ?? []).filter((i) => !i.closed).map((i) => i.incidentId);
  const hits = (incident?.hits ?? []).filter((h) => h.state === "unread" || h.state === "second-needed");
  return [...open, ...hits.map((h) => h.hitId)];
}

/** The crime center's sounds, by the same rules as the pilot's. Undefined while the browser keeps them off. */
export function useRtccSound(input: {
  readonly alarms: readonly AlarmItem[];
  readonly nowMs: number;
  readonly news: readonly string[];
  readonly channelDead: boolean;
}): AlarmSound | undefined {
  const [sound, setSound] = useState<AlarmSound>();
  useGestureSound(sound === undefined, setSound);
  useEffect(() => () => sound?.close(), [sound]);
  useAlarmSounds({
    sound,
    alarms: input.alarms,
    nowMs: input.nowMs,
    proposals: input.news,
    vetoLeftS: undefined,
    channelDead: input.channelDead,
  });
  return sound;
}
