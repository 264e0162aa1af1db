import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ByteDialer, ByteHandlers } from "../byte-dialer.js";
import type { AuthHashes } from "../rtsp/rtsp-auth.js";

const goodbyeMs = 1_000;

/** TCP connections of this machine; under TLS the peer must prove its name. */
export function tcpDialer(): ByteDialer {
  return {
    dial({ host, port, tls }, handlers) {
      const socket = tls ? connectTls({ host, port, servername: host }) : connect({ host, port });
      attach(socket, tls ? "secureConnect" : "connect", handlers);
      return () => socket.destroy();
    },
  };
}

function attach(socket: Socket, opened: "connect" | "secureConnect", handlers: ByteHandlers): void {
  let problem = "";
  socket.setNoDelay(true);
  socket.on(opened, () =>
    handlers.onOpen({
      send: (bytes) => void (socket.writable && socket.write(bytes)),
      // Half closed first: a goodbye that was just written must still get out.
      close: () => {
        socket.end();
        setTimeout(() => socket.destroy(), goodbyeMs).unref();
      },
    }),
  );
  socket.on("data", (bytes: Buffer) => handlers.onBytes(bytes));
  socket.on("error", (error: NodeJS.ErrnoException) => {
    problem = error.code ?? error.message;
  });
  socket.on("close", () => handlers.onClose(problem));
}

export const authHashes: AuthHashes = {
  md5Hex: (text) => createHash("md5").update(text, "utf8").digest("hex"),
  sha256Hex: (text) => createHash("sha256").update(text, "utf8").digest("hex"),
};
