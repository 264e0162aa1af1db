import { connect, createServer, type Socket } from "node:net";
import type { ByteStream, StreamHandlers, Streams } from "../../link/index.js";
import { openSerial } from "./serial-port.js";
import { StallWatch } from "./stall-watch.js";

/** A peer that does not take this much is not reading: what is sent to it is dropped, never kept. */
const mostBufferedBytes = 16 * 1024;
/** A peer that takes nothing for this long is cut off, with what waits for it: it would be read far too late. */
const stallMs = 5_000;
const connectMs = 5_000;
/** Lets the system find out about a peer whose machine is gone. */
const keepAlive = { keepAlive: true, keepAliveInitialDelay: 5_000, noDelay: true } as const;

/** TCP and serial of the operating system. */
export const byteStreams: Streams = {
  dialTcp(at, handlers) {
    const socket = connect({ host: at.host, port: at.port, ...keepAlive });
    const slow = setTimeout(() => socket.destroy(new Error(`${at.host}:${at.port} does not answer`)), connectMs);
    socket.on("connect", () => {
      clearTimeout(slow);
      handlers.onOpen(streamOf(socket), `${at.host}:${at.port}`);
    });
    socket.on("close", () => clearTimeout(slow));
    serve(socket, handlers);
    return () => socket.destroy();
  },
  listenTcp(at, accept, failed, listening) {
    const open = new Set<Socket>();
    const server = createServer(keepAlive, (socket) => {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
      const handlers = accept();
      handlers.onOpen(streamOf(socket), `${socket.remoteAddress ?? "unknown"}:${socket.remotePort ?? 0}`);
      serve(socket, handlers);
    });
    server.on("error", failed);
    server.listen(at.port, at.host, listening);
    return () => {
      for (const socket of open) socket.destroy();
      server.close();
    };
  },
  openSerial,
};

function streamOf(socket: Socket): ByteStream {
  // Reset, not ended: bytes that wait in the system's own buffer must not arrive after all.
  const stall = new StallWatch(stallMs, () => socket.resetAndDestroy());
  socket.on("close", () => stall.close());
  return {
    write: (bytes) => {
      if (socket.destroyed || socket.writableLength > mostBufferedBytes) return false;
      stall.began();
      socket.write(bytes, () => stall.ended());
      return true;
    },
    close: () => socket.destroy(),
  };
}

function serve(socket: Socket, handlers: StreamHandlers): void {
  let reason = "the other end hung up";
  socket.on("data", (bytes) => handlers.onBytes(bytes));
  socket.on("error", (error) => {
    reason = error.message;
  });
  socket.on("close", () => handlers.onClose(reason));
}
