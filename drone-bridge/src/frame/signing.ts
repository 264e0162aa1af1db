import type { BridgeToStation, Clock, Log } from "@outrider/contract";
import {
  type Frame,
  FrameSigner,
  INCOMPAT_SIGNED,
  messageId,
  readSignature,
  signingTimestamp,
} from "@outrider/mavlink";
import type { Seal } from "./seal.js";
import { type Freshness, SignedStreams } from "./signed-streams.js";
import type { SigningState, SigningStore } from "./signing-state.js";
import { StampClock } from "./stamp-clock.js";

/**
 * `required`: what is not signed by our key is not heard. `preferred`: an autopilot that has never signed (PX4 before
 * 1.17) is heard and shown as unsigned; one that has signed once must go on.
 */
export type SigningPolicy = "required" | "preferred";

/** As the station's health has it. */
export type SigningHealth = NonNullable<Extract<BridgeToStation, { kind: "health" }>["signing"]>;

export type RefusedFor = Exclude<Freshness, "fresh"> | "unsigned" | "forged" | "unknown";

export type SigningDeps = {
  readonly key: Uint8Array;
  readonly policy: SigningPolicy;
  readonly store: SigningStore;
  /** Real time, whatever a simulated run does: signatures are compared between machines. */
  readonly wall: Clock;
  readonly log: Log;
};

/** From radios that cannot sign (SiK); nothing is done because of it (MAVLink developer guide, "Message Signing"). */
const radioStatus = messageId("RADIO_STATUS");
const toldAgainMs = 60_000;

/** One key for all links: signs what leaves, and judges what comes by signature, age and sender. */
export class Signing {
  readonly refused: Record<RefusedFor, number> = {
    unsigned: 0,
    forged: 0,
    unknown: 0,
    replayed: 0,
    old: 0,
    crowd: 0,
  };
  #signedOut = 0;
  #signedIn = 0;
  #unsignedIn = 0;
  readonly #deps: SigningDeps;
  readonly #signer: FrameSigner;
  readonly #streams = new SignedStreams();
  readonly #signers = new Set<number>();
  readonly #linkIds = new Map<string, number>();
  readonly #told = new Map<string, number>();
  #stamps: StampClock | undefined;
  #state: SigningState = { reservedUntil: 0, signers: [] };

  /** @throws RangeError for a key of other than 32 bytes; the text does not hold it */
  constructor(deps: SigningDeps) {
    this.#deps = deps;
    this.#signer = new FrameSigner(deps.key);
  }

  /** Reads what was used before. Until it has called back without error, nothing is heard and nothing leaves. */
  open(done: (error?: Error) => void): void {
    this.#deps.store.load((loaded) => {
      if (loaded.kind === "error") return done(loaded.error);
      this.#state = loaded.state;
      for (const sysid of loaded.state.signers) this.#signers.add(sysid);
      const stamps = new StampClock(
        {
          nowStamp: () => this.#nowStamp(),
          reserve: (reservedUntil, saved) => this.#save({ ...this.#state, reservedUntil }, saved),
          trouble: (what) => this.#tell("error", what, {}),
        },
        loaded.state.reservedUntil,
      );
      stamps.open((error) => {
        if (error === undefined) this.#stamps = stamps;
        done(error);
      });
    });
  }

  /** Frames since the start, for the station's health. */
  health(): SigningHealth {
    return {
      policy: this.#deps.policy,
      signedOut: this.#signedOut,
      signedIn: this.#signedIn,
      unsignedIn: this.#unsignedIn,
      newStreams: this.#streams.count,
      refused: { ...this.refused },
    };
  }

  /** For `Radio`: what a peer did counts for that peer alone, what a key did for all. */
  get seal(): Seal {
    return this.#peer(0, "");
  }

  #peer(linkId: number, link: string): Seal {
    const seen = { signed: false, unsigned: false, asksTime: false };
    const judge = (frame: Frame): boolean => {
      const verdict = this.#judge(frame);
      if (verdict === "signed") this.#signedIn++;
      else if (verdict === "radio" || verdict === "unsigned") this.#unsignedIn++;
      if (verdict === "radio") return true;
      if (verdict === "signed" || verdict === "unsigned") {
        seen[verdict] = true;
        seen.asksTime = false;
        return true;
      }
      seen.asksTime ||= verdict.why === "old" || verdict.why === "replayed";
      this.#refuse(link, frame, verdict.why);
      return false;
    };
    return {
      seal: (frame) => this.#sign(frame, linkId),
      accepts: judge,
      get signed() {
        return seen.signed && !seen.unsigned;
      },
      get asksTime() {
        return seen.asksTime;
      },
      forPeer: (name) => this.#peer(this.#linkId(name), name),
    };
  }

  /** Each link signs with an id of its own, since frames of two links overtake each other. */
  #linkId(name: string): number {
    const id = this.#linkIds.get(name) ?? (this.#linkIds.size + 1) & 0xff;
    this.#linkIds.set(name, id);
    return id;
  }

  #sign(frame: Uint8Array, linkId: number): Uint8Array {
    const stamps = this.#stamps;
    if (stamps === undefined) return new Uint8Array(0);
    this.#signedOut++;
    return this.#signer.sign(frame, linkId, stamps.next());
  }

  #judge(frame: Frame): "signed" | "unsigned" | "radio" | { readonly why: RefusedFor } {
    if (this.#stamps === undefined) return { why: "unsigned" };
    // Noise looks like a frame of an unknown message, with or without the signed bit: nothing about it can be checked.
    if (!frame.known) return { why: "unknown" };
    if ((frame.incompatFlags & INCOMPAT_SIGNED) === 0) {
      if (frame.msgid === radioStatus) return "radio";
      const mayBe = this.#deps.policy === "preferred" && !this.#signers.has(frame.sysid);
      return mayBe ? "unsigned" : { why: "unsigned" };
    }
    const { raw } = frame;
    const signature = this.#signer.matches(raw) ? readSignature(raw) : undefined;
    if (signature === undefined) return { why: "forged" };
    const { linkId, timestamp } = signature;
    const freshness = this.#streams.judge(frame, linkId, timestamp, this.#nowStamp());
    if (freshness !== "fresh") return { why: freshness };
    this.#stamps.heard(timestamp);
    this.#remember(frame.sysid);
    return "signed";
  }

  #remember(sysid: number): void {
    if (this.#signers.has(sysid)) return;
    this.#signers.add(sysid);
    this.#save({ ...this.#state, signers: [...this.#signers] }, () => {});
  }

  #save(state: SigningState, done: (error?: Error) => void): void {
    this.#state = { ...state, signers: [...this.#signers] };
    this.#deps.store.save(this.#state, (error) => {
      if (error !== undefined) this.#tell("error", "signing state is not on disk", { error: error.message });
      done(error);
    });
  }

  /** Told with names and numbers only: frames and keys are written nowhere. */
  #refuse(link: string, frame: Frame, why: RefusedFor): void {
    this.refused[why]++;
    this.#tell("warn", `frames refused: ${why}`, { link, sysid: frame.sysid, compid: frame.compid });
  }

  #tell(level: "warn" | "error", what: string, fields: Readonly<Record<string, unknown>>): void {
    const key = `${what.replaceAll(/\d+/g, "n")} ${String(fields["link"] ?? "")}`;
    const nowMs = this.#deps.wall.nowMs();
    const lastMs = this.#told.get(key);
    if (lastMs !== undefined && nowMs - lastMs < toldAgainMs) return;
    this.#told.set(key, nowMs);
    this.#deps.log(level, what, fields);
  }

  #nowStamp(): number {
    return signingTimestamp(this.#deps.wall.nowMs());
  }
}
