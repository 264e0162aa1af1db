import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { skyHttp } from "./index.js";

describe("asking a receiver", () => {
  let server: Server | undefined;
  afterEach(() => void server?.close());

  async function serve(status: number, body: string, headers: Record<string, string> = {}): Promise<string> {
    const made = createServer((_, response) => response.writeHead(status, headers).end(body));
    server = made;
    await new Promise<void>((done) => made.listen(0, "127.0.0.1", done));
    const at = made.address();
    return `http://127.0.0.1:${typeof at === "object" ? at?.port : 0}/data/aircraft.json`;
  }
  const ask = (url: string) =>
    new Promise<string>((done) =>
      skyHttp.request({ method: "GET", url, headers: {}, body: "" }, (answer) =>
        done(answer.kind === "ok" ? `${answer.status} ${answer.body.length}` : answer.error.message),
      ),
    );

  it("gives what it answers, and the system's own word where it does not", async () => {
    expect(await ask(await serve(200, "{}"))).toBe("200 2");
    const gone = await serve(404, "");
    expect(await ask(gone)).toBe("404 0");
    server?.close();
    server?.closeAllConnections();
    expect(await ask(gone)).toBe("ECONNREFUSED");
  });
  it("tells what the answer calls itself, and waits no longer than it was asked to", async () => {
    const url = await serve(200, "{}", { etag: '"7"' });
    const answer = await new Promise((done) => skyHttp.request({ method: "GET", url, headers: {}, body: "" }, done));
    expect(answer).toMatchObject({ kind: "ok", headers: { etag: '"7"' } });
    server?.close();
    const silent = createServer(() => undefined);
    server = silent;
    await new Promise<void>((done) => silent.listen(0, "127.0.0.1", done));
    const at = silent.address();
    const asked = {
      method: "GET",
      url: `http://127.0.0.1:${typeof at === "object" ? at?.port : 0}/`,
      headers: {},
      body: "",
    };
    const late = await new Promise((done) => skyHttp.request({ ...asked, withinMs: 50 }, done));
    expect(late).toMatchObject({ kind: "error", error: new Error("nothing within 0.05 s") });
    silent.closeAllConnections();
  });
  it("follows no redirect and takes no endless answer", async () => {
    expect(await ask(await serve(302, "", { location: "http://127.0.0.1:1/" }))).not.toMatch(/^\d/);
    server?.close();
    expect(await ask(await serve(200, "x".repeat(5 * 1024 * 1024)))).toBe("the answer is too long");
  });
});
