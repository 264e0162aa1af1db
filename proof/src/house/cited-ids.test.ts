import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { idsOf, uncited } from "./cited-ids.js";
import { repositoryRoot, sourceFiles } from "./source-tree.js";

const promised = idsOf(readFileSync(join(repositoryRoot, "docs/invariants.md"), "utf8"));
const tests = sourceFiles().filter((file) => file.path.endsWith(".test.ts"));

describe("what docs/invariants.md promises", () => {
  it("is an id each, without a gap", () => {
    expect(promised).toEqual(promised.map((_, index) => `INV-${index + 1}`));
    expect(promised.length).toBeGreaterThan(9);
  });
  it("is cited in the name of a test, every id", () => {
    expect(uncited(promised, tests)).toEqual([]);
  });
  it("would be missed where no test's name has it", () => {
    const only = { path: "a.test.ts", text: 'it("holds (INV-1)", () => { /* INV-2 */ });\n// INV-2' };
    expect(uncited(["INV-1", "INV-2"], [only])).toEqual(["INV-2"]);
  });
});
