import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { SoapReply } from "../onvif/soap-post.js";
import { soapPost, tokenDigest } from "./soap-post.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** One call to a camera that does with the connection what it likes. */
async function askOf(answer: (socket: Socket) => void): Promise<SoapReply> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => answer(socket));
  });
  servers.push(server);
  const port = await new Promise<number>((done) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      done(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  const post = soapPost({ wholeMs: 250, mostBytes: 4_096 });
  return new Promise((done) => {
    post({ url: `http://127.0.0.1:${port}/onvif`, headers: {}, body: "<a/>" }, done);
  });
}
const head = (more = ""): string => `HTTP/1.1 200 OK\r\n${more}`;

describe("a call to a camera that is broken or hostile", () => {
  it("ends with a name for what was wrong, whatever it does", async () => {
    const told = await Promise.all([
      askOf((socket) => socket.end(`${head("Content-Length: 2\r\nX-A: 1\r\nX-A: 2\r\n\r\n")}ok`)),
      askOf(() => undefined),
      askOf((socket) => {
        socket.write(head("Content-Length: 500\r\n\r\n"));
        setInterval(() => socket.writable && socket.write("x"), 40).unref();
      }),
      askOf((socket) => socket.end(head("Content-Length: 500\r\n\r\ncut"))),
      askOf((socket) => socket.end(`${head("\r\n")}${"x".repeat(10_000)}`)),
      askOf((socket) => socket.end("\u0000\u0001 not HTTP at all\r\n\r\n")),
      askOf((socket) => socket.resetAndDestroy()),
      askOf((socket) => socket.end("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")),
    ]);
    expect(told.map((one) => (one.kind === "reply" ? one.status : one.cause))).toEqual([
      200,
      "timeout",
      "timeout",
      "unreachable",
      "tooLong",
      "unreachable",
      "unreachable",
      302,
    ]);
    expect(told[0]).toMatchObject({ text: "ok", headers: expect.arrayContaining([["x-a", "2"]]) });
  });

  it("is answered at once where nobody listens, and not at all after it was given up", async () => {
    const post = soapPost();
    const refused = await new Promise<SoapReply>((done) => {
      post({ url: "http://127.0.0.1:1/onvif", headers: {}, body: "" }, done);
    });
    expect(refused).toMatchObject({ kind: "failed", cause: "unreachable", text: "No connection: ECONNREFUSED." });
    let answered = false;
    const cancel = post({ url: "http://127.0.0.1:1/onvif", headers: {}, body: "" }, () => {
      answered = true;
    });
    cancel();
    await new Promise((done) => setTimeout(done, 50));
    expect(answered).toBe(false);
  });

  it("digests a token as ONVIF's programmer's guide has it", () => {
    const nonce = Buffer.from("LKqI6G/AikKCQrN0zqZFlg==", "base64");
    expect(tokenDigest(nonce, "2010-09-16T07:50:45Zuserpassword")).toBe("tuOSpGlFlIXsozq4HFNeeGeFLEI=");
  });
});
