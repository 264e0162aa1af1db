import type { Sim } from "@outrider/sim";
import type { Breaches } from "./breach.js";

/**
 * Presence stale 120 s, then return is ordered; a lost station 20 s, then link loss 12 s. Landing by itself counts as
 * coming home. Longer than all of that without a pilot and without going home is a breach.
 */
const mostUnattendedMs = 200_000;
const homing = new Set(["rtl", "land", "descend", "termination"]);

/** INV-3: an aircraft in the air has a pilot, or is coming home or down. */
export class FlightWatch {
  readonly #breaches: Breaches;
  readonly #okMs = new Map<string, number>();
  airborneS = 0;

  constructor(breaches: Breaches) {
    this.#breaches = breaches;
  }

  /** Once a second of simulated time. */
  look(sim: Sim, attended: boolean, nowMs: number): void {
    for (const host of sim.aircraft) {
      const status = host.autopilot.status();
      const airborne = status.armed && status.landed !== "onGround";
      if (airborne) this.airborneS += 1;
      const ok = !airborne || attended || homing.has(status.mode);
      if (ok) this.#okMs.set(host.config.uid, nowMs);
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
