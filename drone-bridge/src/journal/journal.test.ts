import { describe, expect, it } from "vitest";
import { FakeClock, FakeDisk } from "../testing/index.js";
import { Journal } from "./index.js";

function open(disk: FakeDisk, clock = new FakeClock()): Journal {
  const journal = new Journal({ disk, name: "j", run: clock, wall: clock, log: () => {} });
  journal.open((error) => expect(error).toBeUndefined());
  return journal;
}

const about = { orderId: "o1", uid: "u1", verb: "arm" };
const sent = { orderId: "o1", uid: "u1", act: { verb: "arm" as const } };

describe("the bridge's journal", () => {
  it("numbers facts without gap over restarts, and cuts off what a crash left half written", () => {
    const disk = new FakeDisk();
    open(disk).fact("BridgeStarted", { bootId: "a" });
    disk.files.get("j")?.push(...new TextEncoder().encode('{"kind":"fact","seq":2,"tMs'));
    const journal = open(disk);
    journal.fact("BridgeStarted", { bootId: "b" });
    expect(journal.factsAfter(0).map((fact) => [fact.seq, fact.data])).toEqual([
      [1, { bootId: "a" }],
      [2, { bootId: "b" }],
    ]);
    expect(open(disk).lastSeq).toBe(2);
  });

  it("is cut at every byte without losing a whole line or inventing one", () => {
    const disk = new FakeDisk();
    const journal = open(disk);
    for (let n = 0; n < 5; n++) journal.fact("BridgeStarted", { bootId: `b${n}` });
    const whole = disk.files.get("j") ?? [];
    for (let cut = 0; cut <= whole.length; cut++) {
      const torn = new FakeDisk();
      torn.files.set("j", whole.slice(0, cut));
      const lines = whole.slice(0, cut).filter((byte) => byte === 0x0a).length;
      const again = open(torn);
      again.fact("BridgeStarted", { bootId: "next" });
      expect(
        open(torn)
          .factsAfter(0)
          .map((fact) => fact.seq),
      ).toEqual(Array.from({ length: lines + 1 }, (_, n) => n + 1));
    }
  });

  it("remembers orders and approvals for ever", () => {
    const disk = new FakeDisk();
    const journal = open(disk);
    journal.intend({ ...about, approvalId: "p1" }, sent, () => {});
    const again = open(disk);
    expect(again.knownOrder("o1")?.outcome).toBeUndefined();
    expect(again.openOrders().map((intent) => intent.orderId)).toEqual(["o1"]);
    expect(again.approvalUsed("p1")).toBe(true);
    again.fact("OrderDone", { ...about, text: "armed" });
    expect(open(disk).knownOrder("o1")?.outcome?.type).toBe("OrderDone");
    expect(open(disk).openOrders()).toEqual([]);
  });

  it("says that an intent could not be written, keeps the facts and leaves no gap", () => {
    const disk = new FakeDisk();
    const clock = new FakeClock();
    const journal = open(disk, clock);
    disk.failing = true;
    const errors: (string | undefined)[] = [];
    journal.intend(about, sent, (error) => errors.push(error?.message));
    journal.fact("BridgeStarted", { bootId: "kept" });
    expect(errors).toEqual(["no space left on device"]);
    expect(journal.writable).toBe(false);
    disk.failing = false;
    clock.run(1_500);
    expect(journal.factsAfter(0).map((fact) => [fact.seq, fact.type])).toEqual([[1, "BridgeStarted"]]);
  });
});
