import type { ReactNode } from "react";
import { type AlarmItem, alarmBar } from "./alarms.js";
import { Octagon, Tick, Triangle } from "./Marks.js";
import { ageText } from "./words.js";

export interface AlarmBarProps {
  readonly alarms: readonly AlarmItem[];
  /** The same clock as the alarms' `sinceMs`. */
  readonly nowMs: number;
  /** "No alarms for 26 minutes". */
  readonly calm: string;
  /** Seconds without contact with the server; drawn by the browser itself. */
  readonly channelDeadS?: number | undefined;
  readonly onAcknowledge: (id: string) => void;
}

/** Fixed height, so that nothing below jumps. Warnings and cautions go away with their cause, never by themselves. */
export function AlarmBar({ alarms, nowMs, calm, channelDeadS, onAcknowledge }: AlarmBarProps): ReactNode {
  const bar = alarmBar(alarms, nowMs);
  const dead = channelDeadS !== undefined;
  return (
    <div className="alarms" role="log" aria-live="assertive" aria-label="Alarms">
      {dead && (
        <div className="alarm warning new">
          <Octagon />
          <span className="alarm-text">
            <b>Alarms may be missing:</b> no contact with the server for {Math.floor(channelDeadS)} s
          </span>
        </div>
      )}
      {bar.flood
        ? bar.groups.slice(0, dead ? 3 : 4).map((g) => (
            <div key={g.about} className={`alarm ${g.worst} ack`}>
              {g.worst === "warning" ? <Octagon /> : <Triangle />}
              <span className="alarm-text">
                <b>{g.about}</b> {g.count} alarms
              </span>
            </div>
          ))
        : bar.shown.map((a) => <AlarmChip key={a.id} alarm={a} nowMs={nowMs} onAcknowledge={onAcknowledge} />)}
      {bar.more > 0 && !bar.flood && <span className="alarm-more">and {bar.more} more</span>}
      {!dead && bar.shown.length === 0 && (
        <span className="calm">
          <Tick /> {calm}
        </span>
      )}
    </div>
  );
}

function AlarmChip({
  alarm,
  nowMs,
  onAcknowledge,
}: {
  readonly alarm: AlarmItem;
  readonly nowMs: number;
  readonly onAcknowledge: (id: string) => void;
}): ReactNode {
  const ended = alarm.endedMs !== undefined;
  const look = ended ? "ended" : alarm.acknowledged ? "ack" : "new";
  const text = (
    <>
      <b>{alarm.text}</b> {!ended && <span className="alarm-age">{ageText(nowMs - alarm.sinceMs)}.</span>}{" "}
      {ended ? "Over." : alarm.consequence}
    </>
  );
  return (
    <div className={`alarm ${alarm.level} ${look}`}>
      {alarm.level === "warning" ? <Octagon /> : <Triangle />}
      <span className="alarm-text" title={`${alarm.text} ${alarm.consequence}`}>
        {ended ? <s>{text}</s> : text}
      </span>
      {look === "new" && (
        <button type="button" onClick={() => onAcknowledge(alarm.id)} aria-label={`Acknowledge: ${alarm.text}`}>
          Acknowledge <span aria-hidden="true">A</span>
        </button>
      )}
    </div>
  );
}
