import type { Cancel, Chance, Clock } from "@outrider/contract";
import { backoffMs } from "./backoff.js";
import type { Link, LinkHandlers } from "./link.js";
import type { ByteStream, StreamHandlers, Streams } from "./streams.js";
import { linkTiming } from "./timing.js";

/** Accepts callers over TCP; each is one peer until it hangs up. */
export function tcpServerLink(
  options: { readonly name: string; readonly host: string; readonly port: number },
  deps: { readonly streams: Streams; readonly clock: Clock; readonly chance: Chance },
): Link {
  const callers = new Map<string, ByteStream>();
  let hangUp: Cancel | undefined;
  let cancel: Cancel | undefined;
  let attempt = 0;
  let closed = false;

  function caller(handlers: LinkHandlers): StreamHandlers {
    let name: string | undefined;
    return {
      onOpen(stream, peer) {
        name = peer;
        callers.set(peer, stream);
      },
      onBytes(bytes) {
        if (name !== undefined) handlers.onBytes(bytes, name, false);
      },
      onClose() {
        if (name === undefined || !callers.delete(name)) return;
        handlers.onPeerGone(name);
      },
    };
  }

  function listen(handlers: LinkHandlers): void {
    handlers.onState("opening", "");
    hangUp = deps.streams.listenTcp(
      options,
      () => caller(handlers),
      (error) => {
        if (closed || cancel !== undefined) return;
        handlers.onState("closed", error.message);
        const delayMs = backoffMs(attempt++, linkTiming.reopenFirstMs, linkTiming.reopenMaxMs, deps.chance.unit());
        cancel = deps.clock.after(delayMs, () => {
          cancel = undefined;
          listen(handlers);
        });
      },
    );
    handlers.onState("open", `tcp ${options.port}`);
  }

  return {
    name: options.name,
    open: listen,
    send: (bytes, peer) => callers.get(peer)?.write(bytes) ?? false,
    knownPeers: () => [...callers.keys()],
    close() {
      closed = true;
      cancel?.();
      hangUp?.();
      for (const stream of callers.values()) stream.close();
      callers.clear();
    },
  };
}
