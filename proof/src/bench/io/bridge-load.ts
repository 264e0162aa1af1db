// A process of the bench: sends datagrams to a port at a pace, or as fast as asked, from many sockets.
import { createSocket, type Socket } from "node:dgram";
import { batteryFrames, introduction } from "../bridge/battery-frames.js";

export type LoadAsk = { readonly port: number; readonly perSecond: number; readonly seconds: number };
export type LoadTold = { readonly sent: number; readonly tookMs: number };

const aircraft = 20;
const heartbeatMs = 500;

type Sender = { readonly socket: Socket; readonly frames: readonly Uint8Array[]; readonly sysid: number; seq: number };

let aimedAt: number | undefined;
const senders: Sender[] = Array.from({ length: aircraft }, (_, index) => {
  const socket = createSocket("udp4");
  // What the bridge asks is not answered here: it is read and dropped, as the sender's own price.
  socket.on("message", () => undefined);
  socket.on("error", () => undefined);
  socket.bind(0, "127.0.0.1");
  return { socket, frames: batteryFrames(index + 1), sysid: index + 1, seq: 0 };
});

/** A connected socket looks nothing up for each datagram: the sender must not be what is measured. */
async function aim(port: number): Promise<void> {
  for (const { socket } of senders) {
    if (aimedAt !== undefined) socket.disconnect();
    await new Promise<void>((resolve) => socket.connect(port, "127.0.0.1", resolve));
  }
  aimedAt = port;
}

function introduce(): void {
  for (const { socket, sysid } of senders) for (const frame of introduction(sysid)) socket.send(frame);
}

/** Sends in small bursts, each as late as it must be: an early one would empty into a full buffer. */
function load({ perSecond, seconds }: LoadAsk, done: (told: LoadTold) => void): void {
  const startMs = performance.now();
  const total = Math.round(perSecond * seconds);
  let sent = 0;
  let saidMs = 0;
  const burst = (): void => {
    const nowMs = performance.now() - startMs;
    if (nowMs - saidMs > heartbeatMs) {
      saidMs = nowMs;
      introduce();
    }
    const due = Math.min(total, Math.floor((nowMs / 1000) * perSecond));
    while (sent < due) {
      const sender = senders[sent % aircraft];
      const frame = sender?.frames[sender.seq & 0xff];
      if (sender === undefined || frame === undefined) break;
      sender.seq++;
      sender.socket.send(frame);
      sent++;
    }
    if (sent < total) setImmediate(burst);
    else done({ sent, tookMs: performance.now() - startMs });
  };
  introduce();
  burst();
}

process.on("message", (question) => {
  if (typeof question !== "string" || question === "report") return;
  // The bench asks nothing else of this process than a LoadAsk as JSON.
  const ask = JSON.parse(question) as LoadAsk;
  const ready = aimedAt === ask.port ? Promise.resolve() : aim(ask.port);
  void ready.then(() => load(ask, (told) => process.send?.(told)));
});
process.stdout.write("ready 1\n");
