import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gunshot } from "../app/testing/alerts.js";
import { TestStation } from "../app/testing/test-station.js";
import { verdictOn } from "./io/verify-main.js";
import { verifyExport } from "./verify-export.js";

const encoder = new TextEncoder();

function exportOf(from = 1, to = 5): { text: string; root: string } {
  const test = new TestStation();
  test.post("shots", "/intake/gunshot", gunshot());
  const answer = test.get(`/api/v1/records/export?from=${from}&to=${to}`, test.login("supervisor"));
  return { text: answer.text, root: answer.headers["x-outrider-root"] ?? "" };
}

describe("an export away from the station (security test 29)", () => {
  it("holds as it was made, from its first fact or from the middle, against the root that was told", () => {
    for (const [from, to] of [
      [1, 5],
      [3, 5],
    ] as const) {
      const { text, root } = exportOf(from, to);
      expect(verifyExport(text, root)).toMatchObject({ kind: "ok", count: to - from + 1 });
      expect(verdictOn(encoder.encode(text), root).holds).toBe(true);
    }
  });

  it("shows any single changed character of what it says", () => {
    const { text, root } = exportOf(2, 4);
    const end = text.length - 1;
    fc.assert(
      fc.property(fc.nat(end), fc.constantFrom("0", "7", "a", "f", "x", " ", '"'), (at, letter) => {
        const changed = text.slice(0, at) + letter + text.slice(at + 1);
        fc.pre(changed !== text);
        // White space and digits written otherwise say the same; the same words must stay the same words.
        let same = false;
        try {
          const [a, b] = [JSON.parse(changed), JSON.parse(text)];
          // Told beside the proof: of a piece from the middle the head is not what is proven.
          for (const one of [a, b]) delete one.headHash;
          same = JSON.stringify(a) === JSON.stringify(b);
        } catch {}
        fc.pre(!same);
        expect(verifyExport(changed, root).kind).toBe("broken");
      }),
      { numRuns: 300 },
    );
  });

  it("names the fact that was changed, left out or put in another's place", () => {
    const { text, root } = exportOf(1, 5);
    const change = (edit: (facts: { fact: { seq: number; tMs: number } }[]) => unknown): string => {
      const value = JSON.parse(text);
      value.facts = edit(value.facts);
      return JSON.stringify(value);
    };
    expect(
      verifyExport(
        change((facts) => facts.map((one, i) => (i === 2 ? { ...one, fact: { ...one.fact, tMs: 1 } } : one))),
        root,
      ),
    ).toMatchObject({ kind: "broken", badSeq: 3 });
    expect(
      verifyExport(
        change((facts) => facts.filter((_, i) => i !== 3)),
        root,
      ),
    ).toMatchObject({ kind: "broken" });
    expect(
      verifyExport(
        change(([a, b, ...rest]) => [b, a, ...rest]),
        root,
      ),
    ).toMatchObject({ badSeq: 1 });
    expect(verifyExport(text, "0".repeat(64))).toMatchObject({ kind: "broken" });
  });

  it("can be checked by the command for a record, an export and a track", () => {
    const test = new TestStation();
    test.post("shots", "/intake/gunshot", gunshot());
    const record = test.disk.files.get("record.ndjson") ?? new Uint8Array();
    const { headHash } = test.station.record.head;
    expect(verdictOn(record, headHash)).toMatchObject({ holds: true, text: expect.stringContaining(headHash) });
    const changed = record.slice();
    changed[200] = (changed[200] ?? 0) ^ 1;
    expect(verdictOn(changed)).toMatchObject({ holds: false, text: expect.stringContaining("BROKEN at fact") });
    const track = encoder.encode('{"track":1,"trackId":"l_1"}\n');
    expect(verdictOn(track).holds).toBe(false);
    expect(verdictOn(track, verdictOn(track).text.split(/[ :]/)[1]).holds).toBe(true);
  });
});
