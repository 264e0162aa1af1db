import type { Chance, Clock, DatagramSocket, Datagrams, Peer } from "@outrider/contract";
import type { LinkHandlers } from "./link.js";
import { Reopening } from "./reopening.js";

/** A socket that is bound again on the same port whenever it fails: PX4 speaks for ever to the port that spoke first. */
export class UdpSocket {
  readonly #at: { readonly host: string; readonly port: number };
  readonly #datagrams: Datagrams;
  readonly #reopening: Reopening;
  #socket: DatagramSocket | undefined;

  constructor(
    at: { readonly host: string; readonly port: number },
    deps: { readonly datagrams: Datagrams; readonly clock: Clock; readonly chance: Chance },
  ) {
    this.#at = at;
    this.#datagrams = deps.datagrams;
    this.#reopening = new Reopening(deps);
  }

  bind(say: LinkHandlers["onState"], onDatagram: (bytes: Uint8Array, from: Peer) => void): void {
    if (this.#reopening.closed) return;
    say("opening", "");
    let current = true;
    const over = (error: Error): void => {
      if (!current || this.#reopening.closed) return;
      current = false;
      this.#socket?.close();
      this.#socket = undefined;
      say("closed", error.message);
      this.#reopening.again(() => this.bind(say, onDatagram));
    };
    const socket = this.#datagrams.bind(this.#at, {
      onDatagram: (bytes, from) => {
        if (current && !this.#reopening.closed) onDatagram(bytes, from);
      },
      onError: over,
      onBound: (localPort) => {
        if (!current || this.#reopening.closed) return;
        this.#reopening.worked();
        say("open", `udp ${localPort}`);
      },
    });
    if (current) this.#socket = socket;
    else socket.close();
  }

  send(bytes: Uint8Array, peer: Peer): boolean {
    if (this.#socket === undefined) return false;
    this.#socket.send(bytes, peer);
    return true;
  }

  close(): void {
    this.#reopening.close();
    this.#socket?.close();
    this.#socket = undefined;
  }
}
