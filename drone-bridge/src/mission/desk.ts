import type { Cancel, Clock } from "@outrider/contract";
import type { AnyMessageInit, MavMessage } from "@outrider/mavlink";
import { autopilotCompid } from "../autopilot/index.js";
import { ourIds } from "../frame/index.js";
import { Turn } from "../turn/index.js";
import { type DownloadState, newDownload, stepDownload } from "./download.js";
import { firstDifference, type PlanItem, type PlanList, planListNames } from "./item.js";
import { missionTiming } from "./timing.js";
import {
  newUpload,
  stepUpload,
  type TransferEffect,
  type TransferEvent,
  type UploadResult,
  type UploadState,
} from "./upload.js";

export type PlanOutcome =
  | { readonly kind: "same"; readonly items: number }
  | { readonly kind: "failed"; readonly reason: string };

type Job = {
  readonly lists: readonly PlanList[];
  readonly done: (outcome: PlanOutcome) => void;
  at: number;
  /** How often what was read back was not yet what was sent. */
  looks: number;
  stage: { kind: "up"; state: UploadState } | { kind: "down"; state: DownloadState } | { kind: "waits" };
};

/** Puts lists on one aircraft and reads every one back. Half a plan on an aircraft is a failure, never a success. */
export class MissionDesk {
  readonly #clock: Clock;
  readonly #sysid: () => number;
  readonly #send: (message: AnyMessageInit) => boolean;
  readonly #homeFirst: boolean;
  readonly #turn = new Turn<TransferEvent>((event) => this.#handle(event));
  #job: Job | undefined;
  #cancel: Cancel | undefined;

  /** `homeFirst`: item 0 of a mission is the aircraft's own (ArduPilot): what is put there is never flown. */
  constructor(deps: {
    clock: Clock;
    sysid: () => number;
    send: (message: AnyMessageInit) => boolean;
    homeFirst?: boolean;
  }) {
    this.#homeFirst = deps.homeFirst ?? false;
    this.#clock = deps.clock;
    this.#sysid = deps.sysid;
    this.#send = deps.send;
  }

  get busy(): boolean {
    return this.#job !== undefined;
  }

  put(lists: readonly PlanList[], done: (outcome: PlanOutcome) => void): void {
    const asStored = this.#homeFirst ? lists.map(withHome) : lists;
    this.#job = { lists: asStored, done, at: 0, looks: 0, stage: { kind: "up", state: newUpload } };
    this.#step({ kind: "start", tMs: this.#clock.nowMs() });
  }

  /** What is meant for another station is its own: its upload beside ours must not draw our items, nor end our job. */
  onMessage(message: MavMessage): void {
    if (this.#job === undefined || !isForUs(message)) return;
    this.#step({ kind: "message", tMs: this.#clock.nowMs(), message });
  }

  close(): void {
    this.#cancel?.();
    this.#job = undefined;
  }

  #step(event: TransferEvent): void {
    this.#turn.take(event);
  }

  #handle(event: TransferEvent): void {
    const job = this.#job;
    const list = job?.lists[job.at];
    if (job === undefined || list === undefined || job.stage.kind === "waits") return;
    if (job.stage.kind === "up") {
      const { state, effects } = stepUpload(list, job.stage.state, event);
      job.stage.state = state;
      for (const effect of effects) this.#do(list, effect, (result) => this.#uploaded(job, list, result));
      return;
    }
    const { state, effects } = stepDownload(list.type, job.stage.state, event);
    job.stage.state = state;
    for (const effect of effects) {
      this.#do(list, effect, (result) => {
        const name = planListNames[list.type];
        if (result.kind === "silent") this.#unread(job, `the ${name} could not be read back: no answer`);
        else if (result.kind === "tooMany")
          this.#finish(job, `the ${name} on the aircraft is not what was sent: it tells of ${result.count} items`);
        else this.#compared(job, list, result.items);
      });
    }
  }

  #uploaded(job: Job, list: PlanList, result: UploadResult): void {
    const name = planListNames[list.type];
    if (result.kind === "refused") return this.#finish(job, `the aircraft refused the ${name}: ${result.reason}`);
    if (result.kind === "silent") return this.#finish(job, `no answer while sending the ${name}`);
    job.stage = { kind: "down", state: newDownload };
    this.#step({ kind: "start", tMs: this.#clock.nowMs() });
  }

  #compared(job: Job, list: PlanList, held: readonly PlanItem[]): void {
    const difference =
      this.#homeFirst && hasHome(list)
        ? firstDifference(list.items.slice(1), held.slice(1))
        : firstDifference(list.items, held);
    if (difference !== undefined) {
      if (job.looks++ < missionTiming.looksAgain) return this.#lookAgain(job);
      return this.#finish(job, `${planListNames[list.type]} on the aircraft is not what was sent: ${difference}`);
    }
    job.at++;
    if (job.at >= job.lists.length) return this.#finish(job, undefined);
    job.stage = { kind: "up", state: newUpload };
    this.#step({ kind: "start", tMs: this.#clock.nowMs() });
  }

  /** A bad link loses six questions of six now and then, and what was put there stays there. */
  #unread(job: Job, failure: string): void {
    if (job.looks++ < missionTiming.looksAgain) this.#lookAgain(job);
    else this.#finish(job, failure);
  }

  /** Reading changes nothing; only what stays different is a failure. */
  #lookAgain(job: Job): void {
    this.#cancel?.();
    job.stage = { kind: "waits" };
    this.#cancel = this.#clock.after(missionTiming.lookAgainMs, () => {
      job.stage = { kind: "down", state: newDownload };
      this.#step({ kind: "start", tMs: this.#clock.nowMs() });
    });
  }

  #finish(job: Job, failure: string | undefined): void {
    this.#cancel?.();
    this.#job = undefined;
    if (failure !== undefined) job.done({ kind: "failed", reason: failure });
    else job.done({ kind: "same", items: job.lists.reduce((sum, list) => sum + this.#given(list), 0) });
  }

  #given(list: PlanList): number {
    return list.items.length - (this.#homeFirst && hasHome(list) ? 1 : 0);
  }

  #do<R>(list: PlanList, effect: TransferEffect<R>, onResult: (result: R) => void): void {
    const to = { targetSystem: this.#sysid(), targetComponent: autopilotCompid, missionType: list.type };
    switch (effect.kind) {
      case "count":
        this.#send({ name: "MISSION_COUNT", ...to, count: effect.count });
        return;
      case "item":
        this.#sendItem(list, effect.seq, to);
        return;
      case "askList":
        this.#send({ name: "MISSION_REQUEST_LIST", ...to });
        return;
      case "askItem":
        this.#send({ name: "MISSION_REQUEST_INT", ...to, seq: effect.seq });
        return;
      case "ack":
        this.#send({ name: "MISSION_ACK", ...to, type: 0 });
        return;
      case "wake":
        this.#wake(effect.atMs);
        return;
      case "result":
        onResult(effect.result);
        return;
    }
  }

  #sendItem(
    list: PlanList,
    seq: number,
    to: { targetSystem: number; targetComponent: number; missionType: number },
  ): void {
    const item = list.items[seq];
    if (item === undefined) return;
    const [param1, param2, param3, param4] = item.params;
    const { command, frame, x, y, z } = item;
    const current = list.type === 0 && seq === 0 ? 1 : 0;
    this.#send({
      name: "MISSION_ITEM_INT",
      ...to,
      seq,
      command,
      frame,
      current,
      autocontinue: 1,
      param1,
      param2,
      param3,
      param4,
      x,
      y,
      z,
    });
  }

  #wake(atMs: number): void {
    this.#cancel?.();
    // A clock may fire a fraction early; taken for too early, the time would never come again.
    this.#cancel = this.#clock.after(Math.max(0, atMs - this.#clock.nowMs()), () =>
      this.#step({ kind: "time", tMs: Math.max(atMs, this.#clock.nowMs()) }),
    );
  }
}

function isForUs(message: MavMessage): boolean {
  if (!("targetSystem" in message) || !("targetComponent" in message)) return false;
  const { targetSystem, targetComponent } = message;
  const toUs = targetSystem === ourIds.sysid || targetSystem === 0;
  return toUs && (targetComponent === ourIds.compid || targetComponent === 0);
}

const hasHome = (list: PlanList): boolean => list.type === 0 && list.items.length > 0;

/** A place for home before the first item: the first place of the mission, which the aircraft writes over. */
function withHome(list: PlanList): PlanList {
  if (!hasHome(list)) return list;
  const { x, y, z } = list.items.find((item) => item.x !== 0 || item.y !== 0) ?? { x: 0, y: 0, z: 0 };
  return { type: 0, items: [{ command: 16, frame: 0, params: [0, 0, 0, 0], x, y, z }, ...list.items] };
}
