import type { Chance, Clock, Datagrams } from "@outrider/contract";
import { type Link, peerOf } from "./link.js";
import { PeerNames } from "./peer-names.js";
import { UdpSocket } from "./udp-socket.js";

/** UDP server: whoever speaks is a peer and is answered at the address that it spoke from. The port is fixed on purpose. */
export function udpServerLink(
  options: { readonly name: string; readonly host: string; readonly port: number },
  deps: { readonly datagrams: Datagrams; readonly clock: Clock; readonly chance: Chance },
): Link {
  const socket = new UdpSocket(options, deps);
  const names = new PeerNames();
  return {
    name: options.name,
    open: (handlers) =>
      socket.bind(
        (state, reason) => handlers.onState(state, reason),
        (bytes, from) => handlers.onBytes(bytes, names.of(from), true),
      ),
    send: (bytes, peer) => socket.send(bytes, peerOf(peer)),
    knownPeers: () => [],
    keeps: () => false,
    drop: () => {},
    counts: () => ({ strangers: 0, dropped: 0 }),
    close: () => socket.close(),
  };
}
