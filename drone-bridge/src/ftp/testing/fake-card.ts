import { type FtpPacket, ftpCrc, ftpDataBytes, ftpPayload, MavFtpErr, MavFtpOpcode } from "@outrider/mavlink";

/** Packets of one burst. */
const burstLength = 20;

/** The aircraft's side of MAVLink FTP as PX4 has it: one session, the last answer repeated to a repeated question. */
export class FakeCard {
  readonly files = new Map<string, Uint8Array>();
  /** Opcodes that it does not know. */
  readonly lacks = new Set<number>();
  sessionsOpen = 0;
  #open: string | undefined;
  #last: { seq: number; answer: Uint8Array } | undefined;
  readonly #send: (payload: Uint8Array) => void;

  constructor(send: (payload: Uint8Array) => void) {
    this.#send = send;
  }

  take(packet: FtpPacket): void {
    if (this.#last?.seq === packet.seq) return this.#send(this.#last.answer);
    if (packet.opcode === MavFtpOpcode.BURSTREADFILE) return this.#burst(packet);
    const answer = this.lacks.has(packet.opcode) ? nak(packet, MavFtpErr.UNKNOWNCOMMAND) : this.#answer(packet);
    this.#last = { seq: packet.seq, answer };
    this.#send(answer);
  }

  #answer(packet: FtpPacket): Uint8Array {
    const path = new TextDecoder().decode(packet.data).replace(/\0.*$/, "");
    const file = this.files.get(path);
    const open = this.files.get(this.#open ?? "");
    switch (packet.opcode) {
      case MavFtpOpcode.OPENFILERO: {
        if (this.#open !== undefined) return nak(packet, MavFtpErr.NOSESSIONSAVAILABLE);
        if (file === undefined) return nak(packet, MavFtpErr.FILENOTFOUND);
        this.#open = path;
        this.sessionsOpen = 1;
        return ack(packet, { data: u32(file.length) });
      }
      case MavFtpOpcode.READFILE:
        if (open === undefined) return nak(packet, MavFtpErr.INVALIDSESSION);
        if (packet.offset >= open.length) return nak(packet, MavFtpErr.EOF);
        return ack(packet, { data: open.slice(packet.offset, packet.offset + packet.size), offset: packet.offset });
      case MavFtpOpcode.TERMINATESESSION:
        if (this.#open === undefined) return nak(packet, MavFtpErr.INVALIDSESSION);
        this.#open = undefined;
        this.sessionsOpen = 0;
        return ack(packet, {});
      case MavFtpOpcode.CALCFILECRC:
        return file === undefined ? nak(packet, MavFtpErr.FILENOTFOUND) : ack(packet, { data: u32(ftpCrc(file)) });
      case MavFtpOpcode.LISTDIRECTORY:
        return this.#list(packet, path);
      default:
        return nak(packet, MavFtpErr.UNKNOWNCOMMAND);
    }
  }

  #list(packet: FtpPacket, path: string): Uint8Array {
    const names = [...this.files].filter(([name]) => name.startsWith(`${path}/`));
    const page = names.slice(packet.offset, packet.offset + 3);
    if (page.length === 0) return nak(packet, MavFtpErr.EOF);
    const text = page.map(([name, bytes]) => `F${name.slice(path.length + 1)}\t${bytes.length}\0`).join("");
    return ack(packet, { data: new TextEncoder().encode(text), offset: packet.offset });
  }

  #burst(packet: FtpPacket): void {
    const open = this.files.get(this.#open ?? "");
    if (open === undefined) return this.#send(nak(packet, MavFtpErr.INVALIDSESSION));
    let seq = packet.seq;
    let offset = packet.offset;
    for (let n = 1; n <= burstLength; n++) {
      if (offset >= open.length) return this.#send(nak({ ...packet, seq }, MavFtpErr.EOF));
      const data = open.slice(offset, offset + ftpDataBytes);
      this.#send(ack({ ...packet, seq }, { data, offset, burstComplete: n === burstLength }));
      offset += data.length;
      seq = (seq + 1) & 0xffff;
    }
  }
}

function ack(to: FtpPacket, more: { data?: Uint8Array; offset?: number; burstComplete?: boolean }): Uint8Array {
  return ftpPayload({
    seq: (to.seq + 1) & 0xffff,
    opcode: MavFtpOpcode.ACK,
    reqOpcode: to.opcode,
    offset: to.offset,
    ...more,
  });
}

function nak(to: FtpPacket, error: number): Uint8Array {
  const data = Uint8Array.of(error);
  return ftpPayload({
    seq: (to.seq + 1) & 0xffff,
    opcode: MavFtpOpcode.NAK,
    reqOpcode: to.opcode,
    offset: to.offset,
    data,
  });
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
