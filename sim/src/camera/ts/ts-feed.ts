import type { CameraPose } from "@outrider/contract";
import type { EncodedFrame } from "../flv-reader.js";
import { frameMetadata, type MetadataGround, type MetadataNames } from "../klv/frame-metadata.js";
import type { Attitude } from "../klv/relative-angles.js";
import { encodeUasMetadata } from "../klv/st0601.js";
import { type Receiver, toOneReceiver } from "../one-receiver.js";
import type { PacketOut } from "../stream.js";
import { precisionTimeSei } from "./precision-time.js";
import { TsMuxer } from "./ts-muxer.js";

/** Where a transport stream goes. `startsHere`: a receiver that comes in may begin with these packets. */
export type TsSink = {
  send(packets: readonly Uint8Array[], startsHere: boolean): void;
  close(): void;
};

export type TsFeedDeps = {
  readonly openSink: () => TsSink;
  readonly ground: MetadataGround;
  readonly names: MetadataNames;
  readonly aspect: number;
  /** Attitude of the airframe at a moment of run time; undefined while it is not known. */
  readonly platformAt: (tMs: number) => Attitude | undefined;
};

export type TsFeed = {
  /** Takes the place of RTP: opens the sink with the stream and closes it with it. */
  readonly openOut: () => PacketOut;
  /** The pose with which a picture was drawn: its metadata must say no other. */
  drawn(pose: CameraPose, tMs: number): void;
  onFrame(frame: EncodedFrame, capturedMs: number): void;
};

const mostPoses = 32;

/** A camera's transport stream: each picture with its time inside (ST 0604) and its pose beside it (ST 0601). */
export function createTsFeed(deps: TsFeedDeps): TsFeed {
  const poses = new Map<number, CameraPose>();
  let muxer = new TsMuxer();
  let sink: TsSink | undefined;
  const metadata = (tMs: number): Uint8Array | undefined => {
    const pose = poses.get(tMs);
    const platform = deps.platformAt(tMs);
    if (pose === undefined || platform === undefined) return undefined;
    return encodeUasMetadata(frameMetadata(tMs, pose, platform, deps.ground, deps.names, deps.aspect));
  };
  return {
    openOut: () => {
      muxer = new TsMuxer();
      sink = deps.openSink();
      const opened = sink;
      return {
        send: () => undefined,
        close: () => {
          opened.close();
          if (sink === opened) sink = undefined;
        },
      };
    },
    drawn: (pose, tMs) => {
      poses.set(tMs, pose);
      const [oldest] = poses.keys();
      if (poses.size > mostPoses && oldest !== undefined) poses.delete(oldest);
    },
    onFrame: ({ nals, key }, tMs) => {
      const slice = nals.findIndex((nal) => [1, 5].includes((nal[0] ?? 0) & 31));
      const at = slice < 0 ? nals.length : slice;
      const stamped = [...nals.slice(0, at), precisionTimeSei(tMs), ...nals.slice(at)];
      sink?.send(muxer.picture({ nals: stamped, key, tMs }, metadata(tMs)), key);
    },
  };
}

/** A datagram of seven packets is the most that passes an Ethernet whole, and what receivers expect. */
const packetsInDatagram = 7;

export function udpSink(to: Receiver): TsSink {
  const receiver = toOneReceiver(to);
  return {
    send: (packets) => {
      for (let i = 0; i < packets.length; i += packetsInDatagram)
        receiver.send(joined(packets.slice(i, i + packetsInDatagram)));
    },
    close: () => receiver.close(),
  };
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
