import type { SourceFile } from "./source-tree.js";

/** Ids of the table in docs/invariants.md, in its order. */
export const idsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^\| (INV-\d+) +\|/gm)].map((match) => match[1] ?? "");

const testName = /\b(?:it|describe|test)(?:\.each\([\s\S]*?\))?\(\s*(["'`])((?:(?!\1).)*)\1/g;

/** The ids that stand in no test's name: a promise that nothing checks. */
export function uncited(ids: readonly string[], tests: readonly SourceFile[]): readonly string[] {
  const names = tests.flatMap((file) => [...file.text.matchAll(testName)].map((match) => match[2] ?? ""));
  return ids.filter((id) => !names.some((name) => new RegExp(`\\b${id}\\b`).test(name)));
}
