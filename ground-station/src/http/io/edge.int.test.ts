import { request } from "node:http";
import { createConnection, type Socket } from "node:net";
import type { HttpRequest } from "@outrider/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listenHttp } from "./express-server.js";
import { lingering } from "./refuse-large.js";
import { slowPeerTimes } from "./slow-peers.js";

const seen: HttpRequest[] = [];
const tooLarge: string[] = [];

function listen(proxied: boolean): Promise<Listening> {
  return new Promise((done, fail) =>
    listenHttp(
      {
        host: "127.0.0.1",
        port: 0,
        proxied,
        log: () => undefined,
        accept: () => ({ kind: "refuse", status: 403, reason: "no" }),
        http: {
          handle(request, respond) {
            seen.push(request);
            respond({ status: 200, headers: {}, body: "" });
          },
          maxBytes: () => 1_000,
          onTooLarge: (_method, path) => tooLarge.push(path),
        },
      },
      (result) => (result.kind === "ok" ? done(result.listening) : fail(result.error)),
    ),
  );
}

/** Posts a body of that many bytes in one go, as most clients do, and tells the status or why there is none. */
function post(port: number, bytes: number): Promise<number | string> {
  return new Promise((done) => {
    const call = request({ port, host: "127.0.0.1", path: "/x", method: "POST" }, (answer) => {
      answer.resume();
      answer.once("end", () => done(answer.statusCode ?? 0));
      answer.once("error", (error) => done(error.message));
    });
    call.on("error", (error) => done(error.message));
    call.end(Buffer.alloc(bytes));
  });
}

/** Writes raw bytes and gives back everything that came until the socket closed or the answer ended. */
function raw(port: number, text: string): Promise<{ answer: string; requests: readonly HttpRequest[] }> {
  const before = seen.length;
  return new Promise((done) => {
    let answer = "";
    const socket = createConnection(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (data) => {
      answer += String(data);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => done({ answer, requests: seen.slice(before) }));
    // Long before any limit of time: what has been answered by now has been answered.
    setTimeout(() => socket.destroy(), 300);
  });
}

describe("the real listener", () => {
  let plain: Listening;
  let behindProxy: Listening;
  beforeAll(async () => {
    plain = await listen(false);
    behindProxy = await listen(true);
  });
  afterAll(
    () =>
      new Promise<void>((done) => {
        plain.close(() => behindProxy.close(done));
      }),
  );

  it.each([
    ["two lengths", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 5\r\n\r\nx"],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n",
    ],
    ["a bare line feed in the headers", "GET / HTTP/1.1\nhost: a\r\nx: y\n\n"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["headers without end", `GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(40_000)}\r\n\r\n`],
  ])("takes no request with %s (security test 35)", async (_, text) => {
    const { answer, requests } = await raw(plain.port, text);
    expect(requests).toEqual([]);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d|^$/);
  });

  it("says that a body is too large to whoever sends it whole before reading, and cuts off who never ends", async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(plain.port, 10_000_000)));
    expect(new Set(answers)).toEqual(new Set([413]));
    expect(tooLarge).toEqual(Array(12).fill("/x"));
    expect(await post(plain.port, lingering.mostBytes + 8_000_000)).not.toBe(200);
  });

  it("judges a request by its Host header, not by an address in the request line (security test 22)", async () => {
    const { requests } = await raw(plain.port, "GET http://evil.example/x?y=1 HTTP/1.1\r\nhost: ours\r\n\r\n");
    expect(requests).toMatchObject([{ path: "/x", headers: { host: "ours" } }]);
    const twice = await raw(plain.port, "GET / HTTP/1.1\r\nhost: ours\r\nhost: evil.example\r\n\r\n");
    for (const request of twice.requests) expect(request.headers["host"]).toBe("ours");
  });

  it("knows who asks behind the proxy of this machine, and believes nobody else (security test 36)", async () => {
    const ask = async (port: number, forwarded: string): Promise<string | undefined> =>
      (await raw(port, `GET / HTTP/1.1\r\nhost: a\r\nx-forwarded-for: ${forwarded}\r\n\r\n`)).requests[0]?.remote;
    expect(await ask(behindProxy.port, "6.6.6.6, 203.0.113.7")).toBe("203.0.113.7");
    expect(await ask(behindProxy.port, "not an address")).toBe("127.0.0.1");
    expect(await ask(plain.port, "203.0.113.7")).toBe("127.0.0.1");
  });

  it("lets go of silent sockets and of slow headers within ten seconds, while others are served (security test 36)", async () => {
    const startedMs = performance.now();
    const sockets: Socket[] = [];
    const closed: Promise<number>[] = [];
    for (let n = 0; n < 40; n++) {
      const socket = createConnection(plain.port, "127.0.0.1");
      socket.on("error", () => undefined);
      closed.push(new Promise((done) => socket.on("close", () => done(performance.now() - startedMs))));
      // Half say nothing at all, half send one header byte after the other.
      if (n % 2 === 0) socket.write("GET / HTTP/1.1\r\n");
      sockets.push(socket);
    }
    const drip = setInterval(() => {
      for (const [n, socket] of sockets.entries()) if (n % 2 === 0 && socket.writable) socket.write("x");
    }, 500);
    const answered = await raw(plain.port, "GET /others HTTP/1.1\r\nhost: a\r\n\r\n");
    expect(answered.requests).toMatchObject([{ path: "/others" }]);
    for (const socket of sockets) socket.resume();
    const took = Math.max(...(await Promise.all(closed)));
    clearInterval(drip);
    expect(took).toBeLessThan(10_000);
    expect(took).toBeGreaterThan(slowPeerTimes.firstHeadersMs - 1_000);
  }, 20_000);
});
