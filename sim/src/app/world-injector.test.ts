import { anyInject, type GeoPoint } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import type { AirEnvironment } from "../air/index.js";
import { generateCity } from "../city/index.js";
import { FaultSet, faultKinds } from "../faults/index.js";
import { applyInject, type InjectTargets } from "./injector.js";
import { Sky } from "./sky.js";
import { StandingInjects } from "./standing-injects.js";
import { WeatherLayers } from "./weather-layers.js";
import { WindLayers } from "./wind-layers.js";
import { applyWorldInject, isWorldInject, type WorldTargets } from "./world-injector.js";

const world = worldFromCity(generateCity(3));
const middle: GeoPoint = world.frame.toGeo({ eastM: 0, northM: 0 });

function desk() {
  const faults = new FaultSet();
  const later: { atMs: number; run: () => void }[] = [];
  let nowMs = 0;
  let air: Pick<AirEnvironment, "temperatureC" | "sky"> = { temperatureC: 16 };
  let wind = { windMps: 3, fromDeg: 250, gustMps: 5 };
  // No aircraft in these tests: the sky asks the configuration for docks alone.
  const sky = new Sky({ config: { docks: [], aircraft: [] } as never, world, faults, aircraft: () => [] });
  const off = new Map<string, number>();
  const stations = new Set<string>();
  const targets: WorldTargets & InjectTargets = {
    faults,
    sky,
    world,
    nowMs: () => nowMs,
    after: (delayMs, run) => later.push({ atMs: nowMs + delayMs, run }),
    standing: new StandingInjects(),
    wind: new WindLayers(
      () => wind,
      (to) => {
        wind = to;
      },
    ),
    weather: new WeatherLayers(
      () => air,
      (to) => {
        air = to;
      },
    ),
    setMisread: () => undefined,
    secondAlert: () => undefined,
    callerMoves: () => false,
    videoLoss: (uid, untilMs) => (untilMs === undefined ? off.delete(uid) : off.set(uid, untilMs)),
    foreignStation: (uid) => {
      stations.add(uid);
      return () => stations.delete(uid);
    },
    lastPlace: () => undefined,
    middle: () => middle,
    callerRepeats: () => true,
    falseAlarm: () => false,
    shotsEcho: () => true,
    callEnds: () => true,
  };
  const goTo = (tMs: number): void => {
    nowMs = tMs;
    for (const one of later.filter((entry) => entry.atMs <= tMs).sort((a, b) => a.atMs - b.atMs)) one.run();
    later.splice(0, later.length, ...later.filter((entry) => entry.atMs > tMs));
    sky.step(tMs);
  };
  /** As it comes over the wire. */
  const make = (raw: unknown): string => {
    const inject = anyInject.parse(raw);
    return isWorldInject(inject) ? applyWorldInject(inject, targets) : applyInject(inject, targets);
  };
  return { faults, sky, targets, goTo, make, off, stations, wind: () => wind, air: () => air };
}

describe("injects of the world", () => {
  it("let a gust front rise, stay and fall back to what blew before", () => {
    const one = desk();
    const front = { kind: "gustFront", windMps: 9, fromDeg: 300, gustMps: 15, riseS: 10, seconds: 60 } as const;
    applyWorldInject(front, one.targets);
    one.goTo(5_000);
    expect(one.wind().gustMps).toBeCloseTo(10);
    one.goTo(60_000);
    expect(one.wind()).toEqual({ windMps: 9, fromDeg: 300, gustMps: 15 });
    one.goTo(81_000);
    expect(one.wind()).toEqual({ windMps: 3, fromDeg: 250, gustMps: 5 });
  });
  it("lay weather over weather, each saying only what it says, and give back what was when they end", () => {
    const one = desk();
    expect(one.make({ kind: "weather", rain: "heavy", ceilingAglM: 120, seconds: 60 })).toBe(
      "Weather: heavy rain, cloud at 120 m for 60 s",
    );
    one.make({ kind: "weather", temperatureC: -4, rain: "light" });
    expect(one.air()).toEqual({
      temperatureC: -4,
      sky: { rain: "light", visibilityM: undefined, ceilingAglM: 120 },
    });
    one.goTo(61_000);
    expect(one.air()).toMatchObject({ temperatureC: -4, sky: { rain: "light", ceilingAglM: undefined } });
    expect(one.make({ kind: "clear", what: "weather" })).toBe("Over: weather");
    expect(one.air()).toEqual({ temperatureC: 16 });
    expect(one.make({ kind: "weather", seconds: 5 })).toContain("Refused");
    expect(one.make({ kind: "clear", what: "weather" })).toContain("Refused");
  });
  it("silence all radios for their time, or until cleared", () => {
    const one = desk();
    applyWorldInject({ kind: "radioSilence", seconds: 8 }, one.targets);
    expect(one.faults.has("any", "dead-link")).toBe(true);
    one.goTo(8_000);
    expect(one.faults.has("any", "dead-link")).toBe(false);
    applyWorldInject({ kind: "radioSilence", seconds: 8 }, one.targets);
    applyWorldInject({ kind: "clear", what: "radioSilence" }, one.targets);
    expect(one.faults.list()).toEqual([]);
  });
  it("take a rotor's thrust away until it is given back", () => {
    const one = desk();
    expect(one.make({ kind: "rotorLoss", uid: "u", rotor: 2 })).toContain("Rotor 2");
    expect(one.faults.find("u", "motor-loss")?.rotor).toBe(2);
    applyWorldInject({ kind: "clear", what: "rotorLoss", target: "u" }, one.targets);
    expect(one.faults.list()).toEqual([]);
  });
  it("tell of cooperative helicopters alone, and end a restriction at its time", () => {
    const one = desk();
    const craft = { altAglM: 90, speedMps: 50, fromDeg: 300, passM: 80 };
    applyWorldInject({ kind: "helicopter", cooperative: false, callSign: "SILENT", ...craft }, one.targets);
    applyWorldInject({ kind: "helicopter", cooperative: true, callSign: "N911PD", ...craft }, one.targets);
    expect(one.sky.helicopters.all).toHaveLength(2);
    expect(one.sky.heard().map((heard) => heard.callSign)).toEqual(["N911PD"]);
    applyWorldInject({ kind: "tfr", notam: "FDC 6/0421", radiusM: 300, seconds: 60 }, one.targets);
    one.goTo(59_000);
    expect(one.sky.restrictions).toHaveLength(1);
    one.goTo(60_000);
    expect(one.sky.restrictions).toHaveLength(0);
  });
});

const faultOfEach: Readonly<Record<string, object>> = {
  "packet-loss": { probability: 0.2 },
  duplicate: { probability: 0.2 },
  reorder: { probability: 0.2, delayMs: 100 },
  delay: { delayMs: 100, jitterMs: 10 },
  "byte-noise": { probability: 0.1 },
  "wrong-ack": { result: 2 },
  "gps-jump": { northM: 10, eastM: 0, upM: 0 },
  "battery-sag": { toPct: 20 },
  "motor-loss": { rotor: 3 },
  "duplicate-sysid": { sysid: 9 },
  "clock-skew": { skewMs: 5000 },
};

describe("every fault of the list", () => {
  it.each(faultKinds)("%s is injected over the wire, stands, and is gone when cleared or over", (kind) => {
    const one = desk();
    const fault = { kind, ...faultOfEach[kind] };
    one.make({ kind: "fault", target: "u", fault });
    expect(one.faults.find("u", kind)).toEqual(fault);
    expect(one.faults.has("other", kind)).toBe(false);
    expect(one.make({ kind: "clear", what: kind, target: "other" })).toContain("Refused");
    expect(one.faults.has("u", kind)).toBe(true);
    expect(one.make({ kind: "clear", what: kind, target: "u" })).toBe(`Over: ${kind}`);
    expect(one.faults.list()).toEqual([]);
    one.make({ kind: "fault", target: "*", fault, seconds: 5 });
    expect(one.faults.has("any", kind)).toBe(true);
    one.goTo(5_000);
    expect(one.faults.list()).toEqual([]);
  });
});

describe("what is ended", () => {
  it("is what was named and nothing beside it", () => {
    const one = desk();
    one.make({ kind: "radioSilence", seconds: 60 });
    one.make({ kind: "linkLoss", uid: "u", seconds: 60 });
    one.make({ kind: "videoLoss", uid: "u", seconds: 60 });
    one.make({ kind: "videoLoss", uid: "v", seconds: 60 });
    expect(one.make({ kind: "clear", what: "linkLoss", target: "u" })).toBe("Over: linkLoss");
    expect(one.faults.list().map((fault) => fault.target)).toEqual(["*"]);
    one.make({ kind: "clear", what: "videoLoss", target: "u" });
    expect([...one.off.keys()]).toEqual(["v"]);
  });
  it("gives back the wind that blew before, beneath a front as well", () => {
    const one = desk();
    one.make({ kind: "wind", windMps: 14, fromDeg: 10, gustMps: 18 });
    one.make({ kind: "gustFront", windMps: 20, fromDeg: 90, gustMps: 30, riseS: 2, seconds: 60 });
    one.goTo(10_000);
    expect(one.wind().windMps).toBe(20);
    one.make({ kind: "clear", what: "gustFront" });
    expect(one.wind()).toEqual({ windMps: 14, fromDeg: 10, gustMps: 18 });
    one.make({ kind: "clear", what: "wind" });
    one.goTo(80_000);
    expect(one.wind()).toEqual({ windMps: 3, fromDeg: 250, gustMps: 5 });
  });
  it("can be another ground station", () => {
    const one = desk();
    one.make({ kind: "foreignStation", uid: "u", seconds: 60 });
    expect([...one.stations]).toEqual(["u"]);
    one.make({ kind: "clear", what: "foreignStation" });
    expect([...one.stations]).toEqual([]);
  });
  it("is refused in words where nothing stands, and by its name where there is no such thing", () => {
    const one = desk();
    expect(one.make({ kind: "clear", what: "linkLoss" })).toBe("Refused: clear, no linkLoss to end");
    expect(anyInject.safeParse({ kind: "clear", what: "nosuch" }).success).toBe(false);
    expect(one.make({ kind: "callerMoves", metres: 5 })).toContain("Refused");
    expect(one.make({ kind: "falseAlarm" })).toContain("Refused");
  });
});
