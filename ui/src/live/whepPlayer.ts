import { API } from "./callStation.js";
import { problemOf } from "./readStation.js";

/** The picture that is on the screen: when it came there (monotonic ms) and its RTP time, where the browser tells it. */
export interface ShownPicture {
  readonly atMs: number;
  readonly rtpTime: number | undefined;
}

export type WhepNews =
  | { readonly kind: "asking" }
  | { readonly kind: "connected" }
  /** The browser plays nothing by itself: a finger must start it. */
  | { readonly kind: "needsTap" }
  | { readonly kind: "stopped"; readonly why: string };

export interface WhepPlayer {
  /** The picture that is shown; undefined before the first and when the element went black. */
  shown(): ShownPicture | undefined;
  close(): void;
}

const WAITS_MS: readonly number[] = [1000, 2000, 4000];
const GATHER_MS = 1500;
const CONNECT_MS = 12_000;
const ASK_MS = 10_000;

/** Why it did not play, in words for the screen. `over` where asking again is of no use. */
class NoPicture extends Error {
  readonly over: boolean;

  constructor(why: string, over = false) {
    super(why);
    this.over = over;
  }
}

/**
 * Plays a live picture over WebRTC (WHEP, draft-ietf-wish-whep) and asks again for as long as it is wanted, at most
 * every 4 s. `path` is below `/api/v1`. What the element shows stays while the way is down, so that it can be aged.
 */
export function playWhep(video: HTMLVideoElement, path: string, news: (n: WhepNews) => void): WhepPlayer {
  if (typeof RTCPeerConnection === "undefined") {
    news({ kind: "stopped", why: "This phone plays no live picture" });
    return { shown: () => undefined, close: () => undefined };
  }
  let over = false;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end: () => void = () => undefined;
  const watch = watchPictures(video);
  const ask = (): void => {
    news({ kind: "asking" });
    end = attempt(video, path, {
      onConnected: () => {
        failures = 0;
        news({ kind: "connected" });
      },
      onNeedsTap: () => news({ kind: "needsTap" }),
      onEnd: (why, forGood) => {
        if (over) return;
        news({ kind: "stopped", why });
        if (forGood) return;
        timer = setTimeout(ask, WAITS_MS[Math.min(failures, WAITS_MS.length - 1)]);
        failures += 1;
      },
    });
  };
  ask();
  return {
    shown: watch.shown,
    close: () => {
      over = true;
      clearTimeout(timer);
      watch.close();
      end();
      video.srcObject = null;
    },
  };
}

interface Attempt {
  onConnected(): void;
  onNeedsTap(): void;
  /** Once. */
  onEnd(why: string, forGood: boolean): void;
}

/** One connection, from the offer to its end. */
function attempt(video: HTMLVideoElement, path: string, on: Attempt): () => void {
  const peer = new RTCPeerConnection();
  let place: string | undefined;
  let over = false;
  const end = (why: string, forGood = false): void => {
    if (over) return;
    over = true;
    clearTimeout(patience);
    peer.close();
    // The station must not go on sending to a page that is gone.
    if (place !== undefined) void fetch(place, { method: "DELETE", keepalive: true }).catch(() => undefined);
    on.onEnd(why, forGood);
  };
  const patience = setTimeout(() => end("The way for pictures to this phone is blocked"), CONNECT_MS + ASK_MS);
  peer.addTransceiver("video", { direction: "recvonly" });
  peer.addEventListener("track", ({ track }) => {
    video.srcObject = new MediaStream([track]);
    video.play().catch((error: unknown) => {
      // A newer picture interrupting an older one is no refusal.
      if (error instanceof DOMException && error.name === "NotAllowedError") on.onNeedsTap();
    });
  });
  peer.addEventListener("connectionstatechange", () => {
    if (peer.connectionState === "connected") {
      clearTimeout(patience);
      if (!over) on.onConnected();
    }
    if (peer.connectionState === "failed" && place !== undefined) end("The way to the station is cut");
    if (peer.connectionState === "disconnected") end("The way to the station is cut");
    if (peer.connectionState === "closed") end("The station ended the picture");
  });
  negotiate(peer, path).then(
    (at) => {
      place = at;
      if (over && at !== undefined) void fetch(at, { method: "DELETE", keepalive: true }).catch(() => undefined);
    },
    (error: unknown) =>
      error instanceof NoPicture ? end(error.message, error.over) : end("The picture could not be started"),
  );
  return () => end("");
}

/** @returns where the session is ended */
async function negotiate(peer: RTCPeerConnection, path: string): Promise<string | undefined> {
  await peer.setLocalDescription(await peer.createOffer());
  await gathered(peer);
  const answer = await fetch(`${API}${path}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/sdp", accept: "application/sdp" },
    body: peer.localDescription?.sdp ?? "",
    signal: AbortSignal.timeout(ASK_MS),
  }).catch(() => {
    throw new NoPicture("The station does not answer");
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new NoPicture(whyNot(text, answer.status), linkIsOver(answer.status));
  await peer.setRemoteDescription({ type: "answer", sdp: text });
  return answer.headers.get("location") ?? undefined;
}

const linkIsOver = (status: number): boolean => status === 401 || status === 410;

function whyNot(text: string, status: number): string {
  try {
    const { detail, title } = problemOf(JSON.parse(text), status);
    return (detail === "" ? title : detail).replace(/\.$/, "");
  } catch {
    return `The station refused the picture (${status})`;
  }
}

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

/** Looks at every picture as it is shown; where the browser cannot tell, at the playing time that moves on. */
function watchPictures(video: HTMLVideoElement): WhepPlayer {
  let last: ShownPicture | undefined;
  let over = false;
  let id = 0;
  const onTime = (): void => {
    last = { atMs: performance.now(), rtpTime: undefined };
  };
  const each = (_: number, { rtpTimestamp }: VideoFrameCallbackMetadata): void => {
    if (over) return;
    // What comes without an RTP time after pictures that had one is the black that browsers show when a track has ended.
    const ended = rtpTimestamp === undefined && last?.rtpTime !== undefined;
    last = ended ? undefined : { atMs: performance.now(), rtpTime: rtpTimestamp };
    id = video.requestVideoFrameCallback(each);
  };
  // Older browsers lack it, whatever the types say.
  const tells = typeof Reflect.get(video, "requestVideoFrameCallback") === "function";
  if (tells) id = video.requestVideoFrameCallback(each);
  else video.addEventListener("timeupdate", onTime);
  return {
    shown: () => last,
    close: () => {
      over = true;
      if (tells) video.cancelVideoFrameCallback(id);
      else video.removeEventListener("timeupdate", onTime);
    },
  };
}
