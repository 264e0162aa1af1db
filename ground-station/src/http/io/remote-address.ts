import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

const isLoopback = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

/**
 * Who really asks. Where a TLS proxy of this machine stands in front, every socket comes from loopback, and limits by
 * address would hold all people for one: then the last entry of X-Forwarded-For counts, which the proxy itself has
 * written; what a client puts before it is worth nothing.
 */
export function remoteOf(request: IncomingMessage, proxied: boolean): string {
  const peer = request.socket.remoteAddress ?? "";
  if (!proxied || !isLoopback(peer)) return peer;
  const last = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return last !== undefined && isIP(last) !== 0 ? last : peer;
}
