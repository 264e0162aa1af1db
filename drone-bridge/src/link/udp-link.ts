import type { Cancel, Chance, Clock, DatagramSocket, Datagrams } from "@outrider/contract";
import { backoffMs } from "./backoff.js";
import { type Link, type LinkHandlers, peerName, peerOf } from "./link.js";
import { linkTiming } from "./timing.js";

export type UdpLinkOptions = {
  readonly name: string;
  readonly host: string;
  /** Local port. It is fixed on purpose: PX4 speaks for ever to the first port that spoke to it. */
  readonly port: number;
  /** Set for a client: the only peer, spoken to before it is heard. */
  readonly remote?: { readonly host: string; readonly port: number };
};

/** UDP server (any peer) or client (one peer). A socket that fails is bound again on the same port. */
export function udpLink(
  options: UdpLinkOptions,
  deps: { readonly datagrams: Datagrams; readonly clock: Clock; readonly chance: Chance },
): Link {
  let socket: DatagramSocket | undefined;
  let cancel: Cancel | undefined;
  let attempt = 0;
  let closed = false;

  function bind(handlers: LinkHandlers): void {
    handlers.onState("opening", "");
    socket = deps.datagrams.bind(
      { host: options.host, port: options.port },
      {
        onDatagram: (bytes, from) => {
          if (!closed) handlers.onBytes(bytes, peerName(from), true);
        },
        onError: (error) => again(handlers, error.message),
        onBound: (localPort) => {
          attempt = 0;
          handlers.onState("open", `udp ${localPort}`);
        },
      },
    );
  }

  function again(handlers: LinkHandlers, reason: string): void {
    if (closed || cancel !== undefined) return;
    socket?.close();
    socket = undefined;
    handlers.onState("closed", reason);
    const delayMs = backoffMs(attempt++, linkTiming.reopenFirstMs, linkTiming.reopenMaxMs, deps.chance.unit());
    cancel = deps.clock.after(delayMs, () => {
      cancel = undefined;
      bind(handlers);
    });
  }

  return {
    name: options.name,
    open: bind,
    send(bytes, peer) {
      if (socket === undefined) return false;
      socket.send(bytes, peerOf(peer));
      return true;
    },
    knownPeers: () => (options.remote === undefined ? [] : [peerName(options.remote)]),
    close() {
      closed = true;
      cancel?.();
      socket?.close();
      socket = undefined;
    },
  };
}
