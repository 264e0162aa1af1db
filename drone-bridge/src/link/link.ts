import type { Peer } from "@outrider/contract";

export type LinkState = "opening" | "open" | "closed";

export type LinkHandlers = {
  /** `peer` names the other end within this link; `whole` when the bytes are one datagram. */
  onBytes(bytes: Uint8Array, peer: string, whole: boolean): void;
  onState(state: LinkState, reason: string): void;
  /** The other end cannot be reached any more by this name. */
  onPeerGone(peer: string): void;
};

/** `strangers`: datagrams of senders that are not the peer. `dropped`: sends that the other end did not take. */
export type LinkCounts = { readonly strangers: number; readonly dropped: number };

/**
 * One way to reach aircraft. It reopens by itself until `close`. `send` hands the bytes over at once or drops them and
 * says false: nothing waits in a link, since a command that leaves late is a danger.
 */
export type Link = {
  readonly name: string;
  open(handlers: LinkHandlers): void;
  send(bytes: Uint8Array, peer: string): boolean;
  /** Peers that may be spoken to before they have been heard (a configured remote address, a serial line, a caller). */
  knownPeers(): readonly string[];
  /** The one peer that this link was made for stays, however long it is silent; others are forgotten. */
  keeps(peer: string): boolean;
  /** Hangs up on a peer that has been forgotten; nothing where there is nothing to hang up on. */
  drop(peer: string): void;
  counts(): LinkCounts;
  close(): void;
};

export const peerName = (peer: Peer): string => `${peer.host}:${peer.port}`;

export function peerOf(name: string): Peer {
  const colon = name.lastIndexOf(":");
  return { host: name.slice(0, colon), port: Number(name.slice(colon + 1)) };
}
