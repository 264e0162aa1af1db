import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Acceptor, HttpRequest, HttpResponse, Log } from "@outrider/contract";
import express, { type Request } from "express";
import type { Http } from "../http.js";
import { refuseLarge } from "./refuse-large.js";
import { remoteOf } from "./remote-address.js";
import { dropSlowPeers, slowPeerTimes } from "./slow-peers.js";
import { attachSockets } from "./socket-server.js";

export type Listening = { readonly port: number; close(done: () => void): void };

/** The real listener: express collects the body up to the route's limit and hands everything to the pure router. */
export function listenHttp(
  options: {
    host: string;
    port: number;
    http: Http;
    accept: Acceptor;
    log: Log;
    /** A TLS proxy on this machine stands in front and names who asks. */
    proxied?: boolean;
  },
  ready: (result: { kind: "ok"; listening: Listening } | { kind: "error"; error: Error }) => void,
): void {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use((request: Request, response: ServerResponse) => takeRequest(options, request, response));
  const server = createServer({ connectionsCheckingInterval: slowPeerTimes.checkEveryMs }, app);
  dropSlowPeers(server);
  const closeSockets = attachSockets(server, options.accept, options.log, options.proxied ?? false);
  server.once("error", (error) => ready({ kind: "error", error }));
  server.listen(options.port, options.host, () => {
    const { port } = server.address() as AddressInfo;
    const close = (done: () => void): void => {
      closeSockets();
      server.closeAllConnections();
      server.close(() => done());
    };
    ready({ kind: "ok", listening: { port, close } });
  });
}

type Edge = { readonly http: Http; readonly log: Log; readonly proxied?: boolean };

function takeRequest({ http, log, proxied = false }: Edge, request: Request, response: ServerResponse): void {
  const most = http.maxBytes(request.method, request.path);
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size <= most) chunks.push(chunk);
    else if (!response.headersSent) {
      http.onTooLarge(request.method, request.path);
      refuseLarge(request, response, most);
    }
  });
  request.on("error", (error) => log("debug", "request broke off", { error: error.message }));
  request.on("end", () => {
    if (size > most || response.headersSent) return;
    http.handle(asHttpRequest(request, Buffer.concat(chunks), proxied), (answer) => send(response, answer, request));
  });
}

function asHttpRequest(request: Request, body: Uint8Array, proxied: boolean): HttpRequest {
  const url = new URL(request.originalUrl, "http://outrider.invalid");
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
  return {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body,
    remote: remoteOf(request, proxied),
  };
}

const zipped = new WeakMap<Uint8Array, Uint8Array>();

/** Only what is the same for everybody (screens, city) is compressed: a secret beside a guess must not share a window. */
function send(response: ServerResponse, answer: HttpResponse, request: IncomingMessage): void {
  if (response.headersSent || response.destroyed) return;
  const shared = answer.headers["cache-control"] !== "no-store" && typeof answer.body !== "string";
  const takesGzip = /\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const packed = shared && takesGzip && typeof answer.body !== "string" ? pack(answer) : undefined;
  const body = packed ?? answer.body;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(packed === undefined ? {} : { "content-encoding": "gzip" }),
    ...(shared ? { vary: "accept-encoding" } : {}),
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function pack(answer: HttpResponse): Uint8Array | undefined {
  if (typeof answer.body === "string" || answer.body.byteLength < 1024) return undefined;
  if (!/json|javascript|text|svg|wasm/.test(answer.headers["content-type"] ?? "")) return undefined;
  const held = zipped.get(answer.body);
  if (held) return held;
  const made = gzipSync(answer.body, { level: 6 });
  zipped.set(answer.body, made);
  return made;
}
