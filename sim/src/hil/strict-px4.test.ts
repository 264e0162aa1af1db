import { type AnyMessageInit, encodeFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { hoverControl, responderQuad } from "../air/index.js";
import { flatWorld } from "../autopilot/index.js";
import { FaultSet } from "../faults/index.js";
import { earthFieldAt, HilLink } from "./index.js";
import { StrictPx4 } from "./testing/strict-px4.js";

const home = { latDeg: 37.77, lonDeg: -122.45 };

/** Link and stand-in back to back, wall time counted by hand. */
function pair() {
  const faults = new FaultSet();
  let px4: StrictPx4 | undefined;
  let wallMs = 0;
  const link = new HilLink({
    world: flatWorld(home, 300),
    home,
    seed: 9,
    field: earthFieldAt(home),
    faults,
    target: "uid-1",
    send: (bytes) => px4?.take(bytes, wallMs),
  });
  px4 = new StrictPx4({ send: (bytes) => link.take(bytes), controls: () => hoverControl(responderQuad) * 1.2 }, wallMs);
  const fly = (forMs: number): void => {
    for (const endMs = wallMs + forMs; wallMs < endMs; ) {
      wallMs += 4;
      link.advance(wallMs, wallMs);
      px4?.tick(wallMs);
    }
  };
  return { link, px4, faults, fly, wallMs: () => wallMs };
}

describe("the simulator's side of the link before a strict PX4", () => {
  it("keeps step, order and rates for ten seconds, and a disarmed aircraft stands", () => {
    const { link, px4, fly } = pair();
    fly(10_000);
    expect(px4.problems).toEqual([]);
    expect(px4.steps).toBe(2_500);
    expect(px4.answers).toBe(2_500 - 16);
    expect(px4.fixes).toBe(100);
    expect(link.truth.inContact).toBe(true);
    expect(link.armed).toBe(false);
  });

  it("lifts once PX4 is armed, and not before", () => {
    const { link, px4, fly } = pair();
    fly(1_000);
    expect(link.truth.rotor1).toBe(0);
    px4.armed = true;
    fly(3_000);
    expect(link.truth.altAmslM - 300).toBeGreaterThan(3);
    expect(px4.problems).toEqual([]);
  });

  it("lets the aircraft fall at the pace of the run when PX4 answers nothing more", () => {
    const { link, px4, fly } = pair();
    fly(200);
    px4.armed = true;
    fly(6_000);
    const highM = link.truth.altAmslM;
    px4.silent = true;
    fly(4_000);
    expect(link.truth.rotor1).toBeLessThan(0.05);
    expect(highM - link.truth.altAmslM).toBeGreaterThan(5);
    expect(link.stats.unanswered).toBeGreaterThan(300);
  });

  it("goes on in lockstep when an aircraft that was silent answers again", () => {
    const { px4, fly, link } = pair();
    fly(200);
    px4.silent = true;
    fly(1_000);
    px4.silent = false;
    fly(1_000);
    const { unanswered } = link.stats;
    fly(1_000);
    expect(link.stats.unanswered).toBe(unanswered);
  });
});

describe("the strict stand-in itself", () => {
  const sensor = (timeUsec: number, over: object = {}): AnyMessageInit => ({
    name: "HIL_SENSOR",
    timeUsec: BigInt(timeUsec),
    fieldsUpdated: 0x1bff,
    absPressure: 980,
    zacc: -9.8 - timeUsec / 1e9,
    ...over,
  });
  const fix = (timeUsec: number): AnyMessageInit => ({
    name: "HIL_GPS",
    timeUsec: BigInt(timeUsec),
    fixType: 3,
    eph: 90,
    satellitesVisible: 12,
  });
  const heardBy = (...messages: AnyMessageInit[]): readonly string[] => {
    const px4 = new StrictPx4({ send: () => undefined }, 0);
    for (const [i, one] of messages.entries()) px4.take(encodeFrame(one, { sysid: 51, compid: 51, seq: i }), i * 4);
    return px4.problems;
  };

  it("has nothing against a fix and its step", () => {
    expect(heardBy(fix(4_000), sensor(4_000), sensor(8_000))).toEqual([]);
  });

  it.each([
    ["a step left out", [sensor(4_000), sensor(12_000)], "a step of 8000 us"],
    ["time that goes back", [sensor(8_000), sensor(4_000)], "a step of -4000 us"],
    ["Unix time", [sensor(1_700_000_000_000_000)], "not near zero"],
    ["a fix after its step", [sensor(4_000), fix(4_000)], "after its step"],
    ["half a barometer", [sensor(4_000, { fieldsUpdated: 0x23f })], "counts as nothing"],
    ["no inertial sensors", [sensor(4_000, { fieldsUpdated: 0x1bc0 })], "without inertial sensors"],
    ["pressure in pascal", [sensor(4_000, { absPressure: 98_000 })], "no pressure in hPa"],
    ["a heartbeat on this link", [{ name: "HEARTBEAT" } as AnyMessageInit], "not expected"],
  ])("refuses %s", (_, messages, why) => {
    expect(heardBy(...messages).join()).toContain(why);
  });

  it("calls a compass, a barometer and a receiver without news dead after a second", () => {
    const silentOnes = Array.from({ length: 300 }, (_, i) => sensor((i + 1) * 4_000, { fieldsUpdated: 0x3f }));
    expect(heardBy(...silentOnes)).toEqual(["mag TIMEOUT", "baro TIMEOUT", "gps TIMEOUT"]);
  });

  it("calls a sensor that never changes stale", () => {
    const constant = Array.from({ length: 250 }, (_, i) => sensor((i + 1) * 4_000, { zacc: -9.8 }));
    expect(heardBy(...constant).join()).toContain("STALE");
  });

  it("times out a simulator that sends nothing", () => {
    const px4 = new StrictPx4({ send: () => undefined }, 0);
    px4.tick(900);
    expect(px4.timedOut).toBe(false);
    px4.tick(1_200);
    expect(px4.timedOut).toBe(true);
  });
});
