import { bars, barText, holds } from "./bars.js";
import type { BenchResult } from "./bench.js";

/** What a figure depends on besides the code. */
export type Machine = { readonly cores: number; readonly cpu: string; readonly node: string; readonly system: string };

export const reportStart = "<!-- figures: begin -->";
export const reportEnd = "<!-- figures: end -->";

/** Writes the results between the markers of a Markdown text and keeps everything around them. */
export function withReport(text: string, results: readonly BenchResult[], machine: Machine, day: string): string {
  const body = `${reportStart}\n\n${renderReport(results, machine, day)}\n${reportEnd}`;
  const from = text.indexOf(reportStart);
  const to = text.indexOf(reportEnd);
  if (from < 0 || to < from) return `${text.trimEnd()}\n\n${body}\n`;
  return text.slice(0, from) + body + text.slice(to + reportEnd.length);
}

function renderReport(results: readonly BenchResult[], machine: Machine, day: string): string {
  const head = `Measured ${day} on ${machine.cores} cores of ${machine.cpu}, Node ${machine.node}, ${machine.system}.\n`;
  return [head, ...results.map(renderResult)].join("\n");
}

function renderResult(result: BenchResult): string {
  const rows = Object.entries(result.metrics).map(([metric, value]) => {
    const bar = bars.find((one) => one.bench === result.bench && one.metric === metric);
    if (bar === undefined) return `| \`${metric}\` | ${value} | told | |`;
    return `| \`${metric}\` | ${value} | ${barText(bar)} | ${holds(bar, value) ? "holds" : "**missed**"} |`;
  });
  const notes = result.notes.map((note) => `- ${note}`);
  return [`### ${result.bench}`, "", "| figure | value | bar | |", "|---|---|---|---|", ...rows, "", ...notes, ""].join(
    "\n",
  );
}
