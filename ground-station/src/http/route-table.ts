import { acts } from "@outrider/contract";
import type { Route } from "../kernel/index.js";
import { type PathTemplate, pathTemplate } from "./path-template.js";

export const apiRoot = "/api/v1";

export type Found = { readonly route: Route; readonly params: Readonly<Record<string, string>> };
export type Lookup =
  | { readonly kind: "found"; readonly found: Found }
  | { readonly kind: "wrongMethod"; readonly allow: string }
  | { readonly kind: "none" };

/** Parts write their paths below /api/v1; a whole path is taken as it is. */
export const fullPath = (path: string): string => (path.startsWith(apiRoot) ? path : apiRoot + path);

type Entry = { readonly method: string; readonly template: PathTemplate; readonly route: Route };

function entryOf(route: Route): Entry {
  switch (route.kind) {
    case "act": {
      const name: keyof typeof acts = route.act;
      return { method: acts[name].method, template: pathTemplate(apiRoot + acts[name].path), route };
    }
    case "get":
      return { method: "GET", template: pathTemplate(fullPath(route.path)), route };
    case "raw":
    case "page":
      return { method: route.method, template: pathTemplate(fullPath(route.path)), route };
  }
}

/** @throws Error when two parts claim one method and path: one of them would never be asked */
export function createRouteTable(routes: readonly Route[]): (method: string, path: string) => Lookup {
  const entries = routes.map(entryOf);
  const seen = new Set<string>();
  for (const entry of entries) {
    const key = `${entry.method} ${entry.template.text}`;
    if (seen.has(key)) throw new Error(`two parts answer ${key}`);
    seen.add(key);
  }
  // Fixed paths first, so that `/aircraft/all/return` is not taken for an aircraft named "all".
  entries.sort((a, b) => a.template.text.split("{").length - b.template.text.split("{").length);
  return (method, path) => {
    const allow: string[] = [];
    for (const entry of entries) {
      const params = entry.template.match(path);
      if (params === undefined) continue;
      if (entry.method === method) return { kind: "found", found: { route: entry.route, params } };
      allow.push(entry.method);
    }
    return allow.length > 0 ? { kind: "wrongMethod", allow: allow.join(", ") } : { kind: "none" };
  };
}
