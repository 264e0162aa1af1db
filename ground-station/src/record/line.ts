import type { Fact } from "@outrider/contract";
import canonicalize from "canonicalize";
import { fromHex, leafHash, toHex } from "./hash.js";

/** What the first line's `prev` is: nothing came before. */
export const genesisHash = "0".repeat(64);

export type ChainedLine = { readonly line: string; readonly hash: string };

// canonicalize 2.1.0 is CommonJS whose declaration says `default`: under NodeNext the module object itself is the function.
const toJcs = canonicalize as unknown as (value: unknown) => string | undefined;

/** RFC 8785 form. Throws for NaN and infinities: such a fact must never be made. */
export function canonicalText(value: unknown): string {
  const text = toJcs(value);
  if (text === undefined) throw new Error("nothing to write: the value has no JSON form");
  return text;
}

/**
 * One line of the record, NDJSON: `{"fact":…,"hash":…,"prev":…}` in RFC 8785 form. `hash` is the RFC 6962 leaf hash of
 * `{"fact":…,"prev":…}`, so that the chain's links are the very leaves of the exported Merkle tree.
 */
export function chainLine(fact: Fact, prev: string): ChainedLine {
  const text = canonicalText(fact);
  const hash = toHex(leafHash(`{"fact":${text},"prev":"${prev}"}`));
  return { line: `{"fact":${text},"hash":"${hash}","prev":"${prev}"}\n`, hash };
}

const head = '{"fact":';
const tail = /,"hash":"([0-9a-f]{64})","prev":"([0-9a-f]{64})"\}$/;

export type ReadLine =
  | { readonly kind: "ok"; readonly factText: string; readonly hash: string; readonly prev: string }
  | { readonly kind: "bad"; readonly why: string };

/** Splits a line and recomputes its hash from the bytes as they stand: nothing is parsed and written again. */
export function readLine(line: string): ReadLine {
  const ends = tail.exec(line);
  const hash = ends?.[1];
  const prev = ends?.[2];
  if (!line.startsWith(head) || ends === null || hash === undefined || prev === undefined)
    return { kind: "bad", why: "is not a record line" };
  const factText = line.slice(head.length, ends.index);
  if (toHex(leafHash(`{"fact":${factText},"prev":"${prev}"}`)) !== hash)
    return { kind: "bad", why: "does not fit its own hash: the line was changed" };
  return { kind: "ok", factText, hash, prev };
}

export const hashBytes = (hash: string): Uint8Array => fromHex(hash) ?? new Uint8Array(32);
