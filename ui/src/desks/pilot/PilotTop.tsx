import type { ReactNode } from "react";
import { useLink, useLive } from "../../live/index.js";
import { AlarmBar, TopBar, timeOfDay, type Units, windText } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { calmText } from "./alarmItems.js";
import type { PilotDeskState } from "./usePilotDesk.js";

/** Top bar with the alarms, and the browser's own red line when the server is gone. */
export function PilotTop({ desk, state: s }: { readonly desk: DeskProps; readonly state: PilotDeskState }): ReactNode {
  const live = useLive();
  const link = useLink();
  const deadS = live.deadForS();
  const calm =
    link.kind === "connecting" ? "Connecting" : calmText(s.alarms, s.nowMs, s.pilot?.watch?.sinceMs ?? s.nowMs);
  return (
    <>
      <TopBar
        desk="Pilot"
        person={desk.session?.name ?? ""}
        alarms={
          <AlarmBar alarms={s.alarms} nowMs={s.nowMs} calm={calm} channelDeadS={deadS} onAcknowledge={s.acknowledge} />
        }
        facts={topFacts(s, desk.units)}
        clock={s.nowMs === 0 ? "--:--:--" : timeOfDay(s.nowMs)}
        sim={live.sim}
        menu={desk.menu}
      />
      {link.kind === "refused" && (
        <p className="server-note" role="alert">
          The server refused this page: {link.why}. Sign in again.
        </p>
      )}
      {deadS !== undefined && (
        <p className="server-note" role="alert">
          Showing {timeOfDay(s.nowMs - deadS * 1000)}. Aircraft follow their own failsafe: home at{" "}
          {Math.round(s.returnsAfterS)} s.
        </p>
      )}
    </>
  );
}

function topFacts(s: PilotDeskState, units: Units): readonly string[] {
  const wind = s.fleet?.wind;
  const since = s.pilot?.watch?.sinceMs;
  const minutes = since === undefined ? 0 : Math.max(0, Math.floor((s.nowMs - since) / 60_000));
  return [
    wind === undefined ? "Wind not reported" : windText(wind.speedMps, wind.gustMps, wind.fromDeg, units),
    since === undefined
      ? "Not on watch"
      : `On watch ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`,
  ];
}
