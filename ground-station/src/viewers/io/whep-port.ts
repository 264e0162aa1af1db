import { isIPv4 } from "node:net";
import { answerWhep } from "../../feeds/index.js";
import type { WhepPort } from "../whep-port.js";

const everyAddress = "0.0.0.0";
const loopback = "127.0.0.1";

/**
 * WebRTC by werift. Pictures leave by the very address that the pages are served on: a station that listens on
 * 127.0.0.1 opens no socket to the network.
 */
export function whepPort(listenHost: string): WhepPort {
  const bound = isIPv4(listenHost) && listenHost !== everyAddress ? { bindAddress: listenHost } : {};
  const hostAddresses = [bound.bindAddress ?? loopback];
  return (offerSdp, viewer, done) => {
    answerWhep(offerSdp, { ...viewer, ...bound, hostAddresses }).then(
      ({ answerSdp, close }) => done({ kind: "playing", answerSdp, close }),
      (error: unknown) => done({ kind: "refused", why: error instanceof Error ? error.message : String(error) }),
    );
  };
}
