import { type CameraPose, encodeVideoUnit, type GeoPoint, type Peer, type StreamView } from "@outrider/contract";
import { type AccessUnit, annexB, Depacketiser } from "./depacketiser.js";
import { isRtcp, parseRtp } from "./rtp-packet.js";
import { captureMs, parseSenderReports, type SenderReport } from "./sender-report.js";
import { streamState, streamTimes } from "./stream-state.js";

export type FeedOf = {
  readonly cameraId: string;
  readonly name: string;
  readonly uid: string | undefined;
  readonly handle: number;
  /** Where RTP is taken in; undefined where it comes over a connection of our own. */
  readonly port: number | undefined;
};

export type FeedDeps = {
  readonly nowMs: () => number;
  readonly poseAt: (capturedMs: number) => CameraPose | undefined;
  readonly corners: (pose: CameraPose) => readonly (GeoPoint | undefined)[];
  /** An encoded unit for everyone who watches. */
  readonly onUnit: (bytes: Uint8Array) => void;
  readonly count: (metric: string) => void;
};

type Placed = {
  readonly rtpTime: number;
  readonly capturedMs: number | undefined;
  readonly pose: CameraPose | undefined;
};

const payloadTypeMost = 127;
/** Units kept for a late viewer: a key picture and what rests on it. */
const mostKept = 150;

/** One camera's stream: RTP in, units with their moment and place out. Whatever comes in, it only counts or drops it. */
export class Feed {
  readonly of: FeedOf;
  readonly #deps: FeedDeps;
  readonly #depacketiser: Depacketiser;
  #pinned: { host: string; port: number; ssrc: number } | undefined;
  #report: SenderReport | undefined;
  readonly #earlyReports = new Map<number, SenderReport>();
  #kept: Uint8Array[] = [];
  readonly #arrivals: number[] = [];
  #number = 0;
  #lastPacketMs: number | undefined;
  #lastUnitMs: number | undefined;
  #last: Placed = { rtpTime: 0, capturedMs: undefined, pose: undefined };
  #latencyMs: number | undefined;
  #foreign = 0;
  readonly #taps = new Set<(unit: AccessUnit) => void>();
  portProblem: string | undefined;
  bound = false;

  constructor(of: FeedOf, deps: FeedDeps) {
    this.of = of;
    this.#deps = deps;
    this.#depacketiser = new Depacketiser((unit) => this.#take(unit));
  }

  onDatagram(bytes: Uint8Array, from: Peer): void {
    if (isRtcp(bytes)) {
      for (const report of parseSenderReports(bytes)) this.#takeReport(report, from);
      return;
    }
    const packet = parseRtp(bytes);
    if (packet === undefined || packet.payloadType > payloadTypeMost) {
      this.#deps.count("video_malformed");
      return;
    }
    const nowMs = this.#deps.nowMs();
    if (!this.#isPinned(from, packet.ssrc, nowMs)) {
      this.#foreign += 1;
      this.#deps.count("video_foreign");
      return;
    }
    this.#lastPacketMs = nowMs;
    this.#depacketiser.push(packet);
  }

  /** Another connection begins: nothing of the one before belongs to it. */
  restart(parameterSets: readonly Uint8Array[]): void {
    this.#pinned = undefined;
    this.#report = undefined;
    this.#earlyReports.clear();
    this.#kept = [];
    this.#depacketiser.restart(parameterSets);
  }

  /** A report that came to the next port (RFC 3550's default): taken only where its source is this stream's own. */
  offerReport(report: SenderReport, from: Peer): boolean {
    if (this.#pinned === undefined || this.#pinned.ssrc !== report.ssrc || this.#pinned.host !== from.host)
      return false;
    this.#report = report;
    return true;
  }

  /** First come is kept until it falls silent: a second sender on the network must not put its picture in place. */
  #isPinned(from: Peer, ssrc: number, nowMs: number): boolean {
    const pinned = this.#pinned;
    if (pinned !== undefined && pinned.host === from.host && pinned.port === from.port && pinned.ssrc === ssrc) {
      return true;
    }
    const silent = nowMs - (this.#lastPacketMs ?? Number.NEGATIVE_INFINITY) >= streamTimes.repinMs;
    if (pinned !== undefined && !silent) return false;
    this.#pinned = { host: from.host, port: from.port, ssrc };
    this.#depacketiser.reset();
    this.#report = this.#earlyReports.get(ssrc);
    this.#earlyReports.clear();
    return true;
  }

  #takeReport(report: SenderReport, from: Peer): void {
    if (this.#pinned?.ssrc === report.ssrc && this.#pinned.host === from.host) this.#report = report;
    // The report goes ahead of the first packet: keep a few until it is known whose stream this is.
    else if (this.#earlyReports.size < 4) this.#earlyReports.set(report.ssrc, report);
  }

  #take(unit: AccessUnit): void {
    const nowMs = this.#deps.nowMs();
    const capturedMs = this.#report && captureMs(this.#report, unit.rtpTime);
    const pose = capturedMs === undefined ? undefined : this.#deps.poseAt(capturedMs);
    this.#number = (this.#number + 1) >>> 0;
    this.#last = { rtpTime: unit.rtpTime, capturedMs, pose };
    this.#lastUnitMs = nowMs;
    this.#latencyMs = capturedMs === undefined ? undefined : nowMs - capturedMs;
    this.#arrivals.push(nowMs);
    while ((this.#arrivals[0] ?? nowMs) < nowMs - 2_000) this.#arrivals.shift();
    const bytes = encodeVideoUnit({
      handle: this.of.handle,
      key: unit.key,
      capturedMs,
      sentMs: nowMs,
      number: this.#number,
      pose,
      footprint: pose === undefined ? [] : this.#deps.corners(pose),
      data: annexB(unit.nals),
    });
    if (unit.key) this.#kept = [];
    if (this.#kept.length < mostKept) this.#kept.push(bytes);
    this.#deps.onUnit(bytes);
    for (const tap of this.#taps) tap(unit);
  }

  /** Hands on every whole picture as it comes, for viewers by other ways than the live wire. */
  tap(take: (unit: AccessUnit) => void): () => void {
    this.#taps.add(take);
    return () => this.#taps.delete(take);
  }

  /** The last key picture and all after it: what a new viewer needs to start at once. Empty when it is old. */
  catchUp(): readonly Uint8Array[] {
    const fresh = this.#deps.nowMs() - (this.#lastUnitMs ?? Number.NEGATIVE_INFINITY) < streamTimes.goneMs;
    return fresh ? this.#kept : [];
  }

  /** RTP time and capture time of the last picture: who plays the stream can date what is on the screen by it. */
  get mark(): { readonly rtpTime: number; readonly capturedMs: number } | undefined {
    const { rtpTime, capturedMs } = this.#last;
    return capturedMs === undefined ? undefined : { rtpTime, capturedMs };
  }

  get timeKnown(): boolean {
    return this.#last.capturedMs !== undefined;
  }

  get counts() {
    return { ...this.#depacketiser.counts, foreign: this.#foreign };
  }

  view(): StreamView {
    const { cameraId, name, uid, handle, port } = this.of;
    const nowMs = this.#deps.nowMs();
    const state = streamState({
      nowMs,
      port,
      bound: this.bound,
      portProblem: this.portProblem,
      lastPacketMs: this.#lastPacketMs,
      lastUnitMs: this.#lastUnitMs,
      capturedMs: this.#last.capturedMs,
      waitsForKey: this.#depacketiser.waitsForKey,
      foreign: this.#foreign,
      timeKnown: this.timeKnown,
    });
    const recent = this.#arrivals.filter((at) => at > nowMs - 2_000);
    const spanMs = (recent.at(-1) ?? 0) - (recent[0] ?? 0);
    const moving = state.state === "live" || state.state === "late";
    return {
      cameraId,
      name,
      uid,
      handle,
      ...state,
      fps: spanMs > 0 && moving ? Math.round(((recent.length - 1) * 10_000) / spanMs) / 10 : 0,
      latencyMs: moving ? this.#latencyMs : undefined,
      timeKnown: this.timeKnown,
      pose: moving ? this.#last.pose : undefined,
    };
  }
}
