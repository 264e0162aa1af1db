import type { HttpResponse } from "@outrider/contract";

/** A file of the built screens, held in memory: its path never reaches the file system. */
export type StaticFile = { readonly type: string; readonly body: Uint8Array };
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const deskPaths = /^\/(?:|pilot|rtcc|trainer|supervisor|public|o|officer)(?:\/[\w-]*)*$/;
const hashed = /^\/assets\/.*[.-][\w-]{8,}\.\w+$/;

/** The page for an address that is none, where a person's browser asks; its shell says so. */
export function lostPage(files: StaticFiles, accept: string | undefined): HttpResponse | undefined {
  const page = files.get("/index.html");
  if (page === undefined || !/\btext\/html\b/.test(accept ?? "")) return undefined;
  return { status: 404, headers: { "content-type": page.type, "cache-control": "no-store" }, body: page.body };
}

/** Serves `/assets/…` and the one page of all desks. Undefined where nothing of ours is meant. */
export function serveStatic(files: StaticFiles, path: string): HttpResponse | undefined {
  const file = files.get(path);
  if (file !== undefined) {
    const cache = hashed.test(path) ? "public, max-age=31536000, immutable" : "no-cache";
    return { status: 200, headers: { "content-type": file.type, "cache-control": cache }, body: file.body };
  }
  if (!deskPaths.test(path)) return undefined;
  const page = files.get("/index.html");
  if (page === undefined) return undefined;
  return { status: 200, headers: { "content-type": page.type, "cache-control": "no-cache" }, body: page.body };
}
