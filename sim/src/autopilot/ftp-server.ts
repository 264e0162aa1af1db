import {
  type FtpPacket,
  ftpCrc,
  ftpDataBytes,
  ftpPayload,
  MavFtpErr,
  MavFtpOpcode,
  readFtpPacket,
} from "@outrider/mavlink";

export type CardEntry = { readonly folder: boolean; readonly entryName: string; readonly size: number };

/** What is read through MAVLink FTP: folders and files by their whole path. */
export type Card = {
  /** Undefined where there is no such file; else its content as it is now. */
  read(path: string): Uint8Array | undefined;
  /** Undefined where there is no such folder. */
  list(path: string): readonly CardEntry[] | undefined;
};

type To = { readonly sysid: number; readonly compid: number };
type Answer = { readonly data?: Uint8Array; readonly error?: number; readonly errno?: number };
type Burst = { readonly to: To; seq: number; offset: number; sent: number };

/** Errors of the operating system as PX4 passes them on. */
const errno = { badFile: 9, readOnly: 30 } as const;
/** PX4: an idle session is closed after this. */
const idleMs = 10_000;
/** PX4 ends a burst after this many bytes, and the ground station asks for the next. */
const burstBytes = 35_000;
/** As much as a telemetry link takes in one tick. */
const packetsATick = 4;
/** Answers longer than this are not kept: reading again has no effect. */
const keptBytes = 4;

/**
 * The aircraft's side of MAVLink FTP with the manners of PX4 (`mavlink_ftp.cpp`): one session, numbered 0; a repeated
 * question gets the kept answer; bursts go on by themselves from tick to tick. The card is write-protected.
 */
export class FtpServer {
  readonly #card: Card;
  readonly #send: (payload: Uint8Array, to: To) => void;
  #open: Uint8Array | undefined;
  #burst: Burst | undefined;
  #usedMs = 0;
  /** The last short answer, for a question asked again because it was lost. */
  #last: { readonly seq: number; readonly payload: Uint8Array } | undefined;

  constructor(card: Card, send: (payload: Uint8Array, to: To) => void) {
    this.#card = card;
    this.#send = send;
  }

  get sessionOpen(): boolean {
    return this.#open !== undefined;
  }

  take(payload: Uint8Array, from: To, tMs: number): void {
    this.#usedMs = tMs;
    const asked = readFtpPacket(payload);
    if (asked === undefined) return this.#refuseSize(payload, from);
    if (this.#last !== undefined && this.#last.seq === ((asked.seq + 1) & 0xffff))
      return this.#send(this.#last.payload, from);
    this.#last = undefined;
    if (asked.opcode === MavFtpOpcode.BURSTREADFILE && asked.session === 0) {
      this.#burst = { to: from, seq: (asked.seq + 1) & 0xffff, offset: asked.offset, sent: 0 };
      return;
    }
    this.#reply(
      { ...asked, reqOpcode: asked.opcode, burstComplete: false },
      (asked.seq + 1) & 0xffff,
      this.#answer(asked),
      from,
    );
  }

  /** Goes on with a burst, and closes what nobody reads any more. */
  step(tMs: number): void {
    if (this.#burst === undefined) {
      if (this.#open === undefined || tMs - this.#usedMs <= idleMs) return;
      this.#open = this.#last = undefined;
      return;
    }
    for (let n = 0; n < packetsATick && this.#burst !== undefined; n++) this.#sendOn(this.#burst);
  }

  #sendOn(burst: Burst): void {
    const { offset, seq, to } = burst;
    const data = this.#open?.slice(offset, offset + ftpDataBytes);
    burst.seq = (seq + 1) & 0xffff;
    burst.offset += data?.length ?? 0;
    burst.sent += data?.length ?? 0;
    const full = burst.sent > burstBytes;
    const answer: Answer =
      data === undefined
        ? { error: MavFtpErr.FAILERRNO, errno: errno.badFile }
        : data.length === 0
          ? { error: MavFtpErr.EOF }
          : { data };
    if (full || answer.error !== undefined) this.#burst = undefined;
    this.#reply({ session: 0, offset, reqOpcode: MavFtpOpcode.BURSTREADFILE, burstComplete: full }, seq, answer, to);
  }

  #answer(asked: FtpPacket): Answer {
    switch (asked.opcode) {
      case MavFtpOpcode.NONE:
        return {};
      case MavFtpOpcode.TERMINATESESSION:
        if (asked.session !== 0 || this.#open === undefined) return { error: MavFtpErr.INVALIDSESSION };
        return this.#close();
      case MavFtpOpcode.RESETSESSION:
        return this.#close();
      case MavFtpOpcode.LISTDIRECTORY:
        return this.#list(pathOf(asked), asked.offset);
      case MavFtpOpcode.OPENFILERO:
        return this.#openFile(pathOf(asked));
      case MavFtpOpcode.READFILE:
        return this.#read(asked);
      case MavFtpOpcode.CALCFILECRC: {
        const file = this.#card.read(pathOf(asked));
        return file === undefined ? { error: MavFtpErr.FILENOTFOUND } : { data: u32(ftpCrc(file)) };
      }
      default:
        return this.#refuse(asked);
    }
  }

  /** Nothing here writes; what would is refused as from a card that is write-protected. */
  #refuse(asked: FtpPacket): Answer {
    switch (asked.opcode) {
      case MavFtpOpcode.CREATEFILE:
      case MavFtpOpcode.OPENFILEWO:
        return this.#open === undefined
          ? { error: MavFtpErr.FAILERRNO, errno: errno.readOnly }
          : { error: MavFtpErr.NOSESSIONSAVAILABLE };
      case MavFtpOpcode.WRITEFILE:
      case MavFtpOpcode.REMOVEFILE:
      case MavFtpOpcode.CREATEDIRECTORY:
      case MavFtpOpcode.REMOVEDIRECTORY:
      case MavFtpOpcode.TRUNCATEFILE:
      case MavFtpOpcode.RENAME:
        return { error: MavFtpErr.FILEPROTECTED };
      case MavFtpOpcode.BURSTREADFILE:
        return { error: MavFtpErr.INVALIDSESSION };
      default:
        return { error: MavFtpErr.UNKNOWNCOMMAND };
    }
  }

  #openFile(path: string): Answer {
    if (this.#open !== undefined) return { error: MavFtpErr.NOSESSIONSAVAILABLE };
    const file = this.#card.read(path);
    if (file === undefined) return { error: MavFtpErr.FILENOTFOUND };
    // What is written to it from here on is not in this reading: size and bytes belong together.
    this.#open = file;
    return { data: u32(file.length) };
  }

  #read(asked: FtpPacket): Answer {
    if (asked.session !== 0 || this.#open === undefined) return { error: MavFtpErr.INVALIDSESSION };
    if (asked.offset >= this.#open.length) return { error: MavFtpErr.EOF };
    return { data: this.#open.slice(asked.offset, asked.offset + asked.size) };
  }

  #list(path: string, from: number): Answer {
    const entries = this.#card.list(path);
    if (entries === undefined) return { error: MavFtpErr.FILENOTFOUND };
    let text = "";
    for (const { folder, entryName, size } of entries.slice(from)) {
      const line = folder ? `D${entryName}\0` : `F${entryName}\t${size}\0`;
      if (text.length + line.length > ftpDataBytes) break;
      text += line;
    }
    return text === "" ? { error: MavFtpErr.EOF } : { data: new TextEncoder().encode(text) };
  }

  #close(): Answer {
    this.#open = undefined;
    this.#burst = undefined;
    return {};
  }

  #reply(
    head: { session: number; offset: number; reqOpcode: number; burstComplete: boolean },
    seq: number,
    { data, error, errno: number }: Answer,
    to: To,
  ): void {
    const { session, offset, reqOpcode, burstComplete } = head;
    const nak = error !== undefined;
    const content = nak
      ? Uint8Array.from(number === undefined ? [error] : [error, number])
      : (data ?? new Uint8Array(0));
    const opcode = nak ? MavFtpOpcode.NAK : MavFtpOpcode.ACK;
    const payload = ftpPayload({ seq, session, opcode, reqOpcode, offset, burstComplete, data: content });
    if (content.length <= keptBytes && error !== MavFtpErr.NOSESSIONSAVAILABLE) this.#last = { seq, payload };
    this.#send(payload, to);
  }

  /** It claims more data than it can carry: nothing of it is read but its number and what it asked for. */
  #refuseSize(payload: Uint8Array, to: To): void {
    const [low = 0, high = 0, session = 0, reqOpcode = 0] = payload;
    const seq = (low + (high << 8) + 1) & 0xffff;
    this.#reply({ session, offset: 0, reqOpcode, burstComplete: false }, seq, { error: MavFtpErr.INVALIDDATASIZE }, to);
  }
}

function pathOf(asked: FtpPacket): string {
  const text = new TextDecoder().decode(asked.data);
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
