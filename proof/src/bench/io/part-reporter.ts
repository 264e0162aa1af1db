// Loaded before a part by the bench: tells the bench what the part's process has used, without touching the part.
import { Socket } from "node:net";

export type PartReport = { readonly cpuMs: number; readonly heldBytes: number };

/** Bytes that wait in this process for its slowest socket. */
function heldBytes(): number {
  // Not in Node's types, and the only view of all sockets that needs no hook in the part.
  const list: unknown = Reflect.get(process, "_getActiveHandles");
  const handles: unknown = typeof list === "function" ? Reflect.apply(list, process, []) : [];
  if (!Array.isArray(handles)) return 0;
  return Math.max(0, ...handles.map((one: unknown) => (one instanceof Socket ? one.writableLength : 0)));
}

process.on("message", (question) => {
  if (question !== "report") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, heldBytes: heldBytes() } satisfies PartReport);
});
process.channel?.unref();
