/** What may wait for one slow reader: some seconds of one aircraft's telemetry. */
const mostBytes = 64 * 1024;

/** Frames on their way to one peer that only looks on: bounded, and the oldest are lost first, since only now matters. */
export class PeerQueue {
  readonly #frames: Uint8Array[] = [];
  #bytes = 0;
  #dropped = 0;

  get dropped(): number {
    return this.#dropped;
  }

  get waitingBytes(): number {
    return this.#bytes;
  }

  push(frame: Uint8Array): void {
    this.#frames.push(frame);
    this.#bytes += frame.length;
    while (this.#bytes > mostBytes) {
      this.#shift();
      this.#dropped++;
    }
  }

  /** Hands over as much as is taken, in order. */
  flush(send: (frame: Uint8Array) => boolean): void {
    for (let next = this.#frames[0]; next !== undefined; next = this.#frames[0]) {
      if (!send(next)) return;
      this.#shift();
    }
  }

  #shift(): void {
    this.#bytes -= this.#frames.shift()?.length ?? 0;
  }
}
