import type { Clock, Log } from "@outrider/contract";
import type { AnyMessageInit, Frame, MessageOf } from "@outrider/mavlink";
import type { FactSink } from "../journal/index.js";
import type { Path } from "../route/index.js";
import { Asking } from "./asking.js";
import { type Contact, IdentityBook } from "./book.js";
import { firmwareOf, uidOf } from "./uid.js";
import { Unidentified } from "./unidentified.js";

/** An aircraft that has just said who it is, and where it said so. */
export type Known = {
  readonly uid: string;
  readonly contact: Contact;
  readonly path: Path;
  readonly firmware: string;
};

export type RecognitionDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly sink: FactSink;
  readonly send: (path: Path, message: AnyMessageInit) => boolean;
  /** A uid as the site's configuration spells it. */
  readonly spelled: (heard: string) => string;
  readonly callSignOf: (uid: string) => string;
  /** It speaks there. Told each time that it says so. */
  readonly onKnown: (known: Known) => void;
  /** This aircraft is not the one behind that path any more. */
  readonly onGone: (uid: string, pathKey: string) => void;
  readonly onSysid: (uid: string, sysid: number) => void;
};

/** Finds out who speaks behind each system id of each path, and says it where that cannot be known or is disputed. */
export class Recognition {
  readonly #deps: RecognitionDeps;
  readonly #asking: Asking;
  readonly #unidentified: Unidentified;
  readonly #paths = new Map<string, Path>();
  #book = new IdentityBook();

  constructor(deps: RecognitionDeps) {
    this.#deps = deps;
    this.#asking = new Asking(deps);
    this.#unidentified = new Unidentified(deps);
  }

  contactOf(path: Path, sysid: number): Contact | undefined {
    return this.#book.contactOf(path.key, sysid);
  }

  isDuplicate(uid: string): boolean {
    return this.#book.isDuplicate(uid);
  }

  /** Whether this aircraft must say anew, on this path, who it is. */
  isDoubted(path: Path | undefined, sysid: number): boolean {
    return this.#book.isDoubted(path?.key, sysid);
  }

  /** An autopilot's heartbeat: it is asked who it is where that is due. */
  heartbeat(path: Path, { sysid, compid }: Frame, autopilot: number, tMs: number): Contact {
    this.#paths.set(path.key, path);
    const { contact, ask } = this.#book.heartbeat(path.key, sysid, compid, autopilot, tMs);
    if (ask) this.#asking.ask(path, contact);
    return contact;
  }

  /** A frame of the autopilot itself: two that speak as one are heard by their counters. */
  voice(contact: Contact, { compid, seq }: Frame, tMs: number): void {
    if (compid === contact.compid) this.#book.voice(contact, seq, tMs);
  }

  /** Somebody who cannot be asked is this aircraft; false where that is known already, or he is another. */
  adopt(path: Path, who: Pick<Contact, "sysid" | "compid" | "autopilot" | "uid">, tMs: number): boolean {
    this.#paths.set(path.key, path);
    return this.#book.adopt(path.key, who, tMs);
  }

  answered(contact: Contact, compid: number, ack: MessageOf<"COMMAND_ACK">): void {
    this.#asking.onAck(contact, compid, ack);
  }

  identify(path: Path, contact: Contact, message: MessageOf<"AUTOPILOT_VERSION">, tMs: number): void {
    const heard = uidOf(message);
    if (heard === undefined) return this.#book.hasNoUid(contact);
    const uid = this.#deps.spelled(heard);
    const recognised = this.#book.identify(contact, uid, tMs);
    if (recognised.kind === "duplicate" && recognised.first) this.#sayDuplicate(recognised);
    // A second one behind the same contact, or by a uid that is another's, has nothing of its own to be spoken to by.
    if (recognised.kind === "taken" || contact.uid !== uid) return;
    if (recognised.kind === "replaced") this.#replaced(contact, recognised.before, path);
    this.#noteSysid(contact, uid);
    this.#deps.onKnown({ uid, contact, path, firmware: firmwareOf(message) });
  }

  /** It rebooted: another one may stand there now. */
  doubt(uid: string): void {
    this.#book.doubtAll(uid);
  }

  pathGone(path: Path): void {
    this.#book.forgetPath(path.key);
    this.#asking.pathGone(path.key);
    this.#paths.delete(path.key);
  }

  update(tMs: number): void {
    const { changed, alone } = this.#book.update(tMs);
    for (const { contact, before } of changed) this.#moveContact(contact, before);
    for (const uid of alone) this.#deps.sink("DuplicateSysidOver", { uid });
    this.#unidentified.update(this.#book.contacts(), (key) => nameOf(this.#paths.get(key)), tMs);
  }

  /** Forgets everybody: who is heard again is asked again who it is. */
  reset(): void {
    this.close();
    this.#book = new IdentityBook();
    this.#unidentified.clear();
  }

  close(): void {
    this.#asking.close();
  }

  #sayDuplicate({ sysid, uids }: { readonly sysid: number; readonly uids: readonly string[] }): void {
    const names = uids.map((uid) => this.#deps.callSignOf(uid));
    this.#deps.log("error", "two aircraft use one system id: neither is ordered", { sysid, uids, names });
    this.#deps.sink("DuplicateSysid", { sysid, uids: [...uids] });
  }

  /** Another aircraft stands where this one did: whatever was known of the path is not true of it. */
  #replaced(contact: Contact, before: string, path: Path): void {
    const { uid, sysid } = contact;
    if (uid === undefined) return;
    this.#deps.log("warn", "another aircraft answers there now", { sysid, before, uid });
    this.#deps.sink("AircraftReplaced", { uid, before, sysid, endpoint: nameOf(path) });
    this.#deps.onGone(before, path.key);
  }

  /** Its rival has gone: what is heard there is the other one's. It is asked once more and so gets its path. */
  #moveContact(contact: Contact, before: string): void {
    this.#deps.onGone(before, contact.pathKey);
    this.#book.doubt(contact);
  }

  #noteSysid(contact: Contact, uid: string): void {
    const before = this.#book.dropOtherSysids(contact);
    if (before === undefined) return;
    this.#deps.log("warn", "an aircraft uses another system id now", { uid, before, sysid: contact.sysid });
    this.#deps.sink("SysidChanged", { uid, before, sysid: contact.sysid });
    this.#deps.onSysid(uid, contact.sysid);
  }
}

const nameOf = (path: Path | undefined): string => (path === undefined ? "" : `${path.link} ${path.peer}`);
