import { encodeFrame, type MessageInit } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { ProcessClock } from "./event-queue.js";
import { stormTools } from "./io/tools.js";
import { recordFile, runStorm, type StormResult, type StormWorld } from "./storm.js";
import { stormSite } from "./storm-site.js";

const site = stormSite(7, 4);
const decoder = new TextDecoder();

function storm(seed: number, minutes: number, sabotage?: (world: StormWorld) => void): StormResult {
  return runStorm({
    seed,
    minutes,
    site,
    tools: stormTools,
    sha256Hex: (bytes) => stormTools.sha256Hex(decoder.decode(bytes)),
    ...(sabotage === undefined ? {} : { sabotage }),
  });
}

const kindsOf = (result: StormResult): readonly string[] => [...new Set(result.breaches.map((one) => one.invariant))];
const afterS = (world: StormWorld, seconds: number, run: () => void): void => {
  world.queue.at(world.queue.nowMs + seconds * 1000, run);
};

/** A stranger on the network who orders an aircraft to arm; the first socket bound is the first aircraft's. */
function strangerArms({ queue, net }: StormWorld, targetSystem: number): void {
  const arm: MessageInit<"COMMAND_LONG"> & { name: "COMMAND_LONG" } = {
    name: "COMMAND_LONG",
    command: 400,
    param1: 1,
    targetSystem,
    targetComponent: 1,
  };
  const socket = net
    .datagrams(new ProcessClock(queue))
    .bind({ port: 0, host: "x" }, { onDatagram: () => undefined, onError: () => undefined, onBound: () => undefined });
  socket.send(encodeFrame(arm, { sysid: 77, compid: 190, seq: 3 }), { host: "x", port: 40_000 });
}

/** The record loses its last whole line, as on a disk that said "written" and was not. */
function loseLastFact({ recordDisk }: StormWorld): void {
  const bytes = recordDisk.get(recordFile) ?? new Uint8Array(0);
  recordDisk.set(recordFile, bytes.slice(0, bytes.lastIndexOf(10, bytes.length - 2) + 1));
}

function changeFirstFact({ recordDisk }: StormWorld): void {
  const bytes = (recordDisk.get(recordFile) ?? new Uint8Array(0)).slice();
  const text = decoder.decode(bytes);
  const at = text.indexOf('"version":"storm"') + '"version":"'.length;
  bytes[at] = "S".charCodeAt(0);
  recordDisk.set(recordFile, bytes);
}

describe("the storm", () => {
  it("finds no breach of an invariant, tells a story, and tells the same one again from the same seed", () => {
    // The second of them flies with MAVLink signing.
    const [first, second, again] = [storm(1, 3), storm(4, 3), storm(1, 3)];
    expect(first.breaches).toEqual([]);
    expect(second.breaches).toEqual([]);
    expect(first.facts).toBeGreaterThan(40);
    expect(again.recordHash).toBe(first.recordHash);
    expect(again.events).toBe(first.events);
    expect(second.recordHash).not.toBe(first.recordHash);
  }, 120_000);

  it("sees an aircraft that is told to arm without an approval (INV-1)", () => {
    const result = storm(1, 0.5, (world) => afterS(world, 20, () => strangerArms(world, 1)));
    expect(kindsOf(result)).toEqual(["INV-1"]);
  }, 60_000);

  it("sees a command that reaches another aircraft than it is for (INV-6)", () => {
    const result = storm(1, 0.5, (world) => afterS(world, 20, () => strangerArms(world, 2)));
    expect(kindsOf(result)).toContain("INV-6");
  }, 60_000);

  it("sees that a fact which was told is not on the disk (INV-4)", () => {
    const result = storm(1, 0.5, (world) => afterS(world, 29.9, () => loseLastFact(world)));
    expect(kindsOf(result)).toContain("INV-4");
  }, 60_000);

  it("sees that a line of the record was changed (INV-8)", () => {
    const result = storm(1, 0.5, (world) => afterS(world, 29.9, () => changeFirstFact(world)));
    expect(kindsOf(result)).toContain("INV-8");
  }, 60_000);
});
