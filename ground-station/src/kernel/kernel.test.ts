import { type Fact, newFact } from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { MemoryDisk, seededChance } from "../app/testing/fake-ports.js";
import { FactRecord } from "../record/index.js";
import { Kernel } from "./kernel.js";
import { systemActor } from "./part.js";

const note = (text: string) => newFact("IncidentNoteAdded", { incidentId: "i_1", text }, systemActor);

function onDisk(disk: MemoryDisk) {
  const wall = new HandClock(0);
  const store = new FactRecord({ disk, name: "r", wall, log: () => undefined });
  store.open(
    () => undefined,
    () => undefined,
  );
  const kernel = new Kernel({ run: wall, chance: seededChance(), store, prov: "sim", runId: () => undefined }, []);
  return { kernel, wall };
}

const textOf = (fact: Fact): string => (fact.type === "IncidentNoteAdded" ? fact.data.text : fact.type);

describe("facts that the disk refused (INV-4, INV-9, security test 30)", () => {
  it("are told to all once the disk has them: once, in order, marked late, and before what follows from them", () => {
    const disk = new MemoryDisk();
    const { kernel, wall } = onDisk(disk);
    const told: string[] = [];
    kernel.onDurable((fact, late) => {
      told.push(`${fact.seq} ${textOf(fact)}${late ? " late" : ""}`);
      if (textOf(fact) === "a") kernel.commit([note("because of a")]);
    });
    disk.failAppends = 1;
    disk.tornBytes = 17;
    const answers: string[] = [];
    kernel.commit([note("a"), note("b")], (durable) => void answers.push(durable.kind));
    kernel.commit([note("c")], (durable) => void answers.push(durable.kind));
    expect(answers).toEqual(["error", "error"]);
    expect(told).toEqual([]);
    wall.advance(2_000);
    expect(answers).toEqual(["error", "error"]);
    expect(told).toEqual(["1 a late", "2 b late", "3 c late", "4 because of a"]);
  });
});
