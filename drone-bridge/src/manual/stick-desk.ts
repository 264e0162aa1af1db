import type { Cancel, Clock } from "@outrider/contract";
import type { AnyMessageInit } from "@outrider/mavlink";
import { type Axes, centred, manualControl, sticksNow, stickTiming } from "./sticks.js";

export type StickDeps = {
  readonly clock: Clock;
  readonly sysid: () => number;
  readonly send: (message: AnyMessageInit) => boolean;
  /** Why its link cannot carry a hand now, in words. */
  readonly tooSlow: () => string | undefined;
  /** Hand flying ended by itself, for this reason: whoever is told brings it to Hold and then releases the sticks. */
  readonly giveUp: (why: string) => void;
};

/** Whose hand it is: the order that took the sticks, and the person who gave it. */
export type StickGrant = { readonly grantId: string; readonly personId: string | undefined };

type StickSource = { readonly grantId?: string | undefined; readonly personId?: string | undefined };

/** `otherPilot`: of a hand that is not the one that the sticks were given to. */
export type StickMove = "moved" | "notHeld" | "otherGrant" | "otherPilot";

/** The stick source of one aircraft: 20 a second while taken, silent otherwise. */
export class StickDesk {
  readonly #deps: StickDeps;
  #cancel: Cancel | undefined;
  #axes: Axes | undefined;
  #grant: StickGrant | undefined;
  /** Who answers for it, as the station said last. */
  #pilotId: string | undefined;
  #heldMs = 0;
  #ending = false;

  constructor(deps: StickDeps) {
    this.#deps = deps;
  }

  get taken(): boolean {
    return this.#cancel !== undefined;
  }

  /** Whether they are with the hand that this order gave them to. */
  heldBy(grantId: string): boolean {
    return this.taken && !this.#ending && this.#grant?.grantId === grantId;
  }

  /** Why this hand cannot have them; undefined when it has them now, and samples of the hand before move nothing. */
  take(grant: StickGrant): string | undefined {
    if (this.#pilotId !== undefined && grant.personId !== this.#pilotId)
      return "another pilot answers for it now: the sticks were not taken";
    const slow = this.#deps.tooSlow();
    if (slow !== undefined) return `${slow}: the sticks were not taken`;
    this.#grant = grant;
    this.#axes = undefined;
    this.#ending = false;
    this.#heldMs = this.#deps.clock.nowMs();
    if (this.#cancel === undefined) this.#tick();
    return undefined;
  }

  /** A sample without a grant comes only from a station that signs nothing. */
  move(axes: Axes, by: StickSource): StickMove {
    if (!this.taken || this.#ending) return "notHeld";
    if (by.grantId !== undefined && by.grantId !== this.#grant?.grantId) return "otherGrant";
    if (by.personId !== undefined && by.personId !== this.#grant?.personId) {
      this.#lose("another pilot moved the sticks");
      return "otherPilot";
    }
    this.#axes = axes;
    this.#heldMs = this.#deps.clock.nowMs();
    return "moved";
  }

  /** Who answers for it from now on: a hand that is not his holds nothing any more. */
  pilotIs(personId: string): void {
    this.#pilotId = personId;
    if (this.taken && !this.#ending && this.#grant?.personId !== personId) this.#lose("another pilot has control now");
  }

  /**
   * Another order takes over: sticks are centred now and stay so until it is answered, since moved ones would take the
   * aircraft back.
   */
  end(): void {
    this.#ending = true;
    this.#grant = undefined;
    this.#axes = undefined;
    this.#heldMs = this.#deps.clock.nowMs();
    if (this.taken) this.#say(centred);
  }

  /** What took over was answered. A hand that has taken them since then keeps them. */
  ended(): void {
    if (this.#ending) this.release();
  }

  release(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #lose(why: string): void {
    this.end();
    this.#deps.giveUp(why);
  }

  #tick(): void {
    const { clock } = this.#deps;
    const { axes, giveUp } = sticksNow(this.#axes, this.#heldMs, clock.nowMs());
    if (giveUp && this.#ending) return this.release();
    if (!this.#ending) {
      const why = giveUp ? "nothing came from its pilot's hand for 2 s" : this.#deps.tooSlow();
      if (why !== undefined) this.#lose(why);
    }
    this.#say(this.#ending ? centred : axes);
    this.#cancel = clock.after(stickTiming.everyMs, () => this.#tick());
  }

  #say(axes: Axes): void {
    this.#deps.send({ name: "MANUAL_CONTROL", target: this.#deps.sysid(), ...manualControl(axes), buttons: 0 });
  }
}
