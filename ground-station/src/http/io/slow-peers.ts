import type { Server } from "node:http";
import type { Socket } from "node:net";

export const slowPeerTimes = {
  /** From connecting to the end of the first request's headers: a socket that says nothing must not stay. */
  firstHeadersMs: 8_000,
  headersMs: 8_000,
  requestMs: 30_000,
  keepAliveMs: 5_000,
  checkEveryMs: 1_000,
} as const;
const mostConnections = 2_000;

/** Slow and silent peers are dropped long before Node's own defaults (60 s, 300 s, no limit). */
export function dropSlowPeers(server: Server): void {
  server.headersTimeout = slowPeerTimes.headersMs;
  server.requestTimeout = slowPeerTimes.requestMs;
  server.keepAliveTimeout = slowPeerTimes.keepAliveMs;
  server.maxConnections = mostConnections;
  server.maxHeadersCount = 100;
  const waiting = new WeakMap<Socket, NodeJS.Timeout>();
  server.on("connection", (socket: Socket) => {
    const timer = setTimeout(() => socket.destroy(), slowPeerTimes.firstHeadersMs);
    timer.unref();
    waiting.set(socket, timer);
    socket.once("close", () => clearTimeout(timer));
  });
  const spoken = (socket: Socket): void => clearTimeout(waiting.get(socket));
  server.on("request", (request) => spoken(request.socket));
  server.on("upgrade", (request) => spoken(request.socket));
}
