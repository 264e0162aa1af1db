import { RTCPeerConnection, RTCRtpCodecParameters } from "werift";

/** A viewer's end of WHEP, as a browser that plays only H.264 offers it. */
export function whepPeer(): RTCPeerConnection {
  const parameters = "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f";
  const h264 = new RTCRtpCodecParameters({ mimeType: "video/H264", clockRate: 90_000, parameters });
  const codecs = { audio: [], video: [h264] };
  return new RTCPeerConnection({ codecs, iceServers: [], iceAdditionalHostAddresses: ["127.0.0.1"] });
}
