import type { Clock } from "@outrider/contract";
import type { AnyMessageInit, MessageOf } from "@outrider/mavlink";
import { CommandDesk } from "../command/index.js";
import type { Path } from "../route/index.js";
import { request } from "../telemetry/index.js";
import type { Contact } from "./book.js";

/** Before an aircraft has a name it still needs a desk to be asked from. Nothing else is ever sent by these. */
export class Asking {
  readonly #clock: Clock;
  readonly #send: (path: Path, message: AnyMessageInit) => boolean;
  readonly #desks = new Map<string, CommandDesk>();

  constructor(deps: { readonly clock: Clock; readonly send: (path: Path, message: AnyMessageInit) => boolean }) {
    this.#clock = deps.clock;
    this.#send = deps.send;
  }

  ask(path: Path, contact: Contact): void {
    this.#deskOf(path, contact).run(request("AUTOPILOT_VERSION", contact.compid), () => {});
  }

  onAck(contact: Contact, compid: number, ack: MessageOf<"COMMAND_ACK">): void {
    this.#desks.get(keyOf(contact))?.onAck(compid, ack);
  }

  pathGone(pathKey: string): void {
    for (const [key, desk] of this.#desks) {
      if (!key.startsWith(`${pathKey}#`)) continue;
      desk.close();
      this.#desks.delete(key);
    }
  }

  close(): void {
    for (const desk of this.#desks.values()) desk.close();
    this.#desks.clear();
  }

  #deskOf(path: Path, contact: Contact): CommandDesk {
    const key = keyOf(contact);
    let desk = this.#desks.get(key);
    if (desk === undefined) {
      const send = (message: AnyMessageInit): boolean => this.#send(path, message);
      desk = new CommandDesk({ clock: this.#clock, sysid: () => contact.sysid, send });
      this.#desks.set(key, desk);
    }
    return desk;
  }
}

const keyOf = (contact: Contact): string => `${contact.pathKey}#${contact.sysid}`;
