import type {
  AircraftConfig,
  Cancel,
  Chance,
  Clock,
  DatagramSocket,
  Datagrams,
  GeoPoint,
  Log,
} from "@outrider/contract";
import { type Autopilot, type AutopilotWorld, createAutopilot } from "../autopilot/index.js";
import { createLossyConduit, type FaultSet, type LossyConduit } from "../faults/index.js";
import { foreignStation } from "./foreign-station.js";
import type { RadioSigning } from "./radio-signing.js";
import type { SimAircraft } from "./sim-aircraft.js";

export type AircraftHostDeps = {
  readonly aircraft: AircraftConfig;
  readonly sysid: number;
  readonly pad: GeoPoint;
  readonly world: AutopilotWorld;
  readonly seed: number;
  readonly params: Readonly<Record<string, number>>;
  readonly faults: FaultSet;
  readonly chance: Pick<Chance, "unit">;
  readonly datagrams: Datagrams;
  readonly bridge: { readonly host: string; readonly port: number };
  readonly bootMs: number;
  readonly lowFidelity: boolean;
  readonly log: Log;
  /** An aircraft that was given a key signs, and hears nothing else. */
  readonly signing?: RadioSigning | undefined;
};

/** One simulated aircraft on its own UDP port, as a real one would be: the bridge knows it by what it says alone. */
export class AircraftHost implements SimAircraft {
  readonly ownRadio = false;
  readonly config: AircraftConfig;
  readonly sysid: number;
  readonly #powerUp: (bootMs: number) => Autopilot;
  #autopilot: Autopilot;
  readonly #socket: DatagramSocket;
  readonly #up: LossyConduit;
  readonly #down: LossyConduit;
  #nowMs: number;

  constructor(deps: AircraftHostDeps) {
    this.config = deps.aircraft;
    this.sysid = deps.sysid;
    this.#nowMs = deps.bootMs;
    const { uid } = deps.aircraft;
    this.#up = createLossyConduit({
      chance: deps.chance,
      faults: deps.faults,
      target: uid,
      deliver: (bytes) => this.#socket.send(bytes, deps.bridge),
    });
    this.#down = createLossyConduit({
      chance: deps.chance,
      faults: deps.faults,
      target: uid,
      deliver: (bytes) => {
        for (const heard of deps.signing?.heard(bytes) ?? [bytes]) this.autopilot.onDatagram(heard, "bridge");
      },
    });
    const powerUp = (bootMs: number): Autopilot =>
      createAutopilot({
        sysid: deps.sysid,
        uid2: uid,
        home: deps.pad,
        world: deps.world,
        seed: deps.seed,
        params: deps.params,
        faults: deps.faults,
        bootMs,
        lowFidelity: deps.lowFidelity,
        videoPort: deps.aircraft.videoPort,
        heatUri: deps.aircraft.heat,
        send: (bytes) => this.#up.send(deps.signing?.sign(bytes) ?? bytes, this.#nowMs),
      });
    this.#powerUp = powerUp;
    this.#autopilot = powerUp(deps.bootMs);
    this.#socket = deps.datagrams.bind(
      { port: 0, host: "127.0.0.1" },
      {
        onDatagram: (bytes) => this.#down.send(bytes, this.#nowMs),
        onError: (error) =>
          deps.log("warn", "simulated radio", { callSign: deps.aircraft.callSign, error: error.message }),
        onBound: () => undefined,
      },
    );
  }

  get autopilot(): Autopilot {
    return this.#autopilot;
  }

  step(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#down.step(nowMs);
    this.autopilot.step(nowMs);
    this.#up.step(nowMs);
  }

  /** Another ground station within earshot of this aircraft: its heartbeats reach the aircraft and, over the link, the bridge. */
  hearForeignStation(seconds: number, clock: Clock): Cancel {
    return foreignStation(seconds, clock, (bytes) => {
      this.autopilot.onDatagram(bytes, "stranger");
      this.#up.send(bytes, this.#nowMs);
    });
  }

  /** Carried home and switched on anew where it flew: nothing of its flight may be left in it. */
  putBack(): void {
    if (this.onGround) this.autopilot.charge(Number.MAX_VALUE);
    else this.#autopilot = this.#powerUp(this.#nowMs);
  }

  get onGround(): boolean {
    return this.autopilot.status().landed === "onGround";
  }

  close(): void {
    this.#socket.close();
  }
}
