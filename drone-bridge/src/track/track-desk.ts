import type { AppendFile, Disk, Log } from "@outrider/contract";
import { isSigned, sha256, stripSignature } from "@outrider/mavlink";
import type { Path } from "../route/index.js";
import { tlogRecord } from "./tlog.js";

/** SETUP_SIGNING carries a key: it is written nowhere. */
const setupSigning = 256;
/** Kept before arming, so that a track begins with how it came to arm. */
const beforeMs = 10_000;
/** What is older than that is dropped a second's worth at a time. */
const trimMs = 1_000;
/** Bytes that may wait for a slow disk; what comes beyond is counted, not kept. */
const mostWaitingBytes = 8 * 1024 * 1024;

type Heard = { readonly tMs: number; readonly frame: Uint8Array };
type Track = {
  readonly name: string;
  file: AppendFile | undefined;
  waiting: Uint8Array[];
  waitingBytes: number;
  writing: boolean;
  hashes: string[];
  dropped: number;
};
type Watched = { paths: ReadonlySet<string>; armed: boolean; recent: Heard[]; track: Track | undefined };

/**
 * One .tlog for each flight, arming to disarming, both directions, signatures stripped. Each written block is hashed and
 * the list of hashes stands beside the file at the end, so that a change is seen. Evidence, never in the way of flying.
 */
export class TrackDesk {
  readonly #deps: { readonly disk: Disk; readonly folder: string; readonly log: Log };
  readonly #watched = new Map<string, Watched>();

  constructor(deps: { disk: Disk; folder: string; log: Log }) {
    this.#deps = deps;
  }

  take(pathKey: string, bytes: Uint8Array, tMs: number): void {
    if (messageIdOf(bytes) === setupSigning) return;
    for (const watched of this.#watched.values()) {
      if (!watched.paths.has(pathKey)) continue;
      // Most of what is heard on the ground is never written: the record is made when a track takes it.
      if (watched.track !== undefined) push(watched.track, recordOf(bytes, tMs));
      else watched.recent.push({ tMs, frame: bytes });
    }
  }

  /** Which paths an aircraft is heard by, and whether it is armed: that is what begins and ends a track. */
  follow(uid: string, paths: readonly Path[], armed: boolean, tMs: number): void {
    const watched = this.#watched.get(uid) ?? { paths: new Set<string>(), armed: false, recent: [], track: undefined };
    this.#watched.set(uid, watched);
    if (paths.length !== watched.paths.size || !paths.every((path) => watched.paths.has(path.key)))
      watched.paths = new Set(paths.map((path) => path.key));
    if (tMs - (watched.recent[0]?.tMs ?? tMs) > beforeMs + trimMs) trim(watched.recent, tMs);
    if (armed === watched.armed) return;
    watched.armed = armed;
    if (armed) this.#begin(uid, watched, tMs);
    else this.#end(watched);
  }

  /** Hands what has come to the disk. */
  write(): void {
    for (const { track } of this.#watched.values()) if (track !== undefined) flush(track, () => {});
  }

  close(): void {
    for (const watched of this.#watched.values()) this.#end(watched);
    this.#watched.clear();
  }

  #begin(uid: string, watched: Watched, tMs: number): void {
    const name = `${this.#deps.folder}/${uid}-${Math.round(tMs)}.tlog`;
    const track: Track = {
      name,
      file: undefined,
      waiting: [],
      waitingBytes: 0,
      writing: false,
      hashes: [],
      dropped: 0,
    };
    watched.track = track;
    trim(watched.recent, tMs);
    for (const { frame, tMs: heardMs } of watched.recent.splice(0)) push(track, recordOf(frame, heardMs));
    this.#deps.disk.open(name, (opened) => {
      if (opened.kind === "ok") track.file = opened.file;
      else this.#deps.log("error", "a track cannot be written", { name, error: opened.error.message });
    });
  }

  #end(watched: Watched): void {
    const { track } = watched;
    if (track === undefined) return;
    watched.track = undefined;
    flush(track, () => {
      track.file?.close();
      const seal = { file: track.name, dropped: track.dropped, blocks: track.hashes };
      this.#deps.disk.replace(`${track.name}.seal.json`, new TextEncoder().encode(JSON.stringify(seal)), () => {});
    });
  }
}

function trim(recent: Heard[], tMs: number): void {
  const cut = recent.findIndex((one) => tMs - one.tMs <= beforeMs);
  recent.splice(0, cut < 0 ? recent.length : cut);
}

const recordOf = (frame: Uint8Array, tMs: number): Uint8Array =>
  tlogRecord(isSigned(frame) ? stripSignature(frame) : frame, tMs);

function push(track: Track, bytes: Uint8Array): void {
  if (track.waitingBytes + bytes.length > mostWaitingBytes) {
    track.dropped++;
    return;
  }
  track.waiting.push(bytes);
  track.waitingBytes += bytes.length;
}

function flush(track: Track, done: () => void): void {
  if (track.file === undefined || track.waiting.length === 0) return done();
  const block = new Uint8Array(track.waitingBytes);
  let at = 0;
  for (const bytes of track.waiting) {
    block.set(bytes, at);
    at += bytes.length;
  }
  track.waiting = [];
  track.waitingBytes = 0;
  track.hashes.push(`${block.length} ${hexOf(sha256(block))}`);
  track.file.append(block, () => done());
}

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function messageIdOf(frame: Uint8Array): number {
  if (frame[0] === 0xfe) return frame[5] ?? 0;
  return (frame[7] ?? 0) | ((frame[8] ?? 0) << 8) | ((frame[9] ?? 0) << 16);
}
