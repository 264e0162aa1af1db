import type { Log } from "@outrider/contract";
import type { FactSink } from "../journal/index.js";
import { type Contact, identityTiming } from "./book.js";

/** `noUid`: it answered, and its autopilot has no unique id. `uidTaken`: it has the id of another one that is there. */
type Reason = "silent" | "noUid" | "uidTaken";

const reasonOf = ({ gaveNone, claims }: Contact): Reason =>
  gaveNone ? "noUid" : claims === undefined ? "silent" : "uidTaken";

const words: Readonly<Record<Reason, readonly ["warn" | "error", string]>> = {
  silent: ["warn", "an autopilot does not say who it is: it is watched and never ordered"],
  noUid: ["error", "an autopilot has no unique id: it cannot be enrolled, give it firmware that has one"],
  uidTaken: ["error", "two autopilots tell one unique id: the one that was heard first is the aircraft"],
};

type Standing = {
  readonly sinceMs: number;
  readonly endpoint: string;
  told: Reason | undefined;
  /** Told and over. It keeps its place for a while: made-up system ids must not fill the journal. */
  endedMs: number | undefined;
};

const bounds = {
  /** Two rounds of asking, three tries each: a bad link is no stranger. */
  graceMs: 10_000,
  /** Told at most this many at a time; one that is over counts this long. */
  most: 16,
  coolMs: 60_000,
} as const;

/** Autopilots that were asked who they are and did not say it: nothing is ever ordered of them, and that is made visible. */
export class Unidentified {
  readonly #sink: FactSink;
  readonly #log: Log;
  readonly #standing = new Map<string, Standing>();

  constructor(deps: { readonly sink: FactSink; readonly log: Log }) {
    this.#sink = deps.sink;
    this.#log = deps.log;
  }

  /** Judges everybody who is heard. `endpointOf`: link and peer of a path, in words. */
  update(contacts: Iterable<Contact>, endpointOf: (pathKey: string) => string, tMs: number): void {
    const seen = new Set<string>();
    for (const contact of contacts) {
      const key = `${contact.pathKey}#${contact.sysid}`;
      seen.add(key);
      const unknown = contact.uid === undefined || contact.doubted;
      const heard = tMs - contact.heardMs < identityTiming.claimMs;
      if (unknown && heard) this.#unknown(key, contact, endpointOf(contact.pathKey), tMs);
      else this.#over(key, contact.sysid, heard ? "identified" : "gone", tMs);
    }
    for (const [key, { endedMs }] of this.#standing) {
      if (!seen.has(key)) this.#over(key, Number(key.slice(key.lastIndexOf("#") + 1)), "gone", tMs);
      if (endedMs !== undefined && tMs - endedMs > bounds.coolMs) this.#standing.delete(key);
    }
  }

  /** Another run: what stood in the last one is nobody. */
  clear(): void {
    this.#standing.clear();
  }

  #unknown(key: string, contact: Contact, endpoint: string, tMs: number): void {
    let standing = this.#standing.get(key);
    if (standing === undefined && this.#standing.size >= bounds.most) return;
    if (standing === undefined || standing.endedMs !== undefined) {
      standing = { sinceMs: tMs, endpoint, told: undefined, endedMs: undefined };
      this.#standing.set(key, standing);
    }
    const reason = reasonOf(contact);
    if (standing.told === reason) return;
    if (reason === "silent" && tMs - standing.sinceMs < bounds.graceMs) return;
    standing.told = reason;
    const { sysid, compid } = contact;
    const about = { endpoint, sysid, compid, reason, sinceMs: standing.sinceMs };
    const uid = reason === "uidTaken" ? contact.claims : contact.uid;
    this.#log(...words[reason], about);
    this.#sink("AircraftUnidentified", uid === undefined ? about : { ...about, uid });
  }

  #over(key: string, sysid: number, why: "identified" | "gone", tMs: number): void {
    const standing = this.#standing.get(key);
    if (standing === undefined || standing.endedMs !== undefined) return;
    if (standing.told === undefined) {
      this.#standing.delete(key);
      return;
    }
    standing.endedMs = tMs;
    this.#sink("AircraftUnidentifiedOver", { endpoint: standing.endpoint, sysid, why });
  }
}
