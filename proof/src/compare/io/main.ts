import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { knownDifferences } from "../known.js";
import { line, orphans, renderTables, summary, verdictOf, withTables } from "../report.js";
import { stories } from "../story.js";
import { compareWith, isRecorded, recordingsFolder } from "./recordings.js";

/**
 * `npm run compare -- px4 [RECORDING...] [--differences]`: flies the simulated aircraft as recorded PX4s were flown.
 * Of all recordings it writes the tables of docs/simulator.md. Ends with 1 if a line differs that is not known to.
 */
const reportFile = fileURLToPath(new URL("../../../../docs/simulator.md", import.meta.url));
const [subject, ...rest] = process.argv.slice(2);
const names = rest.filter((word) => !word.startsWith("--"));
const brief = rest.includes("--differences");
const unknown = names.filter((name) => !stories.some((story) => story.capture === name));

if (subject !== "px4" || unknown.length > 0) {
  const problem = unknown.length > 0 ? `unknown recording ${unknown.join(", ")}; ` : "";
  process.stderr.write(`${problem}usage: npm run compare -- px4 [RECORDING...] [--differences]\n`);
  process.exit(2);
}
const wanted = stories.filter((story) => names.length === 0 || names.includes(story.capture));
const recorded = wanted.filter(isRecorded);
if (recorded.length === 0) {
  process.stderr.write(`no recordings of PX4 at ${recordingsFolder}: OUTRIDER_PX4_CAPTURES names their folder\n`);
  process.exit(2);
}
const rows = recorded.flatMap((story) => {
  const started = performance.now();
  const own = compareWith(story);
  process.stderr.write(
    `${story.capture}: ${own.length} lines in ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  return own;
});
for (const row of rows)
  if (!brief || verdictOf(row, knownDifferences) !== "within") process.stdout.write(`${line(row, knownDifferences)}\n`);
const lost = orphans(
  rows,
  recorded.map((story) => story.capture),
  knownDifferences,
);
for (const id of lost) process.stdout.write(`stale   ${id}: no such line any more\n`);
process.stdout.write(`${summary(rows, knownDifferences)}\n`);
if (recorded.length === stories.length)
  writeFileSync(
    reportFile,
    withTables(readFileSync(reportFile, "utf8"), renderTables(stories, rows, knownDifferences)),
  );
const wrong = rows.filter((row) => ["differs", "stale"].includes(verdictOf(row, knownDifferences)));
process.exitCode = wrong.length + lost.length > 0 ? 1 : 0;
