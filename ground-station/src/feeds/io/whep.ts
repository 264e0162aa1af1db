import type { RTCPeerConnection as Connection } from "werift";
import type { AccessUnit } from "../depacketiser.js";
import { packetsOf, type RtpOut } from "../rtp-out.js";

export type WhepDeps = {
  /** Hands on every picture of the camera until the returned function is called. */
  readonly tap: (take: (unit: AccessUnit) => void) => () => void;
  /** Own addresses offered besides those found: 127.0.0.1 in the demo. */
  readonly hostAddresses: readonly string[];
  /** The one address that pictures may leave by; undefined for every address of the machine. */
  readonly bindAddress?: string;
  /** Called once when the viewer is gone. */
  readonly onEnd: () => void;
};
export type WhepViewer = { readonly answerSdp: string; close(): void };

const connectWithinMs = 15_000;
const gatherWithinMs = 3_000;

/**
 * Plays one camera to one viewer over WebRTC (WHEP, client offers): no page in a secure context is needed, which an
 * officer's phone on a plain address does not have. The pictures go as they came; nothing is encoded anew.
 * @throws Error where the offer cannot be answered
 */
export async function answerWhep(offerSdp: string, deps: WhepDeps): Promise<WhepViewer> {
  if (!/^v=0/.test(offerSdp) || !/^m=video .*$/m.test(offerSdp) || !/^a=rtpmap:\d+ H264\/90000/im.test(offerSdp)) {
    throw new Error("not an SDP offer for H.264 video");
  }
  // Loaded with the first viewer: a station that nobody watches this way does without it.
  const { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } = await import("werift");
  const connection = new RTCPeerConnection({
    codecs: {
      audio: [],
      video: [
        new RTCRtpCodecParameters({
          mimeType: "video/H264",
          clockRate: 90_000,
          parameters: "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        }),
      ],
    },
    iceServers: [],
    iceAdditionalHostAddresses: [...deps.hostAddresses],
    ...(deps.bindAddress === undefined ? {} : { iceInterfaceAddresses: { udp4: deps.bindAddress }, iceUseIpv6: false }),
  });
  const track = new MediaStreamTrack({ kind: "video" });
  connection.addTrack(track);
  const out: RtpOut = { sequence: 1, ssrc: 1, payloadType: 96 };
  let started = false;
  let untap: (() => void) | undefined;
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    untap?.();
    clearTimeout(patience);
    connection.close().catch(() => undefined);
    deps.onEnd();
  };
  const patience = setTimeout(end, connectWithinMs);
  connection.connectionStateChange.subscribe((state) => {
    if (state === "connected" && untap === undefined) {
      clearTimeout(patience);
      untap = deps.tap((unit) => {
        started ||= unit.key;
        if (!started) return;
        for (const packet of packetsOf(out, unit.nals, unit.rtpTime)) track.writeRtp(Buffer.from(packet));
      });
    }
    if (state === "failed" || state === "closed" || state === "disconnected") end();
  });
  try {
    await connection.setRemoteDescription({ type: "offer", sdp: offerSdp });
    await connection.setLocalDescription(await connection.createAnswer());
    // Without trickle the answer must hold the candidates.
    await gathered(connection);
    const answerSdp = connection.localDescription?.sdp;
    if (answerSdp === undefined) throw new Error("no answer could be made for this offer");
    return { answerSdp: onlyFrom(answerSdp, deps.bindAddress), close: end };
  } catch (error) {
    end();
    throw error;
  }
}

/** Candidates of other addresses lead nowhere where the socket is bound to one, and tell of the network for nothing. */
function onlyFrom(answerSdp: string, address: string | undefined): string {
  if (address === undefined) return answerSdp;
  const lines = answerSdp.split("\r\n");
  return lines.filter((line) => !line.startsWith("a=candidate:") || line.split(" ")[4] === address).join("\r\n");
}

function gathered(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(done, gatherWithinMs);
    if (connection.iceGatheringState === "complete") done();
    else
      connection.iceGatheringStateChange.subscribe((state) => {
        if (state === "complete") done();
      });
  });
}
