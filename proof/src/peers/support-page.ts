import type { SupportRow } from "@outrider/drone-bridge";

export const supportBegins = "<!-- support: begin -->";
export const supportEnds = "<!-- support: end -->";

/** The table of what is spoken with each family of autopilot, as the page holds it between its marks. */
export function supportTable(rows: readonly SupportRow[]): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const head = [
    "| service | message or command | way | for | PX4 | ArduPilot | limits |",
    "|---|---|---|---|---|---|---|",
  ];
  const lines = rows.map(
    ({ service, item, way, use, px4, ardupilot, note }) =>
      `| ${[service, item, way, use, px4, ardupilot, note].map(cell).join(" | ")} |`,
  );
  return [...head, ...lines].join("\n");
}

/** @returns the page with the table of `rows` in it; undefined where the page has no marks for it. */
export function withSupport(page: string, rows: readonly SupportRow[]): string | undefined {
  const begin = page.indexOf(supportBegins);
  const end = page.indexOf(supportEnds);
  if (begin < 0 || end < begin) return undefined;
  return `${page.slice(0, begin + supportBegins.length)}\n${supportTable(rows)}\n${page.slice(end)}`;
}
