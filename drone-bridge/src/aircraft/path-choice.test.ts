import { encodeFrame, type Frame, FrameReader } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { type CarrierChange, PathChoice } from "./index.js";

const path = (key: string) => ({ key, link: key, peer: "x", signed: false });
const lte = path("lte");
const radio = path("radio");

function frame(seq: number, customMode = 0): Frame {
  let found: Frame | undefined;
  new FrameReader().pushDatagram(
    encodeFrame({ name: "HEARTBEAT", type: 2, customMode }, { sysid: 1, compid: 1, seq }),
    (each) => {
      found = each;
    },
  );
  if (found === undefined) throw new Error("no frame");
  return found;
}

function both(): { choice: PathChoice; changes: CarrierChange[]; hear(key: "lte" | "radio", tMs: number): void } {
  const changes: CarrierChange[] = [];
  const choice = new PathChoice((change) => changes.push(change));
  choice.add(lte, 0);
  choice.add(radio, 0);
  let seq = 0;
  const hear = (key: "lte" | "radio", tMs: number): void => {
    choice.isDuplicate(key === "lte" ? lte : radio, frame(seq++ & 0xff), tMs);
  };
  return { choice, changes, hear };
}

const status = { rssi: 180, remrssi: 180, noise: 40, remnoise: 40, txbuf: 100, rxerrors: 0, fixed: 0 };
const radioStatus = (more: Partial<typeof status>) => ({ name: "RADIO_STATUS" as const, ...status, ...more });

describe("two ways to one aircraft", () => {
  it("hear once what comes by both, and twice what only looks alike", () => {
    const { choice } = both();
    expect(choice.isDuplicate(lte, frame(7), 0)).toBe(false);
    expect(choice.isDuplicate(radio, frame(7), 40)).toBe(true);
    expect(choice.isDuplicate(radio, frame(7, 1), 60)).toBe(false);
    expect(choice.isDuplicate(radio, frame(8), 80)).toBe(false);
    // The counter came round: the same bytes a moment later are another frame.
    expect(choice.isDuplicate(radio, frame(7), 700)).toBe(false);
  });

  it("keep to one as long as both are good", () => {
    const { choice, changes, hear } = both();
    for (let tMs = 0; tMs < 10_000; tMs += 100) {
      hear(tMs % 200 === 0 ? "lte" : "radio", tMs);
      expect(choice.best(tMs)?.key).toBe("lte");
    }
    expect(changes).toEqual([]);
  });

  it("change within a second of silence, and say why", () => {
    const { choice, changes, hear } = both();
    for (let tMs = 0; tMs <= 2_000; tMs += 100) {
      if (tMs <= 500) hear("lte", tMs);
      hear("radio", tMs);
      choice.best(tMs);
    }
    expect(choice.best(2_000)?.key).toBe("radio");
    expect(changes).toMatchObject([{ from: lte, to: radio, why: "nothing came by the other one for 1.1 s" }]);
    // It speaks again and is as good: no way back for its own sake.
    for (let tMs = 2_100; tMs <= 9_000; tMs += 100) {
      hear("lte", tMs);
      hear("radio", tMs);
      expect(choice.best(tMs)?.key).toBe("radio");
    }
  });

  it("change for loss only when the other has been better for two seconds", () => {
    const { choice, changes, hear } = both();
    for (let tMs = 0; tMs <= 4_000; tMs += 100) {
      hear("lte", tMs);
      hear("radio", tMs);
      choice.counted("lte", { frames: tMs / 10, lost: tMs < 1_000 ? 0 : (tMs - 1_000) / 5 }, tMs);
      choice.counted("radio", { frames: tMs / 10, lost: 0 }, tMs);
      choice.best(tMs);
    }
    expect(changes).toHaveLength(1);
    expect(changes[0]?.why).toMatch(/% of its frames are missing/);
    expect(choice.best(4_000)?.key).toBe("radio");
  });

  it.each([
    ["a signal near the noise", { remrssi: 45 }, "its signal is 5 over noise"],
    ["a full send buffer", { txbuf: 10 }, "its radio has 10 % of its buffer left"],
  ])("change for %s, as the radio tells it", (_name, more, words) => {
    const { choice, changes, hear } = both();
    for (let tMs = 0; tMs <= 3_000; tMs += 100) {
      hear("lte", tMs);
      hear("radio", tMs);
      if (tMs > 500) choice.radio("lte", radioStatus(more), tMs);
      choice.best(tMs);
    }
    expect(changes[0]?.why).toContain(words);
  });

  it("stay where both are poor, and with the one heard last where both are silent", () => {
    const { choice, hear } = both();
    for (let tMs = 0; tMs <= 3_000; tMs += 100) {
      hear("lte", tMs);
      if (tMs < 2_000) hear("radio", tMs);
      for (const key of ["lte", "radio"]) choice.radio(key, radioStatus({ txbuf: 1 }), tMs);
      expect(choice.best(tMs)?.key).toBe("lte");
    }
    expect(choice.best(60_000)?.key).toBe("lte");
  });

  it("use the other at once when one is unplugged", () => {
    const { choice, changes, hear } = both();
    hear("lte", 0);
    hear("radio", 0);
    expect(choice.best(10)?.key).toBe("lte");
    choice.remove("lte");
    expect(choice.best(20)?.key).toBe("radio");
    expect(changes).toMatchObject([{ from: lte, to: radio }]);
  });
});
