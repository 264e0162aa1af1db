import { describe, expect, it } from "vitest";
import { type AccessUnit, annexB, Depacketiser } from "../depacketiser.js";
import { parseRtp } from "../rtp-packet.js";
import { pps, slice, sps } from "../testing/make-rtp.js";
import { whepPeer } from "../testing/whep-peer.js";
import { answerWhep } from "./whep.js";

const unit = (n: number): AccessUnit => ({
  key: n % 5 === 0,
  rtpTime: n * 9_000,
  nals: n % 5 === 0 ? [sps, pps, slice(5, 4_000, n)] : [slice(1, 900, n)],
});
const hex = (one: AccessUnit): string => Buffer.from(annexB(one.nals)).toString("hex");

describe("WHEP", () => {
  it("plays pictures to a viewer as they came, from a key picture on, and lets go when the viewer leaves", async () => {
    const viewer = whepPeer();
    const got: AccessUnit[] = [];
    const reader = new Depacketiser((one) => got.push(one));
    const transceiver = viewer.addTransceiver("video", { direction: "recvonly" });
    transceiver.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => {
        const parsed = parseRtp(packet.serialize());
        if (parsed) reader.push(parsed);
      });
    });
    await viewer.setLocalDescription(await viewer.createOffer());
    let timer: ReturnType<typeof setInterval> | undefined;
    let tapped = 0;
    let ended = false;
    const answer = await answerWhep(viewer.localDescription?.sdp ?? "", {
      tap: (take) => {
        tapped += 1;
        let n = 3;
        timer = setInterval(() => take(unit(n++)), 30);
        return () => {
          clearInterval(timer);
          tapped -= 1;
        };
      },
      hostAddresses: ["127.0.0.1"],
      onEnd: () => {
        ended = true;
      },
    });
    await viewer.setRemoteDescription({ type: "answer", sdp: answer.answerSdp });
    const untilMs = Date.now() + 30_000;
    while (got.length < 8 && Date.now() < untilMs) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(got.length).toBeGreaterThanOrEqual(8);
    expect(got[0]?.key).toBe(true);
    const sent = new Set(Array.from({ length: 400 }, (_, n) => hex(unit(n))));
    expect(got.every((one) => sent.has(hex(one)))).toBe(true);
    expect(tapped).toBe(1);
    answer.close();
    expect(tapped).toBe(0);
    expect(ended).toBe(true);
    await viewer.close();
  });

  it("refuses what is no offer", async () => {
    const deps = { tap: () => () => undefined, hostAddresses: [], onEnd: () => undefined };
    for (const offer of [
      "not sdp",
      "v=0\r\nm=audio 9 RTP/AVP 0\r\n",
      "v=0\r\nm=video 9 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n",
    ]) {
      await expect(answerWhep(offer, deps)).rejects.toThrow("not an SDP offer for H.264 video");
    }
  });
});
