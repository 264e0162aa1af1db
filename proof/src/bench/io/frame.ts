import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  FrameEncoder,
  FrameReader,
  FrameSigner,
  infoOf,
  type MavMessage,
  type MessageInfo,
  type MessageName,
  MessagePool,
  messageId,
  ScannedFrame,
  signFrame,
} from "@outrider/mavlink";
import { SeededChance } from "../../storm/seeded-chance.js";
import { type Bench, type BenchResult, median, round } from "../bench.js";
import { type Corpus, compareMarks, inChunks, makeCorpus, markOf, rates } from "../frame/corpus.js";
import { FlightState } from "../frame/flight-state.js";
import { peerDecodesAll, peerEncoder, peerMarks, peerNoiseLeft, peerSignature } from "./frame-peer.js";
import { inTurns } from "./in-turns.js";

const seed = 20_251;
const lostFrames = 1_000_000;
const timedFrames = 150_000;
const chunkBytes = 64 * 1024;
const noiseBytes = 4 * 1024 * 1024;
const line = { v1: 0.018, flipped: 0.001, noise: 0.001 };
const turns = { rounds: 7, warm: 2 };
const key = new Uint8Array(32).map((_, i) => i * 7);

function ourMarks(chunks: readonly Uint8Array[]): readonly number[] {
  const marks: number[] = [];
  const reader = new FrameReader({ reuseFrame: true });
  for (const chunk of chunks) {
    reader.push(chunk, (frame) => {
      if (!frame.known || !(frame instanceof ScannedFrame)) return;
      const sum = frame.view.getUint16(frame.payloadStart + frame.payloadLength, true);
      marks.push(markOf(sum, frame.seq, frame.msgid));
    });
  }
  return marks;
}

function decodeAll(chunks: readonly Uint8Array[]): void {
  const reader = new FrameReader({ reuseFrame: true });
  const pool = new MessagePool();
  let seen = 0;
  for (const chunk of chunks) {
    reader.push(chunk, (frame) => {
      if (pool.decode(frame) !== undefined) seen++;
    });
  }
  if (seen === 0) throw new Error("nothing was decoded");
}

function updateAll(chunks: readonly Uint8Array[]): void {
  const reader = new FrameReader({ reuseFrame: true });
  const state = new FlightState();
  for (const chunk of chunks) {
    reader.push(chunk, (frame) => {
      if (frame instanceof ScannedFrame) state.update(frame);
    });
  }
  if (state.values.every((value) => value === 0)) throw new Error("the state never changed");
}

function noiseLeftKib(): number {
  const reader = new FrameReader();
  for (const chunk of inChunks(new SeededChance(seed, 3).bytes(noiseBytes), 4096)) reader.push(chunk, () => undefined);
  return reader.pendingBytes / 1024;
}

/** One message of each type, from the corpus' own generator: values of every size. */
function samples(corpus: Corpus): ReadonlyMap<MessageName, MavMessage> {
  const found = new Map<MessageName, MavMessage>();
  const reader = new FrameReader();
  reader.push(corpus.bytes, (frame) => {
    const message = frame.version === 2 ? decode(frame) : undefined;
    if (message !== undefined && !found.has(message.name)) found.set(message.name, message);
  });
  return found;
}

async function encodeRatios(corpus: Corpus): Promise<readonly number[]> {
  const ratios: number[] = [];
  for (const [name, message] of samples(corpus)) {
    // NaN does not survive equally: the bytes of a float are compared where they are numbers.
    ratios.push(await encodeRatio(infoOf(name), numbersOnly(message)));
  }
  return ratios;
}

function numbersOnly(message: MavMessage): MavMessage {
  for (const [field, value] of Object.entries(message)) {
    if (typeof value === "number" && !Number.isFinite(value)) Reflect.set(message, field, 1.5);
    if (Array.isArray(value))
      Reflect.set(
        message,
        field,
        value.map((one) => (Number.isFinite(one) ? one : 1.5)),
      );
  }
  return message;
}

/** Into the encoder's own bytes, as a link that copies at once uses it. */
async function encodeRatio(info: MessageInfo, message: AnyMessageInit & MavMessage): Promise<number> {
  const header = { sysid: 1, compid: 1, seq: 7 };
  const encoder = new FrameEncoder();
  const peer = peerEncoder(info, message, header);
  if (Buffer.compare(Buffer.from(encoder.encode(message, header)), peer()) !== 0)
    throw new Error(`${info.name}: the two encoders disagree`);
  const many = 4_000;
  const ours = (): void => {
    for (let i = 0; i < many * 8; i++) encoder.write(message, header);
  };
  const theirs = (): void => {
    for (let i = 0; i < many; i++) peer();
  };
  return (await inTurns(ours, theirs, { rounds: 7, warm: 1 })).ratio * 8;
}

async function signRatio(): Promise<{ ratio: number; oursNs: number; peerNs: number }> {
  const raw = encodeFrame(
    { name: "LOCAL_POSITION_NED", x: 1, y: 2, z: 3, vx: 4, vy: 5, vz: 6 },
    { sysid: 1, compid: 1, seq: 1 },
  );
  const signed = signFrame(raw, key, 1, 42_000_000);
  const signer = new FrameSigner(key);
  const peer = peerSignature(signed, key);
  if (!signer.matches(signed) || !peer()) throw new Error("a right signature was refused");
  const many = 40_000;
  const repeat = (check: () => boolean) => (): void => {
    for (let i = 0; i < many; i++) if (!check()) throw new Error("refused");
  };
  const { ratio, oursMs, peerMs } = await inTurns(
    repeat(() => signer.matches(signed)),
    repeat(peer),
    turns,
  );
  return { ratio, oursNs: (oursMs * 1e6) / many, peerNs: (peerMs * 1e6) / many };
}

async function lostOf(): Promise<{ lost: number; invented: number; peerLost: number; clean: number }> {
  const corpus = makeCorpus(new SeededChance(seed, 1), { frames: lostFrames, ...line });
  const chunks = inChunks(corpus.bytes, chunkBytes);
  const ours = compareMarks(corpus.clean, ourMarks(chunks));
  const peer = compareMarks(corpus.clean, await peerMarks(chunks));
  return { ...ours, peerLost: peer.lost, clean: corpus.clean.length };
}

async function run(): Promise<BenchResult> {
  const corpus = makeCorpus(new SeededChance(seed, 2), { frames: timedFrames, ...line });
  const chunks = inChunks(corpus.bytes, chunkBytes);
  const full = await inTurns(
    () => decodeAll(chunks),
    () => peerDecodesAll(chunks),
    turns,
  );
  const state = await inTurns(
    () => updateAll(chunks),
    () => peerDecodesAll(chunks),
    turns,
  );
  const encode = await encodeRatios(corpus);
  const sign = await signRatio();
  const loss = await lostOf();
  const ns = (ms: number): number => Math.round((ms * 1e6) / timedFrames);
  return {
    bench: "frame",
    metrics: {
      full_ratio: round(full.ratio, 1),
      state_ratio: round(state.ratio, 1),
      encode_ratio: round(median(encode), 1),
      sign_ratio: round(sign.ratio),
      lost: loss.lost,
      noise_left_kib: round(noiseLeftKib(), 3),
    },
    notes: [
      "peer node-mavlink 2.3.0: createMavLinkStream and protocol.data(), protocol.serialize(), signature.matches()",
      `${timedFrames} frames timed in turns, median of ${turns.rounds}, ${rates.length} types drawn by the rates of a hovering PX4's ground and onboard links added together (SITL, v1.17 development), random values, ${round(corpus.meanBytes, 1)} bytes mean, 1.8 % MAVLink 1, 0.1 % with a flipped bit, 0.1 % line noise, chunks of 64 KiB`,
      `full decode into reused objects ${ns(full.oursMs)} ns a frame, peer ${ns(full.peerMs)}; state of ${new FlightState().values.length} values ${ns(state.oursMs)}, peer ${ns(state.peerMs)}`,
      `encode per type ${round(Math.min(...encode), 1)} to ${round(Math.max(...encode), 1)}, byte-identical; signature ${Math.round(sign.oursNs)} ns, peer ${Math.round(sign.peerNs)}`,
      `of ${loss.clean} clean frames among ${lostFrames} ours lost ${loss.lost} and invented ${loss.invented}, peer lost ${loss.peerLost}; after 4 MiB of noise the peer holds ${round(await peerNoiseLeft(noiseBytes, seed), 1)} KiB`,
      `message ids from ${messageId("HEARTBEAT")} on, seed ${seed}`,
    ],
  };
}

export const frame: Bench = { name: "frame", run };
