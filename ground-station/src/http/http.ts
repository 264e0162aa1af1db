import { acts, type Clock, type HttpRequest, type HttpResponse, type Log } from "@outrider/contract";
import type { z } from "zod";
import type { ActRoute, GetRoute, PageRoute, Reply, Route, Session } from "../kernel/index.js";
import { readCookie, sessionCookieName } from "./cookie.js";
import { securityHeaders } from "./headers.js";
import { httpLimits } from "./limits.js";
import type { Metrics } from "./metrics.js";
import { openapiDocument } from "./openapi.js";
import { jsonResponse, problemResponse } from "./problem.js";
import { isJson, readJson } from "./read-json.js";
import { replyOnce } from "./reply.js";
import { apiRoot, createRouteTable, type Found, type Lookup } from "./route-table.js";
import { hostIsOurs, mayAct, mayRead, type OriginPolicy } from "./same-origin.js";
import { lostPage, type StaticFiles, serveStatic } from "./static-files.js";
import { TokenBuckets } from "./token-bucket.js";

export type HttpDeps = {
  readonly routes: readonly Route[];
  readonly sessionOf: (token: string) => Session | undefined;
  readonly policy: OriginPolicy;
  readonly tls: boolean;
  readonly wall: Clock;
  readonly run: Clock;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly files: StaticFiles;
  /** The city file as bytes, served as it is. */
  readonly city: Uint8Array | undefined;
  readonly version: string;
  /** Undefined when ready, else why not. */
  readonly notReady: () => string | undefined;
  /** Whether the record has been read: before that no route may look at a state that is not whole. */
  readonly answering: () => boolean;
};

export type Http = {
  handle(request: HttpRequest, respond: (response: HttpResponse) => void): void;
  /** Largest body worth reading for this request: the socket side stops there. */
  maxBytes(method: string, path: string): number;
  /** The socket side has refused a body that is larger: nothing of it was read, so nothing else here hears of it. */
  onTooLarge(method: string, path: string): void;
};

type Call = { readonly request: HttpRequest; readonly reply: Reply; readonly session: Session | undefined };

const isLoopback = (remote: string): boolean => /^(::ffff:)?127\.|^::1$/.test(remote);

/** The whole HTTP edge without a socket: what enters here is what a real or a simulated listener heard. */
class HttpEdge implements Http {
  readonly #deps: HttpDeps;
  readonly #find: (method: string, path: string) => Lookup;
  readonly #openapi: string;
  readonly #addresses = new TokenBuckets(httpLimits.perAddress);
  readonly #publicAddresses = new TokenBuckets(httpLimits.publicPerAddress);

  constructor(deps: HttpDeps) {
    this.#deps = deps;
    this.#find = createRouteTable(deps.routes);
    this.#openapi = JSON.stringify(openapiDocument(deps.routes, deps.version));
  }

  handle(request: HttpRequest, respond: (response: HttpResponse) => void): void {
    const headers = securityHeaders(request.path, this.#deps.tls);
    this.#dispatch(request, (response) => {
      this.#deps.metrics.count("http_answers", { status: String(response.status) });
      respond({
        status: response.status,
        headers: { ...headers, ...response.headers },
        body: request.method === "HEAD" ? "" : response.body,
      });
    });
  }

  maxBytes(method: string, path: string): number {
    const route = this.#routeAt(method, path);
    return route?.kind === "raw" || route?.kind === "page" ? route.maxBytes : httpLimits.jsonBytes;
  }

  onTooLarge(method: string, path: string): void {
    const route = this.#routeAt(method, path);
    this.#deps.metrics.count("http_answers", { status: "413" });
    this.#deps.log("warn", "body too large", { method, path: route === undefined ? "unknown" : path.slice(0, 200) });
    if (route?.kind === "raw") route.onTooLarge?.();
  }

  #routeAt(method: string, path: string): Route | undefined {
    const lookup = this.#find(method, path);
    return lookup.kind === "found" ? lookup.found.route : undefined;
  }

  #dispatch(request: HttpRequest, respond: (response: HttpResponse) => void): void {
    if (!hostIsOurs(this.#deps.policy, request.headers["host"]))
      return respond(problemResponse(421, "Wrong host", "This server does not answer for that host name."));
    const lookup = this.#find(request.method === "HEAD" ? "GET" : request.method, request.path);
    if (this.#tooMany(request, lookup)) return respond(tooMany());
    if (lookup.kind === "found") {
      if (this.#deps.answering()) return this.#answer(lookup.found, request, respond);
      return respond(
        problemResponse(503, "Starting", "The record is being read.", "Ask again in a second.", { "retry-after": "1" }),
      );
    }
    if (lookup.kind === "wrongMethod")
      return respond(
        problemResponse(405, "Wrong method", `${request.path} takes ${lookup.allow}.`, undefined, {
          allow: lookup.allow,
        }),
      );
    const isRead = request.method === "GET" || request.method === "HEAD";
    const found = isRead ? (this.#ops(request) ?? serveStatic(this.#deps.files, request.path)) : undefined;
    // Beneath these roots only machines and our own pages ask, whatever they accept.
    const ofMachines = request.path.startsWith("/api/") || request.path.startsWith("/assets/");
    const lost = isRead && !ofMachines ? lostPage(this.#deps.files, request.headers["accept"]) : undefined;
    respond(found ?? lost ?? problemResponse(404, "Not found", `There is nothing at ${request.path.slice(0, 200)}.`));
  }

  /** Machine routes have limits of their own: a flood of alerts is kept and merged, never dropped at the door. */
  #tooMany(request: HttpRequest, lookup: Lookup): boolean {
    const nowMs = this.#deps.wall.nowMs();
    if (lookup.kind === "found" && lookup.found.route.kind === "raw") return false;
    if (!this.#addresses.take(request.remote, nowMs)) return true;
    return request.path.startsWith(`${apiRoot}/public`) && !this.#publicAddresses.take(request.remote, nowMs);
  }

  #answer({ route, params }: Found, request: HttpRequest, respond: (response: HttpResponse) => void): void {
    const deps = this.#deps;
    const reply = replyOnce(respond, () => deps.log("error", "a route answered twice", { path: request.path }));
    try {
      if (route.kind === "raw") return route.handle(request, reply);
      const token = readCookie(request.headers["cookie"], sessionCookieName);
      const session = token === undefined ? undefined : deps.sessionOf(token);
      const call = { request, reply, session };
      if (route.kind === "get") answerGet(route, params, call, deps);
      else if (route.kind === "page") answerPage(route, params, call, deps);
      else answerAct(route, params, call, deps);
    } catch (error) {
      deps.metrics.count("http_broken");
      deps.log("error", "a route broke", {
        path: request.path,
        error: error instanceof Error ? error.stack : String(error),
      });
      reply.problem(
        500,
        "Broken",
        "The server failed on this request. It is in the log.",
        "Try again; tell the operator.",
      );
    }
  }

  #ops(request: HttpRequest): HttpResponse | undefined {
    switch (request.path) {
      case "/healthz":
        return jsonResponse({ state: "alive" });
      case "/readyz": {
        const why = this.#deps.notReady();
        // Run time: who posts into a simulated run that is ahead of the wall clock has to say when in that run.
        const nowMs = this.#deps.run.nowMs();
        return why === undefined ? jsonResponse({ state: "ready", nowMs }) : problemResponse(503, "Not ready", why);
      }
      case "/metrics":
        return isLoopback(request.remote)
          ? { status: 200, headers: { "content-type": "text/plain; version=0.0.4" }, body: this.#deps.metrics.text() }
          : problemResponse(403, "Not allowed", "Metrics are answered on this machine only.");
      case `${apiRoot}/openapi.json`:
        return sharedJson(this.#openapi);
      case `${apiRoot}/city`:
        return this.#deps.city === undefined
          ? problemResponse(404, "No city", "This station has no city file.")
          : sharedJson(this.#deps.city);
      default:
        return undefined;
    }
  }
}

/** @throws Error when two parts claim one route */
export const createHttp = (deps: HttpDeps): Http => new HttpEdge(deps);

const sharedJson = (body: string | Uint8Array): HttpResponse => ({
  status: 200,
  headers: { "content-type": "application/json", "cache-control": "no-cache" },
  body,
});

const tooMany = (): HttpResponse =>
  problemResponse(429, "Too many requests", "This address asks too often.", "Wait a second and ask again.", {
    "retry-after": "1",
  });

/** Whether the session may use the route; answers itself where not. */
function allowed(route: ActRoute | GetRoute | PageRoute, call: Call, deps: HttpDeps): boolean {
  if (route.roles === "anyone") return true;
  const { session } = call;
  if (session === undefined) {
    call.reply.problem(401, "Not signed in", "This needs a session.", "Sign in and try again.");
    return false;
  }
  const { roles } = route;
  if (session.roles.some((role) => roles.includes(role))) return true;
  deps.metrics.count("http_role_refused");
  call.reply.problem(403, "Not allowed", `This needs one of these roles: ${roles.join(", ")}.`);
  return false;
}

function answerGet(route: GetRoute, params: Readonly<Record<string, string>>, call: Call, deps: HttpDeps): void {
  const foreign = mayRead(deps.policy, call.request);
  if (foreign !== undefined && route.roles !== "anyone")
    return call.reply.problem(403, "Not from here", `Only our own pages may read this: ${foreign}.`);
  if (allowed(route, call, deps)) route.handle({ params, session: call.session, request: call.request }, call.reply);
}

/** Whether one of our own pages asks; answers itself where not. */
function fromOurPage({ request, reply }: Call, deps: HttpDeps): boolean {
  const foreign = mayAct(deps.policy, request);
  if (foreign === undefined) return true;
  deps.metrics.count("http_foreign_refused");
  reply.problem(403, "Not from here", `Only our own pages may do this: ${foreign}.`);
  return false;
}

function answerPage(route: PageRoute, params: Readonly<Record<string, string>>, call: Call, deps: HttpDeps): void {
  const { request, reply, session } = call;
  if (!fromOurPage(call, deps)) return;
  const { contentType, maxBytes } = route;
  const given = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (contentType !== undefined && given !== contentType)
    return reply.problem(415, "Wrong content", `This takes ${contentType}.`, `Send content-type: ${contentType}.`);
  if (request.body.byteLength > maxBytes)
    return reply.problem(413, "Too large", `The body is larger than ${maxBytes} bytes.`);
  if (allowed(route, call, deps)) route.handle({ params, session, request }, reply);
}

function answerAct(route: ActRoute, params: Readonly<Record<string, string>>, call: Call, deps: HttpDeps): void {
  const { request, reply } = call;
  if (!fromOurPage(call, deps)) return;
  if (!isJson(request.headers["content-type"]))
    return reply.problem(415, "Not JSON", "This takes a JSON body.", "Send content-type: application/json.");
  if (request.body.byteLength > httpLimits.jsonBytes)
    return reply.problem(413, "Too large", `The body is larger than ${httpLimits.jsonBytes} bytes.`);
  if (!allowed(route, call, deps)) return;
  const read = request.body.byteLength === 0 ? { kind: "ok" as const, value: {} } : readJson(request.body);
  if (read.kind === "bad") return reply.problem(read.status, "Bad body", read.detail);
  const schema: z.ZodType = acts[route.act].body;
  const checked = schema.safeParse(read.value);
  if (!checked.success) return reply.problem(422, "Body not accepted", describe(checked.error));
  // The schema of this very act has just said so.
  const body = checked.data as Parameters<typeof route.handle>[0]["body"];
  route.handle({ body, params, session: call.session, request }, reply);
}

/** Names the fields, never their values: a refused body may hold what must not be in a log. */
function describe(error: z.ZodError): string {
  const lines = error.issues.slice(0, 10).map((issue) => `${issue.path.join(".") || "(body)"}: ${issue.message}`);
  return lines.join("; ");
}
