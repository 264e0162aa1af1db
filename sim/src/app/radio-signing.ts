import {
  FrameReader,
  FrameSigner,
  messageId,
  readSignature,
  signingTimestamp,
  stripSignature,
  TIMESTAMPS_PER_MS,
} from "@outrider/mavlink";

const LINK_ID = 0;
/** A stream that was not heard before may be this far behind (MAVLink developer guide, "Message Signing"). */
const NEWCOMER = 60_000 * TIMESTAMPS_PER_MS;
const radioStatus = messageId("RADIO_STATUS");

/**
 * MAVLink 2 signing as an autopilot does it that was given a key by cable (PX4 from 1.17): signs all that it sends and
 * hears nothing that its key did not sign, RADIO_STATUS apart. Signatures are compared between machines, so `wallMs`
 * is real time whatever a simulated run does.
 */
export class RadioSigning {
  readonly #signer: FrameSigner;
  readonly #wallMs: () => number;
  readonly #streams = new Map<string, number>();
  readonly #reader = new FrameReader();
  #last = 0;
  #refused = 0;

  /** @throws RangeError for a key of other than 32 bytes */
  constructor(key: Uint8Array, wallMs: () => number) {
    this.#signer = new FrameSigner(key);
    this.#wallMs = wallMs;
  }

  /** What was not heard: unsigned, of another key, or old. */
  get refused(): number {
    return this.#refused;
  }

  /** @param frame one whole unsigned MAVLink 2 frame */
  sign(frame: Uint8Array): Uint8Array {
    this.#last = Math.max(this.#last + 1, signingTimestamp(this.#wallMs()));
    return this.#signer.sign(frame, LINK_ID, this.#last);
  }

  /** The frames of a datagram that may be heard, bare. */
  heard(datagram: Uint8Array): Uint8Array[] {
    const out: Uint8Array[] = [];
    this.#reader.pushDatagram(datagram, (frame) => {
      if (frame.msgid === radioStatus || this.#fresh(frame.raw, frame.sysid, frame.compid))
        out.push(stripSignature(frame.raw));
      else this.#refused++;
    });
    return out;
  }

  #fresh(raw: Uint8Array, sysid: number, compid: number): boolean {
    const signature = this.#signer.matches(raw) ? readSignature(raw) : undefined;
    if (signature === undefined) return false;
    const stream = `${sysid} ${compid} ${signature.linkId}`;
    const before = this.#streams.get(stream);
    const now = Math.max(this.#last, signingTimestamp(this.#wallMs()));
    if (before === undefined ? signature.timestamp < now - NEWCOMER : signature.timestamp <= before) return false;
    this.#streams.set(stream, signature.timestamp);
    // The greatest time that was seen is everybody's: a vehicle without a clock takes it from its ground station.
    this.#last = Math.max(this.#last, signature.timestamp);
    return true;
  }
}
