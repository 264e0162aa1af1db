import { assertNever, type BridgeToDock, type DockDoor, type DockState, type DockToBridge } from "@outrider/contract";
import type { FaultSet } from "../faults/index.js";

type DockWeather = NonNullable<DockState["weather"]>;

export type DockOptions = {
  readonly dockId: string;
  readonly token: string;
  readonly type: "dock" | "pad";
  readonly faults: FaultSet;
  /** Called with every message for the bridge. */
  readonly send: (message: DockToBridge) => void;
  readonly openS?: number;
  readonly closeS?: number;
  /** Electric power into a battery on the pad. */
  readonly chargeW?: number;
  /** What the dock's own sensors see now. */
  readonly sense: () => DockSense;
  /** Puts energy into the aircraft that stands here. */
  readonly charge: (wattHours: number) => void;
};

export type DockSense = {
  /** Nothing but the dock's own aircraft within the pad's clearance. */
  readonly padClear: boolean;
  /** An aircraft stands on the pad. */
  readonly occupied: boolean;
  /** Its rotors turn (or it is armed): the door must not move over it. */
  readonly rotorsTurning: boolean;
  readonly chargePct: number | undefined;
  readonly weather: DockWeather | undefined;
};

export type Dock = {
  readonly dockId: string;
  /** The wire is open: says hello and its state. */
  onOpen(tMs: number): void;
  onClose(): void;
  onMessage(message: BridgeToDock): void;
  /** Advances to run time `tMs`. */
  step(tMs: number): void;
  door(): DockDoor;
  /** An aircraft could leave or enter now. */
  isOpen(): boolean;
};

const stateEveryMs = 1000;
const driveTestEveryMs = 15_000;

/**
 * A dock that speaks dock/1, or with type `pad` one without a door. The door takes its seconds, can be told to turn
 * round on its way, and stands where it is while the fault `jammed-dock` lasts. Standing open it finds the fault
 * itself within 15 s, and its end.
 */
export function createDock(options: DockOptions): Dock {
  return new SimulatedDock(options);
}

class SimulatedDock implements Dock {
  readonly dockId: string;
  readonly #o: DockOptions;
  /** 0 closed … 1 open. */
  #travel: number;
  #wanted: 0 | 1;
  #charging = false;
  #linked = false;
  #tMs: number | undefined;
  #saidAtMs = -Infinity;
  #said = "";
  #testedAtMs = -Infinity;
  #testFailed = false;

  constructor(options: DockOptions) {
    this.#o = options;
    this.dockId = options.dockId;
    this.#travel = options.type === "pad" ? 1 : 0;
    this.#wanted = options.type === "pad" ? 1 : 0;
  }

  door(): DockDoor {
    if (this.#o.type === "pad") return "none";
    if (this.#jammed()) return "jammed";
    if (this.#travel === this.#wanted) return this.#wanted === 1 ? "open" : "closed";
    return this.#wanted === 1 ? "opening" : "closing";
  }

  isOpen(): boolean {
    return this.#travel === 1;
  }

  onOpen(tMs: number): void {
    this.#linked = true;
    this.#tMs = tMs;
    const { dockId, token, type } = this.#o;
    this.#o.send({ kind: "hello", version: 1, dockId, token, provenance: "sim", type });
    this.#tell(tMs);
  }

  onClose(): void {
    this.#linked = false;
  }

  onMessage(message: BridgeToDock): void {
    switch (message.kind) {
      case "welcome":
        return;
      case "open":
      case "close":
        return this.#answer(message.orderId, this.#move(message.kind === "open" ? 1 : 0));
      case "charge":
        return this.#answer(message.orderId, this.#switchCharge(message.on));
      default:
        return assertNever(message);
    }
  }

  step(tMs: number): void {
    const dtS = this.#tMs === undefined ? 0 : Math.max(0, (tMs - this.#tMs) / 1000);
    this.#tMs = tMs;
    this.#travelDoor(dtS);
    this.#testDrive(tMs);
    const sense = this.#o.sense();
    if (this.#charging && (!sense.occupied || sense.rotorsTurning || (sense.chargePct ?? 0) >= 99.9))
      this.#charging = false;
    if (this.#charging) this.#o.charge(((this.#o.chargeW ?? 600) * dtS) / 3600);
    if (!this.#linked) return;
    const changed = this.#key() !== this.#said;
    if (changed || tMs - this.#saidAtMs >= stateEveryMs) this.#tell(tMs);
  }

  /** A closed door is not known to be jammed until it is asked to move; one that stands open tests its drive. */
  #jammed(): boolean {
    return this.#testFailed || (this.#travel !== this.#wanted && this.#o.faults.has(this.dockId, "jammed-dock"));
  }

  /** While its aircraft is out: the pilot must learn on the way out, not over the dock, that nobody can be locked in. */
  #testDrive(tMs: number): void {
    if (this.#o.type === "pad" || this.#travel !== 1 || this.#wanted !== 1) {
      this.#testFailed = false;
      this.#testedAtMs = tMs;
      return;
    }
    if (tMs - this.#testedAtMs < driveTestEveryMs) return;
    this.#testedAtMs = tMs;
    this.#testFailed = this.#o.faults.has(this.dockId, "jammed-dock");
  }

  #travelDoor(dtS: number): void {
    if (this.#travel === this.#wanted || this.#jammed()) return;
    const seconds = this.#wanted === 1 ? (this.#o.openS ?? 10) : (this.#o.closeS ?? 12);
    const way = dtS / Math.max(0.001, seconds);
    this.#travel = this.#wanted === 1 ? Math.min(1, this.#travel + way) : Math.max(0, this.#travel - way);
  }

  /** Undefined when done or begun, else the reason of the refusal. */
  #move(wanted: 0 | 1): string | undefined {
    if (this.#o.type === "pad") return undefined;
    const sense = this.#o.sense();
    if (wanted === 0 && sense.occupied && sense.rotorsTurning) return "rotors turning on the pad";
    if (wanted === 0 && !sense.padClear) return "pad not clear";
    this.#wanted = wanted;
    return undefined;
  }

  #switchCharge(on: boolean): string | undefined {
    const sense = this.#o.sense();
    if (on && !sense.occupied) return "no aircraft on the pad";
    if (on && sense.rotorsTurning) return "rotors turning on the pad";
    this.#charging = on;
    return undefined;
  }

  #answer(orderId: string, reason: string | undefined): void {
    if (reason === undefined) this.#o.send({ kind: "answer", orderId, result: "accepted" });
    else this.#o.send({ kind: "answer", orderId, result: "refused", reason });
  }

  #key(): string {
    const sense = this.#o.sense();
    return `${this.door()} ${sense.padClear} ${sense.occupied} ${this.#charging}`;
  }

  #tell(tMs: number): void {
    const { padClear, occupied, chargePct, weather } = this.#o.sense();
    this.#saidAtMs = tMs;
    this.#said = this.#key();
    this.#o.send({
      kind: "state",
      dockId: this.dockId,
      door: this.door(),
      padClear,
      occupied,
      charging: this.#charging,
      ...(chargePct === undefined ? {} : { chargePct: Math.max(0, Math.min(100, chargePct)) }),
      ...(weather === undefined ? {} : { weather }),
      ageMs: 0,
    });
  }
}
