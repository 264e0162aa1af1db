import type { Cancel, Clock } from "@outrider/contract";
import {
  type AnyMessageInit,
  ftpCrc,
  ftpDataBytes,
  ftpPayload,
  MavFtpOpcode,
  type MessageOf,
  readFtpPacket,
} from "@outrider/mavlink";
import { autopilotCompid } from "../autopilot/index.js";
import { ourIds } from "../frame/index.js";
import { Turn } from "../turn/index.js";
import { type FtpEntry, type FtpListEffect, newFtpList, stepFtpList } from "./list.js";
import { type FtpEvent, type FtpReadEffect, type FtpRequest, newFtpRead, stepFtpRead } from "./read.js";

/** `proven`: the aircraft's own checksum is that of the bytes; false where it computes none. */
export type FtpFile =
  | { readonly kind: "file"; readonly bytes: Uint8Array; readonly proven: boolean }
  | { readonly kind: "failed"; readonly reason: string };
export type FtpFolder =
  | { readonly kind: "folder"; readonly entries: readonly FtpEntry[] }
  | { readonly kind: "failed"; readonly reason: string };

/** One at a time: what is asked while another is under way is refused with a reason. */
export type AircraftFiles = Pick<FtpDesk, "busy" | "list" | "read">;

type Job = {
  readonly step: (event: FtpEvent) => readonly (FtpReadEffect | FtpListEffect)[];
  readonly onData: (offset: number, bytes: Uint8Array) => void;
  readonly onEnd: (effect: FtpReadEffect | FtpListEffect) => void;
};

/** Longest path that one request carries. */
const longestPath = ftpDataBytes - 1;

/** Reads folders and files of one aircraft, one at a time. Nothing here writes to its card. */
export class FtpDesk {
  readonly #clock: Clock;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  readonly #turn = new Turn<FtpEvent>((event) => this.#handle(event));
  #job: Job | undefined;
  #cancel: Cancel | undefined;
  #seq = 0;
  /** Answers to what was asked before this belong to an earlier file. */
  #floor = 0;
  /** Furthest that the aircraft counted: the packets of a burst run ahead of our questions. */
  #heard = 0;
  #last: FtpRequest | undefined;

  constructor(deps: { clock: Clock; sysid: () => number; send: (message: AnyMessageInit) => boolean }) {
    this.#clock = deps.clock;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
  }

  get busy(): boolean {
    return this.#job !== undefined;
  }

  /** e.g. `/fs/microsd/log`. */
  list(path: string, done: (folder: FtpFolder) => void): void {
    const wrong = this.#cannot(path);
    if (wrong !== undefined) return done({ kind: "failed", reason: wrong });
    let state = newFtpList;
    this.#begin({
      step: (event) => {
        const step = stepFtpList(path, state, event);
        state = step.state;
        return step.effects;
      },
      onData: () => {},
      onEnd: (end) => {
        if (end.kind === "listed") done({ kind: "folder", entries: end.entries });
        if (end.kind === "failed") done(end);
      },
    });
  }

  read(path: string, done: (file: FtpFile) => void): void {
    const wrong = this.#cannot(path);
    if (wrong !== undefined) return done({ kind: "failed", reason: wrong });
    let state = newFtpRead;
    // Grows with what comes, not with what the aircraft says will come.
    let bytes = new Uint8Array(0);
    this.#begin({
      step: (event) => {
        const step = stepFtpRead(path, state, event);
        state = step.state;
        return step.effects;
      },
      onData: (offset, data) => {
        if (offset + data.length > bytes.length) bytes = grown(bytes, offset + data.length);
        bytes.set(data, offset);
      },
      onEnd: (end) => {
        if (end.kind === "failed") done(end);
        if (end.kind !== "read") return;
        const file = bytes.slice(0, end.size);
        if (end.crc !== undefined && end.crc !== ftpCrc(file))
          return done({ kind: "failed", reason: "what came is not the file: its checksum is another one" });
        done({ kind: "file", bytes: file, proven: end.crc !== undefined });
      },
    });
  }

  onMessage(message: MessageOf<"FILE_TRANSFER_PROTOCOL">): void {
    if (this.#job === undefined || message.targetSystem !== ourIds.sysid) return;
    const packet = readFtpPacket(message.payload);
    if (packet === undefined || !isAfter(packet.seq, this.#floor)) return;
    if (isAfter(packet.seq, this.#heard)) this.#heard = packet.seq;
    this.#turn.take({ kind: "answer", tMs: this.#clock.nowMs(), packet });
  }

  close(): void {
    this.#cancel?.();
    this.#job = undefined;
  }

  #cannot(path: string): string | undefined {
    if (this.#job !== undefined) return "another file of this aircraft is being read";
    const fits = path.length > 0 && path.length <= longestPath && /^[\x20-\x7e]+$/.test(path);
    return fits ? undefined : "the path is empty, too long, or not plain ASCII";
  }

  #begin(job: Job): void {
    this.#job = job;
    this.#last = undefined;
    this.#leap();
    this.#turn.take({ kind: "start", tMs: this.#clock.nowMs() });
  }

  /** From here on nothing counts that was asked before. */
  #leap(): void {
    this.#seq = (furthest(this.#seq, this.#heard) + betweenFiles) & 0xffff;
    this.#floor = this.#heard = this.#seq;
  }

  #handle(event: FtpEvent): void {
    const job = this.#job;
    if (job === undefined) return;
    for (const effect of job.step(event)) {
      switch (effect.kind) {
        case "request":
          this.#request(effect.request);
          break;
        case "data":
          job.onData(effect.offset, effect.bytes);
          break;
        case "wake":
          this.#cancel?.();
          this.#cancel = this.#clock.after(Math.max(0, effect.atMs - this.#clock.nowMs()), () =>
            this.#turn.take({ kind: "time", tMs: Math.max(effect.atMs, this.#clock.nowMs()) }),
          );
          break;
        default:
          this.#cancel?.();
          this.#job = undefined;
          job.onEnd(effect);
      }
    }
  }

  #request(request: FtpRequest): void {
    const { path, anew, ...rest } = request;
    if (anew === true) this.#leap();
    // A question asked again keeps its number: PX4 then repeats its answer, and would else refuse to open twice.
    if (!isSame(request, this.#last)) this.#seq = (furthest(this.#seq, this.#heard) + 2) & 0xffff;
    this.#last = request;
    // The window moves along in a long file, whose packets are counted round and round.
    if (((this.#seq - this.#floor) & 0xffff) > 0x3fff) this.#floor = (this.#seq - 0x3fff) & 0xffff;
    const data = path === undefined ? {} : { data: new TextEncoder().encode(`${path}\0`) };
    this.#send({
      name: "FILE_TRANSFER_PROTOCOL",
      targetNetwork: 0,
      targetSystem: this.#sysid(),
      targetComponent: autopilotCompid,
      payload: ftpPayload({ seq: this.#seq, ...rest, ...data }),
    });
  }
}

/** Packets of the last file may still be on their way; what is asked now is counted beyond them. */
const betweenFiles = 1_024;

const isAfter = (seq: number, before: number): boolean => {
  const ahead = (seq - before) & 0xffff;
  return ahead > 0 && ahead < 0x8000;
};
const furthest = (one: number, other: number): number => (isAfter(other, one) ? other : one);

/** A burst asked for again is another burst. */
function isSame(one: FtpRequest, other: FtpRequest | undefined): boolean {
  return (
    other !== undefined &&
    one.anew !== true &&
    one.opcode !== MavFtpOpcode.BURSTREADFILE &&
    one.opcode === other.opcode &&
    one.offset === other.offset &&
    one.path === other.path
  );
}

function grown(bytes: Uint8Array<ArrayBuffer>, atLeast: number): Uint8Array<ArrayBuffer> {
  const bigger = new Uint8Array(Math.max(atLeast, bytes.length * 2));
  bigger.set(bytes);
  return bigger;
}
