import { commandTiming } from "./timing.js";

type Text = { readonly tMs: number; readonly text: string };

const mostTexts = 16;

/** What an autopilot said of late, for whoever has to say why something was refused: the reason comes in several texts. */
export class RecentWords {
  #texts: readonly Text[] = [];

  note(text: string, tMs: number): void {
    this.#texts = [...this.#texts, { tMs, text }].slice(-mostTexts);
  }

  /** Each once, in the order in which it was said, from shortly before `refusedMs` until now. */
  around(refusedMs: number): string[] {
    const near = this.#texts.filter((one) => one.tMs >= refusedMs - commandTiming.reasonBeforeMs);
    return [...new Set(near.map((one) => one.text))];
  }
}

/** "Resolve system health failures first" helps nobody: the checks that failed do, those that it does not name yet. */
export function withChecks(reason: string, failing: readonly string[]): string {
  const said = plain(reason);
  const more = failing.filter((check) => !said.includes(plain(check)));
  return more.length === 0 ? reason : `${reason}: ${more.slice(0, 6).join("; ")}`;
}

/** The same words come as a text and as an event, with other dots and capitals. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
