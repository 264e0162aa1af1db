import type { Chance, Clock } from "@outrider/contract";
import { sha256Hex, toHex } from "../record/index.js";

export const ticketLastsMs = 30_000;
const most = 10_000;

/** What opens a live socket: 128 random bits from a POST with Origin and cookie, good once, for 30 s. */
export class Tickets {
  readonly #wall: Clock;
  readonly #chance: Chance;
  readonly #byHash = new Map<string, { sessionId: string; untilMs: number }>();

  constructor(wall: Clock, chance: Chance) {
    this.#wall = wall;
    this.#chance = chance;
  }

  issue(sessionId: string): string {
    const nowMs = this.#wall.nowMs();
    for (const [hash, held] of this.#byHash)
      if (held.untilMs <= nowMs || this.#byHash.size >= most) this.#byHash.delete(hash);
    const ticket = toHex(this.#chance.bytes(16));
    this.#byHash.set(sha256Hex(ticket), { sessionId, untilMs: nowMs + ticketLastsMs });
    return ticket;
  }

  /** The session it was issued for; undefined for a used, late or invented one. */
  redeem(ticket: string): string | undefined {
    const hash = sha256Hex(ticket);
    const held = this.#byHash.get(hash);
    this.#byHash.delete(hash);
    return held !== undefined && held.untilMs > this.#wall.nowMs() ? held.sessionId : undefined;
  }
}
