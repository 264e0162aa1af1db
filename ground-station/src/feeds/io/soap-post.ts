import { createHash } from "node:crypto";
import { type IncomingMessage, request } from "node:http";
import { request as requestTls } from "node:https";
import type { SoapPost, SoapReply } from "../onvif/soap-post.js";
import type { TokenDigest } from "../onvif/ws-token.js";

/** From the first byte out to the last one in: a camera that drips its answer is as good as silent. */
const wholeMs = 5_000;
const mostBytes = 256 * 1024;

export type SoapPostLimits = { readonly wholeMs?: number; readonly mostBytes?: number };

/** HTTP or HTTPS of this machine. A connection for each call; no redirect is followed; a certificate must fit its name. */
export function soapPost(limits: SoapPostLimits = {}): SoapPost {
  const most = { wholeMs: limits.wholeMs ?? wholeMs, mostBytes: limits.mostBytes ?? mostBytes };
  return (ask, done) => {
    let over = false;
    const end = (reply: SoapReply | undefined): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      call.destroy();
      if (reply !== undefined) done(reply);
    };
    const send = ask.url.startsWith("https:") ? requestTls : request;
    const body = Buffer.from(ask.body, "utf8");
    const headers = { ...ask.headers, "content-length": String(body.byteLength), connection: "close" };
    const call = send(ask.url, { method: "POST", headers, agent: false }, (response) => take(response, most, end));
    const timer = setTimeout(
      () => end({ kind: "failed", cause: "timeout", text: `No whole answer within ${most.wholeMs / 1000} s.` }),
      most.wholeMs,
    );
    call.on("error", (error: NodeJS.ErrnoException) =>
      end({ kind: "failed", cause: "unreachable", text: `No connection: ${error.code ?? error.message}.` }),
    );
    call.end(body);
    return () => end(undefined);
  };
}

function take(response: IncomingMessage, most: Required<SoapPostLimits>, end: (reply: SoapReply) => void): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  response.on("data", (part: Buffer) => {
    bytes += part.byteLength;
    parts.push(part);
    if (bytes > most.mostBytes)
      end({ kind: "failed", cause: "tooLong", text: `Its answer is longer than ${most.mostBytes / 1024} KiB.` });
  });
  response.on("error", (error) => end({ kind: "failed", cause: "unreachable", text: `Cut short: ${error.message}.` }));
  response.on("end", () => {
    const raw = response.rawHeaders;
    const headers = raw.flatMap((name, i): [string, string][] =>
      i % 2 === 0 ? [[name.toLowerCase(), raw[i + 1] ?? ""]] : [],
    );
    end({ kind: "reply", status: response.statusCode ?? 0, headers, text: Buffer.concat(parts).toString("utf8") });
  });
}

export const tokenDigest: TokenDigest = (nonce, text) =>
  createHash("sha1").update(nonce).update(text, "utf8").digest("base64");
