import type { ReactNode } from "react";
import { type EnergyInput, energyShares } from "./energy.js";
import { clockSpan } from "./words.js";

/** Until it must turn, way home, reserve, spent. */
export function EnergyBar({ energy }: { readonly energy: EnergyInput | undefined }): ReactNode {
  if (energy === undefined) return <div className="ebar" role="img" aria-label="Energy not known" />;
  const s = energyShares(energy);
  const turn = energy.turnInS === undefined ? "turn time not known" : `must turn in ${clockSpan(energy.turnInS)}`;
  return (
    <div
      className={`ebar ${s.look}`}
      role="img"
      aria-label={`Energy: ${Math.round(s.toSpend * 100)} percent to spend, ${turn}`}
    >
      <i className="spend" style={{ flexGrow: s.toSpend }} />
      <i className="home" style={{ flexGrow: s.wayHome }} />
      <i className="reserve" style={{ flexGrow: s.reserve }} />
      <i className="gone" style={{ flexGrow: s.spent }} />
    </div>
  );
}
