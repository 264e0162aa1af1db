import { type MavMessage, MavType } from "@outrider/mavlink";
import { autopilotCompid } from "../autopilot/index.js";
import type { FactSink } from "../journal/index.js";
import { AskUntilHeard, type RunCommand } from "./ask-until-heard.js";
import { type CameraAddress, cameraCompid, firstCamera, isCameraCompid } from "./camera.js";
import { type CameraState, cameraCan, hearCamera, heatOnly, newCamera } from "./capabilities.js";
import { askCamera, cameraQuestions, fovRate } from "./commands.js";

export type CameraWatchDeps = { readonly uid: string; readonly sink: FactSink; readonly run: RunCommand };

/** A camera's description is told when it has stood still for this long: its parts come one by one. */
const settleMs = 3_000;
/** Cameras of one aircraft: six components and as many behind the autopilot are all that MAVLink can name. */
const mostCameras = 12;

type Known = CameraAddress & {
  state: CameraState;
  /** What was looked at last: asked at every frame of every aircraft, a camera hardly ever changes. */
  seen: CameraState | undefined;
  changedMs: number;
  streams: AskUntilHeard | undefined;
  cards: AskUntilHeard | undefined;
  fov: AskUntilHeard;
};

/**
 * The cameras of one aircraft: components 100 to 105, any other that beats as a camera, and those that the autopilot
 * speaks for (camera protocol v2). Each is asked what it is until it has said so, and told by itself.
 */
export class CameraWatch {
  readonly #deps: CameraWatchDeps;
  readonly #cameras = new Map<number, Known>();
  readonly #asked = new Map<number, AskUntilHeard>();
  readonly #told = new Map<number, string>();
  #main: Known | undefined;

  constructor(deps: CameraWatchDeps) {
    this.#deps = deps;
    this.#askFirst();
  }

  /** The one that is aimed and zoomed and whose field of view counts: the first that shows more than heat. */
  get main(): CameraAddress {
    return this.#main ?? firstCamera;
  }

  /** Whether this is said of a camera beside the main one: its field of view is not that of the picture. */
  saysOther(message: MavMessage, compid: number, fromAutopilot: boolean): boolean {
    const main = this.#main;
    if (main === undefined) return false;
    switch (message.name) {
      case "CAMERA_FOV_STATUS":
      case "CAMERA_INFORMATION":
      case "VIDEO_STREAM_INFORMATION":
      case "VIDEO_STREAM_STATUS":
        return cameraIdOf(message, compid, fromAutopilot) !== main.cameraId;
      default:
        return false;
    }
  }

  hear(message: MavMessage, compid: number, fromAutopilot: boolean, tMs: number): void {
    if (!fromAutopilot && message.name === "HEARTBEAT" && (isCameraCompid(compid) || message.type === MavType.CAMERA))
      this.#isThere(compid);
    const known = this.#knownOf(message, compid, fromAutopilot);
    if (known === undefined) return;
    const before = known.state;
    known.state = hearCamera(before, message);
    if (known.state === before) return;
    known.changedMs = tMs;
    this.#main = this.#mainOfAll();
    this.#heard(known, message);
  }

  /** Its field of view is streamed, and read elsewhere: that it comes at all is all that is kept. */
  heardFov(compid: number): void {
    for (const known of this.#cameras.values()) if (known.compid === compid) known.fov.heard();
  }

  update(tMs: number): void {
    for (const known of this.#cameras.values()) this.#tell(known, tMs);
  }

  /** Asks what is not known yet, where it is time to. */
  ask(tMs: number): void {
    const { run } = this.#deps;
    for (const asked of this.#asked.values()) asked.update(tMs, run);
    for (const known of this.#cameras.values()) {
      known.streams?.update(tMs, run);
      known.cards?.update(tMs, run);
    }
    this.#main?.fov.update(tMs, run);
  }

  rebooted(): void {
    this.#cameras.clear();
    this.#main = undefined;
    this.#asked.clear();
    this.#askFirst();
  }

  /** Whoever beats late or not at all, and the autopilot, which may speak for cameras that nobody hears. */
  #askFirst(): void {
    for (const compid of [cameraCompid, autopilotCompid]) this.#asked.set(compid, new AskUntilHeard(askCamera(compid)));
  }

  #isThere(compid: number): void {
    const asked = this.#asked.get(compid);
    if (asked !== undefined) asked.heardOf();
    else if (this.#asked.size < mostCameras) this.#asked.set(compid, new AskUntilHeard(askCamera(compid)));
  }

  #knownOf(message: MavMessage, compid: number, fromAutopilot: boolean): Known | undefined {
    const cameraId = cameraIdOf(message, compid, fromAutopilot);
    const before = this.#cameras.get(cameraId);
    if (before !== undefined || message.name !== "CAMERA_INFORMATION" || this.#cameras.size >= mostCameras)
      return before;
    const known: Known = {
      cameraId,
      compid,
      state: newCamera,
      seen: undefined,
      changedMs: Number.NEGATIVE_INFINITY,
      streams: undefined,
      cards: undefined,
      fov: new AskUntilHeard(fovRate(compid)),
    };
    this.#cameras.set(cameraId, known);
    return known;
  }

  #heard(known: Known, message: MavMessage): void {
    const { state, compid } = known;
    switch (message.name) {
      case "CAMERA_INFORMATION": {
        // An autopilot may speak for several, and does not say for how many: asked on.
        if (compid === known.cameraId) this.#asked.get(compid)?.heard();
        const { streams, cards } = cameraQuestions(state, compid);
        if (streams !== undefined) known.streams ??= new AskUntilHeard(streams);
        if (cards !== undefined) known.cards ??= new AskUntilHeard(cards);
        return;
      }
      case "VIDEO_STREAM_INFORMATION":
        if (state.streams.length >= state.streamCount) known.streams?.heard();
        return;
      case "STORAGE_INFORMATION":
        known.cards?.heard();
        return;
      default:
        return;
    }
  }

  /** Components first, then those behind the autopilot, each in the order of its id. */
  #mainOfAll(): Known | undefined {
    const place = ({ cameraId, compid }: Known): number => (cameraId === compid ? cameraId : 1_000 + cameraId);
    const all = [...this.#cameras.values()].sort((one, other) => place(one) - place(other));
    return all.find(({ state }) => !heatOnly(state)) ?? all[0];
  }

  #tell(known: Known, tMs: number): void {
    const { state, cameraId } = known;
    if (state === known.seen || tMs - known.changedMs < settleMs) return;
    known.seen = state;
    const { vendor, model, streams, storages } = state;
    const shown = {
      vendor,
      model,
      can: cameraCan(state),
      streams: streams.map(({ streamId, kind, uri, running, thermal }) => ({ streamId, kind, uri, running, thermal })),
      // Its free space shrinks all the time: told in whole hundreds.
      storages: storages.map((each) => ({ ...each, freeMiB: Math.floor(each.freeMiB / 100) * 100 })),
    };
    const text = JSON.stringify(shown);
    if (text === this.#told.get(cameraId)) return;
    this.#told.set(cameraId, text);
    this.#deps.sink("CameraIdentified", { uid: this.#deps.uid, cameraId, ...shown });
  }
}

/** An autopilot that names no camera means the first that it speaks for. */
function cameraIdOf(message: MavMessage, compid: number, fromAutopilot: boolean): number {
  if (!fromAutopilot) return compid;
  const device = "cameraDeviceId" in message ? message.cameraDeviceId : 0;
  return device >= 1 && device <= 6 ? device : 1;
}
