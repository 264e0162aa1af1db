import { type FtpPacket, MavFtpErr, MavFtpOpcode } from "@outrider/mavlink";
import { type FtpEvent, type FtpRequest, refusal } from "./read.js";
import { ftpTiming } from "./timing.js";

export type FtpEntry =
  | { readonly kind: "folder"; readonly entryName: string }
  | { readonly kind: "file"; readonly entryName: string; readonly size: number };

export type FtpListState = {
  readonly phase: "idle" | "listing" | "over";
  /** How many entries have come, those that are shown to nobody included: the next page begins there. */
  readonly at: number;
  readonly entries: readonly FtpEntry[];
  readonly tries: number;
  readonly untilMs: number;
};

export type FtpListEffect =
  | { readonly kind: "request"; readonly request: FtpRequest }
  | { readonly kind: "wake"; readonly atMs: number }
  | { readonly kind: "listed"; readonly entries: readonly FtpEntry[] }
  | { readonly kind: "failed"; readonly reason: string };

type Step = { readonly state: FtpListState; readonly effects: readonly FtpListEffect[] };

export const newFtpList: FtpListState = { phase: "idle", at: 0, entries: [], tries: 0, untilMs: 0 };

/** One step of listing a folder, page by page; the aircraft ends it with "end of file". */
export function stepFtpList(path: string, state: FtpListState, event: FtpEvent): Step {
  switch (event.kind) {
    case "start":
      return state.phase === "idle" ? ask(path, { ...state, phase: "listing" }, event.tMs) : { state, effects: [] };
    case "answer":
      return state.phase === "listing" ? onAnswer(path, state, event.packet, event.tMs) : { state, effects: [] };
    case "time":
      if (state.phase !== "listing" || event.tMs < state.untilMs) return { state, effects: [] };
      return state.tries < ftpTiming.tries
        ? ask(path, state, event.tMs)
        : over(state, { kind: "failed", reason: "the aircraft stopped answering" });
  }
}

function ask(path: string, state: FtpListState, tMs: number): Step {
  const untilMs = tMs + Math.min(ftpTiming.slowestMs, ftpTiming.answerMs * 2 ** state.tries);
  return {
    state: { ...state, tries: state.tries + 1, untilMs },
    effects: [
      { kind: "request", request: { opcode: MavFtpOpcode.LISTDIRECTORY, offset: state.at, path } },
      { kind: "wake", atMs: untilMs },
    ],
  };
}

function onAnswer(path: string, state: FtpListState, packet: FtpPacket, tMs: number): Step {
  if (packet.reqOpcode !== MavFtpOpcode.LISTDIRECTORY || packet.offset !== state.at) return { state, effects: [] };
  if (packet.opcode === MavFtpOpcode.NAK)
    return packet.data[0] === MavFtpErr.EOF
      ? over(state, { kind: "listed", entries: state.entries })
      : over(state, { kind: "failed", reason: refusal(packet) });
  if (packet.opcode !== MavFtpOpcode.ACK) return { state, effects: [] };
  const names = new TextDecoder()
    .decode(packet.data)
    .split("\0")
    .filter((entry) => entry !== "");
  if (names.length === 0) return over(state, { kind: "listed", entries: state.entries });
  const entries = [...state.entries, ...names.map(entryOf).filter((entry) => entry !== undefined)];
  const at = state.at + names.length;
  if (at > ftpTiming.mostNames) return over(state, { kind: "failed", reason: "the folder has no end" });
  return ask(path, { ...state, at, entries, tries: 0 }, tMs);
}

/** "Fname\tsize", "Dname"; "S" is a place left empty. A name that could lead out of its folder is shown to nobody. */
function entryOf(text: string): FtpEntry | undefined {
  const [entryName = "", size] = text.slice(1).split("\t");
  if (
    entryName === "" ||
    entryName === "." ||
    entryName === ".." ||
    !/^[\x20-\x7e]+$/.test(entryName) ||
    /[/\\]/.test(entryName)
  )
    return undefined;
  if (text.startsWith("D")) return { kind: "folder", entryName };
  if (!text.startsWith("F")) return undefined;
  const bytes = Number(size ?? "0");
  return { kind: "file", entryName, size: Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : 0 };
}

function over(state: FtpListState, end: FtpListEffect): Step {
  return { state: { ...state, phase: "over", entries: [] }, effects: [end] };
}
