import { describe, expect, it } from "vitest";
import { TestStation, testOrigin } from "../app/testing/test-station.js";

const whep = "/api/v1/whep/some-uid";
const sdp = { origin: testOrigin, "content-type": "application/sdp" };
const offer = "v=0\r\n";

describe("WHEP over HTTP", () => {
  it.each([
    ["no session", sdp, 401],
    ["no Origin", { "content-type": "application/sdp" }, 403],
    ["another page's Origin", { ...sdp, origin: "http://127.0.0.1:8081" }, 403],
    ["JSON", { ...sdp, "content-type": "application/json" }, 415],
  ])("refuses %s", (_, headers, status) => {
    const answer = new TestStation().request("POST", whep, headers, offer);
    expect([answer.status, answer.headers["content-type"]]).toEqual([status, "application/problem+json"]);
  });

  it("refuses a role that has no business with pictures, and a body over 64 KiB", () => {
    const test = new TestStation();
    expect(test.request("POST", whep, { ...sdp, cookie: test.login("trainer") }, offer).status).toBe(403);
    const large = offer.padEnd(64 * 1024 + 1, " ");
    expect(test.request("POST", whep, { ...sdp, cookie: test.login("rtcc") }, large).status).toBe(413);
  });

  it("answers a phone without a link with 401, whoever else is signed in on it", () => {
    const test = new TestStation();
    const answer = test.request("POST", "/api/v1/officer/whep", { ...sdp, cookie: test.login("rtcc") }, offer);
    expect(answer).toMatchObject({ status: 401, body: { title: "No link opened" } });
  });

  it("takes DELETE without a body, and is described", () => {
    const test = new TestStation();
    const gone = test.request("DELETE", `${whep}/w_1`, { origin: testOrigin, cookie: test.login("rtcc") });
    expect(gone.status).toBe(404);
    const { paths } = test.get("/api/v1/openapi.json").body as { paths: Record<string, object> };
    expect(paths["/officer/whep"]).toMatchObject({ post: { requestBody: { content: { "application/sdp": {} } } } });
    expect(paths["/whep/{cameraId}/{whepId}"]).toHaveProperty("delete");
  });
});
