import {
  type Acceptor,
  bridgeToDock,
  type Cancel,
  type Clock,
  type Connection,
  type DockConfig,
  type DockState,
  type DockToBridge,
  dockToBridge,
  type Log,
  type MessageServer,
  type Provenance,
  type WireData,
} from "@outrider/contract";
import type { FactSink } from "../journal/index.js";
import { type DoorEnd, type DoorEvent, type DoorOrder, stepDoor } from "./door-order.js";
import { dockTiming } from "./timing.js";

type Dock = {
  readonly dockId: string;
  connection: Connection;
  state: DockState | undefined;
  stateMs: number;
  order: { state: DoorOrder; onEnd: (end: DoorEnd) => void } | undefined;
};

export type DockDeps = {
  readonly server: MessageServer;
  readonly clock: Clock;
  readonly log: Log;
  readonly sink: FactSink;
  readonly docks: readonly DockConfig[];
  readonly provenance: Provenance;
  /** A dock must show one of these. */
  readonly tokens: readonly string[];
  readonly onChange: () => void;
};

/** The docks' side of the bridge: docks dial in and speak dock/1. */
export class DockDesk {
  readonly #deps: DockDeps;
  readonly #docks = new Map<string, Dock>();
  #cancel: Cancel | undefined;
  #refused = 0;

  constructor(deps: DockDeps) {
    this.#deps = deps;
  }

  get refusedMessages(): number {
    return this.#refused;
  }

  listen(port: number, host: string, ready: (error?: Error) => void): void {
    this.#cancel = this.#deps.server.listen(port, host, this.#accept, ready);
  }

  close(): void {
    this.#cancel?.();
    for (const dock of this.#docks.values()) dock.connection.close(1001, "the bridge is closing");
    this.#docks.clear();
  }

  states(tMs: number): DockState[] {
    const out: DockState[] = [];
    for (const { state, stateMs } of this.#docks.values())
      if (state !== undefined) out.push({ ...state, ageMs: state.ageMs + Math.max(0, tMs - stateMs) });
    return out;
  }

  /** Run time was set to that of another run. */
  shift(byMs: number): void {
    for (const dock of this.#docks.values()) dock.stateMs += byMs;
  }

  connected(dockId: string): boolean {
    return this.#docks.has(dockId);
  }

  /** Moves a door, once. `onEnd` hears the acknowledgement and then the one end. */
  moveDoor(dockId: string, orderId: string, want: "open" | "closed", onEnd: (end: DoorEnd) => void): void {
    const dock = this.#docks.get(dockId);
    if (dock === undefined) return onEnd({ kind: "refused", reason: `dock ${dockId} is not connected` });
    const open = dock.order !== undefined && dock.order.state.phase !== "over" ? dock.order : undefined;
    // A launch that was called off must not leave an open door behind: closing takes the place of an opening under way.
    if (open !== undefined && !(open.state.want === "open" && want === "closed"))
      return onEnd({ kind: "refused", reason: "the dock is still busy with another order" });
    open?.onEnd({ kind: "refused", reason: "called off: the door closes again" });
    dock.order = { state: { orderId, want, sentMs: this.#deps.clock.nowMs(), phase: "sent" }, onEnd };
    dock.connection.send(JSON.stringify(bridgeToDock.parse({ kind: want === "open" ? "open" : "close", orderId })));
    if (dock.state !== undefined && dock.state.door === want) this.#step(dock, { kind: "door", door: dock.state.door });
  }

  update(tMs: number): void {
    for (const dock of [...this.#docks.values()]) {
      this.#step(dock, { kind: "time", tMs });
      if (tMs - dock.stateMs > dockTiming.lateMs) {
        dock.connection.close(1001, "no state for too long");
        this.#lost(dock);
      }
    }
  }

  readonly #accept: Acceptor = (info, connection) => {
    if (info.path !== "/dock") return { kind: "refuse", status: 404, reason: "docks speak on /dock" };
    let dock: Dock | undefined;
    return {
      kind: "accept",
      onMessage: (data) => {
        const message = read(data);
        if (message === undefined) {
          this.#refused++;
          return;
        }
        if (dock === undefined) dock = this.#hello(message, connection);
        else this.#hear(dock, message);
      },
      onClose: () => {
        if (dock !== undefined && this.#docks.get(dock.dockId) === dock) this.#lost(dock);
      },
    };
  };

  #hello(message: DockToBridge, connection: Connection): Dock | undefined {
    const refusal = this.#judge(message);
    if (refusal !== undefined || message.kind !== "hello") {
      this.#deps.log("warn", "dock refused", { reason: refusal });
      connection.close(1008, refusal);
      return undefined;
    }
    const before = this.#docks.get(message.dockId);
    if (before !== undefined) {
      before.connection.close(1000, "replaced by a newer connection");
      this.#step(before, { kind: "gone" });
    }
    const dock: Dock = {
      dockId: message.dockId,
      connection,
      state: before?.state,
      stateMs: this.#deps.clock.nowMs(),
      order: undefined,
    };
    this.#docks.set(message.dockId, dock);
    connection.send(JSON.stringify(bridgeToDock.parse({ kind: "welcome", version: 1 })));
    if (before === undefined) this.#deps.sink("DockConnected", { dockId: message.dockId, type: message.type });
    return dock;
  }

  #judge(message: DockToBridge): string | undefined {
    if (message.kind !== "hello") return "say hello first";
    if (!this.#deps.tokens.includes(message.token)) return "unknown token";
    // Simulated and live things never meet.
    if (message.provenance !== this.#deps.provenance)
      return `this bridge is ${this.#deps.provenance}, the dock is ${message.provenance}`;
    return this.#deps.docks.some((dock) => dock.dockId === message.dockId)
      ? undefined
      : `dock ${message.dockId} is not configured`;
  }

  #hear(dock: Dock, message: DockToBridge): void {
    if (message.kind === "answer") {
      if (dock.order?.state.orderId !== message.orderId) return;
      this.#step(dock, {
        kind: "answer",
        accepted: message.result === "accepted",
        reason: message.reason ?? "the dock refused",
      });
      return;
    }
    if (message.kind !== "state" || message.dockId !== dock.dockId) {
      this.#refused++;
      return;
    }
    const before = dock.state;
    dock.state = message;
    dock.stateMs = this.#deps.clock.nowMs();
    const { dockId, door, padClear, occupied } = message;
    if (before === undefined || before.door !== door || before.padClear !== padClear || before.occupied !== occupied) {
      this.#deps.sink("DockDoorChanged", { dockId, door, padClear, occupied });
      this.#deps.onChange();
    }
    this.#step(dock, { kind: "door", door });
  }

  #step(dock: Dock, event: DoorEvent): void {
    const { order } = dock;
    if (order === undefined) return;
    const { order: state, ends } = stepDoor(order.state, event);
    order.state = state;
    for (const end of ends) order.onEnd(end);
  }

  #lost(dock: Dock): void {
    this.#docks.delete(dock.dockId);
    this.#step(dock, { kind: "gone" });
    this.#deps.sink("DockLost", { dockId: dock.dockId });
    this.#deps.onChange();
  }
}

function read(data: WireData): DockToBridge | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const parsed = dockToBridge.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
