import { describe, expect, it } from "vitest";
import { measure } from "./measure.js";
import { type Fix, type Order, type Track, TrackWriter } from "./track.js";

const empty = (): Track => new TrackWriter().track;
const place = (northM: number) => ({ northM, eastM: 0 });

function order(tS: number, command: number, rest: Partial<Order> = {}): Order {
  return { tS, command, params: [0, 0, 0, 0], place: undefined, altAmslM: Number.NaN, ...rest };
}

/** Ten fixes a second of a body that moves as told, from its height and way north at each time. */
function fly(toS: number, altAmslM: (tS: number) => number, northM: (tS: number) => number = () => 0): Fix[] {
  const fixes: Fix[] = [];
  for (let i = 0; i <= toS * 10; i++) {
    const tS = i / 10;
    const [before, after] = [tS - 0.05, tS + 0.05];
    fixes.push({
      tS,
      northM: northM(tS),
      eastM: 0,
      altAmslM: altAmslM(tS),
      speedMps: Math.abs(northM(after) - northM(before)) / 0.1,
      upMps: (altAmslM(after) - altAmslM(before)) / 0.1,
    });
  }
  return fixes;
}

const of = (track: Track): ReadonlyMap<string, number> =>
  new Map(measure(track).map(({ what, value }) => [what, value]));

describe("measuring a flight", () => {
  it("times a take-off from its order and tells its climb", () => {
    const track = empty();
    track.endS = 60;
    track.orders.push(order(10, 22, { place: place(0), altAmslM: 360 }));
    track.turns.push({ tS: 9, what: "Hold" }, { tS: 11, what: "Takeoff" }, { tS: 41, what: "Hold" });
    track.fixes.push(...fly(60, (tS) => 300 + Math.min(60, Math.max(0, tS - 12) * 2)));
    const found = of(track);
    expect(found.get("take-off, 10 m after")).toBeCloseTo(7, 1);
    expect(found.get("take-off, 30 m after")).toBeCloseTo(17, 1);
    expect(found.get("take-off, fastest climb")).toBeCloseTo(2, 2);
    expect(found.get("take-off, Hold after")).toBeCloseTo(31, 1);
  });

  it("finds no take-off in an order given in the air or while disarmed", () => {
    const track = empty();
    track.endS = 30;
    track.orders.push(order(10, 22, { altAmslM: 360 }));
    track.turns.push({ tS: 1, what: "disarmed Hold" });
    track.fixes.push(...fly(30, () => 300));
    expect(measure(track)).toEqual([]);
    track.turns.push({ tS: 2, what: "Hold" });
    track.landed.push({ tS: 5, what: "in air" });
    expect(measure(track)).toEqual([]);
  });

  it("tells a goto's time, top speed, braking way and lost height, and nothing of arrival where it never arrives", () => {
    const track = empty();
    track.endS = 40;
    track.orders.push(order(5, 192, { place: place(200), altAmslM: 360 }));
    const north = (tS: number): number => Math.min(200, Math.max(0, tS - 5) * 10);
    track.fixes.push(...fly(40, (tS) => (tS > 10 && tS < 12 ? 359 : 360), north));
    const found = of(track);
    expect(found.get("goto, within 2 m after")).toBeCloseTo(19.9, 1);
    expect(found.get("goto, top speed")).toBeCloseTo(10, 1);
    expect(found.get("goto, below 90 % before the place")).toBeLessThan(3);
    expect(found.get("goto, height lost")).toBeCloseTo(1, 2);
    track.orders.push(order(15, 20));
    expect(of(track).has("goto, within 2 m after")).toBe(false);
  });

  it("numbers gotos, and measures a pause by when and where it rests", () => {
    const track = empty();
    track.endS = 40;
    track.orders.push(order(0, 192, { place: place(100), altAmslM: 360 }));
    track.orders.push(order(5, 192, { place: place(200), altAmslM: 360 }), order(10, 192));
    track.fixes.push(
      ...fly(
        40,
        () => 360,
        (tS) => (tS < 10 ? tS * 6 : 60 + 3 * (2 - Math.max(0, 12 - tS) ** 2 / 2)),
      ),
    );
    const found = of(track);
    expect(found.get("goto, top speed")).toBeCloseTo(6, 1);
    expect(found.get("goto 2, top speed")).toBeCloseTo(6, 1);
    expect(found.get("pause, rests after")).toBeCloseTo(1.9, 1);
    expect(found.get("pause, way")).toBeCloseTo(6, 0);
  });

  it("measures an orbit by its second half", () => {
    const track = empty();
    track.endS = 100;
    track.orders.push(order(0, 34, { place: place(0), altAmslM: 360 }));
    for (let tS = 0; tS < 100; tS += 0.1) {
      const angle = (8 * tS) / 60;
      const radiusM = tS < 30 ? 20 : 60;
      track.fixes.push({
        tS,
        northM: radiusM * Math.cos(angle),
        eastM: radiusM * Math.sin(angle),
        altAmslM: 360,
        speedMps: 8,
        upMps: 0,
      });
    }
    const found = of(track);
    expect(found.get("orbit, radius")).toBeCloseTo(60, 3);
    expect(found.get("orbit, radius, most less least")).toBeCloseTo(0, 3);
    expect(found.get("orbit, speed")).toBe(8);
  });

  it("measures a return and the landing at its end", () => {
    const track = empty();
    track.endS = 120;
    track.texts.push({ tS: 10, what: "RTL: start return at 360 m (60 m above destination)" });
    track.texts.push({ tS: 50, what: "RTL: land at destination" }, { tS: 100, what: "Landing detected" });
    track.texts.push({ tS: 102, what: "Disarmed by landing" });
    const height = (tS: number): number =>
      tS < 50 ? 60 : Math.max(0, tS < 83 ? 60 - (tS - 50) * 1.5 : 10.5 - (tS - 83) * 0.7);
    track.fixes.push(
      ...fly(
        120,
        (tS) => 300 + height(tS),
        (tS) => Math.max(0, 200 - Math.max(0, tS - 10) * 5),
      ),
    );
    const found = of(track);
    expect(found.get("return, way over time")).toBeCloseTo(5, 3);
    expect(found.get("return, cruise")).toBeCloseTo(5, 2);
    expect(found.get("landing, sink above 12 m")).toBeCloseTo(1.5, 2);
    expect(found.get("landing, sink below 3 m")).toBeCloseTo(0.7, 2);
    expect(found.get("landing, landed after")).toBe(50);
    expect(found.get("landing, disarmed after landed")).toBe(2);
    expect(found.get("landing, beside the pad")).toBeCloseTo(0, 3);
  });
});

describe("measuring what goes wrong", () => {
  it("counts a lost link from the last heartbeat", () => {
    const track = empty();
    track.endS = 80;
    for (let tS = 0; tS <= 30; tS++) track.beats.push(tS);
    for (let tS = 60; tS <= 80; tS++) track.beats.push(tS);
    track.turns.push({ tS: 42, what: "Hold (failsafe)" }, { tS: 47, what: "Return (failsafe)" });
    const found = of(track);
    expect(found.get("link loss, failsafe after")).toBe(12);
    expect(found.get("link loss, return after")).toBe(17);
    expect([...found.keys()].filter((what) => what.startsWith("link"))).toHaveLength(2);
  });

  it("times the loss of GNSS, the sink without it, and the trust after it", () => {
    const track = empty();
    track.endS = 40;
    track.fixLost.push({ tS: 1, what: "fix" }, { tS: 10, what: "no fix" }, { tS: 25, what: "fix" });
    track.texts.push({ tS: 15, what: "Failsafe activated" });
    track.turns.push({ tS: 16, what: "Land (failsafe)" }, { tS: 28, what: "Hold" });
    track.fixes.push(...fly(40, (tS) => 340 - Math.max(0, Math.min(tS, 26) - 15) * 0.8));
    const found = of(track);
    expect(found.get("no GNSS, failsafe after")).toBe(5);
    expect(found.get("no GNSS, sink")).toBeCloseTo(0.8, 2);
    expect(found.get("GNSS back, Hold after")).toBe(3);
  });

  it("times a body that turns over, and a failsafe's pause", () => {
    const track = empty();
    track.endS = 20;
    for (let tS = 0; tS < 20; tS += 0.1) track.tilts.push({ tS, deg: tS < 10 ? 2 : (tS - 10) * 100 });
    track.texts.push({ tS: 11, what: "Preflight Fail: Attitude failure (roll)" });
    track.texts.push({ tS: 12, what: "Failsafe activated: entering Hold for 5 seconds" });
    track.texts.push({ tS: 17, what: "Failsafe activated" });
    const found = of(track);
    expect(found.get("rotor lost, from 15° to 60° of tilt in")).toBeCloseTo(0.6, 1);
    expect(found.get("rotor lost, told after 60° of tilt")).toBeCloseTo(0.3, 1);
    expect(found.get("failsafe, Hold before it acts")).toBe(5);
  });
});
