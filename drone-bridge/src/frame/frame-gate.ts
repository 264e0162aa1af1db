import { type AnyMessageInit, encodeFrame, type Frame, FrameReader, messageId } from "@outrider/mavlink";
import type { Seal } from "./seal.js";

/** Who we are on every link. 255 counts down from the top for ground stations; ArduPilot obeys sticks of 255 only. */
export const ourIds = { sysid: 255, compid: 190 } as const;

/** It carries a key: it is neither read, forwarded nor written anywhere. */
const setupSigning = messageId("SETUP_SIGNING");

/** Longer than the gaps within a frame: a SiK radio is silent for 131 ms while the other end speaks. */
const stillAfterMs = 200;

/** One component of a system, and its last counter. */
type Sender = { readonly id: number; seq: number };

/**
 * The frames of one peer: cuts them from bytes, counts what went missing per component, numbers what we send. Each
 * peer has a counter of its own; a shared one would show every aircraft losses that did not happen.
 */
export class FrameGate {
  readonly #reader = new FrameReader({ reuseFrame: true });
  readonly #seal: Seal;
  readonly #senders = new Map<number, Sender>();
  /** Who spoke last: nearly every frame of a peer comes from its autopilot. */
  #sender: Sender = { id: -1, seq: 0 };
  /** Where frames go now. Made once and not with every datagram, as `#take` is. */
  #give: (frame: Frame) => void = () => {};
  readonly #take = (frame: Frame): void => {
    if (frame.msgid === setupSigning || !this.#seal.accepts(frame)) {
      this.#refused++;
      return;
    }
    this.#count(frame);
    this.#give(frame);
  };
  #seq = 0;
  #lost = 0;
  #refused = 0;

  constructor(seal: Seal) {
    this.#seal = seal;
  }

  get counts(): { frames: number; crcErrors: number; lost: number; refused: number } {
    const { frames, crcErrors } = this.#reader.stats;
    return { frames, crcErrors, lost: this.#lost, refused: this.#refused };
  }

  get signed(): boolean {
    return this.#seal.signed;
  }

  /** Whether this peer must hear our time before it can be heard. */
  get asksTime(): boolean {
    return this.#seal.asksTime === true;
  }

  /**
   * Frames of a chunk; `whole` when the chunk is a datagram, so that nothing of it waits for the next one. A frame is
   * good during the call alone: whoever keeps one keeps its `raw`.
   */
  receive(bytes: Uint8Array, whole: boolean, onFrame: (frame: Frame) => void): void {
    const before = this.#give;
    this.#give = onFrame;
    try {
      if (whole) this.#reader.pushDatagram(bytes, this.#take);
      else this.#reader.push(bytes, this.#take);
    } finally {
      this.#give = before;
    }
  }

  /**
   * Nothing came for `stillMs`. What still waits for its end then is no frame but noise that looks like the start of
   * one, and would hold back the frames behind it: of a slow link, a dozen heartbeats.
   */
  still(stillMs: number, onFrame: (frame: Frame) => void): void {
    if (stillMs < stillAfterMs || this.#reader.pendingBytes === 0) return;
    const before = this.#give;
    this.#give = onFrame;
    try {
      this.#reader.flush(this.#take);
    } finally {
      this.#give = before;
    }
  }

  encode(message: AnyMessageInit): Uint8Array {
    const bytes = encodeFrame(message, { ...ourIds, seq: this.#seq });
    this.#seq = (this.#seq + 1) & 0xff;
    return this.#seal.seal(bytes);
  }

  #count(frame: Frame): void {
    const id = (frame.sysid << 8) | frame.compid;
    if (this.#sender.id !== id) {
      const known = this.#senders.get(id);
      if (known === undefined) return this.#begin(id, frame.seq);
      this.#sender = known;
    }
    const gap = (frame.seq - this.#sender.seq - 1) & 0xff;
    // More than half a turn is a duplicate or a late one: it neither counts nor moves the counter back.
    if (gap > 127) return;
    this.#lost += gap;
    this.#sender.seq = frame.seq;
  }

  #begin(id: number, seq: number): void {
    this.#sender = { id, seq };
    this.#senders.set(id, this.#sender);
  }
}
