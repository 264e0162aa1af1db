import { connect, createServer, type Socket } from "node:net";
import type { ByteStream, StreamHandlers, Streams } from "../../link/index.js";

/** A peer that does not take this much is not there any more: what is sent to it is dropped, never kept. */
const mostBufferedBytes = 64 * 1024;

/** TCP and serial of the operating system. */
export const byteStreams: Streams = {
  dialTcp(at, handlers) {
    const socket = connect({ host: at.host, port: at.port, noDelay: true, keepAlive: true });
    socket.on("connect", () => handlers.onOpen(streamOf(socket), `${at.host}:${at.port}`));
    serve(socket, handlers);
    return () => socket.destroy();
  },
  listenTcp(at, accept, failed) {
    const open = new Set<Socket>();
    const server = createServer({ noDelay: true, keepAlive: true }, (socket) => {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
      const handlers = accept();
      handlers.onOpen(streamOf(socket), `${socket.remoteAddress ?? "unknown"}:${socket.remotePort ?? 0}`);
      serve(socket, handlers);
    });
    server.on("error", failed);
    server.listen(at.port, at.host);
    return () => {
      for (const socket of open) socket.destroy();
      server.close();
    };
  },
  openSerial(at, handlers) {
    let hungUp = false;
    let hangUp = (): void => undefined;
    // Loaded only where a serial link is configured: it brings a native binary.
    import("serialport").then(
      ({ SerialPort }) => {
        if (hungUp) return;
        const port = new SerialPort({ path: at.path, baudRate: at.baud, rtscts: at.flowControl, autoOpen: false });
        hangUp = () => port.close(() => undefined);
        port.on("data", (bytes: Buffer) => handlers.onBytes(bytes));
        port.on("error", (error: Error) => handlers.onClose(error.message));
        port.on("close", () => handlers.onClose("the port closed"));
        port.open((error) => {
          if (error !== null) return handlers.onClose(error.message);
          const write = (bytes: Uint8Array): boolean => {
            if (port.writableLength > mostBufferedBytes) return false;
            port.write(bytes);
            return true;
          };
          handlers.onOpen({ write, close: hangUp }, at.path);
        });
      },
      (error: unknown) =>
        handlers.onClose(`no serial support: ${error instanceof Error ? error.message : String(error)}`),
    );
    return () => {
      hungUp = true;
      hangUp();
    };
  },
};

function streamOf(socket: Socket): ByteStream {
  return {
    write: (bytes) => {
      if (socket.destroyed || socket.writableLength > mostBufferedBytes) return false;
      socket.write(bytes);
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
