import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  FrameReader,
  type MavMessage,
  type MessageName,
  type MessageOf,
} from "@outrider/mavlink";
import {
  type Autopilot,
  type AutopilotOptions,
  createAutopilot,
  customModeOf,
  type FlightMode,
  flatWorld,
} from "../index.js";

export type Heard = { tMs: number; sysid: number; compid: number; message: MavMessage };

/** A vehicle and a ground station with a heartbeat, on one clock, for tests. */
export type Bench = {
  readonly vehicle: Autopilot;
  readonly heard: Heard[];
  readonly bytes: number[];
  tMs(): number;
  heartbeats: boolean;
  run(seconds: number): void;
  /** Runs until it holds; gives the seconds it took, or fails after `limitS`. */
  until(what: () => boolean, limitS: number): number;
  send(message: AnyMessageInit, from?: { sysid?: number; compid?: number; peer?: string }): void;
  command(id: number, params?: readonly number[], component?: number): number[];
  commandInt(
    id: number,
    params: readonly number[],
    latDeg: number,
    lonDeg: number,
    z: number,
    frame?: number,
  ): number[];
  last<K extends MessageName>(name: K): MessageOf<K> | undefined;
  texts(): string[];
  mode(): FlightMode;
  local(): { northM: number; eastM: number; upM: number; speedMps: number };
};

/** About 1,600 m up, so that a height that should be AMSL and is not shows. */
export const home = { latDeg: 39.74, lonDeg: -104.99 };
export const groundAmslM = 1600;

export function bench(options: Partial<AutopilotOptions> = {}): Bench {
  let tMs = 0;
  let seq = 0;
  let nextBeatMs = 500;
  const heard: Heard[] = [];
  const bytes: number[] = [];
  const reader = new FrameReader();
  const vehicle = createAutopilot({
    sysid: 1,
    uid2: "a1b2c3d4e5f60718",
    home,
    world: flatWorld(home, groundAmslM),
    seed: 7,
    ...options,
    send: (frame, peer) => {
      options.send?.(frame, peer);
      bytes.push(frame.length);
      reader.pushDatagram(frame, (f) => {
        const message = decode(f);
        if (message !== undefined) heard.push({ tMs, sysid: f.sysid, compid: f.compid, message });
      });
    },
  });
  const self: Bench = {
    vehicle,
    heard,
    bytes,
    heartbeats: true,
    tMs: () => tMs,
    run(seconds) {
      const end = tMs + seconds * 1000;
      while (tMs < end - 1e-6) {
        tMs += 20;
        if (self.heartbeats && tMs >= nextBeatMs) {
          nextBeatMs = tMs + 1000;
          self.send({ name: "HEARTBEAT", type: 6, autopilot: 8, mavlinkVersion: 3 });
        }
        vehicle.step(tMs);
      }
    },
    until(what, limitS) {
      const start = tMs;
      while (!what()) {
        if (tMs - start > limitS * 1000)
          throw new Error(
            `not within ${limitS} s: ${what.toString()}; mode ${self.mode()}, said ${self.texts().slice(-4).join(" | ")}`,
          );
        self.run(0.1);
      }
      return (tMs - start) / 1000;
    },
    send(message, from = {}) {
      vehicle.onDatagram(
        encodeFrame(message, { sysid: from.sysid ?? 255, compid: from.compid ?? 190, seq: seq++ & 255 }),
        from.peer ?? "gcs-a",
      );
    },
    command(id, params = [], component = 1) {
      const start = heard.length;
      const [param1, param2, param3, param4, param5, param6, param7] = params;
      self.send({
        name: "COMMAND_LONG",
        command: id,
        targetSystem: 1,
        targetComponent: component,
        param1,
        param2,
        param3,
        param4,
        param5,
        param6,
        param7,
      });
      return acks(heard, start, id);
    },
    commandInt(id, params, latDeg, lonDeg, z, frame = 0) {
      const start = heard.length;
      const [param1, param2, param3, param4] = params;
      const x = Math.round(latDeg * 1e7);
      const y = Math.round(lonDeg * 1e7);
      self.send({
        name: "COMMAND_INT",
        command: id,
        targetSystem: 1,
        targetComponent: 1,
        frame,
        param1,
        param2,
        param3,
        param4,
        x,
        y,
        z,
      });
      return acks(heard, start, id);
    },
    last: <K extends MessageName>(name: K) => {
      for (let i = heard.length - 1; i >= 0; i--) {
        const entry = heard[i];
        // The name decides the kind; the compiler cannot narrow by a type parameter.
        if (entry?.message.name === name && entry.compid !== 100) return entry.message as unknown as MessageOf<K>;
      }
      return undefined;
    },
    texts: () => heard.flatMap(({ message: m }) => (m.name === "STATUSTEXT" ? [m.text] : [])),
    mode: () => vehicle.status().mode,
    local() {
      const s = vehicle.truth;
      return {
        northM: s.northM,
        eastM: s.eastM,
        upM: s.altAmslM - groundAmslM,
        speedMps: Math.hypot(s.northMps, s.eastMps),
      };
    },
  };
  return self;
}

function acks(heard: readonly Heard[], start: number, id: number): number[] {
  return heard
    .slice(start)
    .flatMap(({ message: m }) => (m.name === "COMMAND_ACK" && m.command === id ? [m.result] : []));
}

/** A vehicle that hovers at `heightM` over its pad. */
export function airborne(heightM: number, options: Partial<AutopilotOptions> = {}): Bench {
  const b = bench(options);
  b.until(() => b.vehicle.status().ready, 10);
  b.run(1);
  b.command(400, [1]);
  b.command(22, [-1, 0, 0, Number.NaN, Number.NaN, Number.NaN, groundAmslM + heightM]);
  b.until(() => b.mode() === "loiter" && b.local().upM > heightM - 3, 90);
  return b;
}

/** Degrees of a place north and east of home, metres. */
export function at(northM: number, eastM: number): { latDeg: number; lonDeg: number } {
  return flatWorld(home, 0).frame.toGeo({ northM, eastM });
}

export { customModeOf };
