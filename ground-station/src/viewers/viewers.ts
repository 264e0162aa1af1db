import type { Clock } from "@outrider/contract";
import type { AccessUnit } from "../feeds/index.js";
import type { WhepAnswer, WhepPort } from "./whep-port.js";

export const viewerLimits = {
  /** Of one phone: a page that was loaded again leaves a session behind that nobody watches. */
  perLink: 2,
  perDesk: 6,
  /** Each costs encryption of every packet in this very process, which also flies. */
  all: 40,
  /** How often each viewer's right is judged again: it ends within 2 s of its cause. */
  lookAgainMs: 1_000,
} as const;

/** Who watches. Rights are looked up anew by it, never remembered. */
export type Seat =
  | { readonly kind: "officer"; readonly linkId: string }
  | { readonly kind: "desk"; readonly sessionId: string };

export type Started =
  | { readonly kind: "playing"; readonly whepId: string; readonly answerSdp: string }
  | { readonly kind: "badOffer"; readonly why: string }
  | { readonly kind: "over" }
  | { readonly kind: "full" };

type Viewer = {
  readonly whepId: string;
  readonly seat: Seat;
  readonly cameraId: string;
  close: (() => void) | undefined;
};

export type ViewersOf = {
  readonly play: WhepPort;
  readonly wall: Clock;
  readonly newId: () => string;
  /** Whether the seat may watch the camera at this moment. */
  readonly may: (seat: Seat, cameraId: string) => boolean;
  readonly tap: (cameraId: string, take: (unit: AccessUnit) => void) => (() => void) | undefined;
};

export const sameSeat = (a: Seat, b: Seat): boolean =>
  a.kind === "officer"
    ? b.kind === "officer" && a.linkId === b.linkId
    : b.kind === "desk" && a.sessionId === b.sessionId;

/** Everyone who watches over WebRTC, oldest first. Nobody stays longer than his right to what he sees. */
export class Viewers {
  readonly #of: ViewersOf;
  readonly #viewers = new Map<string, Viewer>();
  #cancelLook: (() => void) | undefined;

  constructor(of: ViewersOf) {
    this.#of = of;
  }

  get count(): number {
    return this.#viewers.size;
  }

  /** Whose session it is, or undefined for none. */
  seatOf(whepId: string): Seat | undefined {
    return this.#viewers.get(whepId)?.seat;
  }

  /** The newest viewer of a seat wins: the oldest beyond its limit is let go, since a phone cannot say good-bye. */
  start(seat: Seat, cameraId: string, offerSdp: string, done: (started: Started) => void): void {
    const mine = [...this.#viewers.values()].filter((one) => sameSeat(one.seat, seat));
    const most = seat.kind === "officer" ? viewerLimits.perLink : viewerLimits.perDesk;
    for (const one of mine.slice(0, Math.max(0, mine.length - most + 1))) this.end(one.whepId);
    if (this.#viewers.size >= viewerLimits.all) return done({ kind: "full" });
    const viewer: Viewer = { whepId: this.#of.newId(), seat, cameraId, close: undefined };
    const { whepId } = viewer;
    this.#viewers.set(whepId, viewer);
    this.#lookLater();
    this.#of.play(
      offerSdp,
      { tap: (take) => this.#tap(viewer, take), onEnd: () => void this.#viewers.delete(whepId) },
      (answer) => done(this.#answered(viewer, answer)),
    );
  }

  #answered(viewer: Viewer, answer: WhepAnswer): Started {
    const { whepId } = viewer;
    const stillHere = this.#viewers.has(whepId);
    if (answer.kind === "refused") {
      this.#viewers.delete(whepId);
      return { kind: "badOffer", why: answer.why };
    }
    viewer.close = answer.close;
    if (stillHere && this.#of.may(viewer.seat, viewer.cameraId))
      return { kind: "playing", whepId, answerSdp: answer.answerSdp };
    // The right ended while the answer was being made.
    this.end(whepId);
    answer.close();
    return { kind: "over" };
  }

  #tap(viewer: Viewer, take: (unit: AccessUnit) => void): () => void {
    const untap = this.#viewers.has(viewer.whepId) ? this.#of.tap(viewer.cameraId, take) : undefined;
    return untap ?? (() => undefined);
  }

  end(whepId: string): void {
    const viewer = this.#viewers.get(whepId);
    this.#viewers.delete(whepId);
    viewer?.close?.();
  }

  /** Lets go of everyone whose right has ended. */
  lookAgain(): void {
    for (const { whepId, seat, cameraId } of [...this.#viewers.values()])
      if (!this.#of.may(seat, cameraId)) this.end(whepId);
  }

  #lookLater(): void {
    this.#cancelLook ??= this.#of.wall.after(viewerLimits.lookAgainMs, () => {
      this.#cancelLook = undefined;
      this.lookAgain();
      if (this.#viewers.size > 0) this.#lookLater();
    });
  }

  close(): void {
    this.#cancelLook?.();
    this.#cancelLook = undefined;
    for (const whepId of [...this.#viewers.keys()]) this.end(whepId);
  }
}
