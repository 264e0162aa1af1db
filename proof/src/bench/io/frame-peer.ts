import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { MavMessage, MessageInfo } from "@outrider/mavlink";
import {
  common,
  createMavLinkStream,
  type MavLinkData,
  type MavLinkDataConstructor,
  type MavLinkPacket,
  MavLinkPacketSignature,
  MavLinkPacketSplitter,
  MavLinkProtocolV2,
  minimal,
  standard,
} from "node-mavlink";
import { SeededChance } from "../../storm/seeded-chance.js";
import { inChunks, markOf } from "../frame/corpus.js";

type Registry = Readonly<Record<number, MavLinkDataConstructor<MavLinkData>>>;
const registry: Registry = { ...minimal.REGISTRY, ...standard.REGISTRY, ...common.REGISTRY };

/** The same bytes through node-mavlink's streams; as a user of it would write it. */
async function read(chunks: readonly Uint8Array[], onPacket: (packet: MavLinkPacket) => void): Promise<void> {
  const buffers = chunks.map((chunk) => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
  const stream = createMavLinkStream(Readable.from(buffers));
  stream.on("data", onPacket);
  await finished(stream, { writable: false });
}

export async function peerDecodesAll(chunks: readonly Uint8Array[]): Promise<void> {
  let seen = 0;
  await read(chunks, (packet) => {
    const Message = registry[packet.header.msgid];
    if (Message === undefined) return;
    packet.protocol.data(packet.payload, Message);
    seen++;
  });
  if (seen === 0) throw new Error("the peer decoded nothing");
}

export async function peerMarks(chunks: readonly Uint8Array[]): Promise<readonly number[]> {
  const marks: number[] = [];
  await read(chunks, (packet) => marks.push(markOf(packet.crc, packet.header.seq, packet.header.msgid)));
  return marks;
}

/** KiB that its splitter still holds after noise. */
export async function peerNoiseLeft(bytes: number, seed: number): Promise<number> {
  const splitter = new MavLinkPacketSplitter();
  splitter.on("data", () => undefined);
  for (const chunk of inChunks(new SeededChance(seed, 3).bytes(bytes), 4096)) {
    await new Promise<void>((resolve) => splitter.write(Buffer.from(chunk), () => resolve()));
  }
  const held: unknown = Reflect.get(splitter, "buffer");
  return Buffer.isBuffer(held) ? held.length / 1024 : Number.NaN;
}

/** The same message as node-mavlink has it; its fields are found by the XML's names. */
export function peerEncoder(
  info: MessageInfo,
  values: MavMessage,
  header: { sysid: number; compid: number; seq: number },
): () => Buffer {
  const Message = registry[info.id];
  if (Message === undefined) throw new Error(`node-mavlink lacks ${info.name}`);
  const out = new Message();
  for (const field of info.fields) {
    const their = Message.FIELDS.find((candidate) => candidate.source === field.source);
    const value: unknown = Reflect.get(values, field.name);
    if (their !== undefined) Reflect.set(out, their.name, value instanceof Uint8Array ? Array.from(value) : value);
  }
  const protocol = new MavLinkProtocolV2(header.sysid, header.compid);
  return () => protocol.serialize(out, header.seq);
}

export function peerSignature(signed: Uint8Array, key: Uint8Array): () => boolean {
  const signature = new MavLinkPacketSignature(Buffer.from(signed));
  const theirKey = Buffer.from(key);
  return () => signature.matches(theirKey);
}
