// The peer of the fan-out bench: what a first version of such a server looks like. Takes the bridge's very frames and
// sends each aircraft to each client as one JSON message with the same fields, on change, with no limit.
import type { AddressInfo } from "node:net";
import { decodeSamples } from "@outrider/contract";
import { WebSocket, WebSocketServer } from "ws";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
server.on("connection", (socket, request) => {
  socket.on("error", () => socket.terminate());
  if (request.url !== "/bridge") return;
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) send(data, socket);
  });
});

function send(data: Buffer, bridge: WebSocket): void {
  const frame = decodeSamples(data);
  for (const sample of frame?.samples ?? []) {
    // Made once for all clients, which is kind to the peer.
    const text = JSON.stringify({ kind: "aircraft", sentMs: frame?.tSentMs, ...sample });
    for (const client of server.clients)
      if (client !== bridge && client.readyState === WebSocket.OPEN) client.send(text);
  }
}

server.on("listening", () => {
  // A server on a TCP port has an address of this form.
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`peer ready ${port}\n`);
});
