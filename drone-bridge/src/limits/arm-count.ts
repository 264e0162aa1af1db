import type { BridgeLimits } from "@outrider/contract";

const hourMs = 3_600_000;

/** How often was armed within the last hour: a station that goes wild starts few aircraft. */
export class ArmCount {
  readonly #limits: BridgeLimits["arming"];
  #armed: { readonly uid: string; readonly tMs: number }[] = [];

  constructor(limits: BridgeLimits["arming"]) {
    this.#limits = limits;
  }

  /** An order to arm was let through; also for those that the journal tells of after a restart. */
  note(uid: string, tMs: number): void {
    this.#armed.push({ uid, tMs });
  }

  /** `active`: aircraft that are armed or in the air now. */
  refusal(uid: string, active: number, tMs: number): string | undefined {
    this.#armed = this.#armed.filter((each) => tMs - each.tMs < hourMs);
    const { perHour, perHourAll, maxActive } = this.#limits;
    const own = this.#armed.filter((each) => each.uid === uid).length;
    if (own >= perHour) return `it was armed ${own} times within the hour; this bridge allows ${perHour}`;
    if (this.#armed.length >= perHourAll)
      return `${this.#armed.length} armings within the hour; this bridge allows ${perHourAll}`;
    return active >= maxActive
      ? `${active} aircraft are armed or in the air; this bridge allows ${maxActive}`
      : undefined;
  }
}
