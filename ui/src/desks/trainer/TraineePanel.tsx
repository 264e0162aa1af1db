import type { RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { useRoom } from "../../live/index.js";
import { agoSpan, clockSpan, Octagon, Triangle } from "../../parts/index.js";

/** What stands on the trainee's screen now, in words: alarms, the open card, the workload. */
export function TraineePanel({
  fleet,
  nowMs,
}: {
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly nowMs: number;
}): ReactNode {
  const trainee = fleet?.aircraft.find((a) => a.picId !== undefined);
  const pilot = useRoom(`pilot:${trainee?.picId ?? "nobody"}`);
  const alarms = (fleet?.alarms ?? []).filter((a) => a.endedMs === undefined);
  const open = (pilot?.launches ?? []).filter((l) => l.phase === "proposed");
  return (
    <section className="trainee-panel" aria-label="What the trainee sees">
      <div className="trainee-head">
        <h2>What the trainee sees</h2>
        <span>{trainee?.picName ?? "nobody flies yet"}</span>
      </div>
      <ul>
        {alarms.map((a) => (
          <li key={a.alarmId}>
            <span className={a.level === "warning" ? "red" : "amber"}>
              {a.level === "warning" ? <Octagon size={15} /> : <Triangle size={15} />}
            </span>
            <span>{a.text}</span>
            <span>{a.acknowledgedBy === undefined ? `unread ${agoSpan(nowMs - a.sinceMs)}` : "read"}</span>
          </li>
        ))}
        {open.map((l) => (
          <li key={l.launchId}>
            <span />
            <span>{`Card: ${l.choice.callSign} to ${l.incidentTitle}`}</span>
            <span>{clockSpan((l.expiresAtMs - nowMs) / 1000)}</span>
          </li>
        ))}
        {alarms.length === 0 && open.length === 0 && <li className="empty">No alarm and nothing to decide.</li>}
      </ul>
      {pilot !== undefined && <p className="card-note">{pilot.workload.text}</p>}
    </section>
  );
}
