import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TestStation, testOrigin } from "../app/testing/test-station.js";
import { readCookie } from "./cookie.js";
import { httpLimits } from "./limits.js";
import { readJson } from "./read-json.js";
import { serveStatic } from "./static-files.js";
import { TokenBuckets } from "./token-bucket.js";

const json = { origin: testOrigin, "content-type": "application/json" };
const session = "/api/v1/session";
const login = JSON.stringify({ demoRole: "pic" });

describe("the HTTP edge", () => {
  it("sets security headers on every kind of answer (security test 39)", () => {
    const test = new TestStation();
    const answers = ["/", "/api/v1/nothing", "/api/v1/incidents", "/healthz", "/api/v1/openapi.json"].map((path) =>
      test.get(path),
    );
    for (const { headers } of answers) {
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
    }
    expect(test.get("/public").headers["content-security-policy"]).not.toContain("wasm");
  });

  it("answers only for its own host names (security test 22)", () => {
    const test = new TestStation();
    expect(test.request("GET", "/healthz", { host: "evil.example" }).status).toBe(421);
  });

  it.each([
    ["no Origin", { "content-type": "application/json" }, 403],
    ["another port's Origin", { ...json, origin: "http://127.0.0.1:8081" }, 403],
    ["another scheme's Origin", { ...json, origin: "https://127.0.0.1:8080" }, 403],
    ["the null Origin", { ...json, origin: "null" }, 403],
    ["a same-site page", { ...json, "sec-fetch-site": "same-site" }, 403],
    ["text/plain", { ...json, "content-type": "text/plain" }, 415],
    ["our own page", { ...json, "sec-fetch-site": "same-origin" }, 200],
  ])("judges an act with %s", (_, headers, status) => {
    expect(new TestStation().request("POST", session, headers, login).status).toBe(status);
  });

  it("takes a body of the limit and refuses one byte more (security test 35)", () => {
    const test = new TestStation();
    const padded = (size: number) => login.padEnd(size, " ");
    expect(test.request("POST", session, json, padded(httpLimits.jsonBytes)).status).toBe(200);
    expect(test.request("POST", session, json, padded(httpLimits.jsonBytes + 1)).status).toBe(413);
  });

  it("names the field of a body that does not fit, and never echoes its value", () => {
    const test = new TestStation();
    const cookie = test.login("pic");
    const answer = test.act({ path: "/watches", body: { soundTested: "hunter2" }, cookie });
    expect(answer.status).toBe(422);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.text).toContain("soundTested");
    expect(answer.text).not.toContain("hunter2");
  });

  it("asks who you are before what you want, and tells roles apart", () => {
    const test = new TestStation();
    expect(test.act({ path: "/watches", body: {} }).status).toBe(401);
    expect(test.act({ path: "/watches", body: {}, cookie: test.login("rtcc") }).status).toBe(403);
    expect(test.get("/api/v1/records", test.login("pic")).status).toBe(403);
  });

  it("says which methods a path takes", () => {
    const answer = new TestStation().request("PUT", session, json, "{}");
    expect(answer.status).toBe(405);
    expect(answer.headers["allow"]).toContain("POST");
  });

  it("slows one address down without slowing another (security test 36)", () => {
    const test = new TestStation();
    const statuses = Array.from(
      { length: httpLimits.perAddress.burst + 200 },
      () => test.request("GET", "/healthz", {}, "", "10.0.0.1").status,
    );
    expect(statuses).toContain(429);
    expect(test.request("GET", "/healthz", {}, "", "10.0.0.2").status).toBe(200);
  });

  it("describes every act in its OpenAPI document", () => {
    const paths = new TestStation().get("/api/v1/openapi.json").body as { paths: Record<string, object> };
    expect(Object.keys(paths.paths)).toEqual(
      expect.arrayContaining(["/session", "/intake/eido", "/incidents/{incidentId}", "/public/why"]),
    );
  });

  it("gives the page of the desks under their own paths and nothing under invented ones", () => {
    const test = new TestStation();
    for (const path of ["/", "/pilot", "/rtcc", "/trainer", "/supervisor", "/public", "/o", "/officer"])
      expect(test.get(path).text).toContain("doctype");
    expect(test.get("/etc/passwd").status).toBe(404);
    expect(serveStatic(new Map(), "/../../etc/passwd")).toBeUndefined();
  });

  it("shows metrics on this machine only", () => {
    const test = new TestStation();
    expect(test.get("/metrics").text).toContain("outrider_record_writable 1");
    expect(test.request("GET", "/metrics", {}, "", "10.0.0.9").status).toBe(403);
  });
});

describe("readJson (security test 35)", () => {
  const read = (text: string) => readJson(new TextEncoder().encode(text));
  it("takes 32 levels and not one more", () => {
    expect(read("[".repeat(32) + "]".repeat(32)).kind).toBe("ok");
    expect(read("[".repeat(33) + "]".repeat(33)).kind).toBe("bad");
    expect(read(`"${"[".repeat(100)}"`).kind).toBe("ok");
  });

  it("refuses keys that reach prototypes, and leaves Object.prototype as it was", () => {
    for (const text of ['{"__proto__":{"x":1}}', '{"a":[{"constructor":{}}]}', '{"prototype":1}'])
      expect(read(text).kind).toBe("bad");
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  it("refuses what is not UTF-8", () => {
    expect(readJson(Uint8Array.of(0x22, 0xff, 0x22)).kind).toBe("bad");
  });
});

describe("whatever anybody posts (security test 35)", () => {
  it("is answered with a refusal, breaks no route, and reaches no prototype", () => {
    const test = new TestStation();
    const cookie = test.login("all");
    const paths = [
      "/session",
      "/watches",
      "/incidents",
      "/incidents/x/asks",
      "/runs",
      "/officer/badge",
      "/searches/1/review",
    ];
    const anything = fc.oneof(
      fc.json(),
      fc.string(),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => String.fromCharCode(...bytes)),
      fc.constantFrom('{"__proto__":{"polluted":1}}', "[[[[", '{"a":', "null", "\u0000"),
    );
    let asker = 0;
    fc.assert(
      fc.property(fc.constantFrom(...paths), anything, (path, body) => {
        const answer = test.request(
          "POST",
          `/api/v1${path}`,
          { ...json, cookie },
          body,
          `10.9.${asker >> 8}.${asker++ & 255}`,
        );
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).not.toBe(500);
        expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });
});

describe("small parts of the edge", () => {
  it("reads no cookie that is there twice: a planted one must not win (security test 38)", () => {
    expect(readCookie("a=1; __Host-sid=good", "__Host-sid")).toBe("good");
    expect(readCookie("__Host-sid=bad; __Host-sid=good", "__Host-sid")).toBeUndefined();
  });

  it("refills a bucket with time and forgets the longest quiet key first", () => {
    const buckets = new TokenBuckets({ perS: 1, burst: 2, mostKeys: 2 });
    expect([buckets.take("a", 0), buckets.take("a", 0), buckets.take("a", 0)]).toEqual([true, true, false]);
    expect(buckets.take("a", 1_000)).toBe(true);
    buckets.take("b", 1_000);
    buckets.take("c", 1_000);
    expect(buckets.take("a", 1_000)).toBe(true);
  });
});

describe("an address that is none", () => {
  const asked = (path: string, accept: string, method = "GET") => new TestStation().request(method, path, { accept });

  it("gives a browser the page that says so, with 404", () => {
    const answer = asked("/pilott/x", "text/html,application/xhtml+xml,*/*;q=0.8");
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toContain("text/html");
    expect(answer.text).toContain("<!doctype html>");
  });

  it("gives machines, and everything beneath /api and /assets, the problem in JSON", () => {
    for (const answer of [
      asked("/pilott", "*/*"),
      asked("/api/v1/pilott", "text/html"),
      asked("/assets/none-12345678.js", "text/html"),
      asked("/pilott", "text/html", "POST"),
    ]) {
      expect(answer.status).toBe(404);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
  });
});
