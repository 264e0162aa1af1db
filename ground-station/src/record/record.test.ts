import type { Fact } from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryDisk } from "../app/testing/fake-ports.js";
import { fromHex, leafHash, toHex } from "./hash.js";
import { canonicalText, chainLine, genesisHash } from "./line.js";
import { inclusionProof, merkleLevels, merkleRoot, verifyInclusion } from "./merkle.js";
import { FactRecord, type RecordOpened } from "./record.js";
import { readSlice } from "./slice.js";
import { verifyRecord } from "./verify.js";

const note = (seq: number, text = `note ${seq}`): Fact => ({
  seq,
  id: `f_${seq}`,
  type: "IncidentNoteAdded",
  tMs: 1_000 + seq,
  by: { kind: "system", part: "ground-station" },
  prov: "sim",
  data: { incidentId: "i_1", text },
});

type Opened = { record: FactRecord; wall: HandClock; replayed: Fact[]; opened: RecordOpened | undefined };

function openOn(disk: MemoryDisk): Opened {
  const wall = new HandClock(0);
  const record = new FactRecord({ disk, name: "r", wall, log: () => undefined });
  const replayed: Fact[] = [];
  let opened: RecordOpened | undefined;
  record.open(
    (fact) => void replayed.push(fact),
    (result) => {
      opened = result;
    },
  );
  return { record, wall, replayed, opened };
}

function written(count: number): MemoryDisk {
  const disk = new MemoryDisk();
  const { record } = openOn(disk);
  for (let seq = 1; seq <= count; seq++) record.append([note(seq)], () => undefined);
  return disk;
}

const bytesOf = (disk: MemoryDisk): Uint8Array => disk.files.get("r") ?? new Uint8Array();

describe("the record", () => {
  it("gives back after a restart every fact that it acknowledged", () => {
    const { replayed, opened, record } = openOn(written(5));
    expect(opened).toEqual({ kind: "ok", count: 5 });
    expect(replayed).toEqual([1, 2, 3, 4, 5].map((seq) => note(seq)));
    expect(record.head.seq).toBe(5);
  });

  it("has one append in flight and takes everything that came meanwhile with the next", () => {
    const disk = new MemoryDisk();
    const { record } = openOn(disk);
    disk.hold = true;
    const done: number[] = [];
    for (let seq = 1; seq <= 10; seq++) record.append([note(seq)], () => void done.push(seq));
    expect(done).toEqual([]);
    disk.settle();
    expect(done).toEqual([1]);
    disk.settle();
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(disk.appends).toBe(2);
  });

  it("cuts a torn last line and goes on after it", () => {
    const disk = written(3);
    disk.files.set("r", bytesOf(disk).slice(0, -7));
    const { record, opened, replayed } = openOn(disk);
    expect(opened).toEqual({ kind: "ok", count: 2 });
    expect(replayed).toHaveLength(2);
    record.append([note(3, "again")], () => undefined);
    expect(verifyRecord(bytesOf(disk))).toMatchObject({ kind: "ok", count: 3 });
  });

  it("tells the writer when the disk refuses, keeps the fact, and has no gap once the disk takes it again", () => {
    const disk = written(2);
    const { record, wall } = openOn(disk);
    const states: boolean[] = [];
    record.onWritable((writable) => void states.push(writable));
    disk.failAppends = 2;
    disk.tornBytes = 11;
    const errors: (Error | undefined)[] = [];
    record.append([note(3)], (error) => void errors.push(error));
    record.append([note(4)], (error) => void errors.push(error));
    expect(errors.map((error) => error !== undefined)).toEqual([true, true]);
    expect(record.writable).toBe(false);
    expect(record.head.seq).toBe(2);
    wall.advance(2_500);
    expect(states).toEqual([false, true]);
    expect(record.head.seq).toBe(4);
    expect(verifyRecord(bytesOf(disk))).toMatchObject({ kind: "ok", count: 4 });
  });

  it("says of refused facts that they were written after all: once, in order, before anything later", () => {
    const disk = written(2);
    const { record, wall } = openOn(disk);
    disk.failAppends = 2;
    const told: string[] = [];
    const put = (seq: number, then?: () => void): void =>
      record.append(
        [note(seq)],
        (error) => void told.push(`${seq} ${error === undefined ? "written" : "refused"}`),
        () => {
          told.push(`${seq} late`);
          then?.();
        },
      );
    put(3, () => put(6));
    put(4);
    wall.advance(1_500);
    put(5);
    wall.advance(5_000);
    expect(told).toEqual(["3 refused", "4 refused", "5 refused", "3 late", "4 late", "5 late", "6 written"]);
    expect(verifyRecord(bytesOf(disk))).toMatchObject({ kind: "ok", count: 6 });
  });

  it("loses nothing of what is refused while earlier facts are being written late (INV-4)", () => {
    const disk = written(1);
    const { record, wall } = openOn(disk);
    disk.failAppends = 1;
    const late: number[] = [];
    const put = (seq: number): void =>
      record.append(
        [note(seq)],
        () => undefined,
        () => void late.push(seq),
      );
    put(2);
    disk.hold = true;
    wall.advance(1_500);
    put(3);
    disk.hold = false;
    disk.settle();
    wall.advance(5_000);
    expect(late).toEqual([2, 3]);
    expect(verifyRecord(bytesOf(disk))).toMatchObject({ kind: "ok", count: 3 });
  });

  it("tells nobody of refused facts that a crash took", () => {
    const disk = written(1);
    const { record, wall } = openOn(disk);
    disk.failAppends = 1;
    const late: number[] = [];
    record.append(
      [note(2)],
      () => undefined,
      () => void late.push(2),
    );
    record.close();
    wall.advance(5_000);
    expect(late).toEqual([]);
    expect(openOn(disk).replayed).toHaveLength(1);
  });

  it("refuses to go on on a changed past and names the first fact that does not hold (security test 29)", () => {
    const disk = written(4);
    const text = new TextDecoder().decode(bytesOf(disk)).replace("note 3", "note X");
    disk.files.set("r", new TextEncoder().encode(text));
    const { opened } = openOn(disk);
    expect(opened).toMatchObject({ kind: "refused", why: expect.stringContaining("broken at fact 3") });
  });

  it("finds any single changed byte, wherever it is", () => {
    const whole = bytesOf(written(6));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Uint8Array.from(whole);
        changed[at] = (changed[at] ?? 0) ^ mask;
        expect(verifyRecord(changed).kind).toBe("broken");
      }),
    );
  });

  it("finds lines that were cut, moved or forked, and another head than the published one (security test 29)", () => {
    const whole = bytesOf(written(5));
    const lines = new TextDecoder().decode(whole).trimEnd().split("\n");
    const verdict = (list: (string | undefined)[], head?: string) =>
      verifyRecord(new TextEncoder().encode(`${list.join("\n")}\n`), head);
    expect(verdict([lines[0], lines[2], lines[3]])).toMatchObject({ kind: "broken", badSeq: 2 });
    expect(verdict([lines[0], lines[2], lines[1], lines[3]])).toMatchObject({ kind: "broken", badSeq: 2 });
    const other = chainLine(note(4, "forked"), /"hash":"([0-9a-f]+)"/.exec(lines[2] ?? "")?.[1] ?? "");
    const fork = verdict([lines[0], lines[1], lines[2], other.line.trimEnd(), lines[4]]);
    expect(fork).toMatchObject({ kind: "broken", badSeq: 5 });
    const head = verifyRecord(whole);
    expect(verdict(lines.slice(0, 4), head.kind === "ok" ? head.headHash : "")).toMatchObject({ kind: "broken" });
  });

  it("writes RFC 8785: keys in order of their code units, numbers as ECMAScript writes them", () => {
    expect(canonicalText({ b: 1e21, a: [1.0, 0.1, -0], é: "ü" })).toBe('{"a":[1,0.1,0],"b":1e+21,"é":"ü"}');
    expect(() => canonicalText({ a: Number.NaN })).toThrow();
    expect(chainLine(note(1), genesisHash).line).toMatch(
      /^\{"fact":\{"by":.*\},"hash":"[0-9a-f]{64}","prev":"0{64}"\}\n$/,
    );
  });
});

describe("the Merkle tree", () => {
  const leaves = ['{"a":1}', '{"a":2}', '{"a":3}'].map((text) => leafHash(text));
  it.each([
    [0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    [1, "c7261463ebd776f4650b6d0fe942d9cc38c925d90f77d440ab6df8d5dd258c5f"],
    [2, "2643626e9b16c9a6e01b79bc31520e95ae8b6003d852f7b912a9eb4919d3a37f"],
    [3, "a79bd40194b6654d46059e1580a2157b3bf25e7eeb833c8924398c9add3856ea"],
  ])("has the RFC 6962 root of %i leaves", (count, root) => {
    expect(toHex(merkleRoot(leaves.slice(0, count)))).toBe(root);
  });

  it("proves each leaf of a tree of any size, and no other", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, pick) => {
        const many = Array.from({ length: size }, (_, i) => leafHash(`leaf ${i}`));
        const tree = merkleLevels(many);
        const at = pick % size;
        const root = merkleRoot(many);
        const proof = inclusionProof(tree, at);
        expect(verifyInclusion(leafHash(`leaf ${at}`), at, size, proof, root)).toBe(true);
        expect(verifyInclusion(leafHash("another"), at, size, proof, root)).toBe(false);
        if (size > 1) expect(verifyInclusion(leafHash(`leaf ${at}`), (at + 1) % size, size, proof, root)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it("is what an export is proven with", () => {
    const disk = written(9);
    const { record } = openOn(disk);
    let checked = 0;
    readSlice(disk, record, 3, 7, true, (slice) => {
      if ("problem" in slice) throw new Error(slice.problem);
      const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array();
      for (const { fact, hash, proof } of slice.facts) {
        expect(
          verifyInclusion(bytes(hash), fact.seq - 1, slice.treeSize, proof.map(bytes), bytes(slice.rootHash)),
        ).toBe(true);
        checked += 1;
      }
    });
    expect(checked).toBe(5);
  });
});
