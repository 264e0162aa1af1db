/** Battery in watt-hours as the strip needs it. */
export interface EnergyInput {
  readonly nowWh: number;
  readonly homeWh: number;
  readonly reserveWh: number;
  readonly fullWh: number;
  /** Seconds until it must turn; undefined when it cannot be computed. */
  readonly turnInS: number | undefined;
}

/** Shares of the full bar, adding up to 1, and how it looks. */
export interface EnergyShares {
  readonly toSpend: number;
  readonly wayHome: number;
  readonly reserve: number;
  readonly spent: number;
  readonly look: "normal" | "soon" | "past";
}

export const SOON_S = 120;

/**
 * Solid is yours to spend, hatched is the way home, outline is the reserve that no one spends. Reserve is filled first:
 * when energy runs short it is the spendable part that disappears, then the way home.
 */
export function energyShares(e: EnergyInput): EnergyShares {
  const full = Math.max(e.fullWh, 1e-6);
  const now = Math.min(full, Math.max(0, e.nowWh));
  const reserve = Math.min(now, Math.max(0, e.reserveWh));
  const wayHome = Math.min(now - reserve, Math.max(0, e.homeWh));
  const toSpend = now - reserve - wayHome;
  const past = now < e.reserveWh + e.homeWh || (e.turnInS !== undefined && e.turnInS <= 0);
  const soon = e.turnInS !== undefined && e.turnInS < SOON_S;
  return {
    toSpend: toSpend / full,
    wayHome: wayHome / full,
    reserve: reserve / full,
    spent: 1 - now / full,
    look: past ? "past" : soon ? "soon" : "normal",
  };
}
