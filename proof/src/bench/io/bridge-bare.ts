// A process of the bench: what hearing a datagram costs when nothing is done with it.
import { createSocket } from "node:dgram";

const socket = createSocket("udp4");
let [heard, bytes] = [0, 0];
socket.on("message", (datagram) => {
  heard++;
  bytes += datagram.length;
});
process.on("message", (question) => {
  if (question === "heard") process.send?.({ heard, bytes });
});
socket.bind(Number(process.argv[2]), "127.0.0.1", () => {
  socket.setRecvBufferSize(4 * 1024 * 1024);
  process.stdout.write(`bare listener ready, receive buffer ${socket.getRecvBufferSize()}\n`);
});
