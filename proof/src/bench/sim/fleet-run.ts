import { localFrame } from "@outrider/geo";
import { type AnyMessageInit, encodeFrame, MavCmd } from "@outrider/mavlink";
import { type Autopilot, type AutopilotWorld, createAutopilot, stillAir } from "@outrider/sim";

/** About 1,600 m up, where a wrong height would show, in a fresh breeze with its gusts. */
const origin = { latDeg: 39.74, lonDeg: -104.99 };
const groundAmslM = 1600;
const flyAglM = 60;
const stepMs = 20;
const armFromMs = 12_000;
const climbFromMs = 13_000;
const goFromMs = 40_000;

const world = (): AutopilotWorld => ({
  frame: localFrame(origin),
  env: { ...stillAir(groundAmslM), wind: { fromDeg: 250, speedAt10Mps: 5, shearExponent: 0.25 } },
  epochUnixMs: 1_700_000_000_000,
  geoidUndulationM: -17,
});

export type FleetWatch = (bytes: Uint8Array) => void;

/**
 * Whole simulated aircraft (physics, sensors, autopilot, MAVLink both ways) in one process without a socket: they arm,
 * climb and fly out and back for ever, under a ground station's heartbeats. Time is handed in.
 */
export class FleetRun {
  readonly #aircraft: readonly Autopilot[];
  #tMs = 0;
  #seq = 0;
  #legs = 0;

  constructor(count: number, seed: number, watch: FleetWatch) {
    const shared = world();
    this.#aircraft = Array.from({ length: count }, (_, i) =>
      createAutopilot({
        sysid: 1 + (i % 250),
        uid2: (i + 1).toString(16).padStart(16, "0"),
        home: shared.frame.toGeo(padOf(i)),
        world: shared,
        seed: seed + i,
        send: (bytes) => watch(bytes),
      }),
    );
  }

  get tMs(): number {
    return this.#tMs;
  }

  get flying(): number {
    return this.#aircraft.filter((one) => one.status().landed === "inAir").length;
  }

  /** Positions of all, for comparing two runs. */
  places(): readonly number[] {
    return this.#aircraft.flatMap(({ truth }) => [truth.northM, truth.eastM, truth.altAmslM, truth.usedWh]);
  }

  runTo(tMs: number): void {
    while (this.#tMs + stepMs <= tMs) {
      this.#tMs += stepMs;
      if (this.#tMs % 1000 === 0) this.#everySecond();
      for (const one of this.#aircraft) one.step(this.#tMs);
    }
  }

  #everySecond(): void {
    this.#aircraft.forEach((one, i) => {
      this.#send(one, { name: "HEARTBEAT", type: 6, autopilot: 8, mavlinkVersion: 3 });
      if (this.#tMs === armFromMs) this.#command(one, i, MavCmd.COMPONENT_ARM_DISARM, 1, 0);
      if (this.#tMs === climbFromMs) this.#command(one, i, MavCmd.NAV_TAKEOFF, 0, groundAmslM + flyAglM);
      if (this.#tMs >= goFromMs && this.#tMs % 20_000 === 0) this.#goOn(one, i);
    });
    if (this.#tMs >= goFromMs && this.#tMs % 20_000 === 0) this.#legs++;
  }

  /** 200 m there, 200 m back. */
  #goOn(one: Autopilot, i: number): void {
    const pad = padOf(i);
    const to = world().frame.toGeo({ eastM: pad.eastM + (this.#legs % 2 === 0 ? 200 : 0), northM: pad.northM });
    this.#send(one, {
      name: "COMMAND_INT",
      command: MavCmd.DO_REPOSITION,
      targetSystem: 1 + (i % 250),
      targetComponent: 1,
      frame: 0,
      param1: -1,
      param2: 1,
      param4: Number.NaN,
      x: Math.round(to.latDeg * 1e7),
      y: Math.round(to.lonDeg * 1e7),
      z: groundAmslM + flyAglM,
    });
  }

  #command(one: Autopilot, i: number, command: number, param1: number, param7: number): void {
    const target = { targetSystem: 1 + (i % 250), targetComponent: 1 };
    const place = { param4: Number.NaN, param5: Number.NaN, param6: Number.NaN };
    const rest = command === MavCmd.NAV_TAKEOFF ? place : {};
    this.#send(one, { name: "COMMAND_LONG", command, ...target, param1, ...rest, param7 });
  }

  #send(one: Autopilot, message: AnyMessageInit): void {
    this.#seq = (this.#seq + 1) & 0xff;
    one.onDatagram(encodeFrame(message, { sysid: 255, compid: 190, seq: this.#seq }), "station");
  }
}

const padOf = (i: number): { eastM: number; northM: number } => ({
  eastM: (i % 15) * 40,
  northM: Math.floor(i / 15) * 40,
});
