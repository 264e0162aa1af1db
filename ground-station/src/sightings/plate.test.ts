import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comparePlates, foldPlate, isPlate, normalisePlate } from "./plate.js";
import { PlateIndex } from "./plate-index.js";

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const plateOf = (alphabet: string) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: 2, maxLength: 8 }).map((all) => all.join(""));
const plate = plateOf(letters);
/** Few letters, so that near misses are common. */
const crowded = plateOf("0OD1IB8");

describe("plates", () => {
  it("are normalised once and for all", () => {
    expect(normalisePlate(" 7kbm-042 ")).toBe("7KBM042");
    expect(normalisePlate("７ＫＢＭ０４２")).toBe("7KBM042");
    fc.assert(fc.property(fc.string(), (raw) => normalisePlate(normalisePlate(raw)) === normalisePlate(raw)));
    expect(isPlate("A")).toBe(false);
    expect(isPlate("ABCDEFGHI")).toBe(false);
  });

  it("match exactly only when they are the same", () => {
    fc.assert(fc.property(crowded, crowded, (a, b) => (comparePlates(a, b)?.level === "exact") === (a === b)));
  });

  it("are possible with one look-alike and nothing with two", () => {
    expect(comparePlates("7K8M042", "7KBM042")).toEqual({ level: "possible", differs: [2] });
    expect(comparePlates("7K8MO42", "7KBM042")).toBeUndefined();
    expect(comparePlates("7KCM042", "7KBM042")).toBeUndefined();
  });

  it("are weak with one letter more or fewer", () => {
    expect(comparePlates("7KBM04", "7KBM042")?.level).toBe("weak");
    expect(comparePlates("77KBM042", "7KBM042")).toEqual({ level: "weak", differs: [1] });
    expect(comparePlates("7KBM0", "7KBM042")).toBeUndefined();
  });

  it("stand to each other the same both ways", () => {
    fc.assert(fc.property(crowded, crowded, (a, b) => comparePlates(a, b)?.level === comparePlates(b, a)?.level));
  });

  it("fold to one text only within the classes", () => {
    fc.assert(fc.property(plate, (p) => foldPlate(foldPlate(p)) === foldPlate(p)));
  });

  it("are found by the index just as by comparing with every entry", () => {
    fc.assert(
      fc.property(fc.array(crowded, { maxLength: 40 }), crowded, (listed, read) => {
        const index = new PlateIndex<string>();
        for (const one of listed) index.add(one, one);
        const found = index.find(read).map(({ plate: p, level }) => `${p} ${level}`);
        const wanted = listed.flatMap((one) => {
          const match = comparePlates(read, one);
          return match === undefined ? [] : [`${one} ${match.level}`];
        });
        expect(found.sort()).toEqual(wanted.sort());
      }),
    );
  });
});
