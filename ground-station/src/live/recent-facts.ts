import type { Fact } from "@outrider/contract";
import { touchesRoom } from "./room-rights.js";

const most = 2_000;

/** The last facts with the rooms they touched, for a browser that comes back and says what it saw last. */
export class RecentFacts {
  #held: { readonly fact: Fact; readonly rooms: readonly string[] }[] = [];

  add(fact: Fact, rooms: readonly string[]): void {
    this.#held.push({ fact, rooms });
    if (this.#held.length > most * 2) this.#held = this.#held.slice(-most);
  }

  /** Facts of the room after `seq`, up to `upTo`; undefined when that is longer ago than what is held. */
  since(room: string, seq: number, upTo: number): readonly Fact[] | undefined {
    const oldest = this.#held[0]?.fact.seq;
    if (oldest === undefined || oldest > seq + 1) return seq >= upTo ? [] : undefined;
    return this.#held
      .filter(({ fact, rooms }) => fact.seq > seq && fact.seq <= upTo && rooms.some((one) => touchesRoom(one, room)))
      .map(({ fact }) => fact);
  }
}
