import type { Cancel, Clock, StreamCause } from "@outrider/contract";
import type { ByteDialer, ByteStream } from "../byte-dialer.js";
import { type AuthHashes, authorization, bestChallenge, type Challenge, type Login } from "./rtsp-auth.js";
import { headerOf, type RtspPart, RtspReader, type RtspResponse } from "./rtsp-reader.js";
import { controlUrl, h264Track, type VideoTrack } from "./sdp.js";
import { dialProblem, refusalOf } from "./words.js";

/** Why a camera gives no picture, in words for the person who looks at the empty tile. Never holds the password. */
export type RtspFault = { readonly cause: Exclude<StreamCause, "closed" | "opening">; readonly text: string };

export type RtspAddress = { readonly host: string; readonly port: number; readonly tls: boolean; readonly url: string };

export type RtspDeps = {
  readonly address: RtspAddress;
  readonly login: Login | undefined;
  readonly dialer: ByteDialer;
  readonly wall: Clock;
  readonly hashes: AuthHashes;
  /** A fresh word for each digest. */
  readonly newNonce: () => string;
  readonly onPlaying: (parameterSets: readonly Uint8Array[]) => void;
  readonly onPacket: (bytes: Uint8Array) => void;
  /** Once, unless `close` came first. */
  readonly onEnd: (fault: RtspFault) => void;
};

export const rtspTimes = {
  /** A camera that takes longer to answer is not there, as far as a tile is concerned. */
  answerMs: 5_000,
  /** Playing and silent: the encoder hangs, or a firewall dropped the flow. */
  silentMs: 8_000,
  /** RFC 2326, 12.37: without a word of its own a session lapses after 60 s. */
  sessionMs: 60_000,
} as const;

type Step = "options" | "describe" | "setup" | "play" | "playing";
type Request = { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** RTSP address of a configured stream; the default ports are 554 and, under TLS, 322. */
export function rtspAddress(stream: string): RtspAddress {
  const [, tls = "", host = "", port] = /^rtsp(s?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?/.exec(stream) ?? [];
  const standard = tls === "s" ? 322 : 554;
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port ?? standard), tls: tls === "s", url: stream };
}

/** One visit to one camera: RTSP 1.0 (RFC 2326) with the packets interleaved in the same TCP connection. */
export class RtspSession {
  readonly #deps: RtspDeps;
  readonly #reader = new RtspReader();
  #stream: ByteStream | undefined;
  #hangUp: Cancel | undefined;
  #timer: Cancel | undefined;
  #keepAlive: Cancel | undefined;
  #step: Step = "options";
  #cseq = 0;
  #sent: Request | undefined;
  #challenge: Challenge | undefined;
  #uses = 0;
  #retried = false;
  #sessionId: string | undefined;
  #sessionMs: number = rtspTimes.sessionMs;
  #getParameter = false;
  #base: string;
  #track: VideoTrack | undefined;
  #done = false;

  constructor(deps: RtspDeps) {
    this.#deps = deps;
    this.#base = deps.address.url;
  }

  start(): void {
    this.#await(`does not answer within ${rtspTimes.answerMs / 1000} s`);
    this.#hangUp = this.#deps.dialer.dial(this.#deps.address, {
      onOpen: (stream) => {
        if (this.#done) return stream.close();
        this.#stream = stream;
        this.#ask("OPTIONS", this.#deps.address.url);
      },
      onBytes: (bytes) => {
        for (const part of this.#reader.push(bytes)) if (!this.#done) this.#take(part);
      },
      onClose: (problem) => this.#fail(dialProblem(problem, this.#stream !== undefined)),
    });
  }

  /** Says goodbye where there is somebody to hear it: a camera has room for few viewers. */
  close(): void {
    if (this.#done) return;
    if (this.#sessionId !== undefined) this.#ask("TEARDOWN", this.#aggregate());
    this.#end();
  }

  #end(): void {
    this.#done = true;
    this.#timer?.();
    this.#keepAlive?.();
    if (this.#stream === undefined) this.#hangUp?.();
    else this.#stream.close();
  }

  #fail(fault: RtspFault): void {
    if (this.#done) return;
    this.#end();
    this.#deps.onEnd(fault);
  }

  #await(what: string): void {
    this.#timer?.();
    const cause = this.#step === "playing" ? "noPicture" : "unreachable";
    const waitMs = this.#step === "playing" ? rtspTimes.silentMs : rtspTimes.answerMs;
    this.#timer = this.#deps.wall.after(waitMs, () => this.#fail({ cause, text: `The camera ${what}.` }));
  }

  #ask(method: string, url: string, headers: Readonly<Record<string, string>> = {}): void {
    this.#sent = { method, url, headers };
    this.#cseq += 1;
    const lines = [`${method} ${url} RTSP/1.0`, `CSeq: ${this.#cseq}`, "User-Agent: Outrider"];
    if (this.#sessionId !== undefined) lines.push(`Session: ${this.#sessionId}`);
    const { login, hashes, newNonce } = this.#deps;
    if (this.#challenge !== undefined && login !== undefined) {
      this.#uses += 1;
      const ask = { method, uri: url, count: this.#uses, cnonce: newNonce() };
      lines.push(`Authorization: ${authorization(this.#challenge, login, ask, hashes)}`);
    }
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    if (this.#step !== "playing") this.#await(`does not answer ${method} within ${rtspTimes.answerMs / 1000} s`);
    this.#stream?.send(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`));
  }

  #take(part: RtspPart): void {
    switch (part.kind) {
      case "broken":
        return this.#fail({ cause: "refused", text: `The camera cannot be read: ${part.why}.` });
      case "data":
        // Channel 0 carries pictures, 1 the reports; both are told apart by what is in them.
        if (this.#step !== "playing" || part.channel > 1) return;
        this.#await(`is open and sends nothing for ${rtspTimes.silentMs / 1000} s`);
        return this.#deps.onPacket(part.bytes);
      case "response":
        return this.#answer(part.response);
    }
  }

  #answer(response: RtspResponse): void {
    if (response.status === 401) return this.#logIn(response);
    // While it plays, the only questions are those that keep it open; a camera that does not know one plays on.
    if (this.#step === "playing") return;
    // Not every camera knows OPTIONS; what counts is whether it describes its picture.
    if (response.status !== 200 && this.#step !== "options")
      return this.#fail(refusalOf(response.status, response.reason));
    this.#retried = false;
    switch (this.#step) {
      case "options":
        this.#getParameter = /\bGET_PARAMETER\b/.test(headerOf(response, "public") ?? "");
        this.#step = "describe";
        return this.#ask("DESCRIBE", this.#deps.address.url, { Accept: "application/sdp" });
      case "describe":
        return this.#described(response);
      case "setup":
        return this.#setUp(response);
      case "play":
        return this.#playing();
    }
  }

  #logIn(response: RtspResponse): void {
    const { login, address } = this.#deps;
    const challenge = bestChallenge(response.headers);
    const unauthorised = (text: string): void => this.#fail({ cause: "unauthorised", text });
    if (login === undefined) return unauthorised("The camera asks for a name and a password: set login for it.");
    if (challenge === undefined) return unauthorised("The camera asks for a kind of login that is not known here.");
    if (challenge.kind === "basic" && !address.tls)
      return unauthorised("The camera asks for the password in the clear: set it to digest, or open it by rtsps.");
    if (this.#retried && !(challenge.kind === "digest" && challenge.stale))
      return unauthorised("The camera does not take this name and password.");
    this.#challenge = challenge;
    this.#uses = 0;
    this.#retried = true;
    const again = this.#sent;
    if (again !== undefined) this.#ask(again.method, again.url, again.headers);
  }

  #described(response: RtspResponse): void {
    const answer = h264Track(response.body);
    if (answer.kind === "none") return this.#fail({ cause: "refused", text: `No picture to open: ${answer.why}.` });
    this.#track = answer.track;
    this.#base = headerOf(response, "content-base") ?? headerOf(response, "content-location") ?? this.#base;
    this.#step = "setup";
    this.#ask("SETUP", controlUrl(this.#base, answer.track.control), {
      Transport: "RTP/AVP/TCP;unicast;interleaved=0-1",
    });
  }

  #setUp(response: RtspResponse): void {
    const [id, ...rest] = (headerOf(response, "session") ?? "").split(";");
    if (id === undefined || id.trim() === "")
      return this.#fail({ cause: "refused", text: "The camera opens no session." });
    const told = Number(/timeout=(\d+)/.exec(rest.join(";"))?.[1] ?? 0) * 1000;
    this.#sessionMs = told > 0 ? told : rtspTimes.sessionMs;
    this.#sessionId = id.trim();
    this.#step = "play";
    this.#ask("PLAY", this.#aggregate(), { Range: "npt=0.000-" });
  }

  #playing(): void {
    this.#step = "playing";
    this.#await(`is open and sends nothing for ${rtspTimes.silentMs / 1000} s`);
    this.#scheduleKeepAlive();
    this.#deps.onPlaying(this.#track?.parameterSets ?? []);
  }

  #scheduleKeepAlive(): void {
    this.#keepAlive = this.#deps.wall.after(Math.max(1_000, this.#sessionMs / 2), () => {
      this.#ask(this.#getParameter ? "GET_PARAMETER" : "OPTIONS", this.#aggregate());
      this.#scheduleKeepAlive();
    });
  }

  #aggregate(): string {
    return controlUrl(this.#base, this.#track?.aggregate ?? "*");
  }
}
