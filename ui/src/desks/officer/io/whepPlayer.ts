import { API } from "../../../live/index.js";

export type WhepNews = { readonly kind: "playing" } | { readonly kind: "none"; readonly why: string };

/** Plays one camera over WebRTC (WHEP, IETF draft-ietf-wish-whep): phones reach it without a secure context. */
export function playWhep(video: HTMLVideoElement, cameraId: string, news: (n: WhepNews) => void): () => void {
  if (typeof RTCPeerConnection === "undefined") {
    news({ kind: "none", why: "This phone plays no live picture." });
    return () => undefined;
  }
  const peer = new RTCPeerConnection();
  let over = false;
  peer.addTransceiver("video", { direction: "recvonly" });
  peer.addEventListener("track", (e) => {
    video.srcObject = e.streams[0] ?? new MediaStream([e.track]);
  });
  peer.addEventListener("connectionstatechange", () => {
    if (over) return;
    if (peer.connectionState === "connected") news({ kind: "playing" });
    if (peer.connectionState === "failed" || peer.connectionState === "disconnected") news({ kind: "none", why: "The live picture stopped." });
  });
  void negotiate(peer, cameraId).catch((e: unknown) => {
    if (!over) news({ kind: "none", why: e instanceof Error ? e.message : "The live picture did not start." });
  });
  return () => {
    over = true;
    peer.close();
  };
}

async function negotiate(peer: RTCPeerConnection, cameraId: string): Promise<void> {
  await peer.setLocalDescription(await peer.createOffer());
  await gathered(peer);
  const answer = await fetch(`${API}/cameras/${encodeURIComponent(cameraId)}/whep`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/sdp" },
    body: peer.localDescription?.sdp ?? "",
  });
  if (!answer.ok) throw new Error(answer.status === 404 ? "No live picture is sent to phones here." : "The live picture was refused.");
  await peer.setRemoteDescription({ type: "answer", sdp: await answer.text() });
}

const GATHER_MS = 1500;

/** Without trickle the offer must hold the candidates; a slow network gets what was found in time. */
function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const id = setTimeout(resolve, GATHER_MS);
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState !== "complete") return;
      clearTimeout(id);
      resolve();
    });
  });
}
