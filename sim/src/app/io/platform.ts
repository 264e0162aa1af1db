import { createHash, createHmac, randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import type { Chance, Clock, Datagrams, Dialer, HttpClient, Log } from "@outrider/contract";
import { WebSocket } from "ws";
import type { SignTools } from "../../sensors/index.js";

export const wallClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, Math.max(0, delayMs));
    return () => clearTimeout(timer);
  },
};

export const systemChance: Chance = {
  unit: () => randomBytes(4).readUInt32LE() / 4294967296,
  bytes: (length) => new Uint8Array(randomBytes(length)),
  id: (prefix) => `${prefix}_${randomBytes(16).toString("hex")}`,
};

export const signTools: SignTools = {
  sha256Hex: (body) => createHash("sha256").update(body, "utf8").digest("hex"),
  hmacSha256Hex: (keyHex, text) => createHmac("sha256", Buffer.from(keyHex, "hex")).update(text, "utf8").digest("hex"),
};

export const udp: Datagrams = {
  bind: (at, handlers) => {
    const socket = createSocket("udp4");
    socket.on("message", (bytes, from) => handlers.onDatagram(bytes, { host: from.address, port: from.port }));
    socket.on("error", (error) => handlers.onError(error));
    socket.bind(at.port, at.host, () => handlers.onBound(socket.address().port));
    return {
      send: (bytes, peer) => socket.send(bytes, peer.port, peer.host, () => undefined),
      close: () => socket.close(),
    };
  },
};

export const webSockets: Dialer = {
  dial: (url, headers, handlers) => {
    const socket = new WebSocket(url, { headers, perMessageDeflate: false, handshakeTimeout: 5_000 });
    let closed = false;
    const closeOnce = (reason: string): void => {
      if (closed) return;
      closed = true;
      handlers.onClose(reason);
    };
    socket.binaryType = "nodebuffer";
    socket.on("open", () =>
      handlers.onOpen({
        send: (data) => socket.send(data),
        bufferedBytes: () => socket.bufferedAmount,
        close: (code, reason) => socket.close(code, reason),
      }),
    );
    socket.on("message", (data: Buffer, binary: boolean) =>
      handlers.onMessage(binary ? new Uint8Array(data) : data.toString("utf8")),
    );
    socket.on("error", (error) => closeOnce(error.message));
    socket.on("close", (code, reason) => closeOnce(`${code} ${reason.toString("utf8")}`));
    return () => socket.terminate();
  },
};

export const httpClient: HttpClient = {
  request: ({ method, url, headers, body }, done) => {
    fetch(url, {
      method,
      headers,
      body: typeof body === "string" ? body : Buffer.from(body),
      signal: AbortSignal.timeout(10_000),
    })
      .then(async (response) => done({ kind: "ok", status: response.status, body: await response.text() }))
      .catch((error: unknown) =>
        done({ kind: "error", error: error instanceof Error ? error : new Error(String(error)) }),
      );
  },
};

export const stderrLog: Log = (level, what, fields) => {
  process.stderr.write(`${JSON.stringify({ t: new Date().toISOString(), level, part: "sim", what, ...fields })}\n`);
};
