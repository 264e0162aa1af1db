// A process of the bench: sends datagrams to a port at a pace, or as fast as asked, from many sockets.
import { createSocket, type Socket } from "node:dgram";
import { type AnyMessageInit, decode, encodeFrame, FrameReader } from "@outrider/mavlink";
import { answersTo, batteryFrames, heartbeat } from "../bridge/battery-frames.js";

export type LoadAsk = { readonly port: number; readonly perSecond: number; readonly seconds: number };
/** `sent`: every datagram, heartbeats and answers too. */
export type LoadTold = { readonly sent: number; readonly tookMs: number };

const aircraft = 20;
const heartbeatMs = 1_000;
/** A sender that was held up goes on at its pace: all that it owes sent at once would be another pace than the one asked. */
const mostOwedMs = 10;

type Sender = { readonly socket: Socket; readonly frames: readonly Uint8Array[]; readonly sysid: number; seq: number };

let answered = 0;
/** Twenty aircraft for each port: one that came from another address every time would be met anew every time. */
const fleets = new Map<number, readonly Sender[]>();

async function fleetFor(port: number): Promise<readonly Sender[]> {
  const before = fleets.get(port);
  if (before !== undefined) return before;
  const fleet: Sender[] = [];
  for (let sysid = 1; sysid <= aircraft; sysid++) {
    const socket = createSocket("udp4");
    socket.on("error", () => undefined);
    // A connected socket looks nothing up for each datagram: the sender must not be what is measured.
    await new Promise<void>((resolve) => socket.connect(port, "127.0.0.1", resolve));
    const sender: Sender = { socket, frames: batteryFrames(sysid), sysid, seq: 0 };
    const reader = new FrameReader();
    socket.on("message", (bytes) => answer(sender, reader, bytes));
    fleet.push(sender);
  }
  fleets.set(port, fleet);
  return fleet;
}

function answer(sender: Sender, reader: FrameReader, bytes: Uint8Array): void {
  reader.pushDatagram(bytes, (frame) => {
    const asked = decode(frame);
    for (const said of asked === undefined ? [] : answersTo(asked, sender.sysid)) {
      say(sender, said);
      answered++;
    }
  });
}

/** With the aircraft's one counter: one out of its order would be frames lost, or a second aircraft. */
function say(sender: Sender, message: AnyMessageInit): void {
  sender.socket.send(encodeFrame(message, { sysid: sender.sysid, compid: 1, seq: sender.seq++ & 0xff }));
}

/** Sends in small bursts, each as late as it must be: an early one would empty into a full buffer. */
function load(senders: readonly Sender[], { perSecond, seconds }: LoadAsk, done: (told: LoadTold) => void): void {
  const beganMs = performance.now();
  let startMs = beganMs;
  const total = Math.round(perSecond * seconds);
  let sent = 0;
  let beats = 0;
  const answeredBefore = answered;
  let saidMs = Number.NEGATIVE_INFINITY;
  const burst = (): void => {
    startMs = Math.max(startMs, performance.now() - (sent / perSecond) * 1000 - mostOwedMs);
    const nowMs = performance.now() - startMs;
    if (nowMs - saidMs > heartbeatMs) {
      saidMs = nowMs;
      for (const sender of senders) say(sender, heartbeat);
      beats += senders.length;
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
    else done({ sent: sent + beats + answered - answeredBefore, tookMs: performance.now() - beganMs });
  };
  burst();
}

process.on("message", (question) => {
  if (typeof question !== "string" || question === "report") return;
  // The bench asks nothing else of this process than a LoadAsk as JSON.
  const ask = JSON.parse(question) as LoadAsk;
  void fleetFor(ask.port).then((senders) => load(senders, ask, (told) => process.send?.(told)));
});
// The reporter lets go of the channel, and no socket holds this process before the first question.
process.channel?.ref();
process.stdout.write("ready 1\n");
