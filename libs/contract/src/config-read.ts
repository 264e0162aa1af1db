import { isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { type Config, config } from "./config.js";

export type ConfigProblem = {
  readonly file: string;
  readonly line: number;
  readonly field: string;
  readonly problem: string;
};

/** Parses and checks `outrider.yaml`. On error names file, line and field for each problem; nothing is defaulted silently. */
export function readConfig(
  file: string,
  text: string,
): { kind: "ok"; config: Config } | { kind: "bad"; problems: readonly ConfigProblem[] } {
  const read = readYaml(file, text, config);
  return read.kind === "ok" ? { kind: "ok", config: read.value } : read;
}

/** Any YAML file of ours against its schema, each problem with its line. */
export function readYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
): { kind: "ok"; value: z.infer<S> } | { kind: "bad"; problems: readonly ConfigProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const [first, ...rest] = document.errors;
  if (first !== undefined) {
    // One stray bracket makes dozens of errors after it, and none of them is one.
    const more = rest.length === 0 ? "" : ` (${rest.length} more after it, likely from the same)`;
    const { line } = lines.linePos(first.pos[0]);
    return { kind: "bad", problems: [{ file, line, field: "(yaml)", problem: `${first.message}${more}` }] };
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { kind: "ok", value: parsed.data };
  const problems = parsed.error.issues.map((issue) => ({
    file,
    line: lineOf(document.contents, issue.path, lines),
    field: issue.path.join(".") || "(whole file)",
    problem: issue.message,
  }));
  return { kind: "bad", problems };
}

/** Line of the deepest node that exists on the path: a missing field is reported where its parent stands. */
function lineOf(root: unknown, path: readonly PropertyKey[], lines: LineCounter): number {
  let node = root;
  let line = 1;
  for (const step of path) {
    const next = isMap(node) ? node.get(String(step), true) : isSeq(node) ? node.get(Number(step), true) : undefined;
    if (next === undefined || next === null) return line;
    node = next;
    const range = (next as Node).range;
    if (range) line = lines.linePos(range[0]).line;
  }
  return line;
}
