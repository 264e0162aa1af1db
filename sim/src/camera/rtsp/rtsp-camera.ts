import type { Cancel, Clock, Datagrams } from "@outrider/contract";
import { type CameraLogin, digestChallenge, digestHolds, type Md5 } from "./digest.js";
import { interleaved, type PacketViewer, type Pipe, udpPair } from "./packet-viewer.js";
import { RequestReader, type RtspRequest } from "./request-reader.js";

/** A camera that can be played: `play` begins to draw for the first viewer and ends with the last. */
export type Playable = {
  readonly cameraId: string;
  readonly login: CameraLogin | undefined;
  play(viewer: PacketViewer): () => void;
};

export type RtspCameraDeps = {
  readonly cameraAt: (path: string) => Playable | undefined;
  readonly datagrams: Datagrams;
  readonly wall: Clock;
  readonly md5: Md5;
  readonly newId: () => string;
};

/** One viewer's connection as the network has it. */
export type ViewerPipe = Pipe & { readonly host: string; close(): void };

export type ViewerConnection = { onBytes(bytes: Uint8Array): void; onClose(): void };

const methods = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER";
const realm = "camera";
export const sessionTimeoutS = 60;

/** RTSP 1.0 as a street camera speaks it (RFC 2326): pictures inside the connection or by UDP, digest login. */
export const acceptViewer = (pipe: ViewerPipe, deps: RtspCameraDeps): ViewerConnection => new Viewer(pipe, deps);

class Viewer implements ViewerConnection {
  readonly #pipe: ViewerPipe;
  readonly #deps: RtspCameraDeps;
  readonly #reader = new RequestReader();
  readonly #nonce: string;
  readonly #sessionId: string;
  #viewer: PacketViewer | undefined;
  #stop: (() => void) | undefined;
  #lapse: Cancel | undefined;

  constructor(pipe: ViewerPipe, deps: RtspCameraDeps) {
    this.#pipe = pipe;
    this.#deps = deps;
    this.#nonce = deps.newId();
    this.#sessionId = deps.newId().replace(/\W/g, "").slice(-16);
  }

  onBytes(bytes: Uint8Array): void {
    for (const told of this.#reader.push(bytes)) {
      if (told.kind === "broken") return this.#leave();
      this.#heard();
      this.#take(told.request);
    }
  }

  onClose(): void {
    this.#teardown();
  }

  /** A viewer that has gone without a word must not keep a camera drawing for ever. */
  #heard(): void {
    this.#lapse?.();
    this.#lapse = this.#deps.wall.after(sessionTimeoutS * 1000, () => this.#leave());
  }

  #leave(): void {
    this.#teardown();
    this.#pipe.close();
  }

  #teardown(): void {
    this.#lapse?.();
    this.#lapse = undefined;
    this.#stop?.();
    this.#stop = undefined;
    this.#viewer?.close();
    this.#viewer = undefined;
  }

  #take(request: RtspRequest): void {
    const { method, url } = request;
    if (method === "OPTIONS") return this.#answer(request, 200, [`Public: ${methods}`]);
    const camera = this.#deps.cameraAt(pathOf(url));
    if (camera === undefined) return this.#answer(request, 404);
    if (camera.login !== undefined && !this.#knows(request, camera.login))
      return this.#answer(request, 401, [`WWW-Authenticate: ${digestChallenge(realm, this.#nonce)}`]);
    switch (method) {
      case "DESCRIBE":
        return this.#describe(request);
      case "SETUP":
        return this.#setUp(request);
      case "PLAY":
        return this.#play(request, camera);
      case "GET_PARAMETER":
        return this.#answer(request, 200);
      case "TEARDOWN":
        this.#teardown();
        return this.#answer(request, 200);
      default:
        return this.#answer(request, 501);
    }
  }

  #knows({ method, headers }: RtspRequest, login: CameraLogin): boolean {
    return digestHolds(headers.get("authorization"), { method, realm, nonce: this.#nonce }, login, this.#deps.md5);
  }

  #describe(request: RtspRequest): void {
    const body = [
      "v=0",
      "o=- 0 0 IN IP4 0.0.0.0",
      "s=camera",
      "c=IN IP4 0.0.0.0",
      "t=0 0",
      "a=control:*",
      "m=video 0 RTP/AVP 96",
      "a=rtpmap:96 H264/90000",
      "a=fmtp:96 packetization-mode=1;profile-level-id=42c01f",
      "a=control:track1",
      "",
    ].join("\r\n");
    const headers = [`Content-Base: ${request.url.replace(/\/?$/, "/")}`, "Content-Type: application/sdp"];
    this.#answer(request, 200, headers, body);
  }

  #setUp(request: RtspRequest): void {
    if (this.#viewer !== undefined) return this.#answer(request, 455);
    for (const wish of (request.headers.get("transport") ?? "").split(",")) {
      const channel = /^RTP\/AVP\/TCP\b.*interleaved=(\d+)-\d+/.exec(wish.trim());
      if (channel !== null && Number(channel[1]) < 255) {
        const at = Number(channel[1]);
        this.#viewer = interleaved(this.#pipe, at);
        return this.#opened(request, `RTP/AVP/TCP;unicast;interleaved=${at}-${at + 1}`);
      }
      const ports = /^RTP\/AVP(?:\/UDP)?;.*client_port=(\d+)-(\d+)/.exec(wish.trim());
      if (ports !== null && !/multicast/.test(wish)) return this.#byUdp(request, Number(ports[1]), Number(ports[2]));
    }
    this.#answer(request, 461);
  }

  #byUdp(request: RtspRequest, rtpPort: number, rtcpPort: number): void {
    if (!(rtpPort > 1023 && rtpPort < 65_536 && rtcpPort > 1023 && rtcpPort < 65_536))
      return this.#answer(request, 461);
    const { datagrams } = this.#deps;
    const deps = { datagrams, onHeard: () => this.#heard(), onProblem: () => this.#leave() };
    udpPair({ host: this.#pipe.host, rtpPort, rtcpPort }, deps, ({ viewer, serverPorts }) => {
      // Gone, or set up twice, while the sockets were opened.
      if (this.#lapse === undefined || this.#viewer !== undefined) return viewer.close();
      this.#viewer = viewer;
      this.#opened(
        request,
        `RTP/AVP;unicast;client_port=${rtpPort}-${rtcpPort};server_port=${serverPorts[0]}-${serverPorts[1]}`,
      );
    });
  }

  #opened(request: RtspRequest, transport: string): void {
    this.#answer(request, 200, [`Transport: ${transport}`, this.#session(`;timeout=${sessionTimeoutS}`)]);
  }

  #play(request: RtspRequest, camera: Playable): void {
    if (this.#viewer === undefined) return this.#answer(request, 455);
    this.#answer(request, 200, [this.#session("")]);
    this.#stop ??= camera.play(this.#viewer);
  }

  #session(more: string): string {
    return `Session: ${this.#sessionId}${more}`;
  }

  #answer(request: RtspRequest, status: number, headers: readonly string[] = [], body = ""): void {
    const lines = [`RTSP/1.0 ${status} ${reasons[status] ?? "Error"}`, `CSeq: ${request.headers.get("cseq") ?? "0"}`];
    lines.push(...headers);
    if (body !== "") lines.push(`Content-Length: ${body.length}`);
    this.#pipe.send(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n${body}`));
  }
}

const reasons: Readonly<Record<number, string>> = {
  200: "OK",
  401: "Unauthorized",
  404: "Not Found",
  455: "Method Not Valid in This State",
  461: "Unsupported Transport",
  501: "Not Implemented",
};

/** `/cam-01` of `rtsp://host:port/cam-01/track1?x`. */
const pathOf = (url: string): string =>
  url
    .replace(/^rtsps?:\/\/[^/]*/i, "")
    .replace(/[?#].*$/, "")
    .replace(/\/(track\d+)?$/, "")
    .replace(/^$/, "/");
