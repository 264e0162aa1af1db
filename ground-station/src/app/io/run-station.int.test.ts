import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { testCity, testConfig } from "../testing/test-config.js";
import { type RunningStation, runStation } from "./run-station.js";

const key = "cd".repeat(32);

/** A folder as an installation has it: configuration, city, keys that only their owner can read. */
function installation(): string {
  const dir = mkdtempSync(join(tmpdir(), "outrider-station-"));
  for (const name of ["bridge.token", "sim.token", "source.key"]) writeFileSync(join(dir, name), key, { mode: 0o600 });
  const config = testConfig((base) => ({
    ...base,
    bridge: { ...base.bridge, token: { file: "bridge.token" } },
    sim: { enabled: true, seed: 1, lowFidelity: true, token: { file: "sim.token" } },
    sources: base.sources.map((source) => ({ ...source, key: { file: "source.key" } })),
  }));
  writeFileSync(join(dir, "flat.json"), JSON.stringify(testCity, undefined, 8));
  // JSON is YAML, and JSON.stringify drops what is undefined.
  writeFileSync(join(dir, "outrider.yaml"), JSON.stringify(config));
  return dir;
}

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

function ask(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body = "",
): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on("error", fail);
    sent.end(body);
  });
}

describe("a running station", () => {
  let dir = "";
  let running: RunningStation;
  const logs: string[] = [];
  const origin = (): string => `http://127.0.0.1:${running.port}`;

  beforeEach(async () => {
    dir = installation();
    running = await runStation(join(dir, "outrider.yaml"), {
      log: (level, what) => void logs.push(`${level} ${what}`),
      version: "test",
      port: 0,
    });
  });
  afterEach(async () => {
    await new Promise<void>((done) => running.close(done));
    rmSync(dir, { recursive: true, force: true });
  });

  const login = async (): Promise<string> => {
    const answer = await ask(
      running.port,
      "POST",
      "/api/v1/session",
      { origin: origin(), "content-type": "application/json" },
      '{"demoRole":"all"}',
    );
    expect(answer.status).toBe(200);
    return String(answer.headers["set-cookie"]).split(";")[0] ?? "";
  };

  it("answers pages, acts and the live wire on one port", async () => {
    expect((await ask(running.port, "GET", "/readyz")).status).toBe(200);
    const cookie = await login();
    const ticketAnswer = await ask(
      running.port,
      "POST",
      "/api/v1/live-ticket",
      { origin: origin(), cookie, "content-type": "application/json" },
      "{}",
    );
    const { ticket } = JSON.parse(ticketAnswer.text) as { ticket: string };
    const socket = new WebSocket(`ws://127.0.0.1:${running.port}/live`, { headers: { origin: origin(), cookie } });
    const heard: { kind: string; room?: string }[] = [];
    await new Promise<void>((done, fail) => {
      socket.on("error", fail);
      socket.on("open", () => {
        socket.send(JSON.stringify({ kind: "hello", version: 1, ticket }));
        socket.send(JSON.stringify({ kind: "join", room: "incidents" }));
      });
      socket.on("message", (data, isBinary) => {
        // Samples come beside it as soon as a tick is due.
        if (isBinary) return;
        heard.push(JSON.parse(String(data)) as { kind: string });
        if (heard.some((one) => one.kind === "room")) done();
      });
    });
    socket.terminate();
    expect(heard.map((one) => one.kind)).toEqual(expect.arrayContaining(["welcome", "handles", "room"]));
  });

  it("gives the city compressed", async () => {
    const answer = await ask(running.port, "GET", "/api/v1/city", { "accept-encoding": "gzip" });
    expect(answer.headers["content-encoding"]).toBe("gzip");
  });

  it("refuses a foreign or absent Origin before the upgrade, and any Origin on the machine sockets", async () => {
    const cookie = await login();
    const open = (path: string, headers: Record<string, string>): Promise<number> =>
      new Promise((done) => {
        const socket = new WebSocket(`ws://127.0.0.1:${running.port}${path}`, { headers });
        socket.on("unexpected-response", (_, response) => done(response.statusCode ?? 0));
        socket.on("open", () => done(101));
        socket.on("error", () => undefined);
      });
    expect(await open("/live", { cookie, origin: "http://127.0.0.1:1" })).toBe(403);
    expect(await open("/live", { cookie })).toBe(403);
    expect(await open("/bridge", { origin: origin(), authorization: `Bearer ${key}` })).toBe(403);
    expect(await open("/sim", { authorization: "Bearer wrong" })).toBe(401);
  });

  it("stops reading a body at the limit of its route", async () => {
    const status = await new Promise<string>((done, fail) => {
      const socket = createConnection(running.port, "127.0.0.1", () => {
        socket.write(
          `POST /api/v1/intake/gunshot HTTP/1.1\r\nhost: 127.0.0.1:${running.port}\r\ncontent-length: 10485760\r\n\r\n`,
        );
        const chunk = Buffer.alloc(64 * 1024, 32);
        for (let i = 0; i < 160; i++) socket.write(chunk);
      });
      let text = "";
      socket.on("data", (data) => {
        text += String(data);
        done(text.split("\r\n")[0] ?? "");
      });
      socket.on("error", (error) => (text === "" ? fail(error) : undefined));
    });
    expect(status).toContain("413");
  });

  it("lets no second process open its record", async () => {
    writeFileSync(join(dir, "record", "lock"), "1");
    await expect(
      runStation(join(dir, "outrider.yaml"), { log: () => undefined, version: "test", port: 0 }),
    ).rejects.toThrow("held by process 1");
  });

  it("names file, line and field of a wrong configuration, and refuses a key that others can read", async () => {
    writeFileSync(join(dir, "bad.yaml"), "site: 7\n");
    await expect(runStation(join(dir, "bad.yaml"), { log: () => undefined, version: "test" })).rejects.toThrow(
      /bad\.yaml:1 site/,
    );
    writeFileSync(join(dir, "open.key"), key, { mode: 0o644 });
    const config = testConfig((base) => ({
      ...base,
      bridge: { ...base.bridge, token: { file: "open.key" } },
      sources: [],
      sim: undefined,
    }));
    writeFileSync(join(dir, "open.yaml"), JSON.stringify({ ...config, record: { dir: "elsewhere" } }));
    await expect(runStation(join(dir, "open.yaml"), { log: () => undefined, version: "test" })).rejects.toThrow(
      "mode 644, it must be 600",
    );
  });
});
