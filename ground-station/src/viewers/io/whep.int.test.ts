import type { HttpRequest, HttpResponse, OfficerPicture } from "@outrider/contract";
import { afterEach, describe, expect, it } from "vitest";
import { systemChance, wallClock } from "../../app/io/system-ports.js";
import type { AccessUnit } from "../../feeds/index.js";
import { pps, slice, sps } from "../../feeds/testing/make-rtp.js";
import { whepPeer } from "../../feeds/testing/whep-peer.js";
import type { PageRoute, Reply, StationContext } from "../../kernel/index.js";
import { createViewersPart } from "../viewers-part.js";
import { whepPort } from "./whep-port.js";

const picture: OfficerPicture = { state: "live", why: "", ageMs: 50, mark: undefined };
const unit = (n: number): AccessUnit => ({
  key: n % 5 === 0,
  rtpTime: 4_294_900_000 + n * 3_000,
  nals: n % 5 === 0 ? [sps, pps, slice(5, 3_000, n)] : [slice(1, 700, n)],
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function makeBench() {
  let camera: string | undefined = "uid-1";
  let taps = 0;
  const wall = wallClock();
  // The part reads nothing else of the station.
  const context = {
    clocks: { run: wall, wall },
    chance: systemChance,
    count: () => undefined,
  } as unknown as StationContext;
  const part = createViewersPart(context, {
    play: whepPort("127.0.0.1"),
    feeds: {
      pictureOf: () => picture,
      tap: (_, take) => {
        taps += 1;
        let n = 3;
        const timer = setInterval(() => take(unit(n++)), 30);
        return () => {
          taps -= 1;
          clearInterval(timer);
        };
      },
    },
    officers: {
      pass: () => ({ kind: "pass", link: { linkId: "ol_1" } }) as never,
      cameraOf: () => camera,
    },
    sessionById: () => undefined,
  });
  closing.push(() => part.close());
  const route = part.routes?.find((one): one is PageRoute => one.kind === "page" && one.path === "/officer/whep");
  const post = (offer: string): Promise<HttpResponse> =>
    new Promise((resolve, reject) => {
      const reply: Reply = {
        ok: () => reject(new Error("answered with JSON")),
        problem: (status, title) => resolve({ status, headers: {}, body: title }),
        raw: resolve,
      };
      const body = new TextEncoder().encode(offer);
      const request: HttpRequest = { method: "POST", path: "", query: {}, headers: {}, body, remote: "" };
      route?.handle({ params: {}, session: undefined, request }, reply);
    });
  return {
    post,
    taps: () => taps,
    land: () => {
      camera = undefined;
    },
  };
}

function makePhone() {
  const phone = whepPeer();
  closing.push(() => void phone.close().catch(() => undefined));
  const got: { tMs: number; rtpTime: number }[] = [];
  phone.addTransceiver("video", { direction: "recvonly" }).onTrack.subscribe((track) => {
    track.onReceiveRtp.subscribe(({ header }) => void got.push({ tMs: Date.now(), rtpTime: header.timestamp }));
  });
  return { phone, got };
}

const until = async (what: string, test: () => boolean): Promise<void> => {
  const endMs = Date.now() + 30_000;
  while (!test()) {
    if (Date.now() > endMs) throw new Error(`not within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

describe("WHEP to a real peer", () => {
  it("plays the camera with its own RTP times, from this address only, until the right ends", async () => {
    const bench = makeBench();
    const { phone, got } = makePhone();
    await phone.setLocalDescription(await phone.createOffer());
    const answer = await bench.post(phone.localDescription?.sdp ?? "");
    expect(answer).toMatchObject({
      status: 201,
      headers: { location: expect.stringMatching(/^\/api\/v1\/officer\/whep\/w_/) },
    });
    const sdp = String(answer.body);
    const hosts = [...sdp.matchAll(/^a=candidate:(?:\S+ ){4}(\S+)/gm)].map((found) => found[1]);
    expect(new Set(hosts)).toEqual(new Set(["127.0.0.1"]));
    await phone.setRemoteDescription({ type: "answer", sdp });
    await until("20 packets came", () => got.length >= 20);
    const sent = new Set(Array.from({ length: 2_000 }, (_, n) => unit(n).rtpTime % 2 ** 32));
    expect(got.every((one) => sent.has(one.rtpTime))).toBe(true);
    bench.land();
    const landedMs = Date.now();
    await until("the camera is let go", () => bench.taps() === 0);
    expect(Date.now() - landedMs).toBeLessThan(2_000);
    const lastMs = got.at(-1)?.tMs ?? 0;
    expect(lastMs - landedMs).toBeLessThan(2_000);
  });

  it("refuses what is no offer and keeps nothing of it", async () => {
    const bench = makeBench();
    expect((await bench.post("v=0\r\nm=audio 9 RTP/AVP 0\r\n")).status).toBe(422);
    expect(bench.taps()).toBe(0);
  });
});
