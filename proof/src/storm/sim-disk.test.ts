import type { AppendFile } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { EventQueue, ProcessClock } from "./event-queue.js";
import { SeededChance } from "./seeded-chance.js";
import { Platters, SimDisk } from "./sim-disk.js";

const text = (platters: Platters, name: string): string => new TextDecoder().decode(platters.get(name));

/** Two files of one machine, each with something on its way to the platters, and then the power goes. */
function crashed(seed: number): Platters {
  const queue = new EventQueue(0);
  const platters = new Platters();
  const disk = new SimDisk(platters, new ProcessClock(queue), new SeededChance(seed, 1));
  const files = new Map<string, AppendFile>();
  for (const name of ["record", "track"])
    disk.open(name, (opened) => {
      if (opened.kind === "ok") files.set(name, opened.file);
    });
  while (queue.step(1));
  for (const [name, file] of files) file.append(new TextEncoder().encode(`${name}-0123456789`), () => undefined);
  disk.crash();
  return platters;
}

describe("the storm's disk", () => {
  it("may tear each of the files that are being written when the power goes", () => {
    const torn = { record: 0, track: 0 };
    for (let seed = 1; seed <= 40; seed++) {
      const platters = crashed(seed);
      for (const name of ["record", "track"] as const) {
        const left = text(platters, name);
        expect(`${name}-0123456789`.startsWith(left)).toBe(true);
        if (left.length > 0 && left.length < name.length + 11) torn[name] += 1;
      }
    }
    expect(torn.record).toBeGreaterThan(5);
    expect(torn.track).toBeGreaterThan(5);
  });
});
