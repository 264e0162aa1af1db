import { createServer, type Socket } from "node:net";
import { acceptViewer, type RtspCameraDeps } from "../rtsp/rtsp-camera.js";

/** More would be a fault or an attack: real cameras serve a handful. */
const mostViewers = 64;

/** Serves cameras on one TCP port until the returned function is called; port 0 takes a free one, told by `ready`. */
export function listenRtsp(
  at: { readonly host: string; readonly port: number },
  deps: RtspCameraDeps,
  ready: (result: { kind: "ok"; port: number } | { kind: "error"; error: Error }) => void,
): () => void {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const viewer = acceptViewer(
      {
        host: socket.remoteAddress?.replace(/^::ffff:/, "") ?? "",
        send: (bytes) => void (socket.writable && socket.write(bytes)),
        bufferedBytes: () => socket.writableLength,
        close: () => socket.destroy(),
      },
      deps,
    );
    socket.on("data", (bytes: Buffer) => viewer.onBytes(bytes));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      viewer.onClose();
    });
  });
  server.maxConnections = mostViewers;
  server.on("error", (error) => ready({ kind: "error", error }));
  server.listen(at.port, at.host, () => {
    const address = server.address();
    ready({ kind: "ok", port: typeof address === "object" && address !== null ? address.port : at.port });
  });
  return () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
}
