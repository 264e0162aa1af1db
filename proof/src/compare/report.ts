import type { Row } from "./compare.js";
import type { Story } from "./story.js";

export const tableStart = "<!-- compared with PX4: begin -->";
export const tableEnd = "<!-- compared with PX4: end -->";

export type Verdict = "within" | "known" | "differs" | "stale";

/** `stale`: listed as a known difference, and no longer one. */
export function verdictOf(row: Row, known: Readonly<Record<string, string>>): Verdict {
  const listed = known[row.id] !== undefined;
  if (row.within) return listed ? "stale" : "within";
  return listed ? "known" : "differs";
}

/** Known differences of recordings that were compared, whose line there is no more. */
export function orphans(
  rows: readonly Row[],
  captures: readonly string[],
  known: Readonly<Record<string, string>>,
): readonly string[] {
  const ids = new Set(rows.map((row) => row.id));
  return Object.keys(known).filter((id) => captures.includes(id.split(": ")[0] ?? "") && !ids.has(id));
}

/** One line of text for a terminal. */
export function line(row: Row, known: Readonly<Record<string, string>>): string {
  const verdict = verdictOf(row, known);
  return `${verdict.padEnd(8)}${row.id}: PX4 ${row.px4}, ours ${row.ours}${row.difference === "" ? "" : ` (${row.difference})`}`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** The comparison as Markdown: a table for each recording, and the known differences with their reasons. */
export function renderTables(
  stories: readonly Story[],
  rows: readonly Row[],
  known: Readonly<Record<string, string>>,
): string {
  const parts = stories.flatMap((story) => {
    const own = rows.filter((row) => row.capture === story.capture);
    if (own.length === 0) return [];
    const flown = story.dynamics ? "flown by a simulator outside PX4: manners and motion" : "manners and reactions";
    return [
      `**\`${story.capture}\`**: ${story.what} (${flown})`,
      "",
      "| what | PX4 | ours | difference |",
      "|---|---|---|---|",
      ...together(own).map(
        (row) => `| ${cell(row.what)} | ${cell(row.px4)} | ${cell(row.ours)} | ${differenceOf(row, known)} |`,
      ),
      "",
    ];
  });
  return [`${summary(rows, known)}.`, "", ...parts].join("\n").trimEnd();
}

/** How many lines there are, and how many of them hold. */
export function summary(rows: readonly Row[], known: Readonly<Record<string, string>>): string {
  const count = (verdict: Verdict): number => rows.filter((row) => verdictOf(row, known) === verdict).length;
  const captures = new Set(rows.map((row) => row.capture)).size;
  return `${rows.length} lines of ${captures} recordings: ${count("within")} hold, ${count("known")} are known to differ, ${count("differs")} differ`;
}

/** Lists of which every item is the same make one line, and not four; the modes keep theirs. */
function together(rows: readonly Row[]): readonly Row[] {
  const same = rows.filter((row) => row.ours === "the same" && row.what !== "modes");
  const [first, ...others] = same;
  if (first === undefined || others.length === 0) return rows;
  const what = same.map((row) => row.what).join(", ");
  const px4 = same.map((row) => row.px4).join(", ");
  return rows.flatMap((row) => (row === first ? [{ ...row, what, px4 }] : same.includes(row) ? [] : [row]));
}

function differenceOf(row: Row, known: Readonly<Record<string, string>>): string {
  const reason = known[row.id];
  if (reason !== undefined) return cell(`${row.difference}: ${reason}`);
  return row.within ? cell(row.difference) : cell(`**${row.difference}**`);
}

/** Puts the tables between the markers of a Markdown text and keeps everything around them. */
export function withTables(text: string, tables: string): string {
  const body = `${tableStart}\n\n${tables}\n\n${tableEnd}`;
  const from = text.indexOf(tableStart);
  const to = text.indexOf(tableEnd);
  if (from < 0 || to < from) return `${text.trimEnd()}\n\n${body}\n`;
  return text.slice(0, from) + body + text.slice(to + tableEnd.length);
}
