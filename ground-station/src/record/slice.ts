import type { Disk, Fact } from "@outrider/contract";
import { toHex } from "./hash.js";
import { genesisHash, hashBytes } from "./line.js";
import { inclusionProof, merkleLevels, rootOf } from "./merkle.js";
import type { FactRecord } from "./record.js";
import { walkRecord } from "./verify.js";

export type ExportedFact = { readonly fact: Fact; readonly hash: string; readonly proof: readonly string[] };

/** Facts with what proves them: the tree's size and root, and each fact's audit path (RFC 6962). */
export type RecordSlice = {
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly treeSize: number;
  readonly rootHash: string;
  readonly headHash: string;
  /** Hash of the fact before the first: with it the first fact's own hash can be made again. */
  readonly prevHash: string;
  readonly facts: readonly ExportedFact[];
};

export type SliceDone = (slice: RecordSlice | { readonly problem: string }) => void;

/** Facts `fromSeq` to `toSeq` (both included) from the file itself, checked while read. */
export function readSlice(
  disk: Disk,
  record: FactRecord,
  fromSeq: number,
  toSeq: number,
  withProof: boolean,
  done: SliceDone,
): void {
  const head = record.head;
  const last = Math.min(toSeq, head.seq);
  disk.read(record.name, (bytes) => {
    if (bytes === undefined) {
      done({ problem: "the record's file cannot be read" });
      return;
    }
    const tree = merkleLevels(withProof ? record.leafHashes.slice(0, head.seq).map(hashBytes) : []);
    const facts: ExportedFact[] = [];
    let prevHash = genesisHash;
    const walked = walkRecord(bytes, (fact, hash) => {
      if (fact.seq === fromSeq - 1) prevHash = hash;
      if (fact.seq < fromSeq || fact.seq > last) return;
      const proof = withProof ? inclusionProof(tree, fact.seq - 1).map(toHex) : [];
      facts.push({ fact, hash, proof });
    });
    if (walked.kind === "broken") {
      done({ problem: `the record is broken at fact ${walked.badSeq}: the line ${walked.why}` });
      return;
    }
    const rootHash = withProof ? toHex(rootOf(tree)) : "";
    done({ fromSeq, toSeq: last, treeSize: head.seq, rootHash, headHash: head.headHash, prevHash, facts });
  });
}
