import type { MavMessage } from "@outrider/mavlink";

/** The boot time must fall by this much: late frames of a slow link are no reboot. */
const fallsByMs = 5_000;
/** Two aircraft behind one address seem to reboot with every frame; that they are two is found by asking. */
const againMs = 10_000;

/** Notices that the autopilot began anew, by any of the times that it counts from its start. */
export class RebootWatch {
  #bootMs = 0;
  #toldMs = Number.NEGATIVE_INFINITY;

  hear(message: MavMessage, tMs: number): boolean {
    const bootMs = bootMsOf(message);
    if (bootMs === undefined) return false;
    const fell = this.#bootMs - bootMs > fallsByMs;
    this.#bootMs = fell ? bootMs : Math.max(this.#bootMs, bootMs);
    if (!fell || tMs - this.#toldMs < againMs) return false;
    this.#toldMs = tMs;
    return true;
  }
}

function bootMsOf(message: MavMessage): number | undefined {
  switch (message.name) {
    case "GLOBAL_POSITION_INT":
    case "ATTITUDE":
    case "SYSTEM_TIME":
      return message.timeBootMs;
    default:
      return undefined;
  }
}
