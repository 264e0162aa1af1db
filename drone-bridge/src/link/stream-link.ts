import type { Cancel, Chance, Clock } from "@outrider/contract";
import type { Link, LinkCounts, LinkHandlers } from "./link.js";
import { Reopening } from "./reopening.js";
import type { ByteStream, StreamHandlers } from "./streams.js";

type Dial = (handlers: StreamHandlers) => Cancel;

export type StreamLinkOptions = {
  readonly name: string;
  readonly peer: string;
  /** Silence that counts as an end: a pulled adapter and a vanished gateway may never say so. Left out: none does. */
  readonly stallMs?: number;
  readonly dial: Dial;
};

/** A link over one byte stream (TCP client, serial line): opens again with jittered backoff whenever it ends. */
export function streamLink(options: StreamLinkOptions, deps: { readonly clock: Clock; readonly chance: Chance }): Link {
  return new StreamLink(options, deps);
}

class StreamLink implements Link {
  readonly #options: StreamLinkOptions;
  readonly #clock: Clock;
  readonly #reopening: Reopening;
  #stream: ByteStream | undefined;
  #hangUp: Cancel | undefined;
  #stall: Cancel | undefined;
  #dropped = 0;

  constructor(options: StreamLinkOptions, deps: { readonly clock: Clock; readonly chance: Chance }) {
    this.#options = options;
    this.#clock = deps.clock;
    this.#reopening = new Reopening(deps);
  }

  get name(): string {
    return this.#options.name;
  }

  open(handlers: LinkHandlers): void {
    if (this.#reopening.closed) return;
    handlers.onState("opening", "");
    // A port that was given up may still say something: only the present one is listened to.
    let current = true;
    const alive = (): boolean => current && !this.#reopening.closed;
    const end = (reason: string): void => {
      if (!alive()) return;
      current = false;
      this.#over(handlers, reason);
    };
    this.#hangUp = this.#options.dial({
      onOpen: (opened) => {
        if (!alive()) return opened.close();
        this.#stream = opened;
        handlers.onState("open", this.#options.peer);
        this.#watch(end);
      },
      onBytes: (bytes) => {
        if (!alive()) return;
        this.#reopening.worked();
        this.#watch(end);
        handlers.onBytes(bytes, this.#options.peer, false);
      },
      onClose: end,
    });
    if (!current) this.#hangUp();
  }

  send(bytes: Uint8Array, peer: string): boolean {
    const taken = peer === this.#options.peer && (this.#stream?.write(bytes) ?? false);
    if (!taken) this.#dropped++;
    return taken;
  }

  knownPeers(): readonly string[] {
    return this.#stream === undefined ? [] : [this.#options.peer];
  }

  keeps(peer: string): boolean {
    return peer === this.#options.peer;
  }

  drop(): void {}

  counts(): LinkCounts {
    return { strangers: 0, dropped: this.#dropped };
  }

  close(): void {
    this.#reopening.close();
    this.#stall?.();
    this.#hangUp?.();
    this.#stream?.close();
    this.#stream = undefined;
  }

  #watch(end: (reason: string) => void): void {
    this.#stall?.();
    if (this.#options.stallMs !== undefined)
      this.#stall = this.#clock.after(this.#options.stallMs, () => end("no bytes: the port may have been pulled"));
  }

  #over(handlers: LinkHandlers, reason: string): void {
    this.#stall?.();
    this.#stream = undefined;
    handlers.onState("closed", reason);
    handlers.onPeerGone(this.#options.peer);
    this.#reopening.again(() => this.open(handlers));
    this.#hangUp?.();
  }
}
