import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Read } from "./read.js";
import { ReadIndex } from "./read-index.js";

/** One degree is 1,000 km here, so that numbers stay readable. */
const toLocal = (point: { latDeg: number; lonDeg: number }) => ({
  eastM: point.lonDeg * 1e6,
  northM: point.latDeg * 1e6,
});
const read = (n: number, eastM: number, northM: number, atMs: number): Read => ({
  readId: `r_${n}`,
  sourceId: "s",
  uuids: [`u_${n}`],
  isPreview: false,
  readerId: "reader-1",
  readerName: "",
  plate: "7KBM042",
  confidence: 90,
  others: [],
  vehicle: {},
  atMs,
  receivedMs: atMs,
  point: { latDeg: northM / 1e6, lonDeg: eastM / 1e6 },
});

describe("the index of reads", () => {
  it("finds what walking over everything kept would find", () => {
    const one = fc.tuple(
      fc.integer({ min: -900, max: 900 }),
      fc.integer({ min: -900, max: 900 }),
      fc.integer({ min: 0, max: 500 }),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 60 }), one, fc.integer({ min: 1, max: 800 }), (all, here, withinM) => {
        const index = new ReadIndex(toLocal, 20);
        all.forEach(([e, n, t], i) => {
          index.add(read(i, e, n, t));
        });
        const found = index
          .near(read(0, here[0], here[1], 0).point, withinM, here[2], 500)
          .map((hit) => hit.read.readId);
        const wanted = all
          .map(([e, n, t], i) => ({ id: `r_${i}`, gapM: Math.hypot(e - here[0], n - here[1]), t }))
          .slice(-20)
          .filter(({ gapM, t }) => gapM < withinM - 0.01 && t >= here[2])
          .map(({ id }) => id);
        for (const id of wanted) expect(found).toContain(id);
        expect(found.length - wanted.length).toBeLessThanOrEqual(all.length > 0 ? 3 : 0);
        expect(found.every((id) => Number(id.slice(2)) >= all.length - 20)).toBe(true);
      }),
    );
  });

  it("forgets ids with their reads and replaces a preview in place", () => {
    const index = new ReadIndex(toLocal, 2);
    index.add(read(1, 0, 0, 1));
    index.replace({ ...read(1, 0, 0, 1), plate: "6DZT881", uuids: ["u_1", "u_9"] });
    expect(index.byUuids("s", ["u_9"])?.plate).toBe("6DZT881");
    expect(index.near({ latDeg: 0, lonDeg: 0 }, 10, 0, 9)).toHaveLength(1);
    index.add(read(2, 0, 0, 2));
    index.add(read(3, 0, 0, 3));
    expect(index.byId("r_1")).toBeUndefined();
    expect(index.byUuids("s", ["u_1", "u_9"])).toBeUndefined();
    expect(index.size).toBe(2);
  });
});
