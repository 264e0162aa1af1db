import type { ExportedFact } from "../record/index.js";

/** RFC 4180, with a quote before what a spreadsheet would run as a formula. */
export function csvCell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === "string" ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function factsAsCsv(facts: readonly ExportedFact[]): string {
  const rows = facts.map(({ fact, hash, proof }) =>
    [
      fact.seq,
      new Date(fact.tMs).toISOString(),
      fact.type,
      fact.prov,
      JSON.stringify(fact.by),
      JSON.stringify(fact.data),
      hash,
      proof.join(" "),
    ]
      .map(csvCell)
      .join(","),
  );
  return `${["seq,time,type,prov,by,data,hash,proof", ...rows].join("\r\n")}\r\n`;
}
