import type { Cancel, Clock } from "@outrider/contract";
import type { AnyMessageInit } from "@outrider/mavlink";
import { type Axes, manualControl, sticksNow, stickTiming } from "./sticks.js";

/** The stick source of one aircraft: 20 a second while taken, silent otherwise. */
export class StickDesk {
  readonly #clock: Clock;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  readonly #giveUp: () => void;
  #cancel: Cancel | undefined;
  #axes: Axes | undefined;
  #grantId: string | undefined;
  #heldMs = 0;
  #ending = false;

  constructor(deps: {
    clock: Clock;
    sysid: () => number;
    send: (message: AnyMessageInit) => boolean;
    giveUp: () => void;
  }) {
    this.#clock = deps.clock;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
    this.#giveUp = deps.giveUp;
  }

  get taken(): boolean {
    return this.#cancel !== undefined;
  }

  /** `grantId`: the order that took them; with the next one, samples of the hand before move nothing any more. */
  take(grantId: string): void {
    this.#grantId = grantId;
    this.#axes = undefined;
    this.#ending = false;
    this.#heldMs = this.#clock.nowMs();
    if (this.#cancel === undefined) this.#tick();
  }

  /** A sample without a grant comes only from a station that signs nothing. */
  move(axes: Axes, grantId: string | undefined): "moved" | "notHeld" | "otherGrant" {
    if (!this.taken || this.#ending) return "notHeld";
    if (grantId !== undefined && grantId !== this.#grantId) return "otherGrant";
    this.#axes = axes;
    this.#heldMs = this.#clock.nowMs();
    return "moved";
  }

  /** Another order takes over: sticks stay centred until it is answered, since moved ones would take the aircraft back. */
  end(): void {
    this.#ending = true;
    this.#axes = undefined;
    this.#heldMs = this.#clock.nowMs();
  }

  release(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #tick(): void {
    const { axes, giveUp } = sticksNow(this.#axes, this.#heldMs, this.#clock.nowMs());
    if (giveUp) {
      this.release();
      this.#giveUp();
      return;
    }
    this.#send({ name: "MANUAL_CONTROL", target: this.#sysid(), ...manualControl(axes), buttons: 0 });
    this.#cancel = this.#clock.after(stickTiming.everyMs, () => this.#tick());
  }
}
