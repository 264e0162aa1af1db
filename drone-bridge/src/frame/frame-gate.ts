import { type AnyMessageInit, encodeFrame, type Frame, FrameReader, messageId } from "@outrider/mavlink";
import type { Seal } from "./seal.js";

/** Who we are on every link. 255 counts down from the top for ground stations; ArduPilot obeys sticks of 255 only. */
export const ourIds = { sysid: 255, compid: 190 } as const;

/** It carries a key: it is neither read, forwarded nor written anywhere. */
const setupSigning = messageId("SETUP_SIGNING");

/**
 * The frames of one peer: cuts them from bytes, counts what went missing per component, numbers what we send. Each
 * peer has a counter of its own; a shared one would show every aircraft losses that did not happen.
 */
export class FrameGate {
  readonly #reader = new FrameReader();
  readonly #seal: Seal;
  readonly #lastSeq = new Map<number, number>();
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

  /** Frames of a chunk; `whole` when the chunk is a datagram, so that nothing of it waits for the next one. */
  receive(bytes: Uint8Array, whole: boolean, onFrame: (frame: Frame) => void): void {
    const take = (frame: Frame): void => {
      if (frame.msgid === setupSigning || !this.#seal.accepts(frame)) {
        this.#refused++;
        return;
      }
      this.#count(frame);
      onFrame(frame);
    };
    if (whole) this.#reader.pushDatagram(bytes, take);
    else this.#reader.push(bytes, take);
  }

  encode(message: AnyMessageInit): Uint8Array {
    const bytes = encodeFrame(message, { ...ourIds, seq: this.#seq });
    this.#seq = (this.#seq + 1) & 0xff;
    return this.#seal.seal(bytes);
  }

  #count(frame: Frame): void {
    const sender = (frame.sysid << 8) | frame.compid;
    const last = this.#lastSeq.get(sender);
    const gap = last === undefined ? 0 : (frame.seq - last - 1) & 0xff;
    // More than half a turn is a duplicate or a late one: it neither counts nor moves the counter back.
    if (gap > 127) return;
    this.#lost += gap;
    this.#lastSeq.set(sender, frame.seq);
  }
}
