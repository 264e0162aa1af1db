import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, type LabelWish, overlaps, placeLabels } from "./placeLabels.js";

const none: ReadonlyMap<string, number> = new Map();

describe("placeLabels", () => {
  it("never overlaps two labels, a label and a kept-out box, or the edge, on any pose", () => {
    const wish = fc.record({
      x: fc.integer({ min: -50, max: 1490 }),
      y: fc.integer({ min: -50, max: 950 }),
      w: fc.integer({ min: 30, max: 200 }),
      h: fc.constantFrom(17, 34),
      priority: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 60 }), (raw) => {
        const wishes: LabelWish[] = raw.map((r, i) => ({ ...r, id: `l${i}` }));
        const keepOut: Box[] = [[0, 830, 330, 70]];
        const { placed } = placeLabels({ wishes, width: 1440, height: 900, keepOut, previous: none });
        const boxes = placed.map((p): Box => {
          const w = wishes.find((q) => q.id === p.id);
          return [(w?.x ?? 0) + p.dx, (w?.y ?? 0) + p.dy, p.w, p.h];
        });
        boxes.forEach((a, i) => {
          expect(a[0] >= 0 && a[1] >= 0 && a[0] + a[2] <= 1440 && a[1] + a[3] <= 900).toBe(true);
          for (const b of [...keepOut, ...boxes.slice(i + 1)]) expect(overlaps(a, b)).toBe(false);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("drops the least important when there is no room", () => {
    const wishes = Array.from(
      { length: 40 },
      (_, i): LabelWish => ({ id: `l${i}`, x: 200, y: 200, w: 120, h: 34, priority: i === 17 ? 9 : 1 }),
    );
    const { placed } = placeLabels({ wishes, width: 400, height: 400, keepOut: [], previous: none });
    expect(placed[0]?.id).toBe("l17");
    expect(placed.length).toBeLessThan(13);
  });

  it("keeps the side a label had while it is free, and leaves it when it is taken", () => {
    const wish: LabelWish = { id: "a", x: 300, y: 300, w: 100, h: 34, priority: 5 };
    const input = { wishes: [wish], width: 900, height: 700, keepOut: [], previous: new Map([["a", 3]]) };
    expect(placeLabels(input).placed[0]?.place).toBe(3);
    const blocked: Box[] = [[250, 318, 100, 34]];
    expect(placeLabels({ ...input, keepOut: blocked }).placed[0]?.place).not.toBe(3);
  });

  it("draws a leader only for a label pushed more than 15 px away", () => {
    const wish: LabelWish = { id: "a", x: 300, y: 300, w: 100, h: 34, priority: 5 };
    const far = placeLabels({ wishes: [wish], width: 900, height: 700, keepOut: [], previous: new Map([["a", 10]]) });
    expect(far.placed[0]?.leader).toBe(true);
  });
});
