import { describe, expect, it } from "vitest";
import { type StreamFacts, streamState } from "./stream-state.js";

const facts = (over: Partial<StreamFacts>): StreamFacts => ({
  nowMs: 100_000,
  port: 5600,
  bound: true,
  portProblem: undefined,
  lastPacketMs: 99_900,
  lastUnitMs: 99_900,
  capturedMs: 99_800,
  waitsForKey: false,
  foreign: 0,
  timeKnown: true,
  ...over,
});

describe("state of a picture, with its cause", () => {
  it.each([
    ["live", "", facts({})],
    ["live", "Time unknown", facts({ timeKnown: false, capturedMs: undefined })],
    ["late", "1.4 s after they were taken", facts({ capturedMs: 98_600 })],
    ["late", "waiting for the next key", facts({ waitsForKey: true, lastUnitMs: 98_000, capturedMs: 97_950 })],
    ["frozen", "No packets for 4.0 s", facts({ lastPacketMs: 96_000, lastUnitMs: 96_000 })],
    ["frozen", "waiting for the next key picture", facts({ waitsForKey: true, lastUnitMs: 96_000 })],
    ["frozen", "no whole picture", facts({ lastUnitMs: 96_000 })],
    ["none", "off or out of reach", facts({ lastPacketMs: 60_000, lastUnitMs: 60_000 })],
    ["none", "no picture has come", facts({ lastPacketMs: undefined, lastUnitMs: undefined })],
    ["none", "not this camera's", facts({ lastPacketMs: undefined, lastUnitMs: undefined, foreign: 9 })],
    ["none", "EADDRINUSE", facts({ lastUnitMs: undefined, portProblem: "EADDRINUSE" })],
    ["none", "no whole key picture", facts({ lastUnitMs: undefined })],
  ] as const)("is %s: %s", (state, words, given) => {
    const told = streamState(given);
    expect(told.state).toBe(state);
    expect(told.why).toContain(words);
  });

  it("counts age from the capture, not from the arrival", () => {
    expect(streamState(facts({ capturedMs: 99_300 })).ageMs).toBe(700);
  });
});
