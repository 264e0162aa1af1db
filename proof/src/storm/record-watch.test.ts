import type { Fact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { Breaches } from "./breach.js";
import { RecordWatch } from "./record-watch.js";

const fact = (seq: number, id = `f_${seq}`, prov: Fact["prov"] = "sim"): Fact =>
  ({
    seq,
    id,
    prov,
    tMs: seq,
    by: { kind: "system", part: "ground-station" },
    type: "RunEnded",
    data: { runId: "run" },
  }) as Fact;

function watching(): { watch: RecordWatch; said: () => readonly string[] } {
  const breaches = new Breaches(() => 0);
  return { watch: new RecordWatch(breaches), said: () => breaches.list.map((one) => one.invariant) };
}

describe("the storm's record watch", () => {
  it("sees a fact of a live aircraft in a simulated world (INV-7)", () => {
    const { watch, said } = watching();
    watch.onTold(fact(1));
    expect(said()).toEqual([]);
    watch.onTold(fact(2, "f_2", "live"));
    expect(said()).toEqual(["INV-7"]);
  });
  it("sees a screen that shows what is not recorded, another fact in its place, or one twice (INV-9)", () => {
    const { watch, said } = watching();
    for (const seq of [1, 2, 3]) watch.onTold(fact(seq));
    expect(watch.shown("incidents", [fact(1), fact(3)], 0)).toBe(3);
    expect(said()).toEqual([]);
    watch.shown("incidents", [fact(4)], 3);
    watch.shown("incidents", [fact(2, "f_other")], 1);
    watch.shown("incidents", [fact(3)], 3);
    expect(said()).toEqual(["INV-9", "INV-9", "INV-9"]);
  });
  it("sees facts told out of order (INV-8) and an acknowledged alert that no disk holds (INV-4)", () => {
    const { watch, said } = watching();
    watch.onTold(fact(2));
    watch.onTold(fact(1));
    expect(said()).toEqual(["INV-8"]);
    watch.acknowledged("a_1");
    watch.check(new Uint8Array(0), false);
    expect(said()).toContain("INV-4");
  });
});
