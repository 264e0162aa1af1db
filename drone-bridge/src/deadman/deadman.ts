/** Times of the deadman, milliseconds of run time. */
export const deadmanTiming = {
  heartbeatMs: 1_000,
  /** The loop that commands must have run within this, or we are not in command. */
  starvedMs: 2_000,
  /** A lost station may restart in this; then the aircraft in the air go home by their own failsafe. */
  stationGraceMs: 20_000,
} as const;

/**
 * Whether our ground-station heartbeat may go out. It is the aircraft's proof that somebody is in command: sent from a
 * bridge that is not, it would keep the aircraft from coming home.
 */
export class Deadman {
  #fedMs: number;
  #stationMs: number;

  constructor(nowMs: number) {
    this.#fedMs = nowMs;
    this.#stationMs = nowMs;
  }

  /** The loop that commands has run to its end. */
  feed(tMs: number): void {
    this.#fedMs = tMs;
  }

  stationHeard(tMs: number): void {
    this.#stationMs = tMs;
  }

  /** Run time was set to that of another run: what was fresh stays fresh. */
  shift(byMs: number): void {
    this.#fedMs += byMs;
    this.#stationMs += byMs;
  }

  starved(tMs: number): boolean {
    return tMs - this.#fedMs > deadmanTiming.starvedMs;
  }

  stationLost(tMs: number): boolean {
    return tMs - this.#stationMs > deadmanTiming.stationGraceMs;
  }

  /** May this aircraft have our heartbeat now? On the ground a lost station harms nobody. */
  mayBeat(tMs: number, inAir: boolean): boolean {
    return !this.starved(tMs) && !(inAir && this.stationLost(tMs));
  }
}
