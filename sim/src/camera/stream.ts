import type { CameraPose, Clock, Log } from "@outrider/contract";
import type { EncodedFrame } from "./flv-reader.js";
import { type Receiver, toOneReceiver } from "./one-receiver.js";
import { packetise, type RtpSender, rtpTimeOf, senderReport } from "./rtp.js";

/** A running H.264 encoder: pictures in, one encoded frame out for each, in order. */
export type Encoder = {
  /** Takes a copy. */
  write(yuv: Uint8Array): void;
  close(): void;
};
export type EncoderOptions = {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Pictures from one key picture to the next; as many as two seconds have where left out. */
  readonly keyEvery?: number;
};
export type StartEncoder = (
  options: EncoderOptions,
  handlers: { onFrame(frame: EncodedFrame): void; onEnd(why: string): void },
) => Encoder;

/** Where a stream's packets go. */
export type PacketOut = {
  /** One picture: its RTP packets, and before them a sender report where one is due. */
  send(report: Uint8Array | undefined, packets: readonly Uint8Array[], key: boolean): void;
  close(): void;
};

export type CameraStreamDeps = EncoderOptions & {
  /** For the log. */
  readonly name: string;
  readonly openOut: () => PacketOut;
  readonly ssrc: number;
  /** Run time stamps each frame; wall time paces them, so that a run at 30 times the pace costs no more. */
  readonly run: Clock;
  readonly wall: Clock;
  readonly startEncoder: StartEncoder;
  /** Undefined while there is nothing to see with (unknown pose). */
  readonly poseAt: (tMs: number) => CameraPose | undefined;
  /** True while every second picture is left out, because this camera's viewers look at another of its sensors. */
  readonly eased?: () => boolean;
  /** Draws the frame; the bytes may be reused by the next call. */
  readonly render: (pose: CameraPose, tMs: number) => Uint8Array;
  /** Gets each encoded picture with its time of capture, for a form of sending other than RTP. */
  readonly onFrame?: (frame: EncodedFrame, capturedMs: number) => void;
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
export const createCameraStream = (deps: CameraStreamDeps): CameraStream => new RtpCameraStream(deps);

class RtpCameraStream implements CameraStream {
  readonly counts = { drawn: 0, sent: 0, skipped: 0 };
  readonly #deps: CameraStreamDeps;
  readonly #sender: RtpSender;
  readonly #inEncoder: number[] = [];
  #out: PacketOut | undefined;
  #encoder: Encoder | undefined;
  #cancel: (() => void) | undefined;
  #dueMs = 0;
  #lastCaptureMs = Number.NEGATIVE_INFINITY;
  #leavesOut = false;
  #reportedWallMs = Number.NEGATIVE_INFINITY;

  constructor(deps: CameraStreamDeps) {
    this.#deps = deps;
    this.#sender = { ssrc: deps.ssrc >>> 0, sequence: deps.ssrc & 0xffff, packets: 0, octets: 0 };
  }

  get running(): boolean {
    return this.#cancel !== undefined;
  }

  start(): void {
    if (this.running) return;
    const { wall, openOut } = this.#deps;
    this.#out = openOut();
    this.#openEncoder();
    this.#dueMs = wall.nowMs();
    this.#cancel = wall.after(0, () => this.#tick());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const ending = this.#encoder;
    this.#encoder = undefined;
    ending?.close();
    this.#out?.close();
    this.#out = undefined;
  }

  #openEncoder(): void {
    this.#inEncoder.length = 0;
    const mine: Encoder = this.#deps.startEncoder(this.#deps, {
      onFrame: (frame) => {
        if (this.#encoder === mine) this.#send(frame);
      },
      onEnd: (why) => {
        if (this.#encoder !== mine) return;
        this.#encoder = undefined;
        this.#deps.log("warn", "camera encoder ended", { camera: this.#deps.name, why });
        this.#deps.wall.after(restartAfterMs, () => {
          if (this.running && this.#encoder === undefined) this.#openEncoder();
        });
      },
    });
    this.#encoder = mine;
  }

  /** By due times: a wait counted from each late tick would add every lateness up, and 15 pictures would be 13. */
  #nextTick(): void {
    const { wall, fps } = this.#deps;
    const nowMs = wall.nowMs();
    // What is more than a picture behind is not made up for.
    this.#dueMs = Math.max(this.#dueMs + 1000 / fps, nowMs);
    this.#cancel = wall.after(this.#dueMs - nowMs, () => this.#tick());
  }

  #tick(): void {
    const { run, poseAt, render } = this.#deps;
    this.#nextTick();
    const tMs = run.nowMs();
    // A paused run captures nothing: the picture is frozen and says so by its age.
    if (this.#encoder === undefined || tMs === this.#lastCaptureMs) return;
    if (this.#inEncoder.length >= mostInEncoder) {
      this.counts.skipped += 1;
      return;
    }
    this.#leavesOut = !this.#leavesOut && this.#deps.eased?.() === true;
    if (this.#leavesOut) return;
    const pose = poseAt(tMs);
    if (pose === undefined) return;
    this.#lastCaptureMs = tMs;
    this.#inEncoder.push(tMs);
    this.counts.drawn += 1;
    this.#encoder.write(render(pose, tMs));
  }

  #send(frame: EncodedFrame): void {
    const capturedMs = this.#inEncoder.shift();
    if (capturedMs === undefined || this.#out === undefined) return;
    this.#deps.onFrame?.(frame, capturedMs);
    const wallMs = this.#deps.wall.nowMs();
    // The report goes first: a receiver can then place this very frame in time.
    const due = frame.key || wallMs - this.#reportedWallMs >= reportEveryMs;
    if (due) this.#reportedWallMs = wallMs;
    const report = due ? senderReport(this.#sender, capturedMs) : undefined;
    this.#out.send(report, packetise(this.#sender, frame.nals, rtpTimeOf(capturedMs)), frame.key);
    this.counts.sent += 1;
  }
}

/** To one receiver by UDP, reports to the same port (RFC 5761). */
export function udpOut(to: Receiver): PacketOut {
  const receiver = toOneReceiver(to);
  return {
    send: (report, packets) => {
      if (report !== undefined) receiver.send(report);
      for (const packet of packets) receiver.send(packet);
    },
    close: () => receiver.close(),
  };
}
