import { createServer, STATUS_CODES } from "node:http";
import type { Connection, Dialer, MessageServer, WireData } from "@outrider/contract";
import { type RawData, WebSocket, WebSocketServer } from "ws";

const largestMessageBytes = 1024 * 1024;

const connectionOf = (socket: WebSocket): Connection => ({
  send: (data) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(data);
  },
  bufferedBytes: () => socket.bufferedAmount,
  close: (code, reason) => socket.close(code, reason),
});

function dataOf(data: RawData, isBinary: boolean): WireData {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;
  return isBinary ? new Uint8Array(bytes) : bytes.toString("utf8");
}

/** Dials a WebSocket. The end is said once, whatever way it came. */
export const webSocketDialer: Dialer = {
  dial: (url, headers, handlers) => {
    const socket = new WebSocket(url, {
      headers,
      perMessageDeflate: false,
      handshakeTimeout: 5_000,
      maxPayload: largestMessageBytes,
    });
    let over = false;
    const end = (reason: string): void => {
      if (over) return;
      over = true;
      handlers.onClose(reason);
    };
    socket.on("open", () => handlers.onOpen(connectionOf(socket)));
    socket.on("message", (data, isBinary) => handlers.onMessage(dataOf(data, isBinary)));
    socket.on("error", (error) => end(error.message));
    socket.on("close", (code, reason) => end(`${code} ${reason.toString("utf8")}`));
    return () => socket.terminate();
  },
};

/** Listens for WebSockets. Refusals are answered before the upgrade; a caller that says nothing for 5 s is dropped. */
export const webSocketServer: MessageServer = {
  listen: (port, host, accept, ready) => {
    const http = createServer((_request, response) => response.writeHead(426).end());
    http.headersTimeout = 5_000;
    const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: largestMessageBytes });
    let told = false;
    const tell = (error?: Error): void => {
      if (told) return;
      told = true;
      ready(error);
    };
    http.on("error", (error) => tell(error));
    http.on("upgrade", (request, stream, head) => {
      const headers: Record<string, string | undefined> = {};
      for (const [key, value] of Object.entries(request.headers))
        headers[key] = Array.isArray(value) ? value.join(", ") : value;
      const path = (request.url ?? "/").split("?")[0] ?? "/";
      let socket: WebSocket | undefined;
      const connection: Connection = {
        send: (data) => socket !== undefined && connectionOf(socket).send(data),
        bufferedBytes: () => socket?.bufferedAmount ?? 0,
        close: (code, reason) => socket?.close(code, reason),
      };
      const answer = accept({ path, headers, remote: request.socket.remoteAddress ?? "" }, connection);
      if (answer.kind === "refuse") {
        stream.end(
          `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ""}\r\nconnection: close\r\n\r\n${answer.reason}`,
        );
        return;
      }
      sockets.handleUpgrade(request, stream, head, (opened) => {
        socket = opened;
        opened.on("message", (data, isBinary) => answer.onMessage(dataOf(data, isBinary)));
        opened.on("error", () => undefined);
        opened.on("close", (code, reason) => answer.onClose(`${code} ${reason.toString("utf8")}`));
      });
    });
    http.listen(port, host, () => tell());
    return () => {
      for (const client of sockets.clients) client.terminate();
      http.close();
    };
  },
};
