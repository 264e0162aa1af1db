import { Worker } from "node:worker_threads";
import type { Sql } from "../pg-queries.js";
import type { Asked } from "../query-store.js";

type Answer = { ready?: boolean; id?: number; rows?: unknown[]; error?: string };

/** PGlite in a worker, made when it is asked for: about a second and some hundred MiB, so not at start. */
export function pgliteSql(
  done: (opened: Asked<Sql>) => void,
  script: URL = new URL("./pglite-worker.js", import.meta.url),
): void {
  const waiting = new Map<number, (answer: Asked<readonly unknown[]>) => void>();
  let next = 0;
  let opened = false;
  const worker = new Worker(script);
  const fail = (error: Error): void => {
    if (!opened) done({ kind: "error", error });
    opened = true;
    for (const one of waiting.values()) one({ kind: "error", error });
    waiting.clear();
  };
  const sql: Sql = {
    query(text, params, answer) {
      next += 1;
      waiting.set(next, answer);
      worker.postMessage({ id: next, text, params });
    },
    close: () => void worker.terminate(),
  };
  worker.unref();
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("the database's thread has ended")));
  worker.on("message", (message: Answer) => {
    if (message.ready === true) {
      opened = true;
      return done({ kind: "ok", value: sql });
    }
    if (message.ready === false) {
      fail(new Error(message.error ?? "PGlite does not open"));
      return void worker.terminate();
    }
    const answer = waiting.get(message.id ?? 0);
    waiting.delete(message.id ?? 0);
    answer?.(
      message.rows === undefined
        ? { kind: "error", error: new Error(message.error ?? "no answer") }
        : { kind: "ok", value: message.rows },
    );
  });
}
