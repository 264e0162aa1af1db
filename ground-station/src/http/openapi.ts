import { acts } from "@outrider/contract";
import { z } from "zod";
import type { Route } from "../kernel/index.js";

const problem = {
  description: "RFC 9457 problem details; `doThis` says what to do about it",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};

const parametersOf = (path: string): unknown[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map((found) => ({
    name: found[1],
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

function operation(route: Route): { method: string; path: string; body: unknown } {
  const common = (path: string, summary: string, roles: string) => ({
    summary,
    description: `Roles: ${roles}`,
    parameters: parametersOf(path),
    responses: { 200: { description: "done" }, default: problem },
  });
  const rolesOf = (roles: readonly string[] | "anyone") => (roles === "anyone" ? "anyone" : roles.join(", "));
  switch (route.kind) {
    case "act": {
      const name: keyof typeof acts = route.act;
      const act = acts[name];
      const schema = z.toJSONSchema(act.body, { io: "input", unrepresentable: "any" });
      return {
        method: act.method.toLowerCase(),
        path: act.path,
        body: {
          operationId: name,
          ...common(act.path, name, rolesOf(route.roles)),
          requestBody: { required: true, content: { "application/json": { schema } } },
        },
      };
    }
    case "get":
      return { method: "get", path: route.path, body: common(route.path, route.summary, rolesOf(route.roles)) };
    case "page":
      return {
        method: route.method.toLowerCase(),
        path: route.path,
        body: {
          ...common(route.path, route.summary, rolesOf(route.roles)),
          ...(route.contentType === undefined
            ? {}
            : { requestBody: { required: true, content: { [route.contentType]: { schema: { type: "string" } } } } }),
        },
      };
    case "raw":
      return {
        method: route.method.toLowerCase(),
        path: route.path,
        body: common(route.path, route.summary, "a machine source with its own secret"),
      };
  }
}

/** OpenAPI 3.1 of everything that is answered under /api/v1, made from the very routes that answer. */
export function openapiDocument(routes: readonly Route[], version: string): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const one = operation(route);
    paths[one.path] = { ...paths[one.path], [one.method]: one.body };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Outrider ground station", version },
    servers: [{ url: "/api/v1" }],
    paths,
    components: {
      schemas: {
        Problem: {
          type: "object",
          required: ["type", "title", "status", "detail"],
          properties: {
            type: { type: "string" },
            title: { type: "string" },
            status: { type: "integer" },
            detail: { type: "string" },
            doThis: { type: "string" },
          },
        },
      },
    },
  };
}
