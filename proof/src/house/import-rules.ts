import { posix } from "node:path";
import type { SourceFile } from "./source-tree.js";

const workspaces = [
  "libs/contract",
  "libs/geo",
  "libs/mavlink",
  "drone-bridge",
  "ground-station",
  "sim",
  "ui",
  "proof",
] as const;
const packages: Readonly<Record<string, string>> = {
  "libs/contract": "@outrider/contract",
  "libs/geo": "@outrider/geo",
  "libs/mavlink": "@outrider/mavlink",
  "drone-bridge": "@outrider/drone-bridge",
  "ground-station": "@outrider/ground-station",
  sim: "@outrider/sim",
  ui: "@outrider/ui",
  proof: "@outrider/proof",
};
const libraries = ["@outrider/contract", "@outrider/geo", "@outrider/mavlink"];
const allowed: Readonly<Record<string, readonly string[]>> = {
  "libs/contract": [],
  "libs/geo": [],
  "libs/mavlink": [],
  "drone-bridge": libraries,
  "ground-station": ["@outrider/contract", "@outrider/geo"],
  sim: libraries,
  ui: ["@outrider/contract", "@outrider/geo"],
  proof: [...libraries, "@outrider/drone-bridge", "@outrider/ground-station", "@outrider/sim", "@outrider/ui"],
};

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^"';]*?from\s*["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)|(?:^|\n)\s*import\s*["']([^"']+)["']/g;

export function importsOf(text: string): readonly string[] {
  return [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

const workspaceOf = (path: string): string | undefined => workspaces.find((name) => path.startsWith(`${name}/`));
const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path);

/** Room of a file: `ground-station/src/launch/x.ts` is in `launch`; a file straight under src has none. */
function roomOf(path: string, workspace: string): string | undefined {
  const inside = path.slice(workspace.length + "/src/".length).split("/");
  return inside.length > 1 ? inside[0] : undefined;
}

/** Places whose code runs in no product: tests, their builders, proofs, and the page of parts for pictures. */
const mayBuildTests = (path: string): boolean => isTest(path) || /^(proof|ui\/src\/gallery)\//.test(path);

/** What only tests are made of does not get into a product. */
function testsOnly(file: SourceFile, wanted: string): string | undefined {
  const forTests = /(^|\/)testing(\/|$)/.test(wanted);
  return forTests && !mayBuildTests(file.path) ? `${file.path}: ${wanted} is for tests only` : undefined;
}

function badPackageImport(file: SourceFile, workspace: string, wanted: string): string | undefined {
  const base = wanted.split("/").slice(0, 2).join("/");
  if (!wanted.startsWith("@outrider/") || base === packages[workspace]) return undefined;
  if (isTest(file.path) && libraries.includes(base)) return undefined;
  return allowed[workspace]?.includes(base) ? undefined : `${file.path}: ${workspace} may not import ${wanted}`;
}

function badRelativeImport(file: SourceFile, workspace: string, wanted: string): string | undefined {
  const target = posix.normalize(posix.join(posix.dirname(file.path), wanted));
  if (!target.startsWith(`${workspace}/`)) return `${file.path}: reaches out of its workspace with ${wanted}`;
  if (workspace === "proof" || !target.startsWith(`${workspace}/src/`)) return undefined;
  const from = roomOf(file.path, workspace);
  const to = roomOf(target, workspace);
  if (to === undefined || from === to || to === "generated") return undefined;
  // Builders and fakes for tests are shared between rooms, but only by tests.
  if (isTest(file.path) && target.includes("/testing/")) return undefined;
  const door = /\/index\.(js|ts)$/.test(target) && target.split("/").length === workspace.split("/").length + 3;
  const composing = from === "app" || /\/io\//.test(file.path);
  const nested = /\/io\/[\w-]+\.js$/.test(target) && composing;
  return door || nested ? undefined : `${file.path}: reaches past the door of room ${to} (${wanted})`;
}

/** Dependency order between workspaces, and doors between rooms (design section 3). */
export function importBreaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const workspace = workspaceOf(file.path);
    if (workspace === undefined) return [];
    return importsOf(file.text).flatMap((wanted) => {
      const problem =
        testsOnly(file, wanted) ??
        (wanted.startsWith(".")
          ? badRelativeImport(file, workspace, wanted)
          : badPackageImport(file, workspace, wanted));
      return problem === undefined ? [] : [problem];
    });
  });
}

const impure =
  /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|\bsetTimeout\(|\bsetInterval\(|\bMath\.random\(|\brandomUUID\(|from "node:(?!assert)[a-z_/]+"/;
/** Files outside `io/` that may use a module of the platform, each with its reason. */
const pureExceptions: Readonly<Record<string, string>> = {
  "ground-station/src/record/hash.ts": "hashing is a pure function; the platform's is constant-time and fast",
};
const pureWorkspaces = ["libs/contract", "libs/geo", "libs/mavlink", "drone-bridge", "ground-station", "sim"];

/** Real clocks, timers, chance and the platform's modules belong into `io/`: a part with them elsewhere cannot be simulated. */
export function purityBreaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const workspace = workspaceOf(file.path);
    if (
      workspace === undefined ||
      !pureWorkspaces.includes(workspace) ||
      isTest(file.path) ||
      /\/(io|generate)\//.test(file.path) ||
      pureExceptions[file.path] !== undefined
    )
      return [];
    const code = file.text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
    const hit = impure.exec(code);
    return hit === null ? [] : [`${file.path}: ${hit[0]} outside io/`];
  });
}
