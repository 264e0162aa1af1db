import type { DatagramSocket, Datagrams, Peer } from "@outrider/contract";
import type { StationContext } from "../kernel/index.js";
import type { Feed } from "./feed.js";
import { isRtcp } from "./rtp-packet.js";
import { parseSenderReports } from "./sender-report.js";

/** The ports that pictures come in by, and whose report is whose. */
export class FeedPorts {
  readonly #context: StationContext;
  readonly #deps: { readonly datagrams: Datagrams; readonly host: string };
  readonly #feeds: readonly Feed[];
  readonly #look: (uid: string) => void;
  readonly #sockets: DatagramSocket[] = [];

  /** `look` is called with each datagram: samples are dated as pictures come in, in between nobody asks for a pose. */
  constructor(
    context: StationContext,
    deps: { readonly datagrams: Datagrams; readonly host: string },
    feeds: readonly Feed[],
    look: (uid: string) => void,
  ) {
    this.#context = context;
    this.#deps = deps;
    this.#feeds = feeds;
    this.#look = look;
  }

  open(): void {
    for (const feed of this.#feeds) {
      this.#openPictures(feed);
      this.#openReports(feed);
    }
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.close();
  }

  #openPictures(feed: Feed): void {
    const { port } = feed.of;
    if (port === undefined) return;
    this.#bind(port, (bytes, from) => this.#onDatagram(feed, bytes, from), {
      onBound: () => {
        feed.bound = true;
      },
      onError: (error) => {
        feed.portProblem = error.message;
        this.#context.log("error", "video port failed", { port, error: error.message });
      },
    });
  }

  #openReports(feed: Feed): void {
    const port = (feed.of.port ?? 0) + 1;
    // RTCP's place of old (RFC 3550, 11) is the next port; a neighbour's pictures may already come in there.
    if (port === 1 || this.#feeds.some((other) => other.of.port === port)) return;
    const onDatagram = (bytes: Uint8Array, from: Peer): void => {
      if (isRtcp(bytes)) feed.onDatagram(bytes, from);
    };
    this.#bind(port, onDatagram, {
      onBound: () => undefined,
      onError: (error) => this.#context.log("warn", "report port failed", { port, error: error.message }),
    });
  }

  #bind(
    port: number,
    onDatagram: (bytes: Uint8Array, from: Peer) => void,
    rest: { onBound: () => void; onError: (error: Error) => void },
  ): void {
    this.#sockets.push(this.#deps.datagrams.bind({ port, host: this.#deps.host }, { onDatagram, ...rest }));
  }

  #onDatagram(feed: Feed, bytes: Uint8Array, from: Peer): void {
    if (feed.of.uid !== undefined) this.#look(feed.of.uid);
    if (isRtcp(bytes)) {
      const previous = this.#feeds.find((other) => other.of.port === (feed.of.port ?? 0) - 1);
      for (const report of parseSenderReports(bytes)) if (previous?.offerReport(report, from)) return;
    }
    feed.onDatagram(bytes, from);
  }
}
