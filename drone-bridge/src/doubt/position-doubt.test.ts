import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AircraftState, newAircraftState } from "../telemetry/index.js";
import { PositionDoubt } from "./position-doubt.js";

type Said = { type: string; reason: string; tMs: number };
const perDegM = 111_320;

/** An aircraft that flies east or stands, told at 20 Hz and 5 Hz; what its receiver says is in the test's hand. */
class Flight {
  readonly state: AircraftState = newAircraftState();
  readonly said: Said[] = [];
  readonly doubt: PositionDoubt;
  tMs = 1_000_000;
  speedMps = 0;
  /** Where the receiver is wrong, and how much of it the estimate believes. */
  offNorthM = 0;
  believedM = 0;
  noise: () => number = () => 0;
  accuracyM = 0.8;
  /** The receiver says nothing. */
  mute = false;
  lonDeg = -104;
  /** Nothing is heard of it at all, or no heartbeats, as by satellite. */
  lost = false;
  beats = true;
  #eastM = 0;

  constructor(before: { readonly doubted: boolean } = { doubted: false }) {
    this.doubt = new PositionDoubt(
      "a",
      (type, data) => void this.said.push({ type, reason: reasonOf(data), tMs: this.tMs }),
      before.doubted,
    );
    this.state.armed = true;
  }

  fly(seconds: number, each: (s: number) => void = () => undefined): this {
    const from = this.tMs;
    while (this.tMs - from < seconds * 1000) {
      each((this.tMs - from) / 1000);
      this.tMs += 50;
      this.#eastM += this.speedMps * 0.05;
      const { state } = this;
      if (this.lost) {
        this.doubt.update(state, this.tMs);
        continue;
      }
      state.positionMs = this.tMs;
      state.bootMs = this.tMs - 900_000;
      state.latDeg = 39 + this.believedM / perDegM;
      state.lonDeg = wrapped(this.lonDeg + this.#eastM / perDegM / Math.cos((39 * Math.PI) / 180));
      if (this.beats) state.heartbeatMs = this.tMs;
      state.velEastMps = this.speedMps;
      if (this.tMs % 200 === 0 && !this.mute) {
        const latDeg = 39 + (this.offNorthM + this.noise()) / perDegM;
        state.gnss = { tMs: this.tMs, latDeg, lonDeg: state.lonDeg, hAccM: this.accuracyM, fixType: 3 };
      }
      this.doubt.update(state, this.tMs);
    }
    return this;
  }
}
const wrapped = (deg: number): number => (deg > 180 ? deg - 360 : deg);
const reasonOf = (data: unknown): string => (data as { reason?: string }).reason ?? "";
const types = (flight: Flight): string[] => flight.said.map((one) => one.type);

describe("doubt of a position", () => {
  it("comes within a second of a jump of 30 m, with its reason (security test 10)", () => {
    const flight = new Flight().fly(10);
    const jumpMs = flight.tMs;
    flight.offNorthM = 30;
    flight.fly(2);
    expect(types(flight)[0]).toBe("PositionDoubted");
    expect((flight.said[0]?.tMs ?? 0) - jumpMs).toBeLessThanOrEqual(1_000);
    expect(flight.said[0]?.reason).toContain("apart");
  });

  it("tells two signs together, once, and says not to return by the same GNSS", () => {
    const flight = new Flight().fly(10);
    flight.offNorthM = 30;
    flight.fly(6);
    expect(flight.said.length).toBeLessThanOrEqual(2);
    expect(flight.said.at(-1)?.reason).toContain("a return follows the same GNSS");
  });

  it("stays when the filter has come to believe the jump, for then nothing else shows it", () => {
    const flight = new Flight().fly(10);
    flight.offNorthM = 30;
    flight.fly(7);
    flight.believedM = 30;
    flight.fly(120);
    expect(types(flight)).not.toContain("PositionTrusted");
    flight.offNorthM = 0;
    flight.fly(7);
    flight.believedM = 0;
    flight.fly(8);
    expect(types(flight).at(-1)).toBe("PositionTrusted");
  });

  it("of a jump on the ground is forgotten after ten minutes, and a small one in a street canyon after one", () => {
    const flight = new Flight().fly(5);
    flight.state.armed = false;
    flight.offNorthM = flight.believedM = 30;
    flight.fly(590);
    expect(types(flight).at(-1)).toBe("PositionDoubted");
    flight.fly(30);
    expect(types(flight).at(-1)).toBe("PositionTrusted");
    const small = new Flight().fly(5);
    small.offNorthM = small.believedM = 7;
    small.fly(70);
    expect(types(small)).toEqual(["PositionDoubted", "PositionTrusted"]);
  });

  it("is not raised by a single strange fix, nor by losing frames", () => {
    const flight = new Flight().fly(5);
    flight.offNorthM = 4;
    flight.fly(0.2);
    flight.offNorthM = 0;
    flight.fly(10);
    flight.speedMps = 15;
    flight.tMs += 4_000;
    flight.fly(10);
    expect(flight.said).toEqual([]);
  });

  it("from before a restart stays while it flies, since what made it is not known any more", () => {
    const flight = new Flight({ doubted: true }).fly(60);
    expect(flight.doubt.doubted).toBe(true);
    flight.state.armed = false;
    flight.fly(4);
    expect(types(flight)).toEqual(["PositionTrusted"]);
  });

  it("is raised where two receivers are apart", () => {
    const flight = new Flight();
    flight.fly(5, () => {
      const { gnss } = flight.state;
      if (gnss !== undefined) flight.state.gnss2 = { ...gnss, latDeg: gnss.latDeg + 25 / perDegM };
    });
    expect(flight.said[0]?.reason).toContain("two GNSS receivers");
  });

  it("comes when a receiver that was heard falls silent, for then nothing holds the estimate; not by a gap, nor by satellite", () => {
    const flight = new Flight().fly(10);
    flight.mute = true;
    expect(types(flight.fly(9.5))).toEqual([]);
    flight.fly(3);
    expect(flight.said).toMatchObject([{ type: "PositionDoubted", reason: "its GNSS is not heard any more (s)" }]);
    flight.mute = false;
    expect(types(flight.fly(5))).toEqual(["PositionDoubted", "PositionTrusted"]);
    const quiet = new Flight().fly(10);
    quiet.lost = true;
    quiet.fly(60);
    quiet.lost = false;
    quiet.mute = true;
    expect(types(quiet.fly(5)), "the link was lost, not the receiver").toEqual([]);
    quiet.beats = false;
    expect(types(quiet.fly(30)), "by satellite nothing is told of GNSS").toEqual([]);
  });

  it("comes where the receiver itself is not sure, however wide that makes what it allows", () => {
    const flight = new Flight().fly(5);
    flight.accuracyM = 4_000_000;
    flight.offNorthM = 500;
    flight.fly(2);
    expect(flight.said[0]?.reason).toContain("not sure");
  });

  it("is not raised by the date line", () => {
    const flight = new Flight();
    flight.lonDeg = 179.9999;
    flight.speedMps = 15;
    expect(types(flight.fly(20))).toEqual([]);
    expect(flight.state.lonDeg).toBeLessThan(-179.99);
  });

  it("is not there for a slow spoof with matching velocity: telemetry cannot show one, and nothing here claims it", () => {
    const flight = new Flight().fly(5);
    flight.fly(40, (s) => {
      flight.offNorthM = flight.believedM = s;
      flight.state.velNorthMps = 1;
    });
    expect(flight.said).toEqual([]);
  });
});

describe("whatever the flight (property)", () => {
  const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 7, maxLength: 40 });

  it("noise of a metre at any speed is no doubt", () => {
    fc.assert(
      fc.property(noise, fc.double({ min: 0, max: 20, noNaN: true }), (noises, speedMps) => {
        const flight = new Flight();
        let n = 0;
        flight.speedMps = speedMps;
        flight.noise = () => noises[n++ % noises.length] ?? 0;
        flight.fly(20);
        expect(flight.said).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it("a jump of 15 m or more at any speed is doubted within 1.5 s", () => {
    fc.assert(
      fc.property(
        noise,
        fc.double({ min: 0, max: 18, noNaN: true }),
        fc.double({ min: 15, max: 500, noNaN: true }),
        (noises, speedMps, jumpM) => {
          const flight = new Flight();
          let n = 0;
          flight.speedMps = speedMps;
          flight.noise = () => noises[n++ % noises.length] ?? 0;
          flight.fly(5);
          flight.offNorthM = jumpM;
          flight.fly(1.5);
          expect(types(flight)).toContain("PositionDoubted");
        },
      ),
      { numRuns: 30 },
    );
  });
});
