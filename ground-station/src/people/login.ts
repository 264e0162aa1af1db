import { type ActBody, type Actor, type Chance, type Config, type HttpRequest, newFact } from "@outrider/contract";
import {
  endedCookie,
  httpLimits,
  problemResponse,
  readCookie,
  sessionCookie,
  sessionCookieName,
  TokenBuckets,
} from "../http/index.js";
import { actRoute, type Kernel, type Reply, type Route, type Session, systemActor } from "../kernel/index.js";
import { type DemoRole, demoImpossible, demoPerson } from "./demo-people.js";
import type { Sessions } from "./sessions.js";
import type { Tickets } from "./tickets.js";

/** Checks a password against a stored argon2id hash, off this thread where it can. */
export type PasswordCheck = (hash: string, password: string, done: (fits: boolean) => void) => void;

export type LoginDeps = {
  readonly kernel: Kernel;
  readonly config: Config;
  readonly chance: Chance;
  readonly wallNowMs: () => number;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly passwordCheck: PasswordCheck;
  readonly watchIdOf: (personId: string) => string | undefined;
  /** Call signs of aircraft that the person answers for now: they must be taken by somebody before a logout. */
  readonly answersFor: (personId: string) => readonly string[];
};

/** A hash of nothing anybody knows, so that an unknown name takes as long as a wrong password. */
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$gWFsyNOLRbYMjKPlrOVGGxIpOEmZGNYwIoJUNyoVlNs";
const fullNames = 99;

const actorFor = (session: Session): Actor => {
  const role = session.roles[0];
  return role === undefined ? systemActor : { kind: "person", personId: session.personId, name: session.name, role };
};

export function loginRoutes(deps: LoginDeps): readonly Route[] {
  const perAddress = new TokenBuckets(httpLimits.loginPerAddress);
  const perAccount = new TokenBuckets(httpLimits.loginPerAccount);

  const sessionView = (session: Session) => ({
    personId: session.personId,
    name: session.name,
    roles: session.roles,
    demo: session.demo,
    watchId: deps.watchIdOf(session.personId),
  });

  const refuseLogin = (reply: Reply): void => {
    deps.kernel.commit([newFact("LoginRefused", { why: "name or password does not fit" }, systemActor)]);
    reply.problem(401, "Not signed in", "Name or password does not fit.", "Check both; ask your supervisor.");
  };

  const enter = (
    person: { personId: string; name: string; roles: readonly Session["roles"][number][]; demo: boolean },
    request: HttpRequest,
    reply: Reply,
  ): void => {
    // A new session id at each login: one that was planted before is worth nothing after.
    const old = readCookie(request.headers["cookie"], sessionCookieName);
    const before = old === undefined ? undefined : deps.sessions.byToken(old);
    const { token, session } = deps.sessions.create(person);
    const fact = newFact(
      "LoggedIn",
      { personId: person.personId, name: person.name, roles: [...person.roles], demo: person.demo },
      actorFor(session),
    );
    if (before) deps.sessions.end(before.sessionId);
    // Sign-in must work while the disk does not: somebody has to bring the aircraft home.
    deps.kernel.commit([fact], () =>
      reply.raw({
        status: 200,
        headers: {
          "content-type": "application/json",
          "cache-control": "no-store",
          "set-cookie": sessionCookie(token),
        },
        body: JSON.stringify(sessionView(session)),
      }),
    );
  };

  const demoLogin = (role: DemoRole, request: HttpRequest, reply: Reply): void => {
    const why = demoImpossible(deps.config);
    if (why !== undefined) return reply.problem(403, "No demo logins here", `Demo logins do not exist: ${why}.`);
    const token = readCookie(request.headers["cookie"], sessionCookieName);
    const mine = token === undefined ? undefined : deps.sessions.byToken(token)?.personId;
    for (let n = 1; n <= fullNames; n++) {
      const person = demoPerson(role, n);
      if (person.personId === mine || !deps.sessions.usedWithin(person.personId, 60_000))
        return enter({ ...person, demo: true }, request, reply);
    }
    reply.problem(429, "Too many", "There are 99 of this role already.");
  };

  const passwordLogin = (body: { name: string; password: string }, request: HttpRequest, reply: Reply): void => {
    const account = body.name.toLowerCase();
    if (!perAccount.take(account, deps.wallNowMs()))
      return reply.raw(
        problemResponse(429, "Too many tries", "This account was tried too often.", "Wait a minute.", {
          "retry-after": "60",
        }),
      );
    const person = deps.config.people.find((one) => one.personId === account || one.name.toLowerCase() === account);
    deps.passwordCheck(person?.passwordHash ?? nobodysHash, body.password, (fits) => {
      if (!fits || person?.passwordHash === undefined) return refuseLogin(reply);
      enter({ personId: person.personId, name: person.name, roles: person.roles, demo: false }, request, reply);
    });
  };

  const login = (body: ActBody<"login">, request: HttpRequest, reply: Reply): void => {
    if ("demoRole" in body) return demoLogin(body.demoRole, request, reply);
    if (!perAddress.take(request.remote, deps.wallNowMs()))
      return reply.raw(
        problemResponse(429, "Too many tries", "This address tried too often.", "Wait a minute.", {
          "retry-after": "60",
        }),
      );
    passwordLogin(body, request, reply);
  };

  const logout = (session: Session, reply: Reply): void => {
    const held = deps.answersFor(session.personId);
    if (held.length > 0)
      return reply.problem(
        409,
        "Aircraft in your hands",
        `You answer for ${held.join(", ")}.`,
        "Hand them over or bring them home first.",
      );
    deps.sessions.end(session.sessionId);
    deps.kernel.commit([newFact("LoggedOut", { personId: session.personId }, actorFor(session))], () =>
      reply.raw({
        status: 200,
        headers: {
          "content-type": "application/json",
          "cache-control": "no-store",
          "set-cookie": endedCookie,
          "clear-site-data": '"cookies", "storage"',
        },
        body: "{}",
      }),
    );
  };

  return [
    actRoute({ act: "login", roles: "anyone", handle: ({ body, request }, reply) => login(body, request, reply) }),
    actRoute({
      act: "logout",
      roles: "anyone",
      handle: ({ session }, reply) => (session === undefined ? reply.ok({}) : logout(session, reply)),
    }),
    actRoute({
      act: "liveTicket",
      roles: ["pic", "rtcc", "trainer", "supervisor", "auditor"],
      handle: ({ session }, reply) =>
        session === undefined ? undefined : reply.ok({ ticket: deps.tickets.issue(session.sessionId) }),
    }),
    {
      kind: "get",
      path: "/session",
      roles: "anyone",
      summary: "Who is signed in, and whether demo logins exist here",
      handle: ({ session }, reply) =>
        reply.ok({
          session: session === undefined ? undefined : sessionView(session),
          demo: demoImpossible(deps.config) === undefined,
          site: deps.config.site.name,
          sim: deps.config.site.provenance === "sim",
        }),
    },
  ];
}
