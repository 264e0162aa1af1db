import { type FtpPacket, ftpDataBytes, MavFtpErr, MavFtpOpcode } from "@outrider/mavlink";
import { firstHole, type Ranges, withRange } from "./holes.js";
import { ftpTiming } from "./timing.js";

/** A request as it is to leave; its sequence number is given by who sends it. */
export type FtpRequest = {
  readonly opcode: number;
  readonly session?: number;
  readonly offset?: number;
  readonly size?: number;
  readonly path?: string;
  /** Another question, though in the same words: what was answered to the last one is not wanted again. */
  readonly anew?: true;
};

export type FtpReadState = {
  readonly phase: "idle" | "opening" | "bursting" | "filling" | "checking" | "closing" | "over";
  readonly session: number;
  readonly size: number;
  readonly ranges: Ranges;
  readonly tries: number;
  readonly untilMs: number;
  /** No session was free: waits for one so often. */
  readonly waits: number;
  /** The session was closed under it: opened anew so often. */
  readonly reopened: number;
  /** How it ended; told once the session is given back. */
  readonly end: FtpReadEnd | undefined;
};

/** `crc`: the aircraft's own over the file; undefined where it does not compute one. */
export type FtpReadEnd =
  | { readonly kind: "read"; readonly size: number; readonly crc: number | undefined }
  | { readonly kind: "failed"; readonly reason: string };

export type FtpEvent =
  | { readonly kind: "start"; readonly tMs: number }
  | { readonly kind: "answer"; readonly tMs: number; readonly packet: FtpPacket }
  | { readonly kind: "time"; readonly tMs: number };

export type FtpReadEffect =
  | { readonly kind: "request"; readonly request: FtpRequest }
  /** Bytes of the file, to be kept by the caller; they may come twice and in any order. */
  | { readonly kind: "data"; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: "wake"; readonly atMs: number }
  | FtpReadEnd;

type Step = { readonly state: FtpReadState; readonly effects: readonly FtpReadEffect[] };

export const newFtpRead: FtpReadState = {
  phase: "idle",
  session: 0,
  size: 0,
  ranges: [],
  tries: 0,
  untilMs: 0,
  waits: 0,
  reopened: 0,
  end: undefined,
};

/**
 * One step of reading a file: open, one burst after the other, each hole by a read of its own, then the checksum. Every
 * request here may be repeated: none changes anything on the aircraft but its sessions. It has one, and a question that
 * came twice, the second time late, opens one that nobody reads, or closes the one that is read: both are waited out.
 */
export function stepFtpRead(path: string, state: FtpReadState, event: FtpEvent): Step {
  switch (event.kind) {
    case "start":
      return state.phase === "idle" ? ask(path, { ...state, phase: "opening" }, event.tMs) : { state, effects: [] };
    case "answer":
      return onAnswer(path, state, event.packet, event.tMs);
    case "time":
      return onTime(path, state, event.tMs);
  }
}

/** Sends what the phase is waiting for. */
function ask(path: string, state: FtpReadState, tMs: number): Step {
  const waitMs = Math.min(ftpTiming.slowestMs, ftpTiming.answerMs * 2 ** state.tries);
  const untilMs = tMs + waitMs;
  return {
    state: { ...state, tries: state.tries + 1, untilMs },
    effects: [
      { kind: "request", request: requestOf(path, state) },
      { kind: "wake", atMs: untilMs },
    ],
  };
}

function requestOf(path: string, state: FtpReadState): FtpRequest {
  const { session } = state;
  switch (state.phase) {
    case "bursting":
    case "filling": {
      const [from, to] = firstHole(state.ranges, state.size) ?? [0, 0];
      const size = Math.min(ftpDataBytes, to - from);
      return state.phase === "bursting"
        ? { opcode: MavFtpOpcode.BURSTREADFILE, session, offset: from, size: ftpDataBytes }
        : { opcode: MavFtpOpcode.READFILE, session, offset: from, size };
    }
    case "checking":
      return { opcode: MavFtpOpcode.CALCFILECRC, path };
    case "closing":
      return { opcode: MavFtpOpcode.TERMINATESESSION, session };
    default: {
      const anew = state.tries === 0 && state.waits + state.reopened > 0;
      return { opcode: MavFtpOpcode.OPENFILERO, path, ...(anew ? { anew } : {}) };
    }
  }
}

function onAnswer(path: string, state: FtpReadState, packet: FtpPacket, tMs: number): Step {
  const nak = packet.opcode === MavFtpOpcode.NAK;
  if (!nak && packet.opcode !== MavFtpOpcode.ACK) return { state, effects: [] };
  switch (state.phase) {
    case "opening":
      if (packet.reqOpcode !== MavFtpOpcode.OPENFILERO) return { state, effects: [] };
      return nak ? notOpened(state, packet, tMs) : opened(path, state, packet, tMs);
    case "bursting":
    case "filling":
      if (packet.reqOpcode !== MavFtpOpcode.BURSTREADFILE && packet.reqOpcode !== MavFtpOpcode.READFILE)
        return { state, effects: [] };
      if (packet.session !== state.session) return { state, effects: [] };
      return nak ? refusedData(path, state, packet, tMs) : taken(path, state, packet, tMs);
    case "checking":
      if (packet.reqOpcode !== MavFtpOpcode.CALCFILECRC) return { state, effects: [] };
      return close(path, state, ended(state, nak || packet.data.length < 4 ? undefined : u32(packet.data)), tMs);
    case "closing":
      // Refused, it was given back before.
      return packet.reqOpcode === MavFtpOpcode.TERMINATESESSION ? over(state, state.end) : { state, effects: [] };
    default:
      return { state, effects: [] };
  }
}

/** The session may be one of ours; asking for it would keep it open. */
function notOpened(state: FtpReadState, packet: FtpPacket, tMs: number): Step {
  const waits = state.waits + 1;
  const isFull = packet.data[0] === MavFtpErr.NOSESSIONSAVAILABLE;
  // It waits already: the same refusal, twice.
  if (isFull && state.tries === 0) return { state, effects: [] };
  if (!isFull || waits > ftpTiming.sessionWaits) return over(state, { kind: "failed", reason: refusal(packet) });
  const untilMs = tMs + ftpTiming.sessionIdleMs;
  return { state: { ...state, tries: 0, waits, untilMs }, effects: [{ kind: "wake", atMs: untilMs }] };
}

function opened(path: string, state: FtpReadState, packet: FtpPacket, tMs: number): Step {
  const open: FtpReadState = { ...state, session: packet.session, tries: 0 };
  if (packet.data.length < 4) return fail(path, open, "the aircraft did not say how long the file is", tMs);
  const size = u32(packet.data);
  if (size > ftpTiming.mostBytes)
    return fail(path, open, `the file is said to have ${size} bytes: more than is taken`, tMs);
  return ask(path, { ...open, size, phase: size === 0 ? "checking" : "bursting" }, tMs);
}

function taken(path: string, state: FtpReadState, packet: FtpPacket, tMs: number): Step {
  const to = packet.offset + packet.data.length;
  // Beyond the end that it told itself: the file grew, or somebody makes it up.
  if (packet.data.length === 0 || to > state.size) return { state, effects: [] };
  const ranges = withRange(state.ranges, packet.offset, to);
  if (ranges === undefined) return { state, effects: [] };
  const data: FtpReadEffect = { kind: "data", offset: packet.offset, bytes: packet.data };
  const next: FtpReadState = { ...state, ranges, tries: 0 };
  const hole = firstHole(ranges, state.size);
  const step =
    hole === undefined
      ? ask(path, { ...next, phase: "checking" }, tMs)
      : state.phase === "filling" || packet.burstComplete
        ? ask(path, { ...next, phase: nextPhase(next) }, tMs)
        : waited(next, tMs);
  return { state: step.state, effects: [data, ...step.effects] };
}

/** A hole before what has come is read by itself; what has not come at all, by a burst. */
function nextPhase(state: FtpReadState): "bursting" | "filling" {
  const hole = firstHole(state.ranges, state.size);
  return hole !== undefined && hole[1] < state.size ? "filling" : "bursting";
}

function waited(state: FtpReadState, tMs: number): Step {
  const untilMs = tMs + ftpTiming.burstMs;
  return { state: { ...state, untilMs }, effects: [{ kind: "wake", atMs: untilMs }] };
}

function refusedData(path: string, state: FtpReadState, packet: FtpPacket, tMs: number): Step {
  const error = packet.data[0];
  // The end of a burst that began near the end of the file; holes before it may be left.
  if (error === MavFtpErr.EOF && packet.reqOpcode === MavFtpOpcode.BURSTREADFILE && state.tries <= ftpTiming.tries)
    return ask(path, { ...state, phase: "filling" }, tMs);
  if (!sessionGone(packet) || state.reopened >= ftpTiming.reopenings) return fail(path, state, refusal(packet), tMs);
  // From its beginning: what is read now may be another file than the one that was opened before.
  const reopened = state.reopened + 1;
  return ask(path, { ...state, phase: "opening", size: 0, ranges: [], tries: 0, reopened }, tMs);
}

/** PX4 says of a read that there is no such session, and of a burst that the file behind it is closed (EBADF). */
function sessionGone(packet: FtpPacket): boolean {
  const [error, errno] = packet.data;
  return error === MavFtpErr.INVALIDSESSION || (error === MavFtpErr.FAILERRNO && errno === badFile);
}
const badFile = 9;

function onTime(path: string, state: FtpReadState, tMs: number): Step {
  if (state.phase === "idle" || state.phase === "over" || tMs < state.untilMs) return { state, effects: [] };
  if (state.tries < (state.phase === "closing" ? ftpTiming.closingTries : ftpTiming.tries)) {
    const phase = state.phase === "bursting" || state.phase === "filling" ? nextPhase(state) : state.phase;
    return ask(path, { ...state, phase }, tMs);
  }
  if (state.phase === "closing") return over(state, state.end);
  if (state.phase === "opening") return over(state, { kind: "failed", reason: "the aircraft stopped answering" });
  // All of it is here: a checksum that nobody computes is said to be missing, and is no reason to throw it away.
  if (state.phase === "checking") return close(path, state, ended(state, undefined), tMs);
  return fail(path, state, "the aircraft stopped answering", tMs);
}

const ended = (state: FtpReadState, crc: number | undefined): FtpReadEnd => ({ kind: "read", size: state.size, crc });

const fail = (path: string, state: FtpReadState, reason: string, tMs: number): Step =>
  close(path, state, { kind: "failed", reason }, tMs);

/** Sessions are few (PX4 has one): ours is given back, and asked to be taken until it is. */
function close(path: string, state: FtpReadState, end: FtpReadEnd, tMs: number): Step {
  return ask(path, { ...state, phase: "closing", tries: 0, ranges: [], end }, tMs);
}

function over(state: FtpReadState, end: FtpReadEnd | undefined): Step {
  return {
    state: { ...state, phase: "over", ranges: [] },
    effects: [end ?? { kind: "failed", reason: "it ended without an end" }],
  };
}

/** In words for people. */
export function refusal(packet: FtpPacket): string {
  switch (packet.data[0]) {
    case MavFtpErr.FILENOTFOUND:
      return "there is no such file on the aircraft";
    case MavFtpErr.NOSESSIONSAVAILABLE:
      return "another one is reading files from this aircraft";
    case MavFtpErr.FILEPROTECTED:
      return "the aircraft does not give this file";
    default:
      return `the aircraft refused it (error ${packet.data[0] ?? "none"})`;
  }
}

const u32 = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
