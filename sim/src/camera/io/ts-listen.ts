import { createServer, type Server, type Socket } from "node:net";
import { joined, type TsSink } from "../ts/ts-feed.js";

const mostViewers = 16;
/** A viewer whose socket holds this much does not keep up: packets are left out until the next picture to begin with. */
const mostBufferedBytes = 512 * 1024;
const head = "HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";

/**
 * Serves a transport stream on a TCP port: who says GET gets it as an HTTP answer, who says nothing within a moment
 * gets it as it is. `ready` tells the port, or why there is none.
 */
export function tcpSink(
  at: { readonly host: string; readonly port: number },
  ready: (result: { kind: "ok"; port: number } | { kind: "error"; error: Error }) => void,
): TsSink {
  const viewers = new Map<Socket, { playing: boolean }>();
  const server: Server = createServer((socket) => accept(socket, viewers));
  server.maxConnections = mostViewers;
  server.on("error", (error) => ready({ kind: "error", error }));
  server.listen(at.port, at.host, () => {
    const address = server.address();
    ready({ kind: "ok", port: typeof address === "object" && address !== null ? address.port : at.port });
  });
  return {
    send: (packets, startsHere) => {
      const bytes = joined(packets);
      for (const [socket, viewer] of viewers) {
        if (startsHere) viewer.playing = true;
        if (socket.writableLength > mostBufferedBytes) viewer.playing = false;
        if (viewer.playing) socket.write(bytes);
      }
    },
    close: () => {
      server.close();
      for (const socket of viewers.keys()) socket.destroy();
      viewers.clear();
    },
  };
}

const quietMs = 300;

function accept(socket: Socket, viewers: Map<Socket, { playing: boolean }>): void {
  socket.setNoDelay(true);
  const plain = setTimeout(() => viewers.set(socket, { playing: false }), quietMs);
  let asked = "";
  socket.on("data", (bytes) => {
    if (viewers.has(socket)) return;
    clearTimeout(plain);
    asked = (asked + bytes.toString("latin1")).slice(-8_192);
    if (!asked.includes("\r\n\r\n")) return;
    if (/^(GET) /.test(asked)) {
      socket.write(head);
      viewers.set(socket, { playing: false });
    } else socket.end("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nConnection: close\r\n\r\n");
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    clearTimeout(plain);
    viewers.delete(socket);
  });
}
