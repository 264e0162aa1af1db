import { parentPort } from "node:worker_threads";
import { openPglite } from "./pglite.js";

/** PostgreSQL blocks its thread while it thinks, so that it has one of its own. */
const port = parentPort;
if (port !== null) {
  type Ask = { id: number; text: string; params: unknown[] };
  const ready = openPglite();
  ready.then(
    () => port.postMessage({ ready: true }),
    (error: unknown) => port.postMessage({ ready: false, error: String(error) }),
  );
  port.on("message", ({ id, text, params }: Ask) => {
    ready
      .then((db) => db.query(text, params))
      .then(
        ({ rows }) => port.postMessage({ id, rows }),
        (error: unknown) => port.postMessage({ id, error: String(error) }),
      );
  });
}
