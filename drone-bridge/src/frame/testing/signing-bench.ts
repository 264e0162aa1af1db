import {
  type AnyMessageInit,
  encodeFrame,
  type Frame,
  FrameReader,
  signFrame,
  signingTimestamp,
} from "@outrider/mavlink";
import { FakeClock } from "../../testing/index.js";
import { FrameGate } from "../frame-gate.js";
import { Signing, type SigningPolicy } from "../signing.js";
import type { SigningState, SigningStore } from "../signing-state.js";

export const key = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) & 0xff);
export const startMs = Date.UTC(2026, 0, 1);

/** State in memory; `failing` as a full disk, `held` as a slow one. */
export class MemoryStore implements SigningStore {
  state: SigningState = { reservedUntil: 0, signers: [] };
  failing = false;
  unreadable = false;
  held: (() => void)[] | undefined;

  load: SigningStore["load"] = (done) =>
    done(this.unreadable ? { kind: "error", error: new Error("unreadable") } : { kind: "ok", state: this.state });

  save: SigningStore["save"] = (state, done) => {
    const write = (): void => {
      if (this.failing) return done(new Error("no space left on device"));
      this.state = state;
      done();
    };
    if (this.held === undefined) write();
    else this.held.push(write);
  };
}

export type SigningBench = {
  readonly clock: FakeClock;
  readonly store: MemoryStore;
  readonly signing: Signing;
  readonly logged: string[];
  readonly opened: Error | undefined;
  gate(link: string): FrameGate;
};

export function signingBench(
  options: { policy?: SigningPolicy; clock?: FakeClock; store?: MemoryStore; key?: Uint8Array; closed?: boolean } = {},
): SigningBench {
  const clock = options.clock ?? new FakeClock(startMs);
  const store = options.store ?? new MemoryStore();
  const logged: string[] = [];
  const signing = new Signing({
    key: options.key ?? key,
    policy: options.policy ?? "required",
    store,
    wall: clock,
    log: (level, what, fields) => logged.push(`${level} ${what} ${JSON.stringify(fields)}`),
  });
  let opened: Error | undefined;
  if (options.closed !== true)
    signing.open((error) => {
      opened = error;
    });
  const { seal } = signing;
  return { clock, store, signing, logged, opened, gate: (link) => new FrameGate(seal.forPeer?.(link) ?? seal) };
}

/** Frames of a datagram that a gate lets through. */
export function through(gate: FrameGate, bytes: Uint8Array): Frame[] {
  const frames: Frame[] = [];
  gate.receive(bytes, true, ({ raw }) => new FrameReader().pushDatagram(raw, (frame) => frames.push(frame)));
  return frames;
}

/** An aircraft that signs as MAVLink's reference does: never a timestamp twice, ahead of the clock where it must. */
export function signingAircraft(clock: FakeClock, options: { sysid?: number; linkId?: number; key?: Uint8Array } = {}) {
  const { sysid = 1, linkId = 1 } = options;
  let last = 0;
  let seq = 0;
  return {
    say(message: AnyMessageInit, compid = 1): Uint8Array {
      last = Math.max(last + 1, signingTimestamp(clock.nowMs()));
      seq = (seq + 1) & 0xff;
      return signFrame(encodeFrame(message, { sysid, compid, seq }), options.key ?? key, linkId, last);
    },
  };
}
