import { readFile, stat } from "node:fs";
import { resolve, sep } from "node:path";
import type { HotlistFiles } from "../hotlists.js";

const mostBytes = 256 * 1024 * 1024;

/** Hotlists from files under the station's own folder: a list named by the configuration and nothing above it. */
export function hotlistFilesUnder(root: string): HotlistFiles {
  const base = resolve(root);
  return (file, done) => {
    const path = resolve(base, file);
    if (!path.startsWith(base.endsWith(sep) ? base : base + sep)) return done(undefined);
    stat(path, (statError, info) => {
      if (statError || !info.isFile() || info.size > mostBytes) return done(undefined);
      readFile(path, "utf8", (readError, text) =>
        done(readError ? undefined : { text, changedMs: Math.round(info.mtimeMs) }),
      );
    });
  };
}
