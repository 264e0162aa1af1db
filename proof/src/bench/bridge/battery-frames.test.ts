import { decode, FrameReader, message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { answersTo, batteryFrames, datagramBytes } from "./battery-frames.js";

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

  it("go with an answer to what an aircraft is asked when it is met, its name among it, and to nothing else", () => {
    const names = [
      message("COMMAND_LONG", { command: 511 }),
      message("COMMAND_LONG", { command: 512, param1: 148 }),
      message("PARAM_REQUEST_READ", { paramId: "NAV_DLL_ACT" }),
      message("PARAM_REQUEST_LIST"),
      message("HEARTBEAT"),
      message("TIMESYNC"),
    ].map((asked) => answersTo(asked, 7).map(({ name }) => name));
    expect(names).toEqual([
      ["COMMAND_ACK"],
      ["COMMAND_ACK", "AUTOPILOT_VERSION"],
      ["PARAM_VALUE"],
      ["PARAM_VALUE"],
      [],
      [],
    ]);
  });
});
