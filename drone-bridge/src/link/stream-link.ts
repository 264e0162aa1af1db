import type { Cancel, Chance, Clock } from "@outrider/contract";
import { backoffMs } from "./backoff.js";
import type { Link, LinkHandlers } from "./link.js";
import type { ByteStream, StreamHandlers } from "./streams.js";
import { linkTiming } from "./timing.js";

type Dial = (handlers: StreamHandlers) => Cancel;

/**
 * A link over one byte stream (TCP client, serial line): opens again with jittered backoff whenever it ends. With
 * `stallMs`, silence that long counts as an end, since a pulled serial adapter may never say `close`.
 */
export function streamLink(
  options: { readonly name: string; readonly peer: string; readonly stallMs?: number; readonly dial: Dial },
  deps: { readonly clock: Clock; readonly chance: Chance },
): Link {
  let stream: ByteStream | undefined;
  let hangUp: Cancel | undefined;
  let cancel: Cancel | undefined;
  let stall: Cancel | undefined;
  let attempt = 0;
  let closed = false;

  function dial(handlers: LinkHandlers): void {
    handlers.onState("opening", "");
    hangUp = options.dial({
      onOpen(opened) {
        stream = opened;
        handlers.onState("open", options.peer);
        watch(handlers);
      },
      onBytes(bytes) {
        attempt = 0;
        watch(handlers);
        handlers.onBytes(bytes, options.peer, false);
      },
      onClose: (reason) => again(handlers, reason),
    });
  }

  function watch(handlers: LinkHandlers): void {
    if (options.stallMs === undefined) return;
    stall?.();
    stall = deps.clock.after(options.stallMs, () => again(handlers, "no bytes: the port may have been pulled"));
  }

  function again(handlers: LinkHandlers, reason: string): void {
    if (closed || cancel !== undefined) return;
    stall?.();
    stream = undefined;
    handlers.onState("closed", reason);
    handlers.onPeerGone(options.peer);
    const delayMs = backoffMs(attempt++, linkTiming.reopenFirstMs, linkTiming.reopenMaxMs, deps.chance.unit());
    cancel = deps.clock.after(delayMs, () => {
      cancel = undefined;
      dial(handlers);
    });
    hangUp?.();
  }

  return {
    name: options.name,
    open: dial,
    send: (bytes) => stream?.write(bytes) ?? false,
    knownPeers: () => (stream === undefined ? [] : [options.peer]),
    close() {
      closed = true;
      stall?.();
      cancel?.();
      hangUp?.();
      stream?.close();
      stream = undefined;
    },
  };
}
