import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Acceptor, Connection, Log, WireData } from "@outrider/contract";
import { type WebSocket, WebSocketServer } from "ws";
import { remoteOf } from "./remote-address.js";

/** Paths that upgrade, and the largest message each may send: browsers speak short JSON, the bridge whole samples. */
const paths: Readonly<Record<string, { maxPayload: number; browser: boolean }>> = {
  "/live": { maxPayload: 64 * 1024, browser: true },
  "/bridge": { maxPayload: 1024 * 1024, browser: false },
  "/sim": { maxPayload: 1024 * 1024, browser: false },
};
const mostSockets = 1_000;

type Deferred = Connection & { attach(socket: WebSocket, raw: Duplex): void };

/**
 * What one turn of the loop sends on a socket leaves in one write at its end: each write wakes the peer, and on a small
 * machine it then runs in our place while an order waits to be sent.
 */
function inOneWrite(raw: Duplex): () => void {
  let corked = false;
  return () => {
    if (corked) return;
    corked = true;
    raw.cork();
    process.nextTick(() => {
      corked = false;
      raw.uncork();
    });
  };
}

/** What a part may already send while the handshake is still going out is kept in order. */
function deferredConnection(): Deferred {
  let socket: WebSocket | undefined;
  let closed: { code: number; reason: string } | undefined;
  let together: () => void = () => undefined;
  const early: WireData[] = [];
  const sendNow = (to: WebSocket, data: WireData): void => {
    together();
    to.send(data, { binary: typeof data !== "string" });
  };
  return {
    send(data) {
      if (socket === undefined) early.push(data);
      else if (socket.readyState === socket.OPEN) sendNow(socket, data);
    },
    bufferedBytes: () => socket?.bufferedAmount ?? 0,
    close(code = 1000, reason = "") {
      closed = { code, reason };
      socket?.close(code, reason.slice(0, 120));
      // A peer that never answers the close must not keep the socket.
      setTimeout(() => socket?.terminate(), 2_000).unref();
    },
    attach(open, raw) {
      socket = open;
      together = inOneWrite(raw);
      for (const data of early) sendNow(open, data);
      if (closed) open.close(closed.code, closed.reason.slice(0, 120));
    },
  };
}

/** WebSockets of `/live`, `/bridge` and `/sim` on the HTTP server. Refusals are HTTP answers before any upgrade. */
export function attachSockets(server: Server, accept: Acceptor, log: Log, proxied = false): () => void {
  const servers = new Map(
    Object.entries(paths).map(([path, options]) => [
      path,
      new WebSocketServer({
        noServer: true,
        perMessageDeflate: false,
        clientTracking: true,
        maxPayload: options.maxPayload,
      }),
    ]),
  );
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const path = (request.url ?? "").split("?")[0] ?? "";
    const ws = servers.get(path);
    const rule = paths[path];
    if (ws === undefined || rule === undefined) return refuse(socket, 404, "no such socket");
    if (!rule.browser && request.headers.origin !== undefined) return refuse(socket, 403, "not for browsers");
    const open = [...servers.values()].reduce((sum, one) => sum + one.clients.size, 0);
    if (open >= mostSockets) return refuse(socket, 503, "too many sockets");
    const connection = deferredConnection();
    const answer = guarded(accept, log)(
      { path, headers: flatten(request.headers), remote: remoteOf(request, proxied) },
      connection,
    );
    if (answer.kind === "refuse") return refuse(socket, answer.status, answer.reason);
    ws.handleUpgrade(request, socket, head, (opened) => {
      wire(opened, answer, log);
      connection.attach(opened, socket);
    });
  });
  return () => {
    for (const ws of servers.values()) {
      for (const client of ws.clients) client.terminate();
      ws.close();
    }
  };
}

type Accepted = { onMessage(data: WireData): void; onClose(reason: string): void };

function wire(socket: WebSocket, handlers: Accepted, log: Log): void {
  socket.binaryType = "nodebuffer";
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    try {
      handlers.onMessage(isBinary ? data : data.toString("utf8"));
    } catch (error) {
      log("error", "a message broke its part", { error: error instanceof Error ? error.stack : String(error) });
    }
  });
  socket.on("error", (error) => log("info", "socket error", { error: error.message }));
  socket.on("close", (code) => handlers.onClose(`closed ${code}`));
}

function refuse(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${reason}\n`);
}

/** A fault while a socket is judged refuses that socket; it must not end the process that others fly with. */
const guarded =
  (accept: Acceptor, log: Log): Acceptor =>
  (info, connection) => {
    try {
      return accept(info, connection);
    } catch (error) {
      log("error", "a socket's acceptor broke", { path: info.path, error: String(error) });
      return { kind: "refuse", status: 500, reason: "broken" };
    }
  };

const flatten = (headers: IncomingMessage["headers"]): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
