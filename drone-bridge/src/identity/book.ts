import { TwoVoices } from "./two-voices.js";

/** One system id on one path, before and after it is known who it is. */
export type Contact = {
  readonly pathKey: string;
  readonly sysid: number;
  /** HEARTBEAT.autopilot. */
  autopilot: number;
  compid: number;
  uid: string | undefined;
  /** It rebooted or was silent: another aircraft may answer now. */
  doubted: boolean;
  /** It answered, and had no unique id to tell. */
  gaveNone: boolean;
  /** It answered with the uid of another that is there. */
  claims: string | undefined;
  /** Another component with the same system id that calls itself an autopilot too, while neither has told an id. */
  beside: { readonly compid: number; readonly heardMs: number } | undefined;
  /** When `uid` was last told. */
  toldMs: number;
  /** A second aircraft that answers behind the same contact. */
  rival: { readonly uid: string; readonly toldMs: number } | undefined;
  /** Its last heartbeat, and its last frame of any kind. */
  heardMs: number;
  frameMs: number;
  nextAskMs: number;
  readonly voices: TwoVoices;
};

export type Recognised =
  | { readonly kind: "new"; readonly uid: string }
  | { readonly kind: "known"; readonly uid: string }
  /** It claims to be one that is heard elsewhere by another system id: not believed while that one is there. */
  | { readonly kind: "taken"; readonly uid: string }
  /** It was another aircraft before, which is not there any more. */
  | { readonly kind: "replaced"; readonly uid: string; readonly before: string }
  /** `first`: it was not known before that they are two. */
  | { readonly kind: "duplicate"; readonly sysid: number; readonly uids: readonly string[]; readonly first: boolean };

export const identityTiming = {
  /** A contact silent this long no longer claims its system id. */
  claimMs: 10_000,
  askEveryMs: 5_000,
  /** While two answer, both are asked often, so that it is soon seen when one has gone. */
  askRivalsMs: 2_000,
  /** Silent longer than this, it must say anew who it is. */
  silentMs: 3_500,
} as const;

/** Who is who. Two aircraft with one system id are both refused until one of them has been silent. */
export class IdentityBook {
  /** By path, then by system id: asked for with every frame, so that no key is put together for it. */
  readonly #contacts = new Map<string, Map<number, Contact>>();
  readonly #refused = new Set<string>();

  /** An autopilot's heartbeat: makes or refreshes its contact. `ask`: its identity must be asked for now. */
  heartbeat(
    pathKey: string,
    sysid: number,
    compid: number,
    autopilot: number,
    tMs: number,
  ): { contact: Contact; ask: boolean } {
    let contact = this.contactOf(pathKey, sysid);
    if (contact === undefined) {
      contact = {
        pathKey,
        sysid,
        autopilot,
        compid,
        ...untold(),
        uid: undefined,
        toldMs: 0,
        heardMs: tMs,
        frameMs: tMs,
        nextAskMs: tMs,
      };
      this.#put(contact);
    }
    const before = contact.compid;
    if (!hasTurn(contact, compid, tMs)) return { contact, ask: false };
    this.#afterSilence(contact, tMs);
    contact.heardMs = tMs;
    contact.autopilot = autopilot;
    contact.compid = compid;
    const ask = tMs >= contact.nextAskMs && !(compid === before && leavesTurn(contact, tMs));
    if (ask) contact.nextAskMs = tMs + askAfterMs(contact);
    return { contact, ask };
  }

  /** Somebody who cannot be asked is this aircraft; false where that is known of the contact already, or another. */
  adopt(pathKey: string, who: Pick<Contact, "sysid" | "compid" | "autopilot" | "uid">, tMs: number): boolean {
    if (this.contactOf(pathKey, who.sysid) !== undefined) return false;
    const times = { toldMs: tMs, heardMs: tMs, frameMs: tMs, nextAskMs: Number.POSITIVE_INFINITY };
    this.#put({ pathKey, ...who, ...untold(), ...times });
    return true;
  }

  contactOf(pathKey: string, sysid: number): Contact | undefined {
    return this.#contacts.get(pathKey)?.get(sysid);
  }

  /** Whether this aircraft must say anew, on this path, who it is. */
  isDoubted(pathKey: string | undefined, sysid: number): boolean {
    return pathKey !== undefined && this.contactOf(pathKey, sysid)?.doubted === true;
  }

  /** A frame of the autopilot behind a contact: one that does not fit makes it asked again. */
  voice(contact: Contact, seq: number, tMs: number): void {
    this.#afterSilence(contact, tMs);
    contact.frameMs = tMs;
    if (contact.uid !== undefined && contact.voices.hear(seq, tMs)) contact.nextAskMs = 0;
  }

  /** Three lost heartbeats are no silence while its telemetry comes: who is heard all the time has not been exchanged. */
  #afterSilence(contact: Contact, tMs: number): void {
    const silentMs = tMs - Math.max(contact.heardMs, contact.frameMs);
    if (contact.uid !== undefined && silentMs > identityTiming.silentMs) this.doubt(contact);
  }

  /** Asks at once, and believes whoever answers. */
  doubt(contact: Contact): void {
    contact.nextAskMs = 0;
    // Two are known to answer: the first of them to do so proves nothing.
    if (contact.rival === undefined) contact.doubted = true;
  }

  /**
   * One aircraft has one system id at a time: whoever changes his is believed when the old one has fallen silent. Cloned autopilots share a uid, and anybody can claim one: to merge the two
   * would mix what they say, and send the orders of the one to the other.
   */
  #isElsewhere(contact: Contact, uid: string, tMs: number): boolean {
    for (const other of this.contacts())
      if (
        other.uid === uid &&
        !other.doubted &&
        other.sysid !== contact.sysid &&
        tMs - other.heardMs <= identityTiming.silentMs
      )
        return true;
    return false;
  }

  /** It answered who it is, and has no id. */
  hasNoUid(contact: Contact): void {
    contact.gaveNone = true;
  }

  /** It rebooted. */
  doubtAll(uid: string): void {
    for (const contact of this.contacts()) if (contact.uid === uid) this.doubt(contact);
  }

  /** An identity was told. A second one behind the same contact, or elsewhere with the same system id, is a duplicate. */
  identify(contact: Contact, uid: string, tMs: number): Recognised {
    const before = contact.uid;
    if (before !== uid && this.#isElsewhere(contact, uid, tMs)) {
      contact.claims = uid;
      contact.nextAskMs = Math.min(contact.nextAskMs, tMs + identityTiming.askRivalsMs);
      return { kind: "taken", uid };
    }
    if (before !== undefined && before !== uid && !contact.doubted) {
      contact.rival = { uid, toldMs: tMs };
      contact.nextAskMs = Math.min(contact.nextAskMs, tMs + identityTiming.askRivalsMs);
    } else {
      contact.uid = uid;
      contact.toldMs = tMs;
    }
    contact.doubted = false;
    contact.gaveNone = false;
    contact.claims = undefined;
    contact.beside = undefined;
    const uids = this.#claimants(contact.sysid, tMs);
    if (uids.length > 1) {
      const first = uids.some((each) => !this.#refused.has(each));
      for (const each of uids) this.#refused.add(each);
      return { kind: "duplicate", sysid: contact.sysid, uids, first };
    }
    if (before !== undefined && before !== uid) return { kind: "replaced", uid, before };
    return { kind: before === undefined ? "new" : "known", uid };
  }

  isDuplicate(uid: string): boolean {
    return this.#refused.has(uid);
  }

  /** The same aircraft speaks by another system id now: what it was called before is nobody. */
  dropOtherSysids(contact: Contact): number | undefined {
    const there = this.#contacts.get(contact.pathKey);
    if (there === undefined) return undefined;
    for (const other of there.values()) {
      if (other === contact || other.uid !== contact.uid) continue;
      there.delete(other.sysid);
      return other.sysid;
    }
    return undefined;
  }

  forgetPath(pathKey: string): void {
    this.#contacts.delete(pathKey);
  }

  /**
   * Lets an aircraft be ordered again once its rival has been gone long enough. Gives the contacts whose aircraft went
   * while the rival stayed: they are the rival's now. `alone`: who has its system id for itself again.
   */
  update(tMs: number): {
    readonly changed: readonly { readonly contact: Contact; readonly before: string }[];
    readonly alone: readonly string[];
  } {
    const changed: { contact: Contact; before: string }[] = [];
    const alone: string[] = [];
    for (const contact of this.contacts()) {
      const { rival, uid } = contact;
      if (rival === undefined || uid === undefined) continue;
      if (tMs - rival.toldMs > identityTiming.claimMs) contact.rival = undefined;
      else if (tMs - contact.toldMs > identityTiming.claimMs) {
        contact.uid = rival.uid;
        contact.toldMs = rival.toldMs;
        contact.rival = undefined;
        changed.push({ contact, before: uid });
      }
    }
    for (const uid of [...this.#refused])
      if (!this.#hasRival(uid, tMs)) {
        this.#refused.delete(uid);
        alone.push(uid);
      }
    return { changed, alone };
  }

  /** One that is silent itself disputes nothing: when it is heard again it must say anew who it is. */
  #hasRival(uid: string, tMs: number): boolean {
    return [...this.contacts()].some((contact) => {
      if (contact.uid !== uid && contact.rival?.uid !== uid) return false;
      if (tMs - contact.heardMs >= identityTiming.claimMs) return false;
      return this.#claimants(contact.sysid, tMs).some((other) => other !== uid);
    });
  }

  /** Who claims this system id: everybody who was heard lately, and those who answer behind the same contact. */
  #claimants(sysid: number, tMs: number): string[] {
    const uids = new Set<string>();
    for (const contact of this.contacts()) {
      if (contact.sysid !== sysid || contact.uid === undefined || tMs - contact.heardMs >= identityTiming.claimMs)
        continue;
      uids.add(contact.uid);
      if (contact.rival !== undefined) uids.add(contact.rival.uid);
    }
    return [...uids].sort();
  }

  #put(contact: Contact): void {
    const there = this.#contacts.get(contact.pathKey);
    if (there === undefined) this.#contacts.set(contact.pathKey, new Map([[contact.sysid, contact]]));
    else there.set(contact.sysid, contact);
  }

  /** Everybody who was ever heard on a path that is still there. */
  *contacts(): Iterable<Contact> {
    for (const there of this.#contacts.values()) yield* there.values();
  }
}

const untold = () =>
  ({
    doubted: false,
    gaveNone: false,
    claims: undefined,
    beside: undefined,
    rival: undefined,
    voices: new TwoVoices(),
  }) as const;

/**
 * A companion computer with the same system id may call itself an autopilot too. Who has told its id is the aircraft,
 * and the other says nothing of it; until one has, they are asked in turn. True when this component is the one asked.
 */
function hasTurn(contact: Contact, compid: number, tMs: number): boolean {
  if (compid === contact.compid) return true;
  const turn = contact.uid === undefined && tMs >= contact.nextAskMs;
  if (contact.uid === undefined) contact.beside = { compid: turn ? contact.compid : compid, heardMs: tMs };
  return turn;
}

/** It was asked last, and the other one comes with its next heartbeat. */
const leavesTurn = ({ beside }: Contact, tMs: number): boolean =>
  beside !== undefined && tMs - beside.heardMs < identityTiming.silentMs;

/** Who is known and not in doubt is not asked: nothing but our heartbeat goes to an aircraft that nobody orders. */
function askAfterMs(contact: Contact): number {
  if (contact.rival !== undefined) return identityTiming.askRivalsMs;
  return contact.uid === undefined || contact.doubted ? identityTiming.askEveryMs : Number.POSITIVE_INFINITY;
}
