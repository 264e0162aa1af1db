import type { GeoPoint, SimToStation } from "@outrider/contract";
import type { Expectations, Scenario } from "../scenario/index.js";
import type { CameraPort, Sim } from "./sim.js";
import type { SimAircraft } from "./sim-aircraft.js";
import { headingOf } from "./sim-world.js";

type Said<K extends SimToStation["kind"]> = Extract<SimToStation, { kind: K }>;

/** What the simulator says of itself when it has dialled the station. A real autopilot's past cannot be made again. */
export function helloOf(scenarios: readonly Scenario[], rewinds: boolean): Said<"hello"> {
  return {
    kind: "hello",
    version: 1,
    rewinds,
    scenarios: scenarios.map(({ id, title, text, minutes, teaches, expect }) => ({
      id,
      title,
      text,
      minutes,
      ...(teaches === undefined ? {} : { teaches }),
      expect: [...expect],
    })),
  };
}

/** Where everything truly is: for the trainer's desk alone. */
export function truthOf(sim: Sim, alerts: readonly { point: GeoPoint; text: string }[], nowMs: number): Said<"truth"> {
  const { frame } = sim.deps.world;
  return {
    kind: "truth",
    tMs: nowMs,
    alerts: [...alerts],
    aircraft: sim.aircraft.map(({ config, autopilot }) => ({
      uid: config.uid,
      callSign: config.callSign,
      point: frame.toGeo(autopilot.truth),
      altAmslM: autopilot.truth.altAmslM,
      headingDeg: headingOf(autopilot.truth),
      batteryPct: autopilot.status().charge * 100,
    })),
    vehicles: sim.vehicles().map((v) => ({
      vehicleId: v.vehicleId,
      point: frame.toGeo(v),
      headingDeg: v.headingDeg,
      speedMps: v.speedMps,
      sought: v.sought,
    })),
  };
}

export function scoreOf(expectations: Expectations): Said<"score"> {
  const score = expectations.score();
  return { kind: "score", expectations: [...expectations.states()], ...(score === undefined ? {} : { score }) };
}

/** Which cameras send a picture: those of armed aircraft, unless a trainer has stopped one. */
export function cameraStatesOf(
  aircraft: readonly SimAircraft[],
  offUntilMs: ReadonlyMap<string, number>,
  nowMs: number,
): Parameters<CameraPort["update"]>[0] {
  return aircraft.map(({ config, autopilot }) => ({
    uid: config.uid,
    videoPort: config.videoPort,
    on: autopilot.status().armed && nowMs >= (offUntilMs.get(config.uid) ?? 0),
  }));
}
