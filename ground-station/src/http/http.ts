import { acts, type Clock, type HttpRequest, type HttpResponse, type Log } from "@outrider/contract";
import type { z } from "zod";
import type { ActRoute, GetRoute, Reply, Route, Session } from "../kernel/index.js";
import { readCookie, sessionCookieName } from "./cookie.js";
import { securityHeaders } from "./headers.js";
import { httpLimits } from "./limits.js";
import type { Metrics } from "./metrics.js";
import { openapiDocument } from "./openapi.js";
import { jsonResponse, problemResponse } from "./problem.js";
import { isJson, readJson } from "./read-json.js";
import { replyOnce } from "./reply.js";
import { apiRoot, createRouteTable } from "./route-table.js";
import { hostIsOurs, mayAct, mayRead, type OriginPolicy } from "./same-origin.js";
import { type StaticFiles, serveStatic } from "./static-files.js";
import { TokenBuckets } from "./token-bucket.js";

export type HttpDeps = {
  readonly routes: readonly Route[];
  readonly sessionOf: (token: string) => Session | undefined;
  readonly policy: OriginPolicy;
  readonly tls: boolean;
  readonly wall: Clock;
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
};

type Call = { readonly request: HttpRequest; readonly reply: Reply; readonly session: Session | undefined };

const isLoopback = (remote: string): boolean => /^(::ffff:)?127\.|^::1$/.test(remote);

/** The whole HTTP edge without a socket: what enters here is what a real or a simulated listener heard. */
export function createHttp(deps: HttpDeps): Http {
  const find = createRouteTable(deps.routes);
  const openapi = JSON.stringify(openapiDocument(deps.routes, deps.version));
  const addresses = new TokenBuckets(httpLimits.perAddress);
  const publicAddresses = new TokenBuckets(httpLimits.publicPerAddress);

  const ops = (request: HttpRequest): HttpResponse | undefined => {
    switch (request.path) {
      case "/healthz":
        return jsonResponse({ state: "alive" });
      case "/readyz": {
        const why = deps.notReady();
        return why === undefined ? jsonResponse({ state: "ready" }) : problemResponse(503, "Not ready", why);
      }
      case "/metrics":
        return isLoopback(request.remote)
          ? { status: 200, headers: { "content-type": "text/plain; version=0.0.4" }, body: deps.metrics.text() }
          : problemResponse(403, "Not allowed", "Metrics are answered on this machine only.");
      case `${apiRoot}/openapi.json`:
        return {
          status: 200,
          headers: { "content-type": "application/json", "cache-control": "no-cache" },
          body: openapi,
        };
      case `${apiRoot}/city`:
        return deps.city === undefined
          ? problemResponse(404, "No city", "This station has no city file.")
          : {
              status: 200,
              headers: { "content-type": "application/json", "cache-control": "no-cache" },
              body: deps.city,
            };
      default:
        return undefined;
    }
  };

  const dispatch = (request: HttpRequest, respond: (response: HttpResponse) => void): void => {
    const nowMs = deps.wall.nowMs();
    if (!hostIsOurs(deps.policy, request.headers["host"]))
      return respond(problemResponse(421, "Wrong host", "This server does not answer for that host name."));
    const lookup = find(request.method === "HEAD" ? "GET" : request.method, request.path);
    const isRaw = lookup.kind === "found" && lookup.found.route.kind === "raw";
    // Machine routes have limits of their own: a flood of alerts is kept and merged, never dropped at the door.
    if (!isRaw && !addresses.take(request.remote, nowMs)) return respond(tooMany());
    if (request.path.startsWith(`${apiRoot}/public`) && !publicAddresses.take(request.remote, nowMs))
      return respond(tooMany());
    if (lookup.kind === "found" && !deps.answering())
      return respond(problemResponse(503, "Starting", "The record is being read.", "Ask again in a second.", { "retry-after": "1" }));
    if (lookup.kind === "found") return answer(lookup.found.route, lookup.found.params, request, respond);
    if (lookup.kind === "wrongMethod")
      return respond(
        problemResponse(405, "Wrong method", `${request.path} takes ${lookup.allow}.`, undefined, {
          allow: lookup.allow,
        }),
      );
    if (request.method !== "GET" && request.method !== "HEAD")
      return respond(problemResponse(404, "Not found", `There is nothing at ${request.path.slice(0, 200)}.`));
    respond(
      ops(request) ??
        serveStatic(deps.files, request.path) ??
        problemResponse(404, "Not found", `There is nothing at ${request.path.slice(0, 200)}.`),
    );
  };

  const answer = (
    route: Route,
    params: Readonly<Record<string, string>>,
    request: HttpRequest,
    respond: (response: HttpResponse) => void,
  ): void => {
    const reply = replyOnce(respond, () => deps.log("error", "a route answered twice", { path: request.path }));
    try {
      if (route.kind === "raw") return route.handle(request, reply);
      const token = readCookie(request.headers["cookie"], sessionCookieName);
      const session = token === undefined ? undefined : deps.sessionOf(token);
      const call = { request, reply, session };
      if (route.kind === "get") answerGet(route, params, call, deps);
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
  };

  return {
    handle(request, respond) {
      const headers = securityHeaders(request.path, deps.tls);
      dispatch(request, (response) => {
        deps.metrics.count("http_answers", { status: String(response.status) });
        respond({
          status: response.status,
          headers: { ...headers, ...response.headers },
          body: request.method === "HEAD" ? "" : response.body,
        });
      });
    },
    maxBytes(method, path) {
      const lookup = find(method, path);
      return lookup.kind === "found" && lookup.found.route.kind === "raw"
        ? lookup.found.route.maxBytes
        : httpLimits.jsonBytes;
    },
  };
}

const tooMany = (): HttpResponse =>
  problemResponse(429, "Too many requests", "This address asks too often.", "Wait a second and ask again.", {
    "retry-after": "1",
  });

/** Whether the session may use the route; answers itself where not. */
function allowed(route: ActRoute | GetRoute, call: Call, deps: HttpDeps): boolean {
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

function answerAct(route: ActRoute, params: Readonly<Record<string, string>>, call: Call, deps: HttpDeps): void {
  const { request, reply } = call;
  const foreign = mayAct(deps.policy, request);
  if (foreign !== undefined) {
    deps.metrics.count("http_foreign_refused");
    return reply.problem(403, "Not from here", `Only our own pages may do this: ${foreign}.`);
  }
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
