import type { AircraftView, RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";

export interface DockListProps {
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly proposedUids: ReadonlySet<string>;
  readonly leaving: ReadonlyMap<string, string>;
}

/** Aircraft that stand in a dock, one line each. */
export function DockList({ fleet, proposedUids, leaving }: DockListProps): ReactNode {
  const docked = (fleet?.aircraft ?? []).filter((a) => !a.inAir);
  return (
    <section className="docks" aria-label="In dock">
      <div className="panel-head">
        <h2>In dock</h2>
      </div>
      {docked.length === 0 && <p className="empty pad">No aircraft in a dock.</p>}
      <ul>
        {docked.map((a) => {
          const dock = fleet?.docks.find((d) => d.dockId === a.dockId);
          const charge = dock?.state?.chargePct;
          return (
            <li key={a.uid} className={a.ready ? "ready" : ""}>
              <b>{a.callSign}</b>
              <span>{`${dock?.name ?? "No dock"}, ${leaving.get(a.uid) ?? stateWord(a, proposedUids)}`}</span>
              <span>{charge === undefined ? "" : `${Math.round(charge)}%`}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function stateWord(a: AircraftView, proposedUids: ReadonlySet<string>): string {
  if (proposedUids.has(a.uid)) return "proposed";
  if (a.ready) return "ready";
  return a.notReady === "" ? "not ready" : a.notReady;
}
