import type { AnyMessageInit, MavMessage } from "@outrider/mavlink";
import type { PlanItem } from "../mission/index.js";
import type { FakeClock } from "./fake-clock.js";

const askAgainMs = 260;
const asksPerItem = 20;

/** The aircraft's side of the mission protocol as PX4 has it: pulls items, asks again, gives up without a word. */
export class FakePlanStore {
  readonly lists = new Map<number, PlanItem[]>();
  /** Numbers of what it carries: mission, fence, rally points. Each list that is put there has another one. */
  readonly ids: [number, number, number] = [1, 1, 1];
  /** Replaces what is stored, as a broken autopilot would. */
  spoil: ((items: PlanItem[]) => PlanItem[]) | undefined;
  readonly #clock: FakeClock;
  readonly #send: (message: AnyMessageInit) => void;
  #transfer: { type: number; count: number; items: PlanItem[] } | undefined;

  constructor(clock: FakeClock, send: (message: AnyMessageInit) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  take(message: MavMessage): void {
    switch (message.name) {
      case "MISSION_COUNT":
        if (message.count === 0) return this.#finish(message.missionType, []);
        if (this.#transfer !== undefined && this.#transfer.items.length > 0) return;
        this.#transfer = { type: message.missionType, count: message.count, items: [] };
        return this.#ask(0, asksPerItem);
      case "MISSION_ITEM_INT":
        return this.#item(message);
      case "MISSION_REQUEST_LIST":
        return this.#send({
          ...back,
          name: "MISSION_COUNT",
          missionType: message.missionType,
          count: this.lists.get(message.missionType)?.length ?? 0,
        });
      case "MISSION_REQUEST_INT":
        return this.#give(message.missionType, message.seq);
      default:
        return;
    }
  }

  #item(message: MavMessage & { name: "MISSION_ITEM_INT" }): void {
    const transfer = this.#transfer;
    if (transfer === undefined || transfer.type !== message.missionType || message.seq !== transfer.items.length)
      return;
    const { command, frame, param1, param2, param3, param4, x, y, z } = message;
    transfer.items.push({ command, frame, params: [param1, param2, param3, param4], x, y, z });
    if (transfer.items.length < transfer.count) return this.#ask(transfer.items.length, asksPerItem);
    this.#transfer = undefined;
    this.#finish(transfer.type, transfer.items);
  }

  #finish(type: number, items: PlanItem[]): void {
    this.lists.set(type, this.spoil?.(items) ?? items);
    if (type === 0 || type === 1 || type === 2) this.ids[type] += 1;
    this.#send({ ...back, name: "MISSION_ACK", missionType: type, type: 0 });
  }

  #ask(seq: number, asksLeft: number): void {
    const transfer = this.#transfer;
    if (transfer === undefined || transfer.items.length !== seq) return;
    if (asksLeft === 0) {
      this.#transfer = undefined;
      return;
    }
    this.#send({ ...back, name: "MISSION_REQUEST_INT", missionType: transfer.type, seq });
    this.#clock.after(askAgainMs, () => {
      if (this.#transfer === transfer) this.#ask(seq, asksLeft - 1);
    });
  }

  #give(type: number, seq: number): void {
    const item = this.lists.get(type)?.[seq];
    if (item === undefined) return;
    const [param1, param2, param3, param4] = item.params;
    const { command, frame, x, y, z } = item;
    this.#send({
      ...back,
      name: "MISSION_ITEM_INT",
      missionType: type,
      seq,
      command,
      frame,
      param1,
      param2,
      param3,
      param4,
      x,
      y,
      z,
    });
  }
}

const back = { targetSystem: 255, targetComponent: 190 } as const;
