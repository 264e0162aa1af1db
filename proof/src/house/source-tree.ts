import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** One TypeScript file of the repository, path with forward slashes from its root. */
export type SourceFile = { readonly path: string; readonly text: string };

export const repositoryRoot = fileURLToPath(new URL("../../../", import.meta.url));

const skipped = new Set(["node_modules", "dist", "generated", "data", "out", ".git", ".venv", "coverage"]);

export function sourceFiles(root: string = repositoryRoot): readonly SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (/\.tsx?$/.test(entry.name))
        found.push({ path: relative(root, path).split(sep).join("/"), text: readFileSync(path, "utf8") });
    }
  };
  walk(root);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
