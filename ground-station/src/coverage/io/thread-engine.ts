import { Worker } from "node:worker_threads";
import type { Log } from "@outrider/contract";
import type { CoverageEngine, CoverageNews } from "../coverage-engine.js";
import type { ThreadAsk, ThreadNews, ThreadSetup } from "./coverage-messages.js";

export type ThreadEngineDeps = ThreadSetup & {
  /** Takes over where the thread cannot start or dies: slower for everybody, but the desks keep their map. */
  readonly twin: () => CoverageEngine;
  readonly log: Log;
  /** The thread's program; its own built file where it is not given. */
  readonly script?: URL;
  /** How long the thread lets the station itself come up first. */
  readonly startAfterMs?: number;
};

/** After a crash pilots wait for their screens: on a small machine the thread's own start would cost them seconds. */
const startAfterMs = 2_000;

/** Coverage in a thread of its own. */
export function threadEngine(deps: ThreadEngineDeps): CoverageEngine {
  const waiting = new Map<number, ThreadAsk>();
  let worker: Worker | undefined;
  let twin: CoverageEngine | undefined;
  let closed = false;
  let tell: (news: CoverageNews) => void = () => undefined;
  const fallBack = (why: string): void => {
    if (closed || twin !== undefined) return;
    deps.log("error", "the coverage thread ended: coverage is computed between other work", { why });
    worker = undefined;
    twin = deps.twin();
    twin.start(tell);
    for (const ask of waiting.values()) twin.ask(ask);
    waiting.clear();
  };
  const begin = (): void => {
    if (closed) return;
    const { config, cityBytes } = deps;
    const setup: ThreadSetup = { config, cityBytes };
    worker = new Worker(deps.script ?? new URL("./coverage-worker.js", import.meta.url), {
      workerData: setup,
      // Flags of the process are not the thread's: a profiler's or a test runner's would change what it loads.
      execArgv: [],
    });
    // It has nothing to save: a station that ends need not wait for it.
    worker.unref();
    worker.on("message", (news: ThreadNews) => {
      if (closed) return;
      if (news.kind !== "sees" && news.askId !== undefined) waiting.delete(news.askId);
      tell(news);
    });
    worker.on("error", (error) => fallBack(error.message));
    worker.on("exit", (code) => fallBack(`exit ${code}`));
    for (const ask of waiting.values()) worker.postMessage(ask satisfies ThreadAsk);
  };
  return {
    start(to) {
      tell = to;
      setTimeout(begin, deps.startAfterMs ?? startAfterMs).unref();
    },
    ask(ask) {
      if (twin !== undefined) return twin.ask(ask);
      waiting.set(ask.askId, ask);
      worker?.postMessage(ask satisfies ThreadAsk);
    },
    close() {
      closed = true;
      twin?.close();
      void worker?.terminate();
    },
  };
}
