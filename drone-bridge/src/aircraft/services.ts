import type { Clock } from "@outrider/contract";
import type { AnyMessageInit, MavMessage } from "@outrider/mavlink";
import type { AutopilotDoor } from "../autopilot/index.js";
import { type CameraState, cameraCan, cameraCompid, cameraQuestions, hearCamera, newCamera } from "../camera/index.js";
import type { CommandDesk } from "../command/index.js";
import { FtpDesk } from "../ftp/index.js";
import type { FactSink } from "../journal/index.js";
import { ParamListDesk } from "../param/index.js";
import { OperatorBroadcast, type OperatorIdentity, RemoteIdWatch } from "../remote-id/index.js";
import { type AircraftState, EventDesk, type EventSaid, ParachuteWatch } from "../telemetry/index.js";
import { TimesyncDesk } from "../timesync/index.js";

export type ServiceDeps = {
  readonly uid: string;
  readonly clock: Clock;
  readonly door: AutopilotDoor;
  readonly sysid: () => number;
  readonly send: (message: AnyMessageInit) => boolean;
  readonly sink: FactSink;
  readonly state: AircraftState;
  readonly operator: OperatorIdentity | undefined;
  readonly onSaid: (said: EventSaid) => void;
};

/** A camera's description is told when it has stood still for this long: its parts come one by one. */
const cameraSettleMs = 3_000;

/** What one aircraft offers beside flying: its clock, files, parameters, events, camera, remote ID and parachute. */
export class Services {
  readonly files: FtpDesk;
  readonly parameters: ParamListDesk;
  readonly clock: TimesyncDesk;
  readonly events: EventDesk;
  readonly remoteId: RemoteIdWatch;
  readonly #deps: ServiceDeps;
  readonly #parachute: ParachuteWatch;
  readonly #operator: OperatorBroadcast | undefined;
  #camera: CameraState = newCamera;
  /** What was looked at last: asked at every frame of every aircraft, a camera hardly ever changes. */
  #cameraSeen: CameraState | undefined;
  #cameraTold = "";
  #cameraChangedMs = Number.NEGATIVE_INFINITY;
  #cameraAsked = false;

  constructor(deps: ServiceDeps) {
    this.#deps = deps;
    this.files = new FtpDesk(deps);
    this.parameters = new ParamListDesk(deps);
    this.clock = new TimesyncDesk(deps);
    this.events = new EventDesk(deps);
    this.remoteId = new RemoteIdWatch(deps.uid, deps.sink);
    this.#parachute = new ParachuteWatch(deps.uid, deps.sink);
    this.#operator = deps.operator === undefined ? undefined : new OperatorBroadcast(deps.operator);
  }

  get camera(): CameraState {
    return this.#camera;
  }

  hear(message: MavMessage, compid: number, fromAutopilot: boolean, commands: CommandDesk, tMs: number): void {
    if (fromAutopilot) this.#hearAutopilot(message, tMs);
    switch (message.name) {
      case "OPEN_DRONE_ID_ARM_STATUS":
        this.remoteId.hear(message, tMs);
        return;
      case "HEARTBEAT":
        if (!fromAutopilot) this.#parachute.hear(message, tMs);
        return;
      default:
        if (compid === cameraCompid) this.#hearCamera(message, commands, tMs);
    }
  }

  /** `talking`: the link is live, so that asking is worth its bytes. */
  update(tMs: number, talking: boolean): void {
    const { sink, uid, state, send, sysid } = this.#deps;
    this.remoteId.update(tMs);
    this.#parachute.update(tMs);
    const failing = this.events.checks.changed(tMs);
    if (failing !== undefined) sink("ArmingChecksChanged", { uid, failing: [...failing] });
    this.#tellCamera(tMs);
    state.clock = this.clock.estimateAt(tMs);
    if (!talking) return;
    this.clock.update(tMs);
    this.events.update(tMs);
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

  rebooted(): void {
    this.clock.reset();
    this.events.rebooted();
    this.#camera = newCamera;
    this.#cameraAsked = false;
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

  #hearCamera(message: MavMessage, commands: CommandDesk, tMs: number): void {
    const before = this.#camera;
    this.#camera = hearCamera(before, message);
    if (this.#camera === before) return;
    this.#cameraChangedMs = tMs;
    if (this.#cameraAsked || this.#camera.flags === undefined) return;
    this.#cameraAsked = true;
    for (const spec of cameraQuestions(this.#camera)) commands.run(spec, () => {});
  }

  #tellCamera(tMs: number): void {
    if (this.#camera === this.#cameraSeen) return;
    const { vendor, model, flags, streams, storages } = this.#camera;
    if (flags === undefined || tMs - this.#cameraChangedMs < cameraSettleMs) return;
    this.#cameraSeen = this.#camera;
    const shown = {
      vendor,
      model,
      can: cameraCan(this.#camera),
      streams: streams.map(({ streamId, kind, uri, running, thermal }) => ({ streamId, kind, uri, running, thermal })),
      // Its free space shrinks all the time: told in whole hundreds.
      storages: storages.map((each) => ({ ...each, freeMiB: Math.floor(each.freeMiB / 100) * 100 })),
    };
    const text = JSON.stringify(shown);
    if (text === this.#cameraTold) return;
    this.#cameraTold = text;
    this.#deps.sink("CameraIdentified", { uid: this.#deps.uid, ...shown });
  }
}
