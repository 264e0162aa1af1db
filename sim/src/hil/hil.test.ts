import { decode, encodeFrame, FrameReader, type MavMessage, type MessageOf } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { hoverControl, responderQuad } from "../air/index.js";
import { flatWorld } from "../autopilot/index.js";
import { FaultSet } from "../faults/index.js";
import { HilLink } from "./index.js";

const home = { latDeg: 33.749, lonDeg: -84.388 };

function bench() {
  const sent: MavMessage[] = [];
  const reader = new FrameReader();
  const faults = new FaultSet();
  const link = new HilLink({
    world: flatWorld(home, 300),
    home,
    seed: 4,
    field: { declinationDeg: -5.46, inclinationDeg: 61.45, gauss: 0.4818 },
    faults,
    target: "uid-1",
    send: (bytes) =>
      reader.pushDatagram(bytes, (frame) => {
        const m = decode(frame);
        if (m !== undefined) sent.push(m);
      }),
  });
  const sensors = () => sent.filter((m): m is MessageOf<"HIL_SENSOR"> => m.name === "HIL_SENSOR");
  const answer = (control: number, armed = true) => {
    const timeUsec = sensors().at(-1)?.timeUsec ?? 0n;
    link.take(
      encodeFrame(
        {
          name: "HIL_ACTUATOR_CONTROLS",
          timeUsec,
          mode: armed ? 129 : 1,
          flags: 1n,
          controls: [control, control, control, control],
        },
        { sysid: 1, compid: 1, seq: 0 },
      ),
    );
  };
  return { link, sent, sensors, answer, faults };
}

describe("lockstep with PX4", () => {
  it("sends a step at a time and unasked until PX4 answers for the first time", () => {
    const b = bench();
    for (let wall = 0; wall < 40; wall += 4) b.link.advance(wall + 4, wall);
    expect(b.sensors().length).toBe(10);
    expect(
      b
        .sensors()
        .map((m) => Number(m.timeUsec))
        .slice(0, 3),
    ).toEqual([4000, 8000, 12_000]);
    expect(b.sent[0]?.name).toBe("HIL_GPS");
    expect(b.sensors()[0]?.fieldsUpdated).toBe(0x1bff);
  });

  it("then waits for each answer, 20 ms at most, and counts what never came", () => {
    const b = bench();
    b.link.advance(4, 0);
    b.answer(0, false);
    b.link.advance(1000, 1);
    expect(b.sensors().length).toBe(2);
    b.link.advance(1000, 15);
    expect(b.sensors().length).toBe(2);
    b.link.advance(1000, 22);
    expect(b.sensors().length).toBe(3);
    expect(b.link.stats.unanswered).toBe(1);
  });

  it("never runs ahead of its target: a pause is no steps, and nothing is skipped after it", () => {
    const b = bench();
    b.link.advance(4, 0);
    for (let i = 0; i < 50; i++) {
      b.answer(0, false);
      b.link.advance(100, i);
    }
    expect(b.link.tMs).toBe(100);
    b.answer(0, false);
    b.link.advance(100, 60_000);
    expect(b.link.tMs).toBe(100);
    b.link.advance(104, 60_001);
    expect(b.sensors().at(-1)?.timeUsec).toBe(104_000n);
  });

  it("lifts by the controls it is given, and stops the rotors when PX4 goes silent", () => {
    const b = bench();
    const u = hoverControl(responderQuad) * 1.25;
    b.link.advance(4, 0);
    for (let t = 8; t < 3000; t += 4) {
      b.answer(u);
      b.link.advance(t, t);
    }
    const heightM = b.link.truth.altAmslM - 300;
    expect(heightM).toBeGreaterThan(3);
    expect(b.link.truth.rotor1).toBeCloseTo(u, 2);
    for (let t = 3000; t < 3200; t += 4) b.link.advance(t, t * 10);
    expect(b.link.truth.rotor1).toBeLessThan(0.05);
  });

  it("feels gravity at rest, sees the earth's field, and is never noiseless", () => {
    const b = bench();
    for (let wall = 0; wall < 400; wall += 4) b.link.advance(wall + 4, wall);
    const z = b.sensors().map((m) => m.zacc);
    expect(z.reduce((a, x) => a + x, 0) / z.length).toBeCloseTo(-9.81, 1);
    expect(new Set(z).size).toBeGreaterThan(90);
    const first = b.sensors()[0];
    expect(Math.hypot(first?.xmag ?? 0, first?.ymag ?? 0, first?.zmag ?? 0)).toBeCloseTo(0.48, 1);
    const fixes = b.sent.filter((m) => m.name === "HIL_GPS");
    expect(fixes.length).toBe(4);
    expect(Math.abs((fixes[0]?.alt ?? 0) / 1000 - 300)).toBeLessThan(3);
  });

  it("sends no fix while GNSS is stopped by a fault", () => {
    const b = bench();
    b.faults.inject("uid-1", { kind: "gps-stop" }, 0);
    for (let wall = 0; wall < 400; wall += 4) b.link.advance(wall + 4, wall);
    expect(b.sent.some((m) => m.name === "HIL_GPS")).toBe(false);
  });
});
