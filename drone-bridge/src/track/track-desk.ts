import type { Disk, Log } from "@outrider/contract";
import { type Frame, INCOMPAT_SIGNED, isSigned, stripSignature } from "@outrider/mavlink";
import type { FactSink, KnownRecording } from "../journal/index.js";
import type { Path } from "../route/index.js";
import { Recent } from "./recent.js";
import { Recording } from "./recording.js";
import { Blocks } from "./records.js";
import { recover } from "./recovery.js";
import { Shelf } from "./shelf.js";

/** SETUP_SIGNING carries a key: it is written nowhere. */
const setupSigning = 256;
const autopilotVersion = 148;
/** Names held; addresses change, and anybody can make up both. */
const mostNames = 512;
/** Kept before arming, so that a track begins with how it came to arm. */
const beforeMs = 10_000;
/** A longer flight goes on in a next file: every tool opens files of this size. */
const defaultPartBytes = 64 * 1024 * 1024;
const defaultMostBytes = 20 * 1024 ** 3;

export type TrackDeps = {
  readonly disk: Disk;
  readonly folder: string;
  readonly log: Log;
  readonly sink: FactSink;
  /** All recordings together; beyond it the oldest sealed one is deleted. */
  readonly mostBytes?: number | undefined;
  readonly partBytes?: number;
  /** Nothing is recorded. */
  readonly off?: boolean;
};

type Flight = { readonly name: string; readonly launchId: string | undefined; part: number; recording: Recording };
type Watched = {
  readonly uid: string;
  paths: ReadonlySet<string>;
  armed: boolean;
  toMs: number;
  readonly recent: Recent;
  flight: Flight | undefined;
};

/**
 * One .tlog for each flight, arming to disarming, both directions, signatures stripped, sealed by its hash at the end.
 * The journal is the list of what lies there. Evidence, never in the way of flying.
 */
export class TrackDesk {
  readonly #deps: TrackDeps;
  readonly #shelf: Shelf;
  readonly #blocks = new Blocks();
  readonly #watched = new Map<string, Watched>();
  readonly #byPath = new Map<string, Watched[]>();
  /** Who speaks there, said long before arming: without it a recording could not say whose it is. */
  readonly #names = new Map<string, { readonly pathKey: string; readonly frame: Uint8Array }>();

  constructor(deps: TrackDeps) {
    this.#deps = deps;
    const { disk, sink, log, mostBytes = defaultMostBytes } = deps;
    this.#shelf = new Shelf({ disk, sink, log, mostBytes });
  }

  /** Before anything is heard: what the journal knows of; what a crash left open is sealed now. */
  start(known: readonly KnownRecording[]): void {
    this.#shelf.know(known);
    for (const one of known) {
      if (one.sha256 !== undefined) continue;
      recover(this.#deps.disk, one, (result) => {
        if ("sealed" in result) this.#shelf.seal(result.sealed);
        else this.#deps.log("error", "a recording cannot be sealed", { file: one.file, error: result.failed });
      });
    }
  }

  /** A frame as it was found, or its bytes. */
  take(pathKey: string, frame: Frame | Uint8Array, tMs: number): void {
    if (frame instanceof Uint8Array) return this.#takeBytes(pathKey, frame, tMs);
    if ((frame.incompatFlags & INCOMPAT_SIGNED) !== 0 || frame.msgid === autopilotVersion)
      return this.#takeBytes(pathKey, frame.raw, tMs);
    if (frame.msgid !== setupSigning) this.#note(pathKey, frame, tMs);
  }

  /** Which paths an aircraft is heard by, and whether it is armed: that is what begins and ends a track. */
  follow(uid: string, paths: readonly Path[], armed: boolean, tMs: number, launchId?: string): void {
    if (this.#deps.off === true) return;
    const watched = this.#watchedOf(uid);
    if (paths.length !== watched.paths.size || !paths.every((path) => watched.paths.has(path.key))) {
      watched.paths = new Set(paths.map((path) => path.key));
      this.#route();
    }
    watched.toMs = tMs;
    if (armed === watched.armed) return;
    watched.armed = armed;
    if (armed) this.#begin(watched, tMs, launchId);
    else this.#end(watched);
  }

  /** Hands what has come to the disk, and keeps the room that recordings may take. */
  write(): void {
    let openBytes = 0;
    for (const { flight } of this.#watched.values()) {
      flight?.recording.flush();
      openBytes += flight?.recording.bytes ?? 0;
    }
    this.#shelf.makeRoom(openBytes);
  }

  close(): void {
    for (const watched of this.#watched.values()) this.#end(watched);
    this.#watched.clear();
    this.#byPath.clear();
    this.#names.clear();
  }

  #takeBytes(pathKey: string, bytes: Uint8Array, tMs: number): void {
    const id = messageIdOf(bytes);
    if (id === setupSigning) return;
    const frame = plain(bytes);
    if (id === autopilotVersion) this.#named(pathKey, systemOf(bytes), frame);
    this.#note(pathKey, frame, tMs);
  }

  #named(pathKey: string, sysid: number, frame: Uint8Array): void {
    const key = `${pathKey}#${sysid}`;
    this.#names.delete(key);
    this.#names.set(key, { pathKey, frame });
    if (this.#names.size <= mostNames) return;
    // Where no aircraft is known to speak goes first, then whoever said his name longest ago.
    const strange = [...this.#names].find(([each, name]) => each !== key && !this.#byPath.has(name.pathKey));
    this.#names.delete(strange?.[0] ?? this.#names.keys().next().value ?? "");
  }

  #note(pathKey: string, frame: Frame | Uint8Array, tMs: number): void {
    const all = this.#byPath.get(pathKey);
    if (all === undefined) return;
    for (const watched of all) {
      if (watched.flight === undefined) watched.recent.add(frame, tMs);
      else this.#record(watched, watched.flight, frame, tMs);
    }
  }

  #watchedOf(uid: string): Watched {
    const before = this.#watched.get(uid);
    if (before !== undefined) return before;
    const recent = new Recent(beforeMs, this.#blocks);
    const watched = { uid, paths: new Set<string>(), armed: false, toMs: 0, recent, flight: undefined };
    this.#watched.set(uid, watched);
    return watched;
  }

  #route(): void {
    this.#byPath.clear();
    for (const watched of this.#watched.values())
      for (const key of watched.paths) this.#byPath.set(key, [...(this.#byPath.get(key) ?? []), watched]);
  }

  #begin(watched: Watched, tMs: number, launchId: string | undefined): void {
    const name = `${this.#deps.folder}/${watched.uid}-${Math.round(tMs)}`;
    const flight = { name, launchId, part: 1, recording: this.#open(watched.uid, name, 1, launchId, tMs) };
    watched.flight = flight;
    for (const { pathKey, frame } of this.#names.values())
      if (watched.paths.has(pathKey)) this.#record(watched, flight, frame, tMs - beforeMs);
    watched.recent.drain(tMs, (records, frames) => flight.recording.push(records, frames));
  }

  #record(watched: Watched, flight: Flight, frame: Frame | Uint8Array, tMs: number): void {
    if (flight.recording.bytes >= (this.#deps.partBytes ?? defaultPartBytes)) this.#nextPart(watched, flight, tMs);
    flight.recording.add(frame, tMs);
  }

  #nextPart(watched: Watched, flight: Flight, tMs: number): void {
    this.#seal(watched.uid, flight, tMs);
    flight.part++;
    flight.recording = this.#open(watched.uid, flight.name, flight.part, flight.launchId, tMs);
  }

  #open(uid: string, name: string, part: number, launchId: string | undefined, fromMs: number): Recording {
    const file = fileOf(name, part);
    const { disk, sink, log } = this.#deps;
    const launch = launchId === undefined ? {} : { launchId };
    return new Recording({
      disk,
      file,
      blocks: this.#blocks,
      onBegan: () => sink("RecordingBegan", { uid, ...launch, file, part, fromMs }),
      onFailed: (reason) => {
        log("error", "a track cannot be written", { name: file, error: reason });
        sink("RecordingFailed", { uid, file, reason });
      },
    });
  }

  #end(watched: Watched): void {
    const { flight } = watched;
    if (flight === undefined) return;
    watched.flight = undefined;
    this.#seal(watched.uid, flight, watched.toMs);
  }

  #seal(uid: string, { name, part, launchId, recording }: Flight, toMs: number): void {
    const about = { uid, ...(launchId === undefined ? {} : { launchId }), file: fileOf(name, part) };
    recording.end((seal) => {
      if (seal !== undefined) this.#shelf.seal({ ...about, ...seal, toMs, tornBytes: 0 });
    });
  }
}

const fileOf = (name: string, part: number): string => (part === 1 ? `${name}.tlog` : `${name}-${part}.tlog`);

const plain = (frame: Uint8Array): Uint8Array => (isSigned(frame) ? stripSignature(frame) : frame);

const systemOf = (frame: Uint8Array): number => (frame[0] === 0xfe ? frame[3] : frame[5]) ?? 0;

function messageIdOf(frame: Uint8Array): number {
  if (frame[0] === 0xfe) return frame[5] ?? 0;
  return (frame[7] ?? 0) | ((frame[8] ?? 0) << 8) | ((frame[9] ?? 0) << 16);
}
