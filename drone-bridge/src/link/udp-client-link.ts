import type { Cancel, Chance, Clock, Datagrams, Peer } from "@outrider/contract";
import { type Link, type LinkHandlers, peerName } from "./link.js";
import { linkTiming } from "./timing.js";
import { UdpSocket } from "./udp-socket.js";

export type UdpClientOptions = {
  readonly name: string;
  /** Of this machine, the same after every restart. */
  readonly port: number;
  /** The only peer, spoken to before it is heard. A name is looked up, and again while the peer is silent. */
  readonly remote: Peer;
};

const isAddress = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host);

/** UDP client: one peer, by its address. What anybody else sends is counted and read by nobody. */
export function udpClientLink(
  options: UdpClientOptions,
  deps: { readonly datagrams: Datagrams; readonly clock: Clock; readonly chance: Chance },
): Link {
  const socket = new UdpSocket({ host: "0.0.0.0", port: options.port }, deps);
  const name = peerName(options.remote);
  const { resolve } = deps.datagrams;
  let address = isAddress(options.remote.host) || resolve === undefined ? options.remote.host : undefined;
  let strangers = 0;
  let heardMs = Number.NEGATIVE_INFINITY;
  let lookAgain: Cancel | undefined;
  let closed = false;

  function take(handlers: LinkHandlers, bytes: Uint8Array, from: Peer): void {
    if (from.host !== address || from.port !== options.remote.port) {
      strangers++;
      return;
    }
    heardMs = deps.clock.nowMs();
    handlers.onBytes(bytes, name, true);
  }

  /** A modem that dials in again gets another address under the same name. */
  function look(handlers: LinkHandlers): void {
    if (closed || resolve === undefined || isAddress(options.remote.host)) return;
    const silent = deps.clock.nowMs() - heardMs >= linkTiming.lookAgainMs;
    if (silent)
      resolve.call(deps.datagrams, options.remote.host, (found) => {
        if (closed || found === undefined || found === address) return;
        const moved = address !== undefined;
        address = found;
        if (moved) handlers.onPeerGone(name);
      });
    lookAgain = deps.clock.after(linkTiming.lookAgainMs, () => look(handlers));
  }

  return {
    name: options.name,
    open(handlers) {
      socket.bind(
        (state, reason) => handlers.onState(state, reason),
        (bytes, from) => take(handlers, bytes, from),
      );
      look(handlers);
    },
    send: (bytes, peer) =>
      peer === name && address !== undefined && socket.send(bytes, { host: address, port: options.remote.port }),
    knownPeers: () => [name],
    keeps: (peer) => peer === name,
    drop: () => {},
    counts: () => ({ strangers, dropped: 0 }),
    close() {
      closed = true;
      lookAgain?.();
      socket.close();
    },
  };
}
