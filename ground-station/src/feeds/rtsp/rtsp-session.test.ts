import { HandClock } from "@outrider/contract/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Answer, type Asked, FakeCamera, hashes, ordinary, sdp } from "../testing/fake-camera.js";
import { authorization, bestChallenge } from "./rtsp-auth.js";
import { RtspReader } from "./rtsp-reader.js";
import { type RtspFault, RtspSession, rtspAddress } from "./rtsp-session.js";
import { controlUrl, h264Track } from "./sdp.js";

const login = { user: "viewer", password: "s3cret" };

function visit(camera: FakeCamera, options: { login?: typeof login; stream?: string } = {}) {
  const wall = new HandClock(0);
  const packets: Uint8Array[] = [];
  const faults: RtspFault[] = [];
  let sets: readonly Uint8Array[] | undefined;
  const session = new RtspSession({
    address: rtspAddress(options.stream ?? "rtsp://10.0.0.5:8554/live"),
    login: options.login,
    dialer: camera.dialer,
    wall,
    hashes,
    newNonce: () => "c0ffee",
    onPlaying: (told) => {
      sets = told;
    },
    onPacket: (bytes) => packets.push(bytes),
    onEnd: (fault) => faults.push(fault),
  });
  session.start();
  return { session, wall, packets, faults, sets: () => sets };
}

describe("a visit to a camera", () => {
  it("asks for the picture inside the connection, plays it, keeps it open and says goodbye", () => {
    const camera = new FakeCamera();
    const v = visit(camera);
    expect(camera.methods).toBe("OPTIONS DESCRIBE SETUP PLAY");
    expect(camera.asked[2]?.url).toBe("rtsp://10.0.0.5:8554/live/track1");
    expect(camera.asked[2]?.headers.get("transport")).toBe("RTP/AVP/TCP;unicast;interleaved=0-1");
    expect(camera.asked[3]?.headers.get("session")).toBe("4711");
    expect(v.sets()?.map((nal) => (nal[0] ?? 0) & 31)).toEqual([7, 8]);
    for (let s = 0; s < 6; s++) {
      camera.send(Uint8Array.of(1, 2, 3));
      v.wall.advance(4_000);
    }
    expect(v.packets).toHaveLength(6);
    // Half of the 40 s that the camera gives.
    expect(camera.methods).toBe("OPTIONS DESCRIBE SETUP PLAY GET_PARAMETER");
    v.session.close();
    expect(camera.methods).toContain("TEARDOWN");
    expect(camera.closed).toBe(1);
    expect(v.faults).toEqual([]);
  });

  const digest = 'WWW-Authenticate: Digest realm="cam", nonce="n1", algorithm=MD5, qop="auth"';
  const basic = 'WWW-Authenticate: Basic realm="cam"';
  const asking =
    (headers: readonly string[], accepts: (value: string) => boolean) =>
    (asked: Asked): Answer => {
      if (asked.method === "OPTIONS") return ordinary(asked);
      return accepts(asked.headers.get("authorization") ?? "") ? ordinary(asked) : { status: 401, headers };
    };

  it("logs in by digest, and says so when the camera does not take it, after one try", () => {
    const camera = new FakeCamera(asking([digest, basic], (value) => value.startsWith("Digest ")));
    const good = visit(camera, { login });
    expect(good.faults).toEqual([]);
    expect(camera.methods).toBe("OPTIONS DESCRIBE DESCRIBE SETUP PLAY");
    const value = camera.asked[2]?.headers.get("authorization") ?? "";
    const ha1 = hashes.md5Hex("viewer:cam:s3cret");
    const ha2 = hashes.md5Hex("DESCRIBE:rtsp://10.0.0.5:8554/live");
    expect(value).toContain(`response="${hashes.md5Hex(`${ha1}:n1:00000001:c0ffee:auth:${ha2}`)}"`);
    const stubborn = new FakeCamera(asking([digest], () => false));
    expect(visit(stubborn, { login }).faults.map((one) => one.cause)).toEqual(["unauthorised"]);
    expect(stubborn.methods).toBe("OPTIONS DESCRIBE DESCRIBE");
    const faults = visit(new FakeCamera(asking([digest], () => false))).faults;
    expect(faults[0]?.text).toContain("set login");
  });

  it("gives the password in the clear to nobody, but inside TLS", () => {
    const camera = new FakeCamera(asking([basic], (value) => value.startsWith("Basic ")));
    const v = visit(camera, { login });
    expect(v.faults[0]?.text).toContain("in the clear");
    expect(JSON.stringify(camera.asked.map((one) => [...one.headers]))).not.toContain(btoa("viewer:s3cret"));
    const safe = new FakeCamera(asking([basic], (value) => value === `Basic ${btoa("viewer:s3cret")}`));
    expect(visit(safe, { login, stream: "rtsps://10.0.0.5/live" }).faults).toEqual([]);
  });

  const ending = (answer: (asked: Asked) => Answer | undefined): RtspFault | undefined => {
    const v = visit(new FakeCamera(answer), { login });
    v.wall.advance(20_000);
    return v.faults[0];
  };
  it.each([
    ["unreachable", "does not answer OPTIONS", () => undefined],
    ["refused", "no picture at this path", (a: Asked) => (a.method === "DESCRIBE" ? { status: 404 } : ordinary(a))],
    ["refused", "no room", (a: Asked) => (a.method === "SETUP" ? { status: 453 } : ordinary(a))],
    ["refused", "another address", (a: Asked) => (a.method === "DESCRIBE" ? { status: 302 } : ordinary(a))],
    [
      "refused",
      "H265: set it to H.264",
      (a: Asked) => (a.method === "DESCRIBE" ? { body: sdp.replace("H264", "H265") } : ordinary(a)),
    ],
    ["noPicture", "sends nothing for 8 s", ordinary],
  ] as const)("is %s: %s", (cause, words, answer) => {
    const fault = ending(answer);
    expect(fault?.cause).toBe(cause);
    expect(fault?.text).toContain(words);
    expect(fault?.text).not.toContain("s3cret");
  });

  it("tells a closed port, a lost camera and another service behind the port apart", () => {
    const refused = new FakeCamera();
    refused.refuse = "ECONNREFUSED";
    expect(visit(refused).faults[0]).toMatchObject({ cause: "unreachable" });
    const camera = new FakeCamera();
    const v = visit(camera);
    camera.hangUp("ECONNRESET");
    camera.hangUp("ECONNRESET");
    expect(v.faults.map((one) => one.text)).toEqual(["The camera is gone: it cut the connection."]);
    const web = new FakeCamera(() => undefined);
    const w = visit(web);
    web.raw(new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect(w.faults[0]?.text).toContain("does not speak RTSP");
  });
});

describe("what a camera sends", () => {
  const stream = (parts: readonly (string | readonly number[])[]): Uint8Array =>
    Uint8Array.from(
      parts.flatMap((part) =>
        typeof part === "string"
          ? [...new TextEncoder().encode(part)]
          : [0x24, 0, part.length >> 8, part.length & 255, ...part],
      ),
    );

  it("is read the same however the network cuts it", () => {
    const body = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 300 });
    const answer = fc.constantFrom(
      "RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 3\r\n\r\nabc",
      "RTSP/1.0 401 No\r\n\r\n",
      "SET_PARAMETER * RTSP/1.0\r\nCSeq: 9\r\n\r\n",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(answer, body), { maxLength: 12 }), fc.array(fc.nat(400)), (parts, cuts) => {
        const all = stream(parts);
        const whole = new RtspReader().push(all);
        const reader = new RtspReader();
        const told = [...cuts, all.byteLength].reduce<{ at: number; got: unknown[] }>(
          ({ at, got }, cut) => ({ at: at + cut, got: [...got, ...reader.push(all.subarray(at, at + cut))] }),
          { at: 0, got: [] },
        );
        expect(told.got).toEqual(whole);
        expect(whole.filter((part) => part.kind === "data")).toHaveLength(
          parts.filter((p) => typeof p !== "string").length,
        );
      }),
      { numRuns: 200 },
    );
  });

  it("never throws on anything, and ends on what is no RTSP", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
        const reader = new RtspReader();
        for (const chunk of chunks) reader.push(chunk);
      }),
      { numRuns: 300 },
    );
    const reader = new RtspReader();
    expect(reader.push(new Uint8Array(20_000).fill(65)).at(-1)?.kind).toBe("broken");
    expect(reader.push(stream([[1]]))).toEqual([]);
    const long = "RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n";
    expect(new RtspReader().push(stream([long]))[0]?.kind).toBe("broken");
  });

  it("names its track in every way that cameras write addresses", () => {
    expect(controlUrl("rtsp://a/live", "track1")).toBe("rtsp://a/live/track1");
    expect(controlUrl("rtsp://a/live/", "track1")).toBe("rtsp://a/live/track1");
    expect(controlUrl("rtsp://a/live/", "*")).toBe("rtsp://a/live/");
    expect(controlUrl("rtsp://a/live/", "rtsp://a/live/video")).toBe("rtsp://a/live/video");
    const answer = h264Track(sdp);
    expect(answer.kind === "track" && [answer.track.control, answer.track.payloadType]).toEqual(["track1", 96]);
    expect(h264Track("v=0\r\n")).toEqual({ kind: "none", why: "it offers no video" });
  });
});

describe("digest", () => {
  it("matches the example of RFC 7616, 3.9.1, by both hashes, and takes the stronger where both are offered", () => {
    const fields =
      'realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"';
    const ask = {
      method: "GET",
      uri: "/dir/index.html",
      count: 1,
      cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    };
    const mufasa = { user: "Mufasa", password: "Circle of Life" };
    const by = (algorithm: string): string => {
      const challenge = bestChallenge([["www-authenticate", `Digest ${fields}, algorithm=${algorithm}`]]);
      return challenge === undefined ? "" : authorization(challenge, mufasa, ask, hashes);
    };
    expect(by("MD5")).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
    expect(by("SHA-256")).toContain('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"');
    const both = bestChallenge([
      ["www-authenticate", 'Basic realm="x"'],
      ["www-authenticate", `Digest ${fields}, algorithm=MD5`],
      ["www-authenticate", `Digest ${fields}, algorithm=SHA-256`],
    ]);
    expect(both).toMatchObject({ kind: "digest", algorithm: "SHA-256" });
  });
});
