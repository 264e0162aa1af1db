import { HandClock } from "@outrider/contract/testing";

/** Time that stands still until it is run on. */
export class FakeClock extends HandClock {
  constructor(nowMs = 1_000_000) {
    super(nowMs);
  }

  run(forMs: number): void {
    this.advance(forMs);
  }
}
