import { bridgeToDock, type Connection, type DockConfig } from "@outrider/contract";
import { createDock, type Dock } from "../dock/index.js";
import type { FaultSet } from "../faults/index.js";
import type { Sim } from "./sim.js";
import type { SimAircraft } from "./sim-aircraft.js";

export type DockHostDeps = {
  readonly dock: DockConfig;
  readonly sim: Sim;
  readonly faults: FaultSet;
  readonly startMs: number;
};

const padRadiusM = 2.5;
const redialMs = 1_000;

/** A simulated dock on its own connection to the bridge, as a real one would dial it. */
export class DockHost {
  readonly #deps: DockHostDeps;
  readonly #dock: Dock;
  readonly #pad: { readonly eastM: number; readonly northM: number };
  #sensed: ReturnType<DockHost["look"]> | undefined;
  #connection: Connection | undefined;
  #closed = false;
  #cancel: (() => void) | undefined;

  constructor(deps: DockHostDeps) {
    this.#deps = deps;
    const { dock, sim, faults } = deps;
    this.#pad = sim.deps.world.frame.toLocal(dock.point);
    this.#dock = createDock({
      dockId: dock.dockId,
      token: sim.deps.dockToken,
      type: dock.type,
      faults,
      send: (message) => this.#connection?.send(JSON.stringify(message)),
      sense: () => this.#sense(),
      charge: (wattHours) => this.#standing()?.autopilot.charge(wattHours),
    });
  }

  start(): void {
    const { sim } = this.#deps;
    if (this.#closed) return;
    this.#cancel = sim.deps.dialer.dial(
      sim.deps.docksUrl,
      {},
      {
        onOpen: (connection) => {
          this.#connection = connection;
          this.#dock.onOpen(sim.clock.nowMs());
        },
        onMessage: (data) => this.#read(data),
        onClose: () => {
          this.#connection = undefined;
          this.#dock.onClose();
          sim.deps.wall.after(redialMs, () => this.start());
        },
      },
    );
  }

  step(nowMs: number): void {
    this.#sensed = this.look();
    this.#dock.step(nowMs);
    const sense = this.#sensed;
    this.#sensed = undefined;
    // A dock charges what stands in it by itself, behind a closed door.
    if (sense.occupied && !sense.rotorsTurning && this.#dock.door() === "closed" && (sense.chargePct ?? 100) < 98)
      this.#dock.onMessage({ kind: "charge", orderId: "dock-itself", on: true });
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
    this.#connection?.close();
  }

  #standing(): SimAircraft | undefined {
    return this.#deps.sim.onPad(this.#pad, padRadiusM);
  }

  /** Within one step it looks once. */
  #sense() {
    return this.#sensed ?? this.look();
  }

  look() {
    const host = this.#standing();
    const { sim } = this.#deps;
    return {
      padClear: true,
      occupied: host !== undefined,
      rotorsTurning: host?.autopilot.status().armed ?? false,
      chargePct: host === undefined ? undefined : Math.round(host.autopilot.status().charge * 1000) / 10,
      weather: { ...sim.wind, temperatureC: sim.air.temperatureC, rain: (sim.air.sky?.rain ?? "none") !== "none" },
    };
  }

  #read(data: string | Uint8Array): void {
    if (typeof data !== "string") return;
    let value: unknown;
    try {
      value = JSON.parse(data);
    } catch {
      return;
    }
    const parsed = bridgeToDock.safeParse(value);
    if (parsed.success) this.#dock.onMessage(parsed.data);
    else
      this.#deps.sim.deps.log("warn", "dock: message not understood, ignored", {
        dockId: this.#deps.dock.dockId,
        problem: parsed.error.message,
      });
  }
}
