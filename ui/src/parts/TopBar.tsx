import type { ReactNode } from "react";
import { Logo } from "./Marks.js";
import { SimBand } from "./SimBand.js";

export interface TopBarProps {
  readonly desk: string;
  readonly person: string;
  readonly alarms: ReactNode;
  /** Short facts before the clock: wind, time on watch. */
  readonly facts: readonly string[];
  readonly clock: string;
  readonly sim: boolean;
  /** Desk switch and the like, behind the desk's name. */
  readonly menu?: ReactNode;
}

export function TopBar({ desk, person, alarms, facts, clock, sim, menu }: TopBarProps): ReactNode {
  return (
    <header className={sim ? "top sim" : "top"}>
      <div className="top-id">
        <Logo />
        <h1>{desk}</h1>
        <span className="top-person">{person}</span>
        {menu}
      </div>
      {alarms}
      <div className="top-facts">
        {sim && <span className="sim-word">SIM</span>}
        {facts.map((f) => (
          <span key={f}>{f}</span>
        ))}
        <time>{clock}</time>
      </div>
      {sim && <SimBand />}
    </header>
  );
}
