import { type ActBody, type Actor, type HttpRequest, newFact, type SessionView } from "@outrider/contract";
import {
  endedCookie,
  httpLimits,
  problemResponse,
  readCookie,
  sessionCookie,
  sessionCookieName,
  TokenBuckets,
} from "../http/index.js";
import { actRoute, type Reply, type Route, type Session, type StationContext, systemActor } from "../kernel/index.js";
import { type DemoRole, demoImpossible, demoPerson } from "./demo-people.js";
import type { Sessions } from "./sessions.js";
import type { Tickets } from "./tickets.js";

/** Checks a password against a stored argon2id hash, off this thread where it can. */
export type PasswordCheck = (hash: string, password: string, done: (fits: boolean) => void) => void;

export type LoginDeps = {
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly passwordCheck: PasswordCheck;
  readonly watchIdOf: (personId: string) => string | undefined;
  /** Call signs of aircraft that the person answers for now: they must be taken by somebody before a logout. */
  readonly answersFor: (personId: string) => readonly string[];
};

type Person = Pick<Session, "personId" | "name" | "roles" | "demo">;

/** A hash of nothing anybody knows, so that an unknown name takes as long as a wrong password. */
export const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$gWFsyNOLRbYMjKPlrOVGGxIpOEmZGNYwIoJUNyoVlNs";
const mostOfOneRole = 99;
/** A desk that is open is seen every second by its socket. */
const inUseMs = 10_000;

const tooManyTries = (what: string) =>
  problemResponse(429, "Too many tries", `This ${what} tried too often.`, "Wait a minute.", { "retry-after": "60" });

function actorFor(person: Person): Actor {
  const role = person.roles[0];
  return role === undefined ? systemActor : { kind: "person", personId: person.personId, name: person.name, role };
}

/** Signing in and out, and the ticket that opens a live socket. */
export class Login {
  readonly #context: StationContext;
  readonly #deps: LoginDeps;
  readonly #perAddress = new TokenBuckets(httpLimits.loginPerAddress);
  readonly #perAccount = new TokenBuckets(httpLimits.loginPerAccount);

  constructor(context: StationContext, deps: LoginDeps) {
    this.#context = context;
    this.#deps = deps;
  }

  routes(): readonly Route[] {
    return [
      actRoute({
        act: "login",
        roles: "anyone",
        handle: ({ body, request }, reply) => this.#login(body, request, reply),
      }),
      actRoute({
        act: "logout",
        roles: "anyone",
        handle: ({ session }, reply) => (session === undefined ? reply.ok({}) : this.#logout(session, reply)),
      }),
      actRoute({
        act: "liveTicket",
        roles: ["pic", "rtcc", "trainer", "supervisor", "auditor"],
        handle: ({ session }, reply) =>
          session === undefined ? undefined : reply.ok({ ticket: this.#deps.tickets.issue(session.sessionId) }),
      }),
      {
        kind: "get",
        path: "/session",
        roles: "anyone",
        summary: "Who is signed in, and whether demo logins exist here",
        handle: ({ session }, reply) => reply.ok(this.#about(session)),
      },
    ];
  }

  #about(session: Session | undefined) {
    const { config } = this.#context;
    return {
      session: session === undefined ? undefined : this.#view(session),
      demo: demoImpossible(config) === undefined,
      site: config.site.name,
      sim: config.site.provenance === "sim",
    };
  }

  #view({ personId, name, roles, demo }: Session): SessionView {
    return { personId, name, roles, demo, watchId: this.#deps.watchIdOf(personId) };
  }

  #login(body: ActBody<"login">, request: HttpRequest, reply: Reply): void {
    if ("demoRole" in body) return this.#demoLogin(body.demoRole, request, reply);
    const nowMs = this.#context.clocks.wall.nowMs();
    if (!this.#perAddress.take(request.remote, nowMs)) return reply.raw(tooManyTries("address"));
    const account = body.name.toLowerCase();
    if (!this.#perAccount.take(account, nowMs)) return reply.raw(tooManyTries("account"));
    const { people } = this.#context.config;
    const person = people.find((one) => one.personId === account || one.name.toLowerCase() === account);
    this.#deps.passwordCheck(person?.passwordHash ?? nobodysHash, body.password, (fits) => {
      if (!fits || person?.passwordHash === undefined) return this.#refuse(reply);
      const { personId, name, roles } = person;
      this.#enter({ personId, name, roles, demo: false }, request, reply);
    });
  }

  #refuse(reply: Reply): void {
    this.#context.kernel.commit([newFact("LoginRefused", { why: "name or password does not fit" }, systemActor)]);
    reply.problem(401, "Not signed in", "Name or password does not fit.", "Check both; ask your supervisor.");
  }

  #demoLogin(role: DemoRole, request: HttpRequest, reply: Reply): void {
    const why = demoImpossible(this.#context.config);
    if (why !== undefined) return reply.problem(403, "No demo logins here", `Demo logins do not exist: ${why}.`);
    const mine = this.#sessionOf(request)?.personId;
    for (let n = 1; n <= mostOfOneRole; n++) {
      const person = demoPerson(role, n);
      if (person.personId === mine || !this.#deps.sessions.usedWithin(person.personId, inUseMs))
        return this.#enter({ ...person, demo: true }, request, reply);
    }
    reply.problem(429, "Too many", `There are ${mostOfOneRole} of this role already.`);
  }

  #sessionOf(request: HttpRequest): Session | undefined {
    const token = readCookie(request.headers["cookie"], sessionCookieName);
    return token === undefined ? undefined : this.#deps.sessions.byToken(token);
  }

  /** A new session at each login: one that was planted before is worth nothing after. */
  #enter(person: Person, request: HttpRequest, reply: Reply): void {
    const before = this.#sessionOf(request);
    const { token, session } = this.#deps.sessions.create(person);
    if (before !== undefined) this.#deps.sessions.end(before.sessionId);
    const { personId, name, roles, demo } = person;
    const fact = newFact("LoggedIn", { personId, name, roles: [...roles], demo }, actorFor(person));
    // Sign-in must work while the disk does not: somebody has to bring the aircraft home.
    this.#context.kernel.commit([fact], () =>
      reply.raw({
        status: 200,
        headers: {
          "content-type": "application/json",
          "cache-control": "no-store",
          "set-cookie": sessionCookie(token),
        },
        body: JSON.stringify(this.#view(session)),
      }),
    );
  }

  #logout(session: Session, reply: Reply): void {
    const held = this.#deps.answersFor(session.personId);
    if (held.length > 0)
      return reply.problem(
        409,
        "Aircraft in your hands",
        `You answer for ${held.join(", ")}.`,
        "Hand them over or bring them home first.",
      );
    this.#deps.sessions.end(session.sessionId);
    const headers = {
      "content-type": "application/json",
      "cache-control": "no-store",
      "set-cookie": endedCookie,
      "clear-site-data": '"cookies", "storage"',
    };
    const fact = newFact("LoggedOut", { personId: session.personId }, actorFor(session));
    this.#context.kernel.commit([fact], () => reply.raw({ status: 200, headers, body: "{}" }));
  }
}
