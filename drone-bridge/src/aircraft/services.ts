import type { Clock } from "@outrider/contract";
import type { AnyMessageInit, MavMessage } from "@outrider/mavlink";
import type { AutopilotDoor } from "../autopilot/index.js";
import { CameraWatch, type RunCommand } from "../camera/index.js";
import { FtpDesk } from "../ftp/index.js";
import { Gaze, GimbalWatch } from "../gimbal/index.js";
import type { FactSink } from "../journal/index.js";
import { type KeptCopy, ParamListDesk } from "../param/index.js";
import { OperatorBroadcast, type OperatorIdentity, RemoteIdWatch } from "../remote-id/index.js";
import { type AircraftState, EventDesk, type EventSaid, ParachuteWatch } from "../telemetry/index.js";
import { TimesyncDesk } from "../timesync/index.js";

export type ServiceDeps = {
  readonly uid: string;
  readonly clock: Clock;
  readonly door: AutopilotDoor;
  readonly sysid: () => number;
  readonly send: (message: AnyMessageInit) => boolean;
  readonly run: RunCommand;
  readonly sink: FactSink;
  readonly state: AircraftState;
  readonly operator: OperatorIdentity | undefined;
  /** Where its parameters outlive the bridge. */
  readonly kept?: KeptCopy | undefined;
  readonly onSaid: (said: EventSaid) => void;
};

/** What one aircraft offers beside flying: its clock, files, parameters, events, cameras, gimbal, remote ID and parachute. */
export class Services {
  readonly files: FtpDesk;
  readonly parameters: ParamListDesk;
  readonly clock: TimesyncDesk;
  readonly events: EventDesk;
  readonly remoteId: RemoteIdWatch;
  readonly cameras: CameraWatch;
  readonly gimbal: GimbalWatch;
  readonly gaze: Gaze;
  readonly #deps: ServiceDeps;
  readonly #parachute: ParachuteWatch;
  readonly #operator: OperatorBroadcast | undefined;

  /** Its turn has come: many that come up at once are not all asked at once. */
  #greeted = false;

  constructor(deps: ServiceDeps) {
    this.#deps = deps;
    this.files = new FtpDesk(deps);
    this.parameters = new ParamListDesk(deps);
    this.clock = new TimesyncDesk(deps);
    this.events = new EventDesk(deps);
    this.remoteId = new RemoteIdWatch(deps.uid, deps.sink);
    this.cameras = new CameraWatch(deps);
    this.gimbal = new GimbalWatch(deps);
    this.gaze = new Gaze(deps.run);
    this.#parachute = new ParachuteWatch(deps.uid, deps.sink);
    this.#operator = deps.operator === undefined ? undefined : new OperatorBroadcast(deps.operator);
  }

  hear(message: MavMessage, compid: number, fromAutopilot: boolean, tMs: number): void {
    if (fromAutopilot) this.#hearAutopilot(message, tMs);
    this.cameras.hear(message, compid, fromAutopilot, tMs);
    this.gimbal.hear(message, compid, tMs);
    switch (message.name) {
      case "OPEN_DRONE_ID_ARM_STATUS":
        this.remoteId.hear(message, tMs);
        return;
      case "HEARTBEAT":
        if (!fromAutopilot) this.#parachute.hear(message, tMs);
        return;
      default:
        return;
    }
  }

  /** `talking`: the link is live, so that asking is worth its bytes. */
  update(tMs: number, talking: boolean): void {
    const { sink, uid, state, send, sysid } = this.#deps;
    this.remoteId.update(tMs);
    this.#parachute.update(tMs);
    const failing = this.events.checks.changed(tMs);
    if (failing !== undefined) sink("ArmingChecksChanged", { uid, failing: [...failing] });
    this.cameras.update(tMs);
    state.clock = this.clock.estimateAt(tMs);
    if (!state.armed) this.gaze.end();
    if (!talking) return;
    // What somebody else holds is not fought. It goes on once a status shows it ours: one may have been on its way.
    if (!this.gimbal.lost) this.gaze.update(state, tMs);
    this.clock.update(tMs);
    this.events.update(tMs);
    if (this.#greeted) this.cameras.ask(tMs);
    if (this.#greeted) this.gimbal.ask(tMs);
    for (const message of this.#operator?.due(sysid(), tMs, tMs) ?? []) send(message);
  }

  /** Reads every parameter, or finds by their hash that none has changed, and says so. */
  listParameters(): void {
    const { sink, uid } = this.#deps;
    this.parameters.read((set) => {
      if (set.kind !== "whole") return;
      const hash = set.hash === undefined ? {} : { hash: set.hash };
      sink("ParametersListed", { uid, count: set.rows.length, changed: [...set.changed].slice(0, 50), ...hash });
    });
  }

  greeted(tMs: number): void {
    this.#greeted = true;
    this.cameras.ask(tMs);
    this.gimbal.ask(tMs);
  }

  rebooted(): void {
    this.#greeted = false;
    this.clock.reset();
    this.events.rebooted();
    this.remoteId.rebooted();
    this.cameras.rebooted();
    this.gimbal.rebooted();
    this.gaze.end();
  }

  close(): void {
    this.files.close();
    this.parameters.close();
  }

  #hearAutopilot(message: MavMessage, tMs: number): void {
    switch (message.name) {
      case "PARAM_VALUE":
        this.parameters.onValue(message);
        return;
      case "TIMESYNC":
        this.clock.onMessage(message);
        return;
      case "FILE_TRANSFER_PROTOCOL":
        this.files.onMessage(message);
        return;
      case "EVENT":
      case "CURRENT_EVENT_SEQUENCE":
      case "RESPONSE_EVENT_ERROR": {
        const said = this.events.hear(message, tMs);
        if (said !== undefined) this.#deps.onSaid(said);
        return;
      }
      default:
        return;
    }
  }
}
