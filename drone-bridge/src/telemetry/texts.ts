import type { MessageOf } from "@outrider/mavlink";
import { telemetryTiming } from "./timing.js";

type Partial = { readonly tMs: number; readonly severity: number; readonly chunks: Map<number, string> };
export type Said = { readonly severity: number; readonly text: string };

const nothing: readonly Said[] = [];
const chunkLength = 50;
/** Texts whose other chunks have not come; a peer that begins more at once is not a talker but a flood. */
const mostPartials = 32;

/**
 * Joins STATUSTEXT chunks into texts and drops repetitions. A trailing TAB is PX4's mark that the same is sent as an
 * EVENT too: the text is kept, the mark is not.
 */
export class TextJoiner {
  readonly #partial = new Map<string, Partial>();
  readonly #lastSaid = new Map<string, number>();

  hear(compid: number, message: MessageOf<"STATUSTEXT">, tMs: number): Said[] {
    const done = this.overdue(tMs);
    if (message.id === 0 && message.chunkSeq === 0)
      return this.#keep([...done, this.#whole(message.severity, message.text)], tMs);
    const key = `${compid}/${message.id}`;
    const partial = this.#partial.get(key) ?? { tMs, severity: message.severity, chunks: new Map<number, string>() };
    partial.chunks.set(message.chunkSeq, message.text);
    this.#partial.set(key, partial);
    if (this.#partial.size > mostPartials) this.#partial.delete(this.#partial.keys().next().value ?? "");
    if (!complete(partial.chunks)) return this.#keep([...done], tMs);
    this.#partial.delete(key);
    return this.#keep([...done, this.#whole(partial.severity, joined(partial.chunks))], tMs);
  }

  /** Words that came as an EVENT: kept unless the same words came as a text, and the other way round. */
  event(said: Said, tMs: number): Said[] {
    return this.#keep([said], tMs);
  }

  /** Texts whose missing chunk will not come any more. */
  overdue(tMs: number): readonly Said[] {
    // Called with every frame that is heard: nearly always nothing waits.
    if (this.#partial.size === 0) return nothing;
    const out: Said[] = [];
    for (const [key, partial] of this.#partial) {
      if (tMs - partial.tMs < telemetryTiming.textChunkMs) continue;
      this.#partial.delete(key);
      out.push(this.#whole(partial.severity, joined(partial.chunks)));
    }
    return out;
  }

  #whole(severity: number, text: string): Said {
    return { severity: Math.min(7, Math.max(0, severity)), text: text.replace(/\t+$/, "").trim().slice(0, 400) };
  }

  #keep(said: Said[], tMs: number): Said[] {
    return said.filter(({ text }) => {
      if (text === "") return false;
      // A text and its EVENT differ in dots and capitals at most.
      const words =
        text
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, " ")
          .trim() || text;
      const before = this.#lastSaid.get(words);
      if (before !== undefined && tMs - before < telemetryTiming.textRepeatMs) return false;
      this.#lastSaid.set(words, tMs);
      if (this.#lastSaid.size > 200) this.#lastSaid.delete(this.#lastSaid.keys().next().value ?? "");
      return true;
    });
  }
}

/** Whole from chunk 0 to one that is not full. */
function complete(chunks: ReadonlyMap<number, string>): boolean {
  for (let seq = 0; ; seq++) {
    const chunk = chunks.get(seq);
    if (chunk === undefined) return false;
    if (chunk.length < chunkLength) return true;
  }
}

function joined(chunks: ReadonlyMap<number, string>): string {
  const last = Math.max(...chunks.keys());
  return Array.from({ length: last + 1 }, (_, seq) => chunks.get(seq) ?? "[…]").join("");
}
