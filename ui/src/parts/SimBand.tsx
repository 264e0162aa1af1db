import type { ReactNode } from "react";

/** The hatched band that is on every screen of a simulated run, the trainee's too. */
export function SimBand(): ReactNode {
  return <div className="sim-band" role="img" aria-label="Simulation" />;
}

/** The word in full, for the trainer's desk and full-page places. */
export function SimWord(): ReactNode {
  return <div className="sim-sign">SIMULATION</div>;
}
