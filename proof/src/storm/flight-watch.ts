import type { Breaches } from "./breach.js";

/**
 * Presence stale 120 s, then return is ordered; a lost station 20 s, then link loss 12 s. Landing by itself counts as
 * coming home. Longer than all of that without a pilot and without going home is a breach.
 */
const mostUnattendedMs = 200_000;
const homing = new Set(["rtl", "land", "descend", "termination"]);

/** What the truth says of the aircraft: the simulator's own state, not what any wire carried. */
export type TrueFleet = {
  readonly aircraft: readonly {
    readonly config: { readonly uid: string; readonly callSign: string };
    readonly autopilot: {
      status(): { readonly armed: boolean; readonly landed: string; readonly mode: string };
    };
  }[];
};

/** INV-3: an aircraft in the air has a pilot, or is coming home or down. */
export class FlightWatch {
  readonly #breaches: Breaches;
  readonly #okMs = new Map<string, number>();
  airborneS = 0;

  constructor(breaches: Breaches) {
    this.#breaches = breaches;
  }

  /** Once a second of simulated time. */
  look(sim: TrueFleet, attended: boolean, nowMs: number): void {
    for (const host of sim.aircraft) {
      const status = host.autopilot.status();
      const airborne = status.armed && status.landed !== "onGround";
      if (airborne) this.airborneS += 1;
      const ok = !airborne || attended || homing.has(status.mode);
      // One that is first seen in the air has its time from then on, not for ever.
      if (ok || !this.#okMs.has(host.config.uid)) this.#okMs.set(host.config.uid, nowMs);
      const sinceMs = nowMs - (this.#okMs.get(host.config.uid) ?? nowMs);
      if (sinceMs > mostUnattendedMs) {
        this.#breaches.say(
          "INV-3",
          `${host.config.callSign} is in the air in ${status.mode} for ${Math.round(sinceMs / 1000)} s without a pilot`,
        );
        this.#okMs.set(host.config.uid, nowMs);
      }
    }
  }
}
