import type { SourceFile } from "./source-tree.js";

export const mostLinesOfFile = 400;
export const mostLinesOfFunction = 60;

/** Files that may be longer, each with its reason. */
export const longFiles: Readonly<Record<string, string>> = {};

export function longFileBreaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const lines = file.text.split("\n").length;
    return lines > mostLinesOfFile && longFiles[file.path] === undefined
      ? [`${file.path}: ${lines} lines, ceiling ${mostLinesOfFile}`]
      : [];
  });
}

/** Files whose one long function is better whole, each with its reason. */
export const longFunctions: Readonly<Record<string, string>> = {
  "drone-bridge/src/telemetry/hear.ts":
    "one case a message, each a line or two: split, the table could not be read against the dialect",
  "sim/src/autopilot/autopilot.ts": "wires the rooms of one vehicle in the order in which a tick runs them",
  "sim/src/autopilot/testing/ground-station.ts": "a ground station for tests, one closure over its state",
  "sim/src/faults/lossy-conduit.ts": "one closure over what is on its way",
  "sim/src/app/sim.ts": "the constructor wires the whole world once",
};

const banned = /(^|[-_/.])(utils?|helpers?|manager|common|misc)([-_.][^/]*)?\.tsx?$/;

export function nameBreaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    banned.test(file.path) ? [`${file.path}: a name that says nothing of what is in it`] : [],
  );
}

const opening =
  /^(\s*)(?:export\s+)?(?:async\s+)?(?:function\b.*|(?:const|let)\s+\w+\s*=\s*(?:async\s*)?\(?.*=>|(?:public\s+|private\s+|static\s+|async\s+|#)?[\w#]+\([^;]*\)(?::[^;{]+)?)\s*\{$/;

/** Functions by indentation, which the formatter guarantees: from the opening line to the closing brace at its depth. */
export function longFunctionBreaches(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    if (/\.test\.tsx?$/.test(file.path) || longFunctions[file.path] !== undefined) return [];
    return longFunctionsIn(file.text).map(
      (f) => `${file.path}:${f.line}: function of ${f.lines} lines, ceiling ${mostLinesOfFunction}`,
    );
  });
}

export function longFunctionsIn(text: string): readonly { line: number; lines: number }[] {
  const rows = text.split("\n");
  return rows.flatMap((row, index) => {
    const match = opening.exec(row);
    if (match === null || /^\s*(if|for|while|switch|catch|else|do|return|describe|it|test)\b/.test(row)) return [];
    const close = `${match[1] ?? ""}}`;
    const end = rows.findIndex(
      (other, at) =>
        at > index &&
        (other === close ||
          other.startsWith(`${close};`) ||
          other.startsWith(`${close})`) ||
          other.startsWith(`${close},`)),
    );
    const lines = end < 0 ? 0 : end - index + 1;
    return lines > mostLinesOfFunction ? [{ line: index + 1, lines }] : [];
  });
}
