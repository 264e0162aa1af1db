import type { Cancel, Clock } from "@outrider/contract";
import { encodeFrame, MavAutopilot, MavType, message } from "@outrider/mavlink";

/** Another ground station within earshot: its heartbeat, once a second, for so long or until it is ended. */
export function foreignStation(seconds: number, clock: Clock, heard: (bytes: Uint8Array) => void): Cancel {
  let untilMs = clock.nowMs() + seconds * 1000;
  let seq = 0;
  const beat = (): void => {
    if (clock.nowMs() > untilMs) return;
    const say = message("HEARTBEAT", { type: MavType.GCS, autopilot: MavAutopilot.INVALID, systemStatus: 4 });
    heard(encodeFrame(say, { sysid: 77, compid: 190, seq }));
    seq = (seq + 1) & 0xff;
    clock.after(1000, beat);
  };
  beat();
  return () => {
    untilMs = Number.NEGATIVE_INFINITY;
  };
}
