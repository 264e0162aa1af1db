import type { Chance, Clock, Disk, Log, Provenance, Role } from "@outrider/contract";
import { z } from "zod";
import { sessionHours } from "../http/index.js";
import type { Session } from "../kernel/index.js";
import { sha256Hex } from "../record/index.js";
import { rolesAt } from "./who-may.js";

const lastsMs = sessionHours * 3_600_000;
const fileName = "sessions.json";

const stored = z.array(
  z.strictObject({
    hash: z.string(),
    sessionId: z.string(),
    personId: z.string(),
    name: z.string(),
    roles: z.array(z.enum(["pic", "rtcc", "trainer", "supervisor", "officer", "auditor", "admin"])),
    demo: z.boolean(),
    untilMs: z.number(),
  }),
);
type Held = z.infer<typeof stored>[number] & { usedMs: number };

export type SessionDeps = {
  readonly wall: Clock;
  readonly chance: Chance;
  readonly disk: Disk;
  readonly log: Log;
  /** At a live site a trainer's role is worth nothing: what he may see is simulated. */
  readonly provenance: Provenance;
};

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/**
 * Who is signed in. Tokens are 256 random bits, held and stored only as their hash; a session ends after 13 hours
 * (a 12-hour watch and its hand-over), whatever happens. They outlive a restart of the station, so that a crash in
 * the middle of a flight does not also sign the pilot out.
 */
export class Sessions {
  readonly #deps: SessionDeps;
  readonly #byHash = new Map<string, Held>();
  readonly #bySessionId = new Map<string, Held>();
  readonly #listeners: ((sessionId: string) => void)[] = [];
  #saving = false;
  #dirty = false;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
  }

  load(done: () => void): void {
    this.#deps.disk.read(fileName, (bytes) => {
      for (const held of this.#read(bytes)) this.#hold({ ...held, usedMs: 0 });
      done();
    });
  }

  #read(bytes: Uint8Array | undefined): z.infer<typeof stored> {
    if (bytes === undefined) return [];
    try {
      const parsed = stored.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
      if (parsed.success) return parsed.data;
    } catch {}
    this.#deps.log("warn", "stored sessions could not be read: everybody signs in again");
    return [];
  }

  #hold(held: Held): void {
    this.#byHash.set(held.hash, held);
    this.#bySessionId.set(held.sessionId, held);
  }

  create(person: { personId: string; name: string; roles: readonly Role[]; demo: boolean }): {
    token: string;
    session: Session;
  } {
    const token = base64url(this.#deps.chance.bytes(32));
    const nowMs = this.#deps.wall.nowMs();
    const held: Held = {
      hash: sha256Hex(token),
      sessionId: this.#deps.chance.id("s"),
      personId: person.personId,
      name: person.name,
      roles: [...person.roles],
      demo: person.demo,
      untilMs: nowMs + lastsMs,
      usedMs: nowMs,
    };
    this.#hold(held);
    this.#save();
    return { token, session: this.#toSession(held) };
  }

  byToken(token: string): Session | undefined {
    if (token.length > 100) return undefined;
    return this.#live(this.#byHash.get(sha256Hex(token)));
  }

  /** The session as it is now: roles may have changed since, or it may have ended. */
  byId(sessionId: string): Session | undefined {
    return this.#live(this.#bySessionId.get(sessionId));
  }

  #live(held: Held | undefined): Session | undefined {
    if (held === undefined) return undefined;
    const nowMs = this.#deps.wall.nowMs();
    if (nowMs >= held.untilMs) {
      this.end(held.sessionId);
      return undefined;
    }
    held.usedMs = nowMs;
    return this.#toSession(held);
  }

  /** Whether any session of the person was used lately: a second browser is then a second demo person. */
  usedWithin(personId: string, ms: number): boolean {
    const nowMs = this.#deps.wall.nowMs();
    return [...this.#byHash.values()].some((held) => held.personId === personId && nowMs - held.usedMs < ms);
  }

  /** Takes effect on the next message or within one sweep of the live wire. */
  setRoles(personId: string, roles: readonly Role[]): void {
    for (const held of this.#byHash.values()) {
      if (held.personId !== personId) continue;
      held.roles = [...roles];
      for (const listener of this.#listeners) listener(held.sessionId);
    }
    this.#save();
  }

  end(sessionId: string): void {
    const held = this.#bySessionId.get(sessionId);
    if (held === undefined) return;
    this.#bySessionId.delete(sessionId);
    this.#byHash.delete(held.hash);
    this.#save();
    for (const listener of this.#listeners) listener(sessionId);
  }

  /** Told when a session ended or its roles changed. */
  onChange(listener: (sessionId: string) => void): void {
    this.#listeners.push(listener);
  }

  #save(): void {
    this.#dirty = true;
    if (this.#saving) return;
    this.#saving = true;
    this.#dirty = false;
    const rows = [...this.#byHash.values()].map(({ usedMs: _, ...row }) => row);
    this.#deps.disk.replace(fileName, new TextEncoder().encode(JSON.stringify(rows)), (error) => {
      this.#saving = false;
      if (error) this.#deps.log("warn", "sessions could not be stored", { error: error.message });
      else if (this.#dirty) this.#save();
    });
  }

  #toSession({ personId, name, roles, demo, sessionId }: Held): Session {
    return { personId, name, roles: rolesAt(roles, this.#deps.provenance), demo, sessionId };
  }
}
