import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { sha256Hex } from "../hash.js";
import { type Verdict, verifyRecord } from "../verify.js";
import { verifyExport } from "../verify-export.js";

const usage = `node verify-main.js FILE [HASH]
  FILE   record.ndjson, an export of it (JSON), or a track-….ndjson
  HASH   what it is held against: the head of the record, the root of the export, the sha256 of the track's seal`;

const isTrack = (start: string): boolean => start.startsWith('{"track":1,');

/** What is said of the file, and whether it holds. Needs nothing but the file: no station, no network. */
export function verdictOn(bytes: Uint8Array, expected?: string): { holds: boolean; text: string } {
  const start = new TextDecoder().decode(bytes.subarray(0, 64));
  if (isTrack(start)) {
    const hash = sha256Hex(bytes);
    if (expected === undefined) return { holds: false, text: `sha256 ${hash}: hold it against the fact TrackSealed` };
    return hash === expected
      ? { holds: true, text: `holds: sha256 ${hash}` }
      : { holds: false, text: `BROKEN: sha256 is ${hash}, sealed was ${expected}` };
  }
  const verdict: Verdict = start.startsWith('{"fact":')
    ? verifyRecord(bytes, expected)
    : verifyExport(new TextDecoder().decode(bytes), expected);
  return verdict.kind === "ok"
    ? { holds: true, text: `holds: ${verdict.count} facts, ${verdict.headHash}` }
    : { holds: false, text: `BROKEN at fact ${verdict.badSeq}: ${verdict.why}` };
}

function main(args: readonly string[]): number {
  const [file, expected] = args;
  if (file === undefined) {
    console.error(usage);
    return 2;
  }
  const { holds, text } = verdictOn(readFileSync(file), expected);
  console.log(text);
  return holds ? 0 : 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
