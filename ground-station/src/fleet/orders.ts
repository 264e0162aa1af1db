import {
  type Actor,
  newFact,
  type Order,
  type OrderVerb,
  type StationToBridge,
  safeVerbs,
  type VerbName,
} from "@outrider/contract";
import { type OrderPort, type StationContext, systemActor } from "../kernel/index.js";
import { aircraftOf, fleetRoom } from "./fleet-room.js";

/** Age by the bridge's own clock after which an order is void: what moves must not arrive late. */
const maxAgeMs: Readonly<Partial<Record<VerbName, number>>> = {
  uploadPlan: 15_000,
  refreshParameters: 15_000,
  closeDock: 30_000,
  // What brings an aircraft to rest is wanted late rather than never: a stalled radio must not void it.
  hold: 30_000,
  return: 30_000,
  land: 30_000,
  releaseStick: 30_000,
};
const DEFAULT_MAX_AGE_MS = 2_000;

type Wish = { uid: string; act: OrderVerb; by: Actor; launchId?: string; approvalId?: string };

/**
 * Write before act: an order leaves only once it is in the record. Stop, return and land leave at once and are
 * recorded beside it, because a full disk must not keep an aircraft in the air.
 */
export class Orders implements OrderPort {
  readonly #context: StationContext;
  readonly #send: (message: StationToBridge) => boolean;

  constructor(context: StationContext, send: (message: StationToBridge) => boolean) {
    this.#context = context;
    this.#send = send;
  }

  issue(wish: Wish): string {
    const { kernel } = this.#context;
    const { uid, act, launchId, approvalId } = wish;
    const orderId = kernel.newId("o");
    const launch = launchId === undefined ? {} : { launchId };
    const order: Order = {
      orderId,
      uid,
      act,
      ...launch,
      ...(approvalId === undefined ? {} : { approvalId }),
      issuedBy: wish.by,
      issuedAtMs: kernel.nowMs(),
      maxAgeMs: maxAgeMs[act.verb] ?? DEFAULT_MAX_AGE_MS,
    };
    const fact = newFact("OrderIssued", { orderId, uid, act, ...launch }, wish.by);
    const safe = safeVerbs.has(act.verb);
    kernel.commit([fact], (result) => {
      if (safe) return;
      if (result.kind === "ok") this.#deliver(order);
      else this.#notRecorded(order);
    });
    // The state knows of it already; only the disk does not.
    if (safe) this.#deliver(order);
    return orderId;
  }

  sticks(uid: string, axes: { forward: number; right: number; up: number; yaw: number }): void {
    const { stickGrant: grantId, pilotId: personId } = aircraftOf(this.#context.kernel.state(fleetRoom), uid);
    // Of a hand that nobody granted anything: to the bridge it would look like a stranger's.
    if (grantId !== undefined)
      this.#send({ kind: "sticks", uid, ...axes, grantId, ...(personId === undefined ? {} : { personId }) });
  }

  /** Tells the bridge who answers for it: hand flying by anybody else ends there at once. */
  pilot(uid: string): void {
    const personId = aircraftOf(this.#context.kernel.state(fleetRoom), uid).pilotId;
    if (personId !== undefined) this.#send({ kind: "pilot", uid, personId });
  }

  /** Orders that the bridge never journalled before the connection broke: they did not happen and are not repeated. */
  settleUnsent(beforeMs: number): void {
    for (const entry of this.#context.kernel.state(fleetRoom).orders.values()) {
      if (entry.state === "sending" && !entry.sent && entry.issuedMs < beforeMs)
        this.#refuse(entry, "It never reached the bridge: the connection broke.");
    }
  }

  #deliver(order: Order): void {
    if (!this.#send({ kind: "order", order }))
      this.#refuse(order, "No contact with the bridge: the order was not sent.");
  }

  #notRecorded(order: Order): void {
    this.#context.log("error", "an order could not be recorded and was not sent", { verb: order.act.verb });
    this.#context.count("orders_not_recorded", { verb: order.act.verb });
    // Also where the disk takes the order after all: it was not sent, and it never is.
    this.#refuse(order, "It could not be recorded in time, so it was not sent.");
  }

  #refuse(
    order: { orderId: string; uid: string; launchId?: string | undefined; act: OrderVerb },
    reason: string,
  ): void {
    const { orderId, uid, launchId } = order;
    const data = { orderId, uid, verb: order.act.verb, reason, ...(launchId === undefined ? {} : { launchId }) };
    this.#context.kernel.commit([newFact("OrderRefused", data, systemActor)]);
  }
}
