import { encodeFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { readTlog } from "../link/index.js";
import { Recent } from "./recent.js";
import { Blocks } from "./records.js";

const keepMs = 10_000;
const frame = (n: number): Uint8Array =>
  encodeFrame({ name: "ATTITUDE", timeBootMs: n }, { sysid: 1, compid: 1, seq: n & 0xff });

function counted(): { store: Blocks; made: Set<unknown> } {
  const store = new Blocks();
  const made = new Set<unknown>();
  const take = store.take.bind(store);
  store.take = () => {
    const block = take();
    made.add(block);
    return block;
  };
  return { store, made };
}

describe("the last seconds of what was heard", () => {
  it("take no new memory however long an aircraft stands there, and leave it to the others when drained", () => {
    const { store, made } = counted();
    const recent = new Recent(keepMs, store);
    const hearFor = (fromMs: number, forMs: number): void => {
      for (let tMs = fromMs; tMs < fromMs + forMs; tMs += 2) recent.add(frame(tMs), tMs);
    };
    hearFor(0, 15_000);
    const before = made.size;
    hearFor(15_000, 60_000);
    recent.drain(75_000, () => {});
    new Recent(keepMs, store).add(frame(1), 75_000);
    expect(made.size).toBe(before);
  });

  it("are given whole and in order, over the borders of their memory, and nothing older", () => {
    const recent = new Recent(keepMs, new Blocks());
    for (let tMs = 0; tMs < 30_000; tMs += 3) recent.add(frame(tMs), tMs);
    const times: number[] = [];
    let frames = 0;
    recent.drain(30_000, (records, count) => {
      frames += count;
      const end = readTlog(records, ({ tMs }) => times.push(tMs));
      expect(end).toBe(records.length);
    });
    expect(times.length).toBe(frames);
    expect(times).toEqual(Array.from({ length: times.length }, (_, n) => 29_997 - 3 * (times.length - 1 - n)));
    expect(times[0]).toBeGreaterThanOrEqual(30_000 - keepMs);
    expect(times.length).toBeGreaterThan(2_900);
    recent.drain(30_000, () => expect.unreachable());
  });
});
