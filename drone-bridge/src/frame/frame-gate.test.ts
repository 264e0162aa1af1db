import { encodeFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { FrameGate, unsigned } from "./index.js";

const beat = (seq: number, compid = 1): Uint8Array =>
  encodeFrame({ name: "HEARTBEAT", type: 2, autopilot: 12 }, { sysid: 1, compid, seq });

describe("the frames of one peer", () => {
  it("count what is missing per component, over the turn of the counter, and neither late nor doubled ones", () => {
    const gate = new FrameGate(unsigned);
    for (const seq of [253, 254, 0, 0, 255, 1, 5]) gate.receive(beat(seq), true, () => {});
    gate.receive(beat(90, 100), true, () => {});
    expect(gate.counts.lost).toBe(4);
  });

  it("are not held back by noise that begins like one, once nothing has come for a moment", () => {
    const gate = new FrameGate(unsigned);
    const heard: number[] = [];
    const take = (frame: { readonly seq: number }): number => heard.push(frame.seq);
    gate.receive(Uint8Array.from([0xfe, 0xff, 0x01, 0x01, 0x01, 0x21]), false, take);
    gate.receive(beat(0), false, take);
    gate.still(150, take);
    expect(heard).toEqual([]);
    gate.still(250, take);
    expect(heard).toEqual([0]);
    gate.receive(beat(1).subarray(0, 9), false, take);
    gate.still(100, take);
    gate.receive(beat(1).subarray(9), false, take);
    expect(heard).toEqual([0, 1]);
  });

  it("are numbered by us for this peer alone", () => {
    const [a, b] = [new FrameGate(unsigned), new FrameGate(unsigned)];
    const seqs = [a, b, a, b].map((gate) => gate.encode({ name: "HEARTBEAT" })[4]);
    expect(seqs).toEqual([0, 0, 1, 1]);
  });
});
