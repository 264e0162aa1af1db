import type { Config, Log } from "@outrider/contract";
import { type Hotlist, parseHotlist } from "./hotlist.js";

/** Reads a hotlist file: its text and when it was last changed, wall time; undefined where it cannot be read. */
export type HotlistFiles = (
  file: string,
  done: (read: { readonly text: string; readonly changedMs: number } | undefined) => void,
) => void;

/** The lists in force. A list that cannot be read again stays as it was and grows old, which every card shows. */
export class Hotlists {
  readonly #byName = new Map<string, Hotlist>();
  readonly #config: Config;
  readonly #files: HotlistFiles;
  readonly #log: Log;

  constructor(config: Config, files: HotlistFiles, log: Log) {
    this.#config = config;
    this.#files = files;
    this.#log = log;
  }

  all(): readonly Hotlist[] {
    return [...this.#byName.values()];
  }

  /** Age of the oldest list, s; 0 where there is none. */
  ageS(wallMs: number): number {
    const ages = this.all().map((list) => (wallMs - list.refreshedMs) / 1000);
    return Math.max(0, Math.round(Math.max(0, ...ages)));
  }

  load(nowMs: number, wallMs: number): void {
    for (const { name, file } of this.#config.hotlists)
      this.#files(file, (read) => {
        if (read === undefined) return this.#log("warn", "a hotlist could not be read", { list: name });
        // The example list of the demonstration is as old as the download; nobody is stopped on it.
        const refreshedMs = this.#config.demo ? (this.#byName.get(name)?.refreshedMs ?? wallMs) : read.changedMs;
        const parsed = parseHotlist(read.text, { name, refreshedMs, nowMs, allowRelative: this.#config.demo });
        if ("problem" in parsed) return this.#log("warn", "a hotlist was refused", { list: name, why: parsed.problem });
        for (const { line, why } of parsed.refused)
          this.#log("warn", "a line of a hotlist was refused", { list: name, line, why });
        this.#byName.set(name, parsed);
      });
  }
}
