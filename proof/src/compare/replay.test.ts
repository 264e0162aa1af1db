import { type AnyMessageInit, decode, encodeFrame, FrameReader } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { compare } from "./compare.js";
import type { Recording, SentFrame } from "./recording.js";
import { flyAgain } from "./replay.js";
import type { Story } from "./story.js";
import { type Track, TrackWriter } from "./track.js";

const story: Story = { capture: "own", sysid: 7, what: "our own flight", dynamics: true };
const nan = Number.NaN;

function frame(tS: number, message: AnyMessageInit): Omit<SentFrame, "turn"> {
  const bytes = encodeFrame(message, { sysid: 255, compid: 190, seq: 0 });
  let whole: SentFrame["message"] | undefined;
  new FrameReader().pushDatagram(bytes, (one) => {
    whole = decode(one);
  });
  if (whole === undefined) throw new Error(`no frame of ${message.name}`);
  return { tS, bytes, message: whole };
}

const order = (tS: number, command: number, rest: Readonly<Record<string, number>> = {}) =>
  frame(tS, { name: "COMMAND_LONG", command, targetSystem: 7, targetComponent: 1, ...rest });

/** A ground station's side of a flight: heartbeats, arm, take-off to 20 m, landing. */
function station(toS: number, silentFromS = toS): Omit<SentFrame, "turn">[] {
  const beats = Array.from({ length: Math.floor(silentFromS) }, (_, i) =>
    frame(i + 0.5, { name: "HEARTBEAT", type: 6, autopilot: 8, mavlinkVersion: 3 }),
  );
  const flight = [
    order(7, 400, { param1: 1 }),
    order(8.2, 22, { param4: nan, param5: nan, param6: nan, param7: 320 }),
    order(32, 21, { param4: nan, param5: nan, param6: nan, param7: nan }),
  ];
  return [...beats, ...flight].filter((one) => one.tS < toS).sort((a, b) => a.tS - b.tS);
}

/** What our aircraft does at those very times: that flight stands in for the recorded one. */
function recorded(sent: readonly Omit<SentFrame, "turn">[], toS: number): Recording {
  const bare = new TrackWriter().track;
  bare.endS = toS;
  const track = flyAgain({ track: bare, sent: sent.map((one) => ({ ...one, turn: -1 })) }, story);
  track.charge.length = 0;
  const turnAt = (tS: number): number => track.turns.findLastIndex((turn) => turn.tS <= tS);
  return { track, sent: sent.map((one) => ({ ...one, turn: turnAt(one.tS) })) };
}

const orderS = (track: Track, command: number): number =>
  track.orders.find((one) => one.command === command)?.tS ?? Number.NaN;
const holdS = (track: Track): number =>
  track.turns.find((turn) => turn.tS > 12 && turn.what === "Hold")?.tS ?? Number.NaN;

describe("flying a recording again", () => {
  const original = recorded(station(70), 70);

  it("repeats our own flight line for line", () => {
    expect(original.track.turns.map((turn) => turn.what)).toEqual([
      "disarmed Hold (not ready)",
      "disarmed Hold",
      "Hold",
      "Takeoff",
      "Hold",
      "Land",
      "disarmed Hold",
    ]);
    const rows = compare(story, original.track, flyAgain(original, story));
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.filter((row) => !row.within)).toEqual([]);
  });

  it("gives an order as long after the change of state before it as recorded, however long that takes", () => {
    const slow = flyAgain(original, { ...story, params: { MPC_TKO_SPEED: 1, MPC_Z_V_AUTO_UP: 1.2 } });
    expect(holdS(slow)).toBeGreaterThan(holdS(original.track) + 3);
    const waited = (track: Track): number => orderS(track, 21) - holdS(track);
    expect(Math.abs(waited(slow) - waited(original.track))).toBeLessThan(0.1);
    const rows = compare(story, original.track, slow);
    expect(rows.filter((row) => !row.within).map((row) => row.what)).toContain("take-off, fastest climb");
  });

  it("goes on after a change that never comes", () => {
    const turns = original.track.turns.map((turn) => (turn.what === "Takeoff" ? { ...turn, what: "Mission" } : turn));
    const odd = flyAgain({ ...original, track: { ...original.track, turns } }, story);
    expect(odd.turns.at(-1)?.what).toBe("disarmed Hold");
  });

  it("keeps a ground station's silence: its heartbeats stop where they stopped", () => {
    const silent = recorded(station(70, 20), 70);
    expect(flyAgain(silent, story).texts.map((text) => text.what)).not.toContain("Disarmed by landing");
    expect(original.track.texts.map((text) => text.what)).toContain("Disarmed by landing");
  });

  it("loses a rotor and raises the ground when the story says so", () => {
    const broken = flyAgain(original, { ...story, events: [{ atS: 28, kind: "rotor lost", rotor: 1 }] });
    expect(Math.max(...broken.tilts.map((tilt) => tilt.deg))).toBeGreaterThan(60);
    const raised = flyAgain(original, { ...story, events: [{ atS: 28, kind: "ground", altAmslM: 310 }] });
    expect(raised.fixes.at(-1)?.altAmslM).toBeGreaterThan(309);
  });
});
