import type { Datagrams } from "@outrider/contract";
import { decode, FrameReader } from "@outrider/mavlink";

export type HeardCommand = {
  readonly uid: string;
  readonly targetSysid: number;
  readonly command: number;
  readonly param1: number;
  readonly fromSysid: number;
  readonly frameSeq: number;
};

const longId = 76;
const intId = 75;

/** Listens to every byte that reaches an aircraft: what was truly sent, whatever anybody says. */
export class WireTap {
  readonly #listeners: ((command: HeardCommand) => void)[] = [];

  onCommand(listener: (command: HeardCommand) => void): void {
    this.#listeners.push(listener);
  }

  /** Wraps the network: the nth socket bound belongs to the nth aircraft. */
  datagrams(inner: Datagrams, uids: readonly string[]): Datagrams {
    let bound = 0;
    return {
      bind: (at, handlers) => {
        const uid = uids[bound++];
        const reader = new FrameReader();
        return inner.bind(at, {
          ...handlers,
          onDatagram: (bytes, from) => {
            if (uid !== undefined) reader.pushDatagram(bytes, (frame) => this.#look(uid, frame));
            handlers.onDatagram(bytes, from);
          },
        });
      },
    };
  }

  #look(uid: string, frame: Parameters<typeof decode>[0]): void {
    if (frame.msgid !== longId && frame.msgid !== intId) return;
    const message = decode(frame);
    if (message?.name !== "COMMAND_LONG" && message?.name !== "COMMAND_INT") return;
    for (const listener of this.#listeners)
      listener({
        uid,
        targetSysid: message.targetSystem,
        command: message.command,
        param1: message.param1,
        fromSysid: frame.sysid,
        frameSeq: frame.seq,
      });
  }
}
