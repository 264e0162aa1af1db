import type { Cancel } from "@outrider/contract";
import type { ByteStream, StreamHandlers, Streams } from "../index.js";

type Open = { readonly handlers: StreamHandlers; readonly heard: (bytes: Uint8Array) => void };

/** Byte streams of a simulated machine. The far end is there or not, takes bytes or not, and says when it ends or not. */
export class FakeStreams implements Streams {
  readonly heard: number[] = [];
  there = true;
  /** Takes nothing, and says nothing of it. */
  stuck = false;
  dials = 0;
  readonly #open = new Set<Open>();
  #accept: (() => StreamHandlers) | undefined;
  #callers = 0;

  dialTcp: Streams["dialTcp"] = (_at, handlers) => this.#dial(handlers);
  openSerial: Streams["openSerial"] = (_at, handlers) => this.#dial(handlers);

  listenTcp: Streams["listenTcp"] = (_at, accept, failed, listening) => {
    this.failListening = failed;
    this.#accept = accept;
    listening?.();
    return () => {
      this.#accept = undefined;
      this.hangUp("closed");
    };
  };

  /** The port is taken, or the machine's network went away. */
  failListening: (error: Error) => void = () => {};

  /** A caller at the TCP server. */
  call(): void {
    const handlers = this.#accept?.();
    if (handlers !== undefined) this.#begin(handlers, `caller:${++this.#callers}`);
  }

  get connections(): number {
    return this.#open.size;
  }

  say(bytes: Uint8Array): void {
    for (const each of [...this.#open]) each.handlers.onBytes(bytes);
  }

  hangUp(reason: string): void {
    for (const each of [...this.#open]) {
      this.#open.delete(each);
      each.handlers.onClose(reason);
    }
  }

  #dial(handlers: StreamHandlers): Cancel {
    this.dials++;
    if (!this.there) {
      handlers.onClose("nobody there");
      return () => {};
    }
    return this.#begin(handlers, "far:1");
  }

  #begin(handlers: StreamHandlers, name: string): Cancel {
    const open: Open = { handlers, heard: (bytes) => this.heard.push(...bytes) };
    this.#open.add(open);
    const close = (): void => {
      if (this.#open.delete(open)) handlers.onClose("closed");
    };
    const stream: ByteStream = {
      write: (bytes) => {
        if (this.stuck || !this.#open.has(open)) return false;
        open.heard(bytes);
        return true;
      },
      close,
    };
    handlers.onOpen(stream, name);
    return close;
  }
}
