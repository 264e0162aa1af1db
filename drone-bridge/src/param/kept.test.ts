import { paramFromInteger } from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bench, FakeDisk, standing, uidA, uidB } from "../testing/index.js";
import { decodeKept, encodeKept, keptCopy, type ParamCopy, paramTiming } from "./index.js";

const copy: ParamCopy = {
  rows: [1, -0.5, Number.NaN, Number.POSITIVE_INFINITY].map((value, index) => ({
    ...{ paramName: `P_${index}`, value, type: 9, index },
  })),
  hash: 0xdead_beef,
};

describe("the file of one aircraft's parameters", () => {
  it("gives back what was kept, to the last bit", () => {
    expect(decodeKept(encodeKept(uidA, copy), uidA)).toEqual({ kind: "copy", copy });
    const value = fc.oneof(fc.float(), fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), value, fc.nat(9)), { minLength: 1, maxLength: 40 }), (told) => {
        const rows = told.map(([paramName, each, type], index) => ({ paramName, value: each, type, index }));
        // JSON knows no negative zero: the aircraft's hash is not made from this copy.
        const plain = rows.map((row) => ({ ...row, value: row.value === 0 ? 0 : row.value }));
        expect(decodeKept(encodeKept(uidA, { rows: plain, hash: undefined }), uidA)).toEqual({
          ...{ kind: "copy", copy: { rows: plain, hash: undefined } },
        });
      }),
    );
  });

  it("is no copy where one byte of it is another, or its end is missing", () => {
    const whole = encodeKept(uidA, copy);
    for (let at = 0; at < whole.length; at++) {
      const turned = whole.slice();
      turned[at] = (turned[at] ?? 0) ^ 0x01;
      expect(decodeKept(turned, uidA), `byte ${at}`).toMatchObject({ kind: "unusable" });
      expect(decodeKept(whole.subarray(0, at), uidA), `cut at ${at}`).toMatchObject({ kind: "unusable" });
    }
  });

  it("is no copy of another aircraft, nor where it holds more than an aircraft has", () => {
    expect(decodeKept(encodeKept(uidA, copy), uidB)).toEqual({ kind: "unusable", why: "it is another aircraft's" });
    const row = copy.rows[0] ?? { paramName: "", value: 0, type: 9, index: 0 };
    const many = Array.from({ length: paramTiming.mostParameters + 1 }, (_, index) => ({ ...row, index }));
    expect(decodeKept(encodeKept(uidA, { rows: many, hash: 1 }), uidA).kind).toBe("unusable");
    expect(decodeKept(new Uint8Array(2 ** 20 + 1), uidA)).toMatchObject({ why: "it is too large" });
  });

  it("is replaced once at a time, the last one wins, and a disk that refuses is said and no error", () => {
    const disk = new FakeDisk();
    const waiting: (() => void)[] = [];
    const { replace } = disk;
    disk.replace = (name, bytes, done) => waiting.push(() => replace(name, bytes, done));
    const said: string[] = [];
    const kept = keptCopy(disk, "p.json", uidA, (_level, what) => said.push(what));
    for (const hash of [1, 2, 3]) kept.save({ ...copy, hash });
    expect(waiting).toHaveLength(1);
    for (const write of waiting) write();
    let loaded: ParamCopy | undefined;
    kept.load((each) => {
      loaded = each;
    });
    expect([waiting.length, loaded?.hash]).toEqual([2, 3]);
    disk.replace = (_name, _bytes, done) => done(new Error("no space left on device"));
    kept.save(copy);
    expect(said).toEqual([expect.stringContaining("could not be kept")]);
  });
});

describe("a bridge that starts anew", () => {
  const name = `parameters-${uidA}.json`;
  const listing = () => {
    const b = bench({ config: { parameters: "parameters" } });
    const a = standing(b);
    let seen = 0;
    const answer = (): void => {
      for (const message of a.heard.slice(seen)) {
        if (message.name !== "PARAM_REQUEST_LIST") continue;
        for (let index = 0; index < 30; index++)
          a.send({ name: "PARAM_VALUE", paramId: `P_${index}`, paramType: 9, paramIndex: index, paramCount: 30 });
        // As the fake answers when it is asked for it by name.
        a.send({
          name: "PARAM_VALUE",
          paramId: "_HASH_CHECK",
          paramType: 5,
          paramIndex: 65_535,
          ...paramFromInteger(2),
        });
      }
      seen = a.heard.length;
      b.clock.after(20, answer);
    };
    answer();
    b.clock.run(10_000);
    const lists = () => a.heard.filter((message) => message.name === "PARAM_REQUEST_LIST").length;
    const again = (): { lists: number; reads: number } => {
      const before = lists();
      const heard = a.heard.length;
      b.restart();
      b.clock.run(10_000);
      const reads = a.heard
        .slice(heard)
        .filter((one) => one.name === "PARAM_REQUEST_READ" && one.paramId === "_HASH_CHECK");
      return { lists: lists() - before, reads: reads.length };
    };
    return { b, again };
  };

  it("asks for the hash alone where its copy still holds", () => {
    const { b, again } = listing();
    expect(b.disk.files.has(name)).toBe(true);
    expect(again()).toEqual({ lists: 0, reads: 1 });
    expect(b.station.facts("ParametersListed").at(-1)?.data).toMatchObject({ count: 30, hash: 2 });
    expect(b.problems).toEqual([]);
  });

  it.each([
    ["the aircraft's hash is another", (bytes: Uint8Array) => encodeKept(uidA, { ...kept(bytes), hash: 7 })],
    ["its file is damaged", (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2)],
    ["its file is another aircraft's", (bytes: Uint8Array) => encodeKept(uidB, kept(bytes))],
  ])("reads all of them where %s, and keeps them", (_why, spoil) => {
    const { b, again } = listing();
    b.disk.files.set(name, [...spoil(Uint8Array.from(b.disk.files.get(name) ?? []))]);
    expect(again()).toMatchObject({ lists: 1 });
    expect(again()).toEqual({ lists: 0, reads: 1 });
    expect(b.problems).toEqual([]);
  });
});

function kept(bytes: Uint8Array): ParamCopy {
  const read = decodeKept(bytes, uidA);
  if (read.kind !== "copy") throw new Error(read.why);
  return read.copy;
}
