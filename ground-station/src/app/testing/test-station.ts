import { type Config, type Connection, type HttpResponse, RunClock, type WireData } from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import { type World, worldFromCity } from "@outrider/geo";
import type { CoverageEngine } from "../../coverage/index.js";
import { signedText } from "../../intake/index.js";
import { hmacSha256, toHex } from "../../record/index.js";
import { createStation, type Station } from "../station.js";
import type { StationDeps } from "../station-deps.js";
import { MemoryDisk, seededChance } from "./fake-ports.js";
import { apiKey, hmacKey, testCity, testConfig } from "./test-config.js";

export const testOrigin = "http://127.0.0.1:8080";
export const startMs = Date.UTC(2026, 0, 1, 20, 0, 0);
const host = "127.0.0.1:8080";

export type Answer = {
  readonly status: number;
  readonly headers: HttpResponse["headers"];
  readonly body: unknown;
  readonly text: string;
};
export type Post = {
  readonly path: string;
  readonly body?: unknown;
  readonly cookie?: string;
  readonly headers?: Record<string, string>;
  readonly method?: string;
};

const flatWorld: World = worldFromCity(testCity, 50);

/** What cameras see has tests of its own; computed for every station here it would be most of their time. */
const idleCoverage: CoverageEngine = { start: () => undefined, ask: () => undefined, close: () => undefined };

/** A whole station in memory; everything enters as it would from outside. */
export class TestStation {
  readonly wall = new HandClock(startMs);
  readonly run = new RunClock(this.wall, { runId: "live", epochMs: startMs, rate: 1, paused: false });
  readonly disk: MemoryDisk;
  readonly station: Station;
  readonly logs: string[] = [];
  readonly config: Config;
  refusedStart: string | undefined;
  #nonce = 0;

  constructor(options: { disk?: MemoryDisk; config?: Config; more?: Partial<StationDeps>; seed?: number } = {}) {
    this.disk = options.disk ?? new MemoryDisk();
    this.config = options.config ?? testConfig();
    const secrets = new Map(
      this.config.sources.map((one) => [
        one.sourceId,
        [{ keyId: "*", secret: one.auth === "hmac" ? hmacKey : apiKey }],
      ]),
    );
    this.station = createStation({
      config: this.config,
      city: testCity,
      world: flatWorld,
      clocks: { run: this.run, wall: this.wall },
      chance: seededChance(options.seed ?? 1),
      disk: this.disk,
      log: (level, what) => void this.logs.push(`${level}: ${what}`),
      passwordCheck: (hash, password, done) => done(hash === `hash-of-${password}`),
      secrets: { bridgeToken: "token", simToken: "sim-token", sources: secrets },
      files: new Map([
        ["/index.html", { type: "text/html; charset=utf-8", body: new TextEncoder().encode("<!doctype html>") }],
      ]),
      origins: () => [testOrigin],
      tls: false,
      version: "test",
      configHash: "0",
      coverage: idleCoverage,
      ...options.more,
    });
    this.station.start((result) => {
      if (result.kind === "refused") this.refusedStart = result.why;
    });
  }

  request(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: Uint8Array | string = "",
    remote = "127.0.0.1",
  ): Answer {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const url = new URL(path, testOrigin);
    let answer: HttpResponse | undefined;
    this.station.handle(
      {
        method,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: { host, ...headers },
        body: bytes,
        remote,
      },
      (response) => {
        answer = response;
      },
    );
    this.wall.advance(1);
    if (answer === undefined) throw new Error(`${method} ${path} was not answered`);
    const text = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: /json/.test(answer.headers["content-type"] ?? "") ? JSON.parse(text) : undefined,
    };
  }

  /** An act of a person's browser. */
  act({ path, body = {}, cookie, headers = {}, method = "POST" }: Post): Answer {
    return this.request(
      method,
      `/api/v1${path}`,
      {
        origin: testOrigin,
        "content-type": "application/json",
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      JSON.stringify(body),
    );
  }

  get(path: string, cookie?: string): Answer {
    return this.request("GET", path, cookie === undefined ? {} : { cookie });
  }

  /** Signs in on a demo button; gives the cookie as a browser would send it back. */
  login(demoRole: string): string {
    const answer = this.act({ path: "/session", body: { demoRole } });
    return (answer.headers["set-cookie"] ?? "").split(";")[0] ?? "";
  }

  /** A signed request of a machine source. */
  post(sourceId: string, path: string, body: string | Uint8Array, change: Record<string, string> = {}): Answer {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const headers: Record<string, string> = {
      host,
      "content-type": "application/json",
      "x-outrider-source": sourceId,
      "x-outrider-key-id": "1",
      "x-outrider-timestamp": String(Math.floor(this.wall.nowMs() / 1000)),
      "x-outrider-nonce": (++this.#nonce).toString(16).padStart(32, "0"),
      ...change,
    };
    const full = `/api/v1${path}`;
    const request = { method: "POST", path: full, query: {}, headers, body: bytes, remote: "127.0.0.1" };
    const key = Uint8Array.from(hmacKey.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    headers["x-outrider-signature"] =
      change["x-outrider-signature"] ?? `v1=${toHex(hmacSha256(key, signedText(request)))}`;
    return this.request("POST", full, headers, bytes);
  }

  /** A browser's socket: signed in, ticket taken, hello said. */
  socket(cookie: string, hello = true): TestSocket {
    const socket = new TestSocket();
    const answer = this.station.accept(
      { path: "/live", headers: { host, origin: testOrigin, cookie }, remote: "127.0.0.1" },
      socket,
    );
    if (answer.kind === "refuse") throw new Error(`refused: ${answer.status} ${answer.reason}`);
    socket.say = (message) => answer.onMessage(JSON.stringify(message));
    socket.drop = () => answer.onClose("gone");
    if (hello) {
      const ticket = this.act({ path: "/live-ticket", cookie }).body as { ticket: string };
      socket.say({ kind: "hello", version: 1, ticket: ticket.ticket });
    }
    return socket;
  }
}

type Heard = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** The browser's end of a socket. */
export class TestSocket implements Connection {
  readonly heard: Heard[] = [];
  readonly binary: Uint8Array[] = [];
  buffered = 0;
  closed: string | undefined;
  say: (message: unknown) => void = () => undefined;
  drop: () => void = () => undefined;

  send(data: WireData): void {
    if (typeof data === "string") this.heard.push(JSON.parse(data));
    else this.binary.push(data);
  }

  bufferedBytes(): number {
    return this.buffered;
  }

  close(_code?: number, reason = ""): void {
    this.closed = reason;
  }

  ofKind(kind: string): Heard[] {
    return this.heard.filter((one) => one.kind === kind);
  }

  /** Messages of one room. */
  room(name: string): Heard[] {
    return this.heard.filter((one) => one["room"] === name);
  }
}
