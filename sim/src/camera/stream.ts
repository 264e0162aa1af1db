import type { CameraPose, Clock, DatagramSocket, Datagrams, Log } from "@outrider/contract";
import type { EncodedFrame } from "./flv-reader.js";
import { packetise, type RtpSender, rtpTimeOf, senderReport } from "./rtp.js";

/** A running H.264 encoder: pictures in, one encoded frame out for each, in order. */
export type Encoder = {
  /** Takes a copy. */
  write(yuv: Uint8Array): void;
  close(): void;
};
export type EncoderOptions = { readonly width: number; readonly height: number; readonly fps: number };
export type StartEncoder = (
  options: EncoderOptions,
  handlers: { onFrame(frame: EncodedFrame): void; onEnd(why: string): void },
) => Encoder;

export type CameraStreamDeps = {
  readonly host: string;
  readonly port: number;
  readonly fps: number;
  readonly width: number;
  readonly height: number;
  readonly ssrc: number;
  /** Run time stamps each frame; wall time paces them, so that a run at 30 times the pace costs no more. */
  readonly run: Clock;
  readonly wall: Clock;
  readonly datagrams: Datagrams;
  readonly startEncoder: StartEncoder;
  /** Undefined while there is nothing to see with (unknown pose). */
  readonly poseAt: (tMs: number) => CameraPose | undefined;
  /** Draws the frame; the bytes may be reused by the next call. */
  readonly render: (pose: CameraPose, tMs: number) => Uint8Array;
  readonly log: Log;
};

export type CameraStream = {
  start(): void;
  stop(): void;
  readonly running: boolean;
  /** Frames handed to the encoder, sent as RTP, and left out because the encoder was behind. */
  readonly counts: { readonly drawn: number; readonly sent: number; readonly skipped: number };
};

/** More pictures than this inside the encoder means that it cannot keep up: newer ones wait their turn outside. */
const mostInEncoder = 3;
const reportEveryMs = 500;
const restartAfterMs = 1_000;

/** One camera's picture: drawn, encoded, sent as RTP with sender reports that tie each frame to its capture time. */
export function createCameraStream(deps: CameraStreamDeps): CameraStream {
  const sender: RtpSender = { ssrc: deps.ssrc >>> 0, sequence: deps.ssrc & 0xffff, packets: 0, octets: 0 };
  const counts = { drawn: 0, sent: 0, skipped: 0 };
  const inEncoder: number[] = [];
  let socket: DatagramSocket | undefined;
  let encoder: Encoder | undefined;
  let cancel: (() => void) | undefined;
  let lastCaptureMs = Number.NEGATIVE_INFINITY;
  let reportedWallMs = Number.NEGATIVE_INFINITY;
  const peer = { host: deps.host, port: deps.port };

  const onFrame = (frame: EncodedFrame): void => {
    const capturedMs = inEncoder.shift();
    if (capturedMs === undefined || socket === undefined) return;
    // The report goes first: a receiver can then place this very frame in time.
    if (frame.key || deps.wall.nowMs() - reportedWallMs >= reportEveryMs) {
      reportedWallMs = deps.wall.nowMs();
      socket.send(senderReport(sender, capturedMs), peer);
    }
    for (const packet of packetise(sender, frame.nals, rtpTimeOf(capturedMs))) socket.send(packet, peer);
    counts.sent += 1;
  };
  const open = (): void => {
    inEncoder.length = 0;
    const mine = deps.startEncoder(deps, {
      onFrame: (frame) => {
        if (encoder === mine) onFrame(frame);
      },
      onEnd: (why) => {
        if (encoder !== mine) return;
        encoder = undefined;
        deps.log("warn", "camera encoder ended", { port: deps.port, why });
        deps.wall.after(restartAfterMs, () => {
          if (cancel !== undefined && encoder === undefined) open();
        });
      },
    });
    encoder = mine;
  };
  const tick = (): void => {
    cancel = deps.wall.after(1000 / deps.fps, tick);
    const tMs = deps.run.nowMs();
    // A paused run captures nothing: the picture is frozen and says so by its age.
    if (encoder === undefined || tMs === lastCaptureMs) return;
    if (inEncoder.length >= mostInEncoder) {
      counts.skipped += 1;
      return;
    }
    const pose = deps.poseAt(tMs);
    if (pose === undefined) return;
    lastCaptureMs = tMs;
    inEncoder.push(tMs);
    counts.drawn += 1;
    encoder.write(deps.render(pose, tMs));
  };
  return {
    counts,
    get running() {
      return cancel !== undefined;
    },
    start() {
      if (cancel !== undefined) return;
      socket = deps.datagrams.bind(
        { port: 0, host: deps.host === "127.0.0.1" ? "127.0.0.1" : "0.0.0.0" },
        {
          onDatagram: () => undefined,
          onError: (error) => deps.log("warn", "camera socket failed", { port: deps.port, error: error.message }),
          onBound: () => undefined,
        },
      );
      open();
      cancel = deps.wall.after(0, tick);
    },
    stop() {
      cancel?.();
      cancel = undefined;
      const ending = encoder;
      encoder = undefined;
      ending?.close();
      socket?.close();
      socket = undefined;
    },
  };
}
