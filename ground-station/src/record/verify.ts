import { type Fact, parseFact } from "@outrider/contract";
import { canonicalText, genesisHash, readLine } from "./line.js";

export type Verdict =
  | { readonly kind: "ok"; readonly count: number; readonly headHash: string }
  | { readonly kind: "broken"; readonly badSeq: number; readonly why: string };

export type WalkResult =
  | { readonly kind: "ok"; readonly count: number; readonly headHash: string; readonly tornBytes: number }
  | { readonly kind: "broken"; readonly badSeq: number; readonly why: string };

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Reads one line's text into a fact with the sequence that must stand there. */
function checkLine(line: string, seq: number, prev: string): { fact: Fact; hash: string } | { why: string } {
  const read = readLine(line);
  if (read.kind === "bad") return { why: read.why };
  if (read.prev !== prev) return { why: "does not follow the line before it: lines were cut, moved or replaced" };
  let value: unknown;
  try {
    value = JSON.parse(read.factText);
  } catch {
    return { why: "holds no JSON" };
  }
  if (canonicalText(value) !== read.factText) return { why: "is not in canonical form (RFC 8785)" };
  const parsed = parseFact(value);
  if (parsed.kind === "bad") return { why: parsed.problem };
  if (parsed.fact.seq !== seq) return { why: `carries sequence ${parsed.fact.seq}, expected ${seq}` };
  return { fact: parsed.fact, hash: read.hash };
}

/**
 * Walks a record from its first byte, calling `onFact` for each line that holds. A last line without its newline is a
 * torn write: it was never acknowledged, and is told apart from damage.
 */
export function walkRecord(bytes: Uint8Array, onFact: (fact: Fact, hash: string, endByte: number) => void): WalkResult {
  let at = 0;
  let seq = 0;
  let prev = genesisHash;
  while (at < bytes.length) {
    const end = bytes.indexOf(10, at);
    if (end === -1) return { kind: "ok", count: seq, headHash: prev, tornBytes: bytes.length - at };
    let checked: ReturnType<typeof checkLine>;
    try {
      checked = checkLine(decoder.decode(bytes.subarray(at, end)), seq + 1, prev);
    } catch {
      checked = { why: "is not UTF-8" };
    }
    if ("why" in checked) return { kind: "broken", badSeq: seq + 1, why: checked.why };
    seq += 1;
    prev = checked.hash;
    at = end + 1;
    onFact(checked.fact, checked.hash, at);
  }
  return { kind: "ok", count: seq, headHash: prev, tornBytes: 0 };
}

/** The offline verifier: whole chain, every hash, every sequence. Names the first line that does not hold. */
export function verifyRecord(bytes: Uint8Array, expectedHead?: string): Verdict {
  const walked = walkRecord(bytes, () => undefined);
  if (walked.kind === "broken") return walked;
  if (walked.tornBytes > 0)
    return { kind: "broken", badSeq: walked.count + 1, why: "ends in the middle of a line (a torn write)" };
  if (expectedHead !== undefined && expectedHead !== walked.headHash)
    return { kind: "broken", badSeq: walked.count, why: "ends in another head than the one that was published" };
  return { kind: "ok", count: walked.count, headHash: walked.headHash };
}
