import type { Peer } from "@outrider/contract";

export type LinkState = "opening" | "open" | "closed";

export type LinkHandlers = {
  /** `peer` names the other end within this link; `whole` when the bytes are one datagram. */
  onBytes(bytes: Uint8Array, peer: string, whole: boolean): void;
  onState(state: LinkState, reason: string): void;
  /** The other end cannot be reached any more by this name. */
  onPeerGone(peer: string): void;
};

/** One way to reach aircraft. It reopens by itself until `close`; `send` to a peer that is not there drops the bytes. */
export type Link = {
  readonly name: string;
  open(handlers: LinkHandlers): void;
  send(bytes: Uint8Array, peer: string): boolean;
  /** Peers that may be spoken to before they have been heard (a configured remote address, a serial line). */
  knownPeers(): readonly string[];
  close(): void;
};

export const peerName = (peer: Peer): string => `${peer.host}:${peer.port}`;

export function peerOf(name: string): Peer {
  const colon = name.lastIndexOf(":");
  return { host: name.slice(0, colon), port: Number(name.slice(colon + 1)) };
}
