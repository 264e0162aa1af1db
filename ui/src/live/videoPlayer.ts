import type { CameraPose, GeoPoint, VideoUnit } from "@outrider/contract";

/** What is known of the frame that is on the screen now. */
export interface ShownFrame {
  readonly capturedMs: number | undefined;
  readonly pose: CameraPose | undefined;
  readonly footprint: readonly (GeoPoint | undefined)[];
}

export type PlayerNews =
  | { readonly kind: "shown"; readonly frame: ShownFrame }
  | { readonly kind: "lost"; readonly why: string }
  | { readonly kind: "cannot"; readonly why: string };

/** RFC 6381 name of an H.264 stream, from its SPS in Annex B; undefined when the unit carries none. */
export function codecOf(data: Uint8Array): string | undefined {
  for (let i = 0; i + 7 < data.length; i++) {
    if (data[i] !== 0 || data[i + 1] !== 0 || data[i + 2] !== 1 || ((data[i + 3] ?? 0) & 0x1f) !== 7) continue;
    const hex = (n: number | undefined): string => (n ?? 0).toString(16).padStart(2, "0");
    return `avc1.${hex(data[i + 4])}${hex(data[i + 5])}${hex(data[i + 6])}`;
  }
  return undefined;
}

/** Decodes access units and draws them; a gap or an error waits for the next key frame instead of drawing rubbish. */
export class VideoPlayer {
  readonly #canvas: HTMLCanvasElement;
  readonly #news: (news: PlayerNews) => void;
  readonly #waiting = new Map<number, ShownFrame>();
  #decoder: VideoDecoder | undefined;
  #number: number | undefined;
  #needsKey = true;

  constructor(canvas: HTMLCanvasElement, news: (news: PlayerNews) => void) {
    this.#canvas = canvas;
    this.#news = news;
  }

  push(unit: VideoUnit): void {
    if (typeof VideoDecoder === "undefined")
      return this.#news({
        kind: "cannot",
        why: "This browser decodes no video here: open the page over https or on this computer.",
      });
    if (this.#number !== undefined && unit.number !== this.#number + 1 && !unit.key) {
      this.#needsKey = true;
      this.#news({ kind: "lost", why: "Part of the picture was lost on the way." });
    }
    this.#number = unit.number;
    if (unit.key && !this.#configure(unit.data)) return;
    if ((this.#needsKey && !unit.key) || this.#decoder === undefined) return;
    this.#needsKey = false;
    if (this.#decoder.decodeQueueSize > 8) {
      this.#needsKey = true;
      return;
    }
    this.#waiting.set(unit.number, { capturedMs: unit.capturedMs, pose: unit.pose, footprint: unit.footprint });
    this.#decoder.decode(
      new EncodedVideoChunk({ type: unit.key ? "key" : "delta", timestamp: unit.number, data: unit.data }),
    );
  }

  close(): void {
    if (this.#decoder !== undefined && this.#decoder.state !== "closed") this.#decoder.close();
    this.#decoder = undefined;
    this.#waiting.clear();
  }

  #configure(data: Uint8Array): boolean {
    if (this.#decoder !== undefined && this.#decoder.state === "configured") return true;
    const codec = codecOf(data);
    if (codec === undefined) return false;
    this.#decoder = new VideoDecoder({
      output: (frame) => this.#draw(frame),
      error: (error) => {
        this.#needsKey = true;
        this.#decoder = undefined;
        this.#news({ kind: "lost", why: `The picture could not be decoded: ${error.message}` });
      },
    });
    this.#decoder.configure({ codec, optimizeForLatency: true });
    return true;
  }

  #draw(frame: VideoFrame): void {
    const known = this.#waiting.get(frame.timestamp);
    for (const n of this.#waiting.keys()) if (n <= frame.timestamp) this.#waiting.delete(n);
    if (this.#canvas.width !== frame.displayWidth || this.#canvas.height !== frame.displayHeight) {
      this.#canvas.width = frame.displayWidth;
      this.#canvas.height = frame.displayHeight;
    }
    this.#canvas.getContext("2d")?.drawImage(frame, 0, 0);
    frame.close();
    this.#news({ kind: "shown", frame: known ?? { capturedMs: undefined, pose: undefined, footprint: [] } });
  }
}
