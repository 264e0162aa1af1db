// The browsers of the fan-out bench, in a process of their own so that their cost is not the server's.
// Arguments: station base, cookie, peer port, count, tickets of the station with commas.
import { sampleHeaderBytes, sampleRowBytes } from "@outrider/contract";
import { WebSocket } from "ws";
import { messageBytes } from "../fanout/many-aircraft.js";

const [base = "", cookie = "", peerPort = "", tickets = ""] = process.argv.slice(2);
const counts = { ours: { rows: 0, bytes: 0 }, peer: { rows: 0, bytes: 0 } };
const sockets: WebSocket[] = [];

function toStation(ticket: string): Promise<WebSocket> {
  const socket = new WebSocket(`${base.replace("http", "ws")}/live`, { headers: { origin: base, cookie } });
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return;
    counts.ours.bytes += messageBytes(data.length);
    counts.ours.rows += (data.length - sampleHeaderBytes) / sampleRowBytes;
  });
  socket.on("open", () => socket.send(JSON.stringify({ kind: "hello", version: 1, ticket })));
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", (code, why) => reject(new Error(`closed ${code} ${why}`)));
    // The welcome: from here on it is a client like any other.
    socket.once("message", () => resolve(socket));
  });
}

function toPeer(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${peerPort}/live`);
  socket.on("message", (data: Buffer) => {
    counts.peer.bytes += messageBytes(data.length);
    counts.peer.rows += 1;
  });
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => resolve(socket));
  });
}

for (const ticket of tickets.split(",")) {
  sockets.push(await toStation(ticket), await toPeer());
}
process.on("message", (question) => {
  // The first of each kind stops reading, as a laptop that went to sleep does; its sockets stay open.
  if (question === "stall") for (const socket of sockets.slice(0, 2)) socket.pause();
  if (question !== "report") process.send?.(counts);
});
process.stdout.write("clients ready\n");
