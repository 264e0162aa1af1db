import { type BridgeFactName, bridgeFactNames } from "@outrider/contract";

/** A fact as numbered here. */
export type JournalFact = {
  readonly seq: number;
  readonly tMs: number;
  readonly type: BridgeFactName;
  readonly data: unknown;
};

/** What was decided to do, written before a byte of it leaves. */
export type Intent = {
  readonly orderId: string;
  readonly uid: string;
  readonly verb: string;
  readonly launchId?: string | undefined;
  readonly approvalId?: string | undefined;
};

export type JournalRecord =
  | ({ readonly kind: "fact" } & JournalFact)
  | ({ readonly kind: "intent"; readonly tMs: number } & Intent)
  /** The station has more facts of ours than we have: numbering goes on behind its last one. */
  | { readonly kind: "skip"; readonly seq: number };

export const encodeRecord = (record: JournalRecord): string => `${JSON.stringify(record)}\n`;

/** Records of a journal, and where its whole lines end: what stands behind is a write that a crash cut short. */
export function readRecords(content: Uint8Array): { records: JournalRecord[]; wholeBytes: number; badLines: number } {
  const wholeBytes = content.lastIndexOf(0x0a) + 1;
  const records: JournalRecord[] = [];
  let badLines = 0;
  for (const line of new TextDecoder().decode(content.subarray(0, wholeBytes)).split("\n")) {
    if (line === "") continue;
    const record = readRecord(line);
    if (record === undefined) badLines++;
    else records.push(record);
  }
  return { records, wholeBytes, badLines };
}

/** The facts among records. A batch whose sync failed may stand there twice: the later writing is the one that was told. */
export function factsOf(records: readonly JournalRecord[]): readonly JournalFact[] {
  const facts: JournalFact[] = [];
  for (const record of records) {
    if (record.kind !== "fact") continue;
    while ((facts.at(-1)?.seq ?? 0) >= record.seq) facts.pop();
    const { seq, tMs, type, data } = record;
    facts.push({ seq, tMs, type, data });
  }
  return facts;
}

function readRecord(line: string): JournalRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  // Parsing boundary: the fields are checked below before the record is used as one.
  const record = value as { kind?: unknown; seq?: unknown; type?: unknown; orderId?: unknown };
  const seqOk = typeof record.seq === "number" && Number.isInteger(record.seq);
  if (record.kind === "fact" && seqOk && bridgeFactNames.has(String(record.type))) return value as JournalRecord;
  if (record.kind === "intent" && typeof record.orderId === "string") return value as JournalRecord;
  return record.kind === "skip" && seqOk ? (value as JournalRecord) : undefined;
}
