import type { Chance } from "@outrider/contract";
import type { EventQueue } from "./event-queue.js";
import type { Machine } from "./machines.js";
import type { SimNetwork } from "./sim-network.js";

export type ChaosDeps = {
  readonly queue: EventQueue;
  readonly chance: Chance;
  readonly net: SimNetwork;
  readonly station: Machine;
  readonly bridge: Machine;
  readonly told: (what: string) => void;
};

type Trouble = (deps: ChaosDeps, forMs: number) => void;

const restartAfter = (deps: ChaosDeps, machine: Machine, name: string, forMs: number): void => {
  if (!machine.alive) return;
  machine.kill();
  deps.told(`kill ${name}`);
  deps.queue.at(deps.queue.nowMs + forMs, () => {
    deps.told(`boot ${name}`);
    machine.boot();
  });
};

const forAWhile = (deps: ChaosDeps, what: string, forMs: number, on: () => void, off: () => void): void => {
  deps.told(what);
  on();
  deps.queue.at(deps.queue.nowMs + forMs, off);
};

const troubles: readonly Trouble[] = [
  (deps, forMs) => restartAfter(deps, deps.station, "station", Math.min(forMs, 90_000)),
  (deps, forMs) => restartAfter(deps, deps.bridge, "bridge", Math.min(forMs, 60_000)),
  (deps, forMs) =>
    forAWhile(
      deps,
      "radio loss",
      forMs,
      () => {
        deps.net.udp.lossShare = 0.05 + deps.chance.unit() * 0.3;
      },
      () => {
        deps.net.udp.lossShare = 0;
      },
    ),
  (deps, forMs) =>
    forAWhile(
      deps,
      "radio duplicates and delays",
      forMs,
      () => {
        deps.net.udp.duplicateShare = 0.2;
        deps.net.udp.jitterMs = 300;
      },
      () => {
        deps.net.udp.duplicateShare = 0;
        deps.net.udp.jitterMs = 1;
      },
    ),
  (deps, forMs) =>
    forAWhile(
      deps,
      "radio dead",
      Math.min(forMs, 40_000),
      () => {
        deps.net.udp.cut = true;
      },
      () => {
        deps.net.udp.cut = false;
      },
    ),
  (deps, forMs) =>
    forAWhile(
      deps,
      "network cut",
      Math.min(forMs, 60_000),
      () => {
        deps.net.wires.cut = true;
        deps.net.cutWires();
      },
      () => {
        deps.net.wires.cut = false;
      },
    ),
  (deps) => {
    deps.told("connections cut once");
    deps.net.cutWires();
  },
  (deps, forMs) =>
    forAWhile(
      deps,
      "station's disk full",
      Math.min(forMs, 30_000),
      () => {
        deps.station.platters.full = true;
      },
      () => {
        deps.station.platters.full = false;
      },
    ),
  (deps, forMs) =>
    forAWhile(
      deps,
      "station's disk slow",
      forMs,
      () => {
        deps.station.platters.slowMs = 400;
      },
      () => {
        deps.station.platters.slowMs = 0;
      },
    ),
  (deps, forMs) =>
    forAWhile(
      deps,
      "bridge's disk slow",
      forMs,
      () => {
        deps.bridge.platters.slowMs = 300;
      },
      () => {
        deps.bridge.platters.slowMs = 0;
      },
    ),
];

/** Trouble of every kind at random moments, each ending by itself. */
export function startChaos(deps: ChaosDeps): void {
  const next = (): void => {
    deps.queue.at(deps.queue.nowMs + 15_000 + deps.chance.unit() * 75_000, () => {
      const trouble = troubles[Math.floor(deps.chance.unit() * troubles.length)];
      trouble?.(deps, 2_000 + deps.chance.unit() * 60_000);
      next();
    });
  };
  next();
}
