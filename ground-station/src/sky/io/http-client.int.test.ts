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
  it("follows no redirect and takes no endless answer", async () => {
    expect(await ask(await serve(302, "", { location: "http://127.0.0.1:1/" }))).not.toMatch(/^\d/);
    server?.close();
    expect(await ask(await serve(200, "x".repeat(5 * 1024 * 1024)))).toBe("the answer is too long");
  });
});
