import type { Cancel, Chance, Clock, StreamCause, StreamView } from "@outrider/contract";
import type { ByteDialer } from "./byte-dialer.js";
import type { AccessUnit } from "./depacketiser.js";
import type { Feed } from "./feed.js";
import { isRtcp } from "./rtp-packet.js";
import type { AuthHashes, Login } from "./rtsp/rtsp-auth.js";
import { type RtspFault, RtspSession, rtspAddress } from "./rtsp/rtsp-session.js";
import { parseSenderReports } from "./sender-report.js";

export type FixedFeedDeps = {
  readonly stream: string;
  readonly login: Login | undefined;
  readonly dialer: ByteDialer;
  readonly hashes: AuthHashes;
  readonly wall: Clock;
  readonly chance: Chance;
  readonly nowMs: () => number;
  readonly count: (metric: string) => void;
};

export const fixedFeedTimes = {
  /** A person who flips between tiles comes back within this: the camera stays open so long after the last look. */
  lingerMs: 10_000,
  firstRetryMs: 1_000,
  mostRetryMs: 10_000,
  /** Cameras lock a name after a handful of wrong passwords: asked seldom until somebody mends the configuration. */
  wrongLoginMs: 60_000,
  /** A camera's clock further off than this says nothing of when its picture was taken. */
  clockOffMs: 10_000,
} as const;

/** A fixed camera's picture: opened while somebody looks and a little longer, never otherwise. */
export class FixedFeed {
  readonly feed: Feed;
  readonly #deps: FixedFeedDeps;
  readonly #from: { readonly host: string; readonly port: number };
  #session: RtspSession | undefined;
  #viewers = 0;
  #taps = 0;
  #wanted = false;
  #linger: Cancel | undefined;
  #retry: Cancel | undefined;
  #retryMs: number = fixedFeedTimes.firstRetryMs;
  /** Wall time before which a camera that refused our name is not asked again, however often somebody looks. */
  #notBeforeMs = Number.NEGATIVE_INFINITY;
  #cause: StreamCause = "closed";
  #why = "";
  #clockOffMs: number | undefined;
  #clockSeen = false;
  #unitsBefore = 0;

  constructor(feed: Feed, deps: FixedFeedDeps) {
    this.feed = feed;
    this.#deps = deps;
    const { host, port } = rtspAddress(deps.stream);
    this.#from = { host, port };
  }

  /** Open, or about to be: worth a line among the streams. */
  get active(): boolean {
    return this.#wanted || this.#linger !== undefined;
  }

  /** How many watch by the live wire now. */
  watch(viewers: number): void {
    this.#viewers = viewers;
    this.#look(this.#viewers + this.#taps > 0);
  }

  /** Every whole picture for a viewer by another way, who keeps the camera open until the returned function is called. */
  tap(take: (unit: AccessUnit) => void): () => void {
    const untap = this.feed.tap(take);
    let open = true;
    this.#taps += 1;
    this.#look(true);
    return () => {
      untap();
      if (open) this.#taps -= 1;
      open = false;
      this.#look(this.#viewers + this.#taps > 0);
    };
  }

  #look(watched: boolean): void {
    if (watched === this.#wanted) return;
    this.#wanted = watched;
    this.#linger?.();
    this.#linger = undefined;
    if (!watched) {
      this.#linger = this.#deps.wall.after(fixedFeedTimes.lingerMs, () => this.close());
      // Nobody waits for a picture that did not come: it is not asked for again behind everybody's back.
      this.#retry?.();
      this.#retry = undefined;
      return;
    }
    if (this.#session !== undefined || this.#retry !== undefined) return;
    const waitMs = this.#notBeforeMs - this.#deps.wall.nowMs();
    if (waitMs > 0) this.#retry = this.#deps.wall.after(waitMs, () => this.#open());
    else this.#open();
  }

  close(): void {
    this.#linger?.();
    this.#retry?.();
    this.#linger = undefined;
    this.#retry = undefined;
    this.#wanted = false;
    this.#session?.close();
    this.#session = undefined;
    if (this.#cause !== "unauthorised") this.#cause = "closed";
    this.#retryMs = fixedFeedTimes.firstRetryMs;
  }

  #open(): void {
    this.#retry = undefined;
    this.#cause = "opening";
    this.#unitsBefore = this.feed.counts.units;
    const { stream, login, dialer, wall, hashes, chance } = this.#deps;
    this.#session = new RtspSession({
      address: rtspAddress(stream),
      login,
      dialer,
      wall,
      hashes,
      newNonce: () => chance.id("n"),
      onPlaying: (parameterSets) => {
        this.feed.restart(parameterSets);
        this.#clockSeen = false;
        this.#clockOffMs = undefined;
      },
      onPacket: (bytes) => this.#packet(bytes),
      onEnd: (fault) => this.#ended(fault),
    });
    this.#session.start();
  }

  #packet(bytes: Uint8Array): void {
    if (isRtcp(bytes) && !this.#clockAgrees(bytes)) return;
    this.feed.onDatagram(bytes, this.#from);
  }

  /**
   * The first report of a visit comes without a queue behind it: what it is off then is the camera's clock, and what a
   * later picture is behind is true lateness.
   */
  #clockAgrees(bytes: Uint8Array): boolean {
    const first = this.#clockSeen ? undefined : parseSenderReports(bytes)[0];
    if (first !== undefined) {
      this.#clockSeen = true;
      const offMs = this.#deps.nowMs() - first.tMs;
      if (Math.abs(offMs) > fixedFeedTimes.clockOffMs) this.#clockOffMs = offMs;
    }
    return this.#clockOffMs === undefined;
  }

  #ended({ cause, text }: RtspFault): void {
    this.#session = undefined;
    this.#cause = cause;
    this.#why = text;
    this.#deps.count(`fixed_camera_${cause}`);
    if (this.feed.counts.units > this.#unitsBefore) this.#retryMs = fixedFeedTimes.firstRetryMs;
    const wrongLogin = cause === "unauthorised";
    if (wrongLogin) this.#notBeforeMs = this.#deps.wall.nowMs() + fixedFeedTimes.wrongLoginMs;
    if (!this.#wanted) return;
    const waitMs = wrongLogin ? fixedFeedTimes.wrongLoginMs : this.#retryMs;
    this.#retryMs = Math.min(fixedFeedTimes.mostRetryMs, this.#retryMs * 2);
    // Spread, or cameras behind one switch that came back would all be asked in the same instant.
    this.#retry = this.#deps.wall.after(waitMs * (0.75 + this.#deps.chance.unit() / 2), () => this.#open());
  }

  view(): StreamView {
    const view = this.feed.view();
    const fault = this.#session === undefined && this.#cause !== "closed" && this.#cause !== "opening";
    if (view.state === "live" || view.state === "late") {
      const off = this.#clockOffMs;
      return off === undefined ? view : { ...view, why: `Time unknown: ${clockWords(off)}` };
    }
    // A frozen picture keeps its age; that it stopped is told by the picture, why it stopped by the connection.
    if (view.state === "frozen") return fault ? { ...view, why: this.#why, cause: this.#cause } : view;
    return { ...view, cause: this.#cause, why: this.#noPicture(view.why, fault) };
  }

  #noPicture(told: string, fault: boolean): string {
    if (fault) return this.#why;
    if (this.#cause === "closed") return "Not opened: nobody looks.";
    return this.feed.counts.packets > 0 && this.feed.counts.units > this.#unitsBefore ? told : "Opening the camera.";
  }
}

function clockWords(offMs: number): string {
  const s = Math.abs(offMs) / 1000;
  const span = s < 120 ? `${Math.round(s)} s` : s < 7_200 ? `${Math.round(s / 60)} min` : `${Math.round(s / 3600)} h`;
  return `the camera's clock is ${span} ${offMs > 0 ? "behind" : "ahead"}.`;
}
