import { decode, FrameReader } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { batteryFrames, datagramBytes, introduction } from "./battery-frames.js";

describe("the frames of the bridge's bench", () => {
  it("are one whole message each, of the length that the bar speaks of, by counter", () => {
    const reader = new FrameReader();
    const seen: number[] = [];
    for (const frame of batteryFrames(7)) {
      expect(frame.length).toBe(datagramBytes);
      reader.pushDatagram(frame, (found) => {
        const message = decode(found);
        expect(message?.name === "BATTERY_STATUS" && message.batteryRemaining >= 20).toBe(true);
        seen.push(found.seq);
      });
    }
    expect(seen).toEqual(Array.from({ length: 256 }, (_, seq) => seq));
  });

  it("begin with a heartbeat and a name", () => {
    const names: (string | undefined)[] = [];
    for (const frame of introduction(7)) new FrameReader().push(frame, (found) => names.push(decode(found)?.name));
    expect(names).toEqual(["HEARTBEAT", "AUTOPILOT_VERSION"]);
  });
});
