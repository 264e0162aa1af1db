import type { Cancel, Clock, Disk } from "@outrider/contract";
import { decodeAs, encodeFrame, type Frame, FrameReader, MavAutopilot, MavType, messageId } from "@outrider/mavlink";
import { ourIds } from "../frame/index.js";
import type { Link, LinkHandlers } from "./link.js";
import { readTlog, type TlogRecord } from "./tlog.js";

export type ReplayDeps = { readonly run: Clock; readonly read: Disk["read"] };

const heartbeat = messageId("HEARTBEAT");
const autopilotVersion = messageId("AUTOPILOT_VERSION");
const peer = "recording";
/** "replay" in ASCII, then the system id: what an aircraft is called whose recording does not hold its name. */
const namelessUid = 0x7265_706c_6179_0000n;
const nothing = { strangers: 0, dropped: 0 } as const;

/**
 * Plays a .tlog as if its aircraft spoke now, in the recording's own time: each frame when run time has come as far as
 * the recording had. What this side once said is left out. Nothing leaves by it: there is nobody.
 */
export function replayLink(options: { readonly name: string; readonly file: string }, deps: ReplayDeps): Link {
  return new ReplayLink(options, deps);
}

class ReplayLink implements Link {
  readonly name: string;
  readonly #file: string;
  readonly #deps: ReplayDeps;
  readonly #versions = new Map<number, Uint8Array>();
  readonly #introduced = new Set<number>();
  #records: TlogRecord[] = [];
  #next = 0;
  /** Run time minus the recording's. */
  #aheadMs = 0;
  #waiting: Cancel | undefined;
  #closed = false;

  constructor(options: { readonly name: string; readonly file: string }, deps: ReplayDeps) {
    this.name = options.name;
    this.#file = options.file;
    this.#deps = deps;
  }

  open(handlers: LinkHandlers): void {
    handlers.onState("opening", "");
    this.#deps.read(this.#file, (bytes) => {
      if (this.#closed) return;
      if (bytes === undefined) return handlers.onState("closed", `no recording at ${this.#file}`);
      const firstMs = this.#load(bytes);
      if (firstMs === undefined) return handlers.onState("closed", `${this.#file} holds no MAVLink recording`);
      this.#aheadMs = this.#deps.run.nowMs() - firstMs;
      handlers.onState("open", `${this.#records.length} frames`);
      this.#play(handlers);
    });
  }

  send(): boolean {
    return false;
  }

  knownPeers(): readonly string[] {
    return [];
  }

  keeps(): boolean {
    return true;
  }

  drop(): void {}

  counts(): typeof nothing {
    return nothing;
  }

  close(): void {
    this.#closed = true;
    this.#waiting?.();
  }

  /** When the recording began. */
  #load(bytes: Uint8Array): number | undefined {
    let firstMs: number | undefined;
    readTlog(bytes, (record) => {
      firstMs ??= record.tMs;
      const header = headerOf(record.frame);
      if (header.sysid === ourIds.sysid && header.compid === ourIds.compid) return;
      // Said at most once in a flight, and often before the recording began: it is played behind the first heartbeat.
      if (header.msgid === autopilotVersion) {
        if (!this.#versions.has(header.sysid)) this.#versions.set(header.sysid, record.frame);
        return;
      }
      this.#records.push(record);
    });
    return firstMs;
  }

  #play(handlers: LinkHandlers): void {
    for (;;) {
      if (this.#closed) return;
      const record = this.#records[this.#next];
      if (record === undefined) return handlers.onState("closed", "the recording is over");
      const waitMs = record.tMs + this.#aheadMs - this.#deps.run.nowMs();
      if (waitMs > 0) {
        this.#waiting = this.#deps.run.after(waitMs, () => this.#play(handlers));
        return;
      }
      this.#next++;
      handlers.onBytes(record.frame, peer, true);
      this.#introduce(record.frame, handlers);
    }
  }

  /** Nobody can be asked who he is: his name follows his first heartbeat. */
  #introduce(raw: Uint8Array, handlers: LinkHandlers): void {
    const { sysid, msgid } = headerOf(raw);
    if (msgid !== heartbeat || this.#introduced.has(sysid)) return;
    let frame: Frame | undefined;
    new FrameReader().pushDatagram(raw, (found) => {
      frame = found;
    });
    const beat = frame === undefined ? undefined : decodeAs(frame, "HEARTBEAT");
    if (frame === undefined || beat === undefined) return;
    if (beat.autopilot === MavAutopilot.INVALID || beat.type === MavType.GCS) return;
    this.#introduced.add(sysid);
    const { compid, seq } = frame;
    const invented = { name: "AUTOPILOT_VERSION", uid: namelessUid + BigInt(sysid) } as const;
    handlers.onBytes(this.#versions.get(sysid) ?? encodeFrame(invented, { sysid, compid, seq }), peer, true);
  }
}

function headerOf(frame: Uint8Array): { readonly sysid: number; readonly compid: number; readonly msgid: number } {
  const byte = (at: number): number => frame[at] ?? 0;
  if (frame[0] === 0xfe) return { sysid: byte(3), compid: byte(4), msgid: byte(5) };
  return { sysid: byte(5), compid: byte(6), msgid: byte(7) | (byte(8) << 8) | (byte(9) << 16) };
}
