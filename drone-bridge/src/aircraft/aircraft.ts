import type { Clock, ControlOverlay, LinkState } from "@outrider/contract";
import type { AnyMessageInit, MavMessage } from "@outrider/mavlink";
import { type AutopilotDoor, doorOf } from "../autopilot/index.js";
import { CommandDesk } from "../command/index.js";
import type { FactSink, LastKnown } from "../journal/index.js";
import { StickDesk } from "../manual/index.js";
import { MissionDesk } from "../mission/index.js";
import { ParamDesk } from "../param/index.js";
import type { Path } from "../route/index.js";
import {
  type AircraftState,
  FlightWatch,
  hear,
  LinkWatch,
  newAircraftState,
  PositionDoubt,
  payloadCommands,
  rateCommands,
  request,
  type Said,
  TextJoiner,
  telemetryTiming,
} from "../telemetry/index.js";
import { PathChoice } from "./path-choice.js";

export type AircraftDeps = {
  readonly uid: string;
  readonly handle: number;
  readonly sysid: number;
  readonly compid: number;
  readonly autopilot: number;
  readonly clock: Clock;
  readonly sink: FactSink;
  readonly sendOn: (path: Path, message: AnyMessageInit) => boolean;
  readonly failsafeParameters: readonly string[];
  /** What the journal last said of it, before a restart too. */
  readonly before: Readonly<LastKnown> | undefined;
  readonly onText: (aircraft: Aircraft, said: Said) => void;
  readonly onSticksGivenUp: (aircraft: Aircraft) => void;
};

/** One identified aircraft: what is known of it, and the desks through which it is spoken to. */
export class Aircraft {
  readonly uid: string;
  readonly handle: number;
  readonly door: AutopilotDoor;
  readonly state: AircraftState = newAircraftState();
  readonly commands: CommandDesk;
  readonly missions: MissionDesk;
  readonly params: ParamDesk;
  readonly sticks: StickDesk;
  readonly watch: FlightWatch;
  sysid: number;
  /** The launch that its orders belong to; facts of the flight carry it. */
  launchId: string | undefined;
  /** The plan that was read back in this boot of the aircraft; without it nothing arms. */
  verifiedPlan: { readonly planId: string; readonly launchId: string | undefined } | undefined;
  gimbalTaken = false;
  readonly #deps: AircraftDeps;
  readonly #compid: number;
  readonly #link: LinkWatch;
  readonly #doubt: PositionDoubt;
  readonly #texts = new TextJoiner();
  readonly #paths = new PathChoice();
  #flew = false;

  constructor(deps: AircraftDeps) {
    this.#deps = deps;
    this.uid = deps.uid;
    this.handle = deps.handle;
    this.sysid = deps.sysid;
    this.#compid = deps.compid;
    this.door = doorOf(deps.autopilot);
    const wire = { clock: deps.clock, sysid: () => this.sysid, send: (message: AnyMessageInit) => this.send(message) };
    this.commands = new CommandDesk(wire);
    this.missions = new MissionDesk(wire);
    this.params = new ParamDesk({ ...wire, door: this.door });
    this.sticks = new StickDesk({ ...wire, giveUp: () => deps.onSticksGivenUp(this) });
    const { before } = deps;
    this.launchId = before?.armed === true ? before.launchId : undefined;
    this.watch = new FlightWatch(deps.uid, deps.sink, () => this.launchId, before);
    this.#link = new LinkWatch(deps.uid, deps.sink, before?.linkLost ?? false, deps.clock.nowMs());
    this.#doubt = new PositionDoubt(deps.uid, deps.sink, before?.doubted ?? false);
  }

  get link(): LinkState {
    return this.#link.link;
  }

  get control(): ControlOverlay {
    const control = this.watch.control;
    return control === "ours" && this.sticks.taken && this.state.mode === "position" ? "sticks" : control;
  }

  get positionDoubted(): boolean {
    return this.#doubt.doubted;
  }

  get paths(): readonly Path[] {
    return this.#paths.all;
  }

  addPath(path: Path): void {
    this.#paths.add(path, this.#deps.clock.nowMs());
    this.#link.plugged();
  }

  pathGone(pathKey: string): void {
    this.#paths.remove(pathKey);
    if (this.#paths.all.length === 0) this.#link.pulled(this.state, this.#deps.clock.nowMs());
  }

  /** By the better of its paths, and by no other: true when it left. */
  send(message: AnyMessageInit): boolean {
    const path = this.#paths.best(this.#deps.clock.nowMs());
    return path !== undefined && this.#deps.sendOn(path, message);
  }

  /** After identification, and again after a reboot: rates, payload, and the failsafes it will act by. */
  greet(): void {
    for (const spec of [...rateCommands(), ...payloadCommands(), request("HOME_POSITION", this.#compid)])
      this.commands.run(spec, () => {});
    this.readParameters(() => {});
  }

  readParameters(done: () => void): void {
    this.params.read(this.#deps.failsafeParameters, ({ values, missing }) => {
      this.#deps.sink("FailsafeParametersRead", { uid: this.uid, values: { ...values }, missing: [...missing] });
      done();
    });
  }

  hear(path: Path, compid: number, seq: number, message: MavMessage, tMs: number): void {
    if (this.#paths.isDuplicate(path, compid, seq, message.name, tMs)) return;
    const fromAutopilot = compid === this.#compid;
    if (
      fromAutopilot &&
      message.name === "GLOBAL_POSITION_INT" &&
      this.state.bootMs - message.timeBootMs > telemetryTiming.rebootMs
    )
      this.#rebooted();
    hear(this.state, message, fromAutopilot, this.door, tMs);
    switch (message.name) {
      case "COMMAND_ACK":
        this.commands.onAck(compid, message);
        break;
      case "PARAM_VALUE":
        if (fromAutopilot) this.params.onValue(message);
        break;
      case "STATUSTEXT":
        for (const said of this.#texts.hear(compid, message, tMs)) this.#said(said, tMs);
        break;
      case "MISSION_REQUEST":
      case "MISSION_REQUEST_INT":
      case "MISSION_ACK":
      case "MISSION_COUNT":
      case "MISSION_ITEM_INT":
        if (fromAutopilot) this.missions.onMessage(message);
        break;
      default:
        break;
    }
  }

  /** Judges what has become of it; called for every chunk heard and by the clock, so that silence is noticed. */
  update(tMs: number): void {
    if (this.state.heartbeatMs === Number.NEGATIVE_INFINITY) return;
    for (const said of this.#texts.overdue(tMs)) this.#said(said, tMs);
    this.#link.update(this.state, tMs);
    this.watch.update(this.state, tMs, this.door.modeName);
    // Told with its launch; what it does next belongs to the next one.
    const active = this.state.armed || this.watch.airborne;
    if (this.#flew && !active) this.launchId = undefined;
    this.#flew = active;
    this.#doubt.update(this.state, tMs);
    if (!this.state.armed && !this.watch.airborne) this.gimbalTaken = this.gimbalTaken && this.link === "live";
  }

  close(): void {
    this.commands.close();
    this.missions.close();
    this.params.close();
    this.sticks.release();
  }

  #said(said: Said, tMs: number): void {
    this.watch.onText(said.severity, said.text, tMs);
    this.commands.onText(said.text);
    this.#deps.sink("AutopilotSaid", { uid: this.uid, severity: said.severity, text: said.text });
    this.#deps.onText(this, said);
  }

  /** What it was told before is gone with its memory. */
  #rebooted(): void {
    this.verifiedPlan = undefined;
    this.gimbalTaken = false;
    this.state.bootMs = 0;
    this.state.homeAltAmslM = undefined;
    this.#deps.sink("AircraftRebooted", { uid: this.uid });
    this.greet();
  }
}
