// Loaded before the bridge by the soak: tells what is in use after a collection, without touching the bridge.
export type MemoryTold = { readonly heapBytes: number; readonly rssBytes: number; readonly cpuMs: number };

process.on("message", (question) => {
  if (question !== "memory") return;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const told: MemoryTold = { heapBytes: heapUsed + arrayBuffers, rssBytes: rss, cpuMs: (user + system) / 1000 };
  process.send?.(told);
});
process.channel?.unref();
