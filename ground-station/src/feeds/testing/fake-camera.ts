import { createHash } from "node:crypto";
import type { ByteDialer, ByteHandlers } from "../byte-dialer.js";
import type { AuthHashes } from "../rtsp/rtsp-auth.js";

export const hashes: AuthHashes = {
  md5Hex: (text) => createHash("md5").update(text).digest("hex"),
  sha256Hex: (text) => createHash("sha256").update(text).digest("hex"),
};

export type Asked = { readonly method: string; readonly url: string; readonly headers: ReadonlyMap<string, string> };
export type Answer = { readonly status?: number; readonly headers?: readonly string[]; readonly body?: string };

export const sdp = [
  "v=0",
  "m=audio 0 RTP/AVP 0",
  "a=control:track0",
  "m=video 0 RTP/AVP 96",
  "a=rtpmap:96 H264/90000",
  "a=fmtp:96 packetization-mode=1;sprop-parameter-sets=Z0LAHwE=,aM4B",
  "a=control:track1",
  "",
].join("\r\n");

/** What an ordinary camera answers. */
export function ordinary({ method, url }: Asked): Answer {
  switch (method) {
    case "OPTIONS":
      return { headers: ["Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER"] };
    case "DESCRIBE":
      return { headers: [`Content-Base: ${url}/`, "Content-Type: application/sdp"], body: sdp };
    case "SETUP":
      return { headers: ["Session: 4711;timeout=40", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"] };
    default:
      return {};
  }
}

/** A camera played by hand: records what it is asked, answers by a script, and sends packets when told to. */
export class FakeCamera {
  readonly asked: Asked[] = [];
  dials = 0;
  closed = 0;
  answer: (asked: Asked) => Answer | undefined;
  refuse: string | undefined;
  #handlers: ByteHandlers | undefined;

  constructor(answer: (asked: Asked) => Answer | undefined = ordinary) {
    this.answer = answer;
  }

  readonly dialer: ByteDialer = {
    dial: (_at, handlers) => {
      this.dials += 1;
      this.#handlers = handlers;
      if (this.refuse !== undefined) handlers.onClose(this.refuse);
      else
        handlers.onOpen({
          send: (bytes) => this.#take(new TextDecoder().decode(bytes), handlers),
          close: () => {
            this.closed += 1;
          },
        });
      return () => undefined;
    },
  };

  get methods(): string {
    return this.asked.map((one) => one.method).join(" ");
  }

  #take(text: string, handlers: ByteHandlers): void {
    const [start = "", ...lines] = text.trimEnd().split("\r\n");
    const [method = "", url = ""] = start.split(" ");
    const headers = new Map(
      lines.map((line): [string, string] => [
        line.slice(0, line.indexOf(":")).toLowerCase(),
        line.slice(line.indexOf(":") + 2),
      ]),
    );
    const asked = { method, url, headers };
    this.asked.push(asked);
    const answer = this.answer(asked);
    if (answer === undefined) return;
    const { status = 200, headers: told = [], body = "" } = answer;
    const head = [`RTSP/1.0 ${status} Told`, `CSeq: ${headers.get("cseq")}`, ...told, `Content-Length: ${body.length}`];
    handlers.onBytes(new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n${body}`));
  }

  /** Sends a packet inside the connection. */
  send(packet: Uint8Array, channel = 0): void {
    const framed = Uint8Array.from([0x24, channel, packet.byteLength >> 8, packet.byteLength & 255, ...packet]);
    this.#handlers?.onBytes(framed);
  }

  raw(bytes: Uint8Array): void {
    this.#handlers?.onBytes(bytes);
  }

  hangUp(problem = ""): void {
    this.#handlers?.onClose(problem);
  }
}
