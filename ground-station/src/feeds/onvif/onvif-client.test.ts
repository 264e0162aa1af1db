import { HandClock } from "@outrider/contract/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashes } from "../testing/fake-camera.js";
import { FakeOnvif, soapAnswer, soapFault } from "../testing/fake-onvif.js";
import { type Answer, OnvifClient } from "./onvif-client.js";
import { readSoap } from "./soap.js";
import type { SoapPost, SoapReply } from "./soap-post.js";

const t0 = 1_790_000_000_000;

function bench(camera: FakeOnvif, post: SoapPost = camera.post) {
  const wall = new HandClock(t0);
  const counted: string[] = [];
  let nonces = 0;
  const client = new OnvifClient({
    address: "http://10.0.0.5:88/onvif/device_service",
    login: { user: "viewer", password: "secret" },
    profile: undefined,
    post,
    digest: (nonce, text) => `digest(${nonce.length} ${text})`,
    hashes,
    wall,
    chance: { unit: () => 0.5, bytes: (n) => new Uint8Array(n), id: (prefix) => `${prefix}_${++nonces}` },
    count: (metric) => counted.push(metric),
  });
  let last: Answer<unknown> | undefined;
  const told = (answer: Answer<unknown>): void => {
    last = answer;
  };
  const take = (): Answer<unknown> | undefined => {
    const one = last;
    last = undefined;
    return one;
  };
  return { wall, counted, client, told, take };
}
const createdOf = (body: string): string => /Created[^>]*>([^<]+)</.exec(body)?.[1] ?? "";

describe("an ONVIF camera's services", () => {
  it("are asked in the camera's own time, at the address that is configured whatever it says of itself", () => {
    const camera = new FakeOnvif();
    camera.utcMs = t0 - 3_600_000;
    const { client, told, take } = bench(camera);
    client.open(told);
    expect(take()).toMatchObject({ kind: "ok", value: { profile: "P1", presets: [{ token: "gate", name: "Gate" }] } });
    expect(camera.asked.map(({ url }) => new URL(url).origin)).toEqual(Array(5).fill("http://10.0.0.5:88"));
    expect(camera.of("GetNodes")[0]?.url).toBe("http://10.0.0.5:88/onvif/ptz");
    expect(camera.of("GetSystemDateAndTime")[0]?.body).not.toContain("Security");
    const created = createdOf(camera.of("GetProfiles")[0]?.body ?? "");
    expect(Math.abs(Date.parse(created) - camera.utcMs)).toBeLessThan(1_000);
    expect(camera.of("GetProfiles")[0]?.body).toContain(`digest(16 ${created}secret)`);
    expect(camera.asked.map(({ body }) => body).join()).not.toContain(">secret<");
  });

  it("are asked again with the local time where the camera mislabels it, and then no more", () => {
    const camera = new FakeOnvif();
    [camera.utcMs, camera.localMs] = [t0 + 36_000_000, t0];
    camera.instead.set("GetServices", [soapFault("NotAuthorized", "no")]);
    const { client, told, take } = bench(camera);
    client.open(told);
    expect(take()?.kind).toBe("ok");
    expect(camera.of("GetServices").map(({ body }) => createdOf(body).slice(0, 13))).toEqual(
      [t0 + 36_000_000, t0].map((ms) => new Date(ms).toISOString().slice(0, 13)),
    );
  });

  it("get an HTTP digest where they want one, and never a password in the clear", () => {
    const camera = new FakeOnvif();
    const wants = (header: string): SoapReply => ({
      ...{ kind: "reply", status: 401, text: "" },
      headers: [["www-authenticate", header]],
    });
    camera.instead.set("GetServices", [wants('Digest realm="cam", nonce="abc", qop="auth"')]);
    const { client, told, take } = bench(camera);
    client.open(told);
    expect(take()?.kind).toBe("ok");
    const [, again] = camera.of("GetServices");
    expect(again?.headers["authorization"]).toContain('uri="/onvif/device_service"');
    expect(again?.body).not.toContain("UsernameToken");
    expect(camera.of("GetNodes")[0]?.headers["authorization"]).toContain("nc=00000003");

    const basic = new FakeOnvif();
    basic.instead.set("GetServices", [wants('Basic realm="cam"')]);
    const second = bench(basic);
    second.client.open(second.told);
    expect(second.take()).toMatchObject({ kind: "trouble", cause: "unauthorised" });
    expect(basic.asked.some(({ headers }) => headers["authorization"] !== undefined)).toBe(false);
  });

  it("are left alone for a minute when they refuse our name: cameras lock who tries", () => {
    const camera = new FakeOnvif();
    camera.instead.set("GetServices", [soapFault("NotAuthorized", "no")]);
    const { wall, client, told, take, counted } = bench(camera);
    client.open(told);
    expect(take()).toMatchObject({ cause: "unauthorised", text: "It refuses our name or password." });
    client.open(told);
    expect(take()).toMatchObject({ cause: "unauthorised" });
    expect(camera.of("GetServices")).toHaveLength(1);
    wall.advance(60_000);
    client.open(told);
    expect(take()?.kind).toBe("ok");
    expect(counted).toEqual(["onvif_unauthorised"]);
  });

  it("that are too old for one call are asked by the other, and those without PTZ say so", () => {
    const camera = new FakeOnvif();
    camera.instead.set("GetServices", [soapFault("ActionNotSupported", "what?")]);
    camera.instead.set("GetCapabilities", [
      soapAnswer(
        "<t:GetCapabilitiesResponse><t:Capabilities><tt:Media><tt:XAddr>http://x/onvif/media</tt:XAddr></tt:Media></t:Capabilities></t:GetCapabilitiesResponse>",
      ),
    ]);
    const { client, told, take } = bench(camera);
    client.open(told);
    expect(take()).toEqual({ kind: "trouble", cause: "cannot", text: "It has no PTZ service." });
  });

  it("are told a move once, and what they refuse is told in their own words, cut to a line", () => {
    const camera = new FakeOnvif();
    const { client, told, take } = bench(camera);
    client.open(told);
    camera.instead.set("AbsoluteMove", [soapFault("InvalidPosition", `not\nthere ${"x".repeat(500)}`)]);
    client.moveTo({ panTilt: { x: 0, y: 0, space: "s" }, zoom: undefined }, told);
    const answer = take();
    expect(answer).toMatchObject({ kind: "trouble", cause: "fault" });
    expect(answer?.kind === "trouble" && answer.text).toMatch(/^It refused: not there x{100,120}$/);
    camera.instead.set("AbsoluteMove", [{ kind: "failed", cause: "timeout", text: "No whole answer." }]);
    client.moveTo({ panTilt: { x: 0, y: 0, space: "s" }, zoom: undefined }, told);
    expect(take()).toMatchObject({ cause: "timeout" });
    expect(camera.of("AbsoluteMove")).toHaveLength(2);
  });

  it("may answer anything at all: it is trouble with a name, counted, and never thrown", () => {
    const pieces = [
      "<s:Envelope>",
      "<Body>",
      "</Body>",
      "<Fault>",
      "<Code>",
      "&lol;",
      '<!DOCTYPE a [<!ENTITY b "c">]>',
      "<PTZStatus>",
      "<Position/>",
      "<GetStatusResponse>",
      "</GetStatusResponse>",
      "NaN",
      "\u0000",
      "__proto__",
      "<__proto__>",
    ];
    const texts = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom(...pieces)).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(200, 400, 401, 302, 500), (text, status) => {
        const camera = new FakeOnvif();
        const { client, told, take, counted } = bench(camera);
        client.open(told);
        take();
        camera.instead.set("GetStatus", [{ kind: "reply", status, headers: [], text }]);
        client.status(told);
        const answer = take();
        expect(answer).toBeDefined();
        expect(answer?.kind === "ok" || counted.length === 1).toBe(true);
        expect(readSoap(text, "GetStatus").kind).not.toBe("");
      }),
      { numRuns: 80 },
    );
  });
});
