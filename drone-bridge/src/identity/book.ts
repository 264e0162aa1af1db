/** One system id on one path, before and after it is known who it is. */
export type Contact = {
  readonly pathKey: string;
  readonly sysid: number;
  /** HEARTBEAT.autopilot. */
  autopilot: number;
  compid: number;
  uid: string | undefined;
  heardMs: number;
  nextAskMs: number;
};

export type Recognised =
  | { readonly kind: "new"; readonly uid: string }
  | { readonly kind: "known"; readonly uid: string }
  | { readonly kind: "duplicate"; readonly sysid: number; readonly uids: readonly string[] };

/** A contact silent this long no longer claims its system id. */
const claimMs = 10_000;
const askEveryMs = 5_000;

/** Who is who. Two aircraft with one system id are both refused until one of them has been silent. */
export class IdentityBook {
  readonly #contacts = new Map<string, Contact>();
  readonly #refused = new Set<string>();

  /** An autopilot's heartbeat: makes or refreshes its contact. `ask`: its identity must be asked for now. */
  heartbeat(
    pathKey: string,
    sysid: number,
    compid: number,
    autopilot: number,
    tMs: number,
  ): { contact: Contact; ask: boolean } {
    const key = keyOf(pathKey, sysid);
    let contact = this.#contacts.get(key);
    if (contact === undefined) {
      contact = { pathKey, sysid, autopilot, compid, uid: undefined, heardMs: tMs, nextAskMs: tMs };
      this.#contacts.set(key, contact);
    }
    contact.heardMs = tMs;
    contact.autopilot = autopilot;
    const ask = contact.uid === undefined && tMs >= contact.nextAskMs;
    if (ask) contact.nextAskMs = tMs + askEveryMs;
    return { contact, ask };
  }

  contactOf(pathKey: string, sysid: number): Contact | undefined {
    return this.#contacts.get(keyOf(pathKey, sysid));
  }

  /** An identity was told. A second one behind the same contact, or elsewhere with the same system id, is a duplicate. */
  identify(contact: Contact, uid: string, tMs: number): Recognised {
    const rivals = [...this.#contacts.values()].filter(
      (other) =>
        other.sysid === contact.sysid && other.uid !== undefined && other.uid !== uid && tMs - other.heardMs < claimMs,
    );
    const before = contact.uid;
    contact.uid = uid;
    const uids = [...new Set([uid, ...rivals.map((rival) => rival.uid ?? "")])].sort();
    if (uids.length > 1) {
      for (const each of uids) this.#refused.add(each);
      return { kind: "duplicate", sysid: contact.sysid, uids };
    }
    return { kind: before === undefined ? "new" : "known", uid };
  }

  isDuplicate(uid: string): boolean {
    return this.#refused.has(uid);
  }

  forgetPath(pathKey: string): void {
    for (const [key, contact] of this.#contacts) if (contact.pathKey === pathKey) this.#contacts.delete(key);
  }

  /** Asks again who it is, after a reboot: another aircraft may answer now. */
  askAgain(uid: string): void {
    for (const contact of this.#contacts.values()) if (contact.uid === uid) contact.nextAskMs = 0;
  }

  /** Lets an aircraft be ordered again once its rival has been gone long enough. */
  update(tMs: number): void {
    for (const uid of [...this.#refused]) {
      const own = [...this.#contacts.values()].filter((contact) => contact.uid === uid);
      const rival = [...this.#contacts.values()].some(
        (contact) =>
          contact.uid !== uid &&
          contact.uid !== undefined &&
          tMs - contact.heardMs < claimMs &&
          own.some((mine) => mine.sysid === contact.sysid),
      );
      if (!rival && own.length > 0) this.#refused.delete(uid);
    }
  }
}

const keyOf = (pathKey: string, sysid: number): string => `${pathKey}#${sysid}`;
