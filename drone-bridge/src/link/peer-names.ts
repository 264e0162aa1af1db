import type { Peer } from "@outrider/contract";
import { peerName } from "./link.js";

/** Senders that are remembered; beyond it all are forgotten, since anybody can send from any number of ports. */
const mostNames = 1_024;

type Named = { readonly host: string; readonly name: string };

/** The name of each sender, made once: it is asked for with every datagram, and a text made anew is hashed anew. */
export class PeerNames {
  readonly #byPort = new Map<number, Named[]>();
  #count = 0;

  of(peer: Peer): string {
    const at = this.#byPort.get(peer.port);
    if (at !== undefined) for (const named of at) if (named.host === peer.host) return named.name;
    return this.#add(peer);
  }

  #add(peer: Peer): string {
    if (this.#count >= mostNames) {
      this.#byPort.clear();
      this.#count = 0;
    }
    this.#count++;
    const name = peerName(peer);
    const at = this.#byPort.get(peer.port);
    if (at === undefined) this.#byPort.set(peer.port, [{ host: peer.host, name }]);
    else at.push({ host: peer.host, name });
    return name;
  }
}
