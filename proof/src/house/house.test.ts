import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importBreaches, importsOf, purityBreaches } from "./import-rules.js";
import { longFileBreaches, longFunctionBreaches, longFunctionsIn, nameBreaches } from "./size-rules.js";
import { repositoryRoot, sourceFiles } from "./source-tree.js";

const files = sourceFiles();

describe("the house", () => {
  it("has files to look at", () => {
    expect(files.length).toBeGreaterThan(50);
  });
  it("keeps the order of its workspaces and the doors of its rooms", () => {
    expect(importBreaches(files)).toEqual([]);
  });
  it("keeps clocks, chance and the platform in io folders", () => {
    expect(purityBreaches(files)).toEqual([]);
  });
  it("holds its ceilings of size", () => {
    expect(longFileBreaches(files)).toEqual([]);
    expect(longFunctionBreaches(files)).toEqual([]);
  });
  it("has no file named for nothing", () => {
    expect(nameBreaches(files)).toEqual([]);
  });
  it("locks its dependencies without any download address, each with its integrity", () => {
    const lock = readFileSync(join(repositoryRoot, "package-lock.json"), "utf8");
    expect(/"resolved": "(https?|git|file):/.test(lock)).toBe(false);
    const parsed: { packages: Record<string, { link?: boolean; integrity?: string }> } = JSON.parse(lock);
    const without = Object.entries(parsed.packages).filter(
      ([path, entry]) => path.includes("node_modules/") && !entry.link && entry.integrity === undefined,
    );
    expect(without.map(([path]) => path)).toEqual([]);
  });
});

describe("the rules themselves", () => {
  it("see every form of import", () => {
    expect(
      importsOf('import { a } from "./a.js";\nexport * from "./b.js";\nimport "./c.js";\nconst d = import("./d.js");'),
    ).toEqual(["./a.js", "./b.js", "./c.js", "./d.js"]);
  });
  it("refuse a reach past a door, a wrong workspace and a clock", () => {
    const bad = [
      { path: "ground-station/src/launch/a.ts", text: 'import { x } from "../fleet/inner.js";' },
      { path: "ui/src/live/b.ts", text: 'import { y } from "@outrider/mavlink";' },
      { path: "sim/src/air/c.ts", text: "const t = Date.now();" },
    ];
    expect(importBreaches(bad)).toHaveLength(2);
    expect(purityBreaches(bad)).toHaveLength(1);
  });
  it("refuse what is for tests in a product, and let tests and proofs have it", () => {
    const text = 'import { aircraftSample } from "@outrider/contract/testing";\nimport { b } from "./testing/b.js";';
    const of = (path: string) => importBreaches([{ path, text }]);
    expect(of("ground-station/src/feeds/a.ts")).toHaveLength(2);
    for (const path of ["ground-station/src/feeds/a.test.ts", "sim/src/app/testing/a.ts", "proof/src/storm/a.ts"])
      expect(of(path)).toEqual([]);
  });
  it("measure a function that is too long", () => {
    const body = Array.from({ length: 70 }, () => "  step();").join("\n");
    expect(longFunctionsIn(`export function long(): void {\n${body}\n}\n`)).toEqual([{ line: 1, lines: 72 }]);
  });
});
