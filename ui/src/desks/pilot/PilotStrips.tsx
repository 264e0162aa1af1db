import type { AircraftView } from "@outrider/contract";
import type { ReactNode } from "react";
import { useLive, useTurns } from "../../live/index.js";
import { AircraftStrip, Notice, type Units } from "../../parts/index.js";
import { HealthLines, HealthWarnings } from "../health/HealthLines.js";
import { OthersList } from "../sky/index.js";
import { DockList } from "./DockList.js";
import { StickPad } from "./StickPad.js";
import { StripActions } from "./StripActions.js";
import { standText } from "./standText.js";
import { linkFreshness, stripOf } from "./strips.js";
import type { PilotDeskState } from "./usePilotDesk.js";

interface StripsProps {
  readonly state: PilotDeskState;
  readonly units: Units;
}

/** The left column: who is in the air, who stands in a dock, and what was refused last. */
export function PilotStrips({ state: s, units }: StripsProps): ReactNode {
  const problem = s.orders.lastProblem;
  const sources = s.sky?.sources ?? [];
  const links = { health: s.health, aircraft: s.fleet?.aircraft ?? [], but: sources.map((one) => one.sourceId) };
  return (
    <aside className="pilot-strips" aria-label="Aircraft">
      <HealthWarnings {...links} />
      <div className="panel-head">
        <h2>In the air</h2>
        <span>{s.pilot === undefined ? "" : `${s.flying.length} of ${s.pilot.workload.maxAircraft} allowed`}</span>
      </div>
      {s.flying.length === 0 && s.fleet !== undefined && (
        <p className="empty pad">{standText(s.fleet?.aircraft ?? [])}</p>
      )}
      <ul>
        {s.flying.map((a) => (
          <OneStrip key={a.uid} aircraft={a} state={s} units={units} />
        ))}
      </ul>
      <OthersList sky={s.sky} units={units} />
      <DockList fleet={s.fleet} proposedUids={s.cards.proposedUids} leaving={s.cards.leaving} />
      <HealthLines {...links} />
      {problem !== undefined && <Notice key={problem.n} title="Refused" text={problem.text} tone="caution" />}
    </aside>
  );
}

function OneStrip({ aircraft: a, state: s, units }: StripsProps & { readonly aircraft: AircraftView }): ReactNode {
  const { samples } = useLive();
  // How fresh the link is turns when it turns, however slowly the rest of the desk is drawn.
  useTurns(() => linkFreshness(samples, a.uid), samples.onChange);
  return (
    <AircraftStrip
      strip={stripOf(a, samples, s.me, s.returnsAfterS)}
      units={units}
      selected={a.uid === s.selected?.uid}
      onSelect={s.select}
      onNews={samples.onChange}
    >
      <StripActions
        aircraft={a}
        mode={samples.latest(a.uid)?.mode}
        mine={a.picId === s.me}
        byHand={s.byHandUid === a.uid}
        picked={s.picked}
        privacyZones={s.site?.privacyZones ?? []}
        orders={s.orders}
        nowMs={s.wallMs}
        small={s.small}
        onByHand={s.byHand}
        onHold={() => s.hold(a)}
        onPickDone={() => s.pick(undefined)}
      />
      {s.byHandUid === a.uid && <StickPad uid={a.uid} />}
    </AircraftStrip>
  );
}
