import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { type Heat, useHeat, useLive } from "../../live/index.js";
import { NextMinutes, type NextRow } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { placeless } from "../placing/placing.js";
import { InsetVideo } from "./InsetVideo.js";
import { PilotMap } from "./PilotMap.js";
import { PilotPanel } from "./PilotPanel.js";
import { PilotStrips } from "./PilotStrips.js";
import { PilotTop } from "./PilotTop.js";
import { usePilotKeys } from "./pilotKeys.js";
import { type PilotDeskState, usePilotDesk } from "./usePilotDesk.js";
import "./pilot.css";

function useHeatOf({ selected, health }: PilotDeskState): Heat {
  const streams = health?.streams ?? [];
  const light = streams.find((one) => one.uid !== undefined && one.uid === selected?.uid && one.thermal !== true);
  return useHeat(light, streams, selected?.callSign ?? "");
}

/** The pilot's desk: strips, city, one card, the next twelve minutes. */
export function PilotDesk(props: DeskProps): ReactNode {
  const s = usePilotDesk(props);
  const live = useLive();
  const [panel, setPanel] = useState<"card" | "handOver">("card");
  const [bigVideo, setBigVideo] = useState(false);
  const heat = useHeatOf(s);
  const { over } = usePilotKeys({
    ...{
      alarms: s.alarms,
      flying: s.flying,
      selected: s.selected,
      scene: s.scene,
      acknowledge: s.acknowledge,
      select: s.select,
    },
    ...{ byHand: s.byHand, byHandOn: s.byHandUid !== undefined, theme: props.onTheme },
    hold: () => s.hold(s.selected),
    handOver: () => setPanel((p) => (p === "card" ? "handOver" : "card")),
    heat: heat.toggle,
    heatOn: heat.heat,
    swap: () => setBigVideo((v) => !v),
    soundTest: s.soundTest,
  });
  const quiet = panel === "card" && nothingToDecide(s);
  const full = s.pilot !== undefined && s.pilot.workload.used > 0 && s.pilot.workload.used >= s.pilot.workload.limit;
  return (
    <div className={live.deadForS() === undefined ? "desk pilot" : "desk pilot server-gone"}>
      <PilotTop desk={props} state={s} />
      <main className="pilot-grid">
        <PilotStrips state={s} units={props.units} />
        <div className={s.placing.now === undefined ? "pilot-scene" : "pilot-scene placing"}>
          <PilotMap desk={props} state={s} />
          {s.selected !== undefined && (
            <InsetVideo aircraft={s.selected} units={props.units} big={bigVideo} heat={heat} />
          )}
        </div>
        <div className="pilot-next">
          <NextMinutes
            rows={nextRows(s.pilot, s.cards.proposedUids)}
            nowMs={s.nowMs}
            collision={s.pilot?.collision ?? ""}
            workloadFull={full}
          />
        </div>
        <Decisions calm={quiet}>
          <PilotPanel
            panel={panel}
            name={props.session?.name ?? ""}
            desk={props}
            state={s}
            onClose={() => setPanel("card")}
            onHandOver={() => setPanel("handOver")}
          />
        </Decisions>
      </main>
      {over}
    </div>
  );
}

/** Nothing waits for this pilot: no card, no ask, no call without a place, and the desk itself is in order. */
function nothingToDecide(s: PilotDeskState): boolean {
  const asked = s.pilot?.asks.some((a) => a.state === "open") === true;
  const unplaced = placeless(s.incidents?.incidents ?? []).length > 0;
  return !asked && !unplaced && s.cards.card === undefined && s.pilot?.watch !== undefined && s.soundReady;
}

/** The right column. Below 1200 px it steps aside while there is nothing to decide, and opens by itself when there is. */
function Decisions({ calm, children }: { readonly calm: boolean; readonly children: ReactNode }): ReactNode {
  const [opened, setOpened] = useState(false);
  return (
    <aside className={`pilot-card${calm ? " calm-card" : ""}${opened ? " opened" : ""}`} aria-label="Decisions">
      <button type="button" className="drawer-tab" aria-expanded={opened || !calm} onClick={() => setOpened((o) => !o)}>
        {opened ? "Close" : "Decisions"}
      </button>
      {children}
    </aside>
  );
}

function nextRows(pilot: RoomViews["pilot"] | undefined, proposed: ReadonlySet<string>): readonly NextRow[] {
  return (pilot?.next ?? []).map((n) => ({
    callSign: n.callSign,
    proposed: proposed.has(n.uid),
    mustTurnMs: n.mustTurnMs,
    bars: n.bars,
  }));
}
