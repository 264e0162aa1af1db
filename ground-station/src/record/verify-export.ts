import { type Fact, parseFact } from "@outrider/contract";
import { z } from "zod";
import { fromHex } from "./hash.js";
import { chainLine } from "./line.js";
import { verifyInclusion } from "./merkle.js";
import type { Verdict } from "./verify.js";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const exported = z.strictObject({
  fromSeq: z.int(),
  toSeq: z.int(),
  treeSize: z.int(),
  rootHash: hash,
  headHash: hash,
  prevHash: hash,
  facts: z.array(z.strictObject({ fact: z.unknown(), hash, proof: z.array(hash) })),
});
type Exported = z.infer<typeof exported>;

const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();
const broken = (badSeq: number, why: string): Verdict => ({ kind: "broken", badSeq, why });

/**
 * Checks an exported piece of the record (JSON) away from the station: every fact's hash is made again from its words,
 * the facts follow each other without a gap, and each is in the tree whose root the export names. `expectedRoot` is
 * the root as somebody else holds it (the fact RecordExported, a published head): without it the export could have
 * been made anew as a whole.
 */
export function verifyExport(text: string, expectedRoot?: string): Verdict {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return broken(0, "is no JSON: it was cut or changed");
  }
  const read = exported.safeParse(value);
  if (!read.success) return broken(0, `is no export of a record: ${z.prettifyError(read.error)}`);
  const piece = read.data;
  if (expectedRoot !== undefined && expectedRoot !== piece.rootHash)
    return broken(piece.toSeq, "names another root than the one that was published");
  if (piece.facts.length !== Math.max(0, piece.toSeq - piece.fromSeq + 1))
    return broken(piece.fromSeq + piece.facts.length, "facts are missing, or there are too many");
  return walk(piece);
}

function walk(piece: Exported): Verdict {
  let prev = piece.prevHash;
  for (const [index, one] of piece.facts.entries()) {
    const seq = piece.fromSeq + index;
    const parsed = parseFact(one.fact);
    if (parsed.kind === "bad") return broken(seq, parsed.problem);
    if (parsed.fact.seq !== seq) return broken(seq, `carries sequence ${parsed.fact.seq}`);
    // The words as they stand in the export, not as the parser would write them.
    if (chainLine(one.fact as Fact, prev).hash !== one.hash) return broken(seq, "does not fit its own hash");
    if (!verifyInclusion(bytesOf(one.hash), seq - 1, piece.treeSize, one.proof.map(bytesOf), bytesOf(piece.rootHash)))
      return broken(seq, "is not in the tree that the export names");
    prev = one.hash;
  }
  if (piece.toSeq === piece.treeSize && prev !== piece.headHash)
    return broken(piece.toSeq, "is not the head that the export names");
  return { kind: "ok", count: piece.facts.length, headHash: piece.rootHash };
}
