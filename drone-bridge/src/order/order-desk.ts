import { type Clock, type Log, movingVerbs, type Order, type OrderProof, safeVerbs } from "@outrider/contract";
import type { Aircraft } from "../aircraft/index.js";
import { type CommandOutcome, type CommandSpec, commandTiming } from "../command/index.js";
import type { DockDesk } from "../dock/index.js";
import type { FactSink, Journal, JournalFact } from "../journal/index.js";
import { ArmCount, type OwnLimits } from "../limits/index.js";
import type { Said } from "../telemetry/index.js";
import { cameraCommand, outOfReach, takeFirst } from "./camera-order.js";
import { moveDoor } from "./door-move.js";
import { effectSeen } from "./effect.js";
import { expectedModes } from "./expected-modes.js";
import { flightCommand } from "./flight-order.js";
import { ForgeryLog } from "./forgery-log.js";
import { refusalOf } from "./limits.js";
import type { OrderGuard } from "./order-guard.js";
import { OrderRun } from "./order-run.js";
import { PlanPut } from "./plan-put.js";
import { OrderRate } from "./rate.js";
import { supersede } from "./supersede.js";
import { effectMs, orderTiming } from "./timing.js";

export type OrderDeps = {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly sink: FactSink;
  readonly docks: DockDesk;
  readonly aircraftOf: (uid: string) => Aircraft | undefined;
  readonly configured: (uid: string) => boolean;
  readonly enrolled: (uid: string) => boolean;
  readonly duplicate: (uid: string) => boolean;
  readonly foreignStation: (uid: string) => boolean;
  /** Whether an order is the station's own. */
  readonly guard: OrderGuard;
  readonly limits: OwnLimits;
  /** Aircraft that are armed or in the air now. */
  readonly active: () => number;
  readonly log?: Log;
  /** Says the outcome of an order that was seen before once more. */
  readonly again: (fact: JournalFact) => void;
};

/** What the station asks becomes at most one try at the aircraft, and exactly one outcome in the journal. */
export class OrderDesk {
  readonly #deps: OrderDeps;
  readonly #runs = new Map<string, OrderRun>();
  readonly #rates = new Map<string, OrderRate>();
  #arms: ArmCount;
  readonly #forgeries: ForgeryLog;
  /** Refusals of what nobody could verify: answered, but not without end. */
  readonly #strange = new OrderRate({ perSecond: 10, burst: 20 });

  constructor(deps: OrderDeps) {
    this.#deps = deps;
    this.#arms = new ArmCount(deps.limits.limits.arming);
    this.#forgeries = new ForgeryLog({ clock: deps.clock, sink: deps.sink, log: deps.log });
  }

  /** Orders since the start that were not the station's own. */
  get notVerified(): number {
    return this.#forgeries.total;
  }

  /** What the journal tells of armings before this start: a restart gives no new ones. */
  remember(facts: readonly JournalFact[]): void {
    for (const { type, tMs, data } of facts) {
      if (type !== "OrderSent") continue;
      // OrderSent always carries what was ordered (contract, flight-facts).
      const { uid, act } = data as { uid: string; act: { verb: string } };
      if (act.verb === "arm") this.#arms.note(uid, tMs);
    }
  }

  receive(order: Order, proof?: OrderProof): void {
    const { journal, clock } = this.#deps;
    const answer = this.#deps.guard.check(order, proof);
    if (answer.kind === "refused") return this.#notOurs(order, answer.reason);
    const known = journal.knownOrder(order.orderId);
    if (known !== undefined || this.#runs.has(order.orderId)) {
      if (known?.outcome !== undefined) this.#deps.again(known.outcome);
      return;
    }
    const run = new OrderRun(order, clock.nowMs(), this.#deps.sink);
    const isDock = order.act.verb === "openDock" || order.act.verb === "closeDock";
    const refusal = isDock ? undefined : this.#refusal(order);
    if (refusal !== undefined) return this.#refuseNew(run, refusal);
    if (safeVerbs.has(order.act.verb)) return this.#safe(run);
    this.#runs.set(order.orderId, run);
    if (order.act.verb === "arm") this.#arms.note(order.uid, clock.nowMs());
    journal.intend(intentOf(order), sentOf(order), (error) => {
      if (error === undefined) return this.#begin(run);
      this.#runs.delete(order.orderId);
      run.refuse(`the bridge cannot write its journal (${error.message}): nothing was sent`);
    });
  }

  /** Told and never carried out; what was said of a real order with the same id stands. */
  #notOurs(order: Order, reason: string): void {
    const { orderId, uid, launchId, act } = order;
    this.#forgeries.saw({ uid, orderId, verb: act.verb }, reason);
    const known = this.#deps.journal.knownOrder(orderId);
    if (known?.outcome !== undefined) return this.#deps.again(known.outcome);
    if (known !== undefined || this.#runs.has(orderId) || Math.max(orderId.length, uid.length) > 80) return;
    if (!this.#strange.take(this.#deps.clock.nowMs())) return;
    const about = { orderId, uid, verb: act.verb, reason: `not the station's own order: ${reason}` };
    this.#deps.sink("OrderRefused", launchId === undefined ? about : { ...about, launchId });
  }

  /** Looks whether orders have taken effect or run out of time. */
  update(tMs: number): void {
    // Called with every frame that is heard.
    if (this.#runs.size === 0) return;
    for (const run of [...this.#runs.values()]) {
      const aircraft = this.#deps.aircraftOf(run.order.uid);
      if (!run.settleReplaced() && aircraft !== undefined && run.sentMs !== undefined) {
        const seen = effectSeen(run.order.act, aircraft.state, run.sentMs);
        const { act, orderId } = run.order;
        if (act.verb === "takeStick" && !aircraft.sticks.heldBy(orderId)) run.unconfirmed(sticksGone);
        else if (seen !== undefined) run.done(seen);
        else if (tMs - run.sentMs > effectMs[run.order.act.verb])
          run.unconfirmed("not seen in telemetry in time; it may still happen");
      }
      if (run.over) this.#runs.delete(run.order.orderId);
    }
  }

  /** Words of an autopilot that take back what it accepted. */
  onText(aircraft: Aircraft, said: Said): void {
    for (const run of this.#runs.values()) {
      if (run.order.uid !== aircraft.uid || run.sentMs === undefined || run.replaced) continue;
      if (aircraft.door.takesBack(run.order.act.verb, said.text)) this.#takenBack(run, aircraft, said.text);
      run.plan?.onText(said.text);
    }
  }

  /** "Arming denied" is one of several texts, and links reorder: the others are waited for, as after an answer. */
  #takenBack(run: OrderRun, aircraft: Aircraft, text: string): void {
    const { clock } = this.#deps;
    if (run.order.act.verb !== "arm") return run.refuse(text);
    const refusedMs = clock.nowMs();
    clock.after(commandTiming.reasonAfterMs, () => {
      if (this.#runs.get(run.order.orderId) === run) run.refuse(aircraft.whyNotArmed(refusedMs));
    });
  }

  /** After a restart: what was open then may have happened, and nobody here can know. */
  closeOpen(): void {
    for (const intent of this.#deps.journal.openOrders()) {
      const { orderId, uid, launchId, verb } = intent;
      this.#deps.sink("OrderUnconfirmed", {
        orderId,
        uid,
        launchId,
        verb,
        text: "the bridge restarted while it was open; it may have happened",
      });
    }
  }

  close(): void {
    for (const run of this.#runs.values()) run.plan?.close();
    this.#runs.clear();
    // Another run has times of its own; armings of the last one say nothing about it.
    this.#arms = new ArmCount(this.#deps.limits.limits.arming);
  }

  #refusal(order: Order): string | undefined {
    const { uid } = order;
    let rate = this.#rates.get(uid);
    if (rate === undefined) {
      rate = new OrderRate(this.#deps.limits.limits.orders);
      this.#rates.set(uid, rate);
    }
    return refusalOf(order, {
      aircraft: this.#deps.aircraftOf(uid),
      configured: this.#deps.configured(uid),
      enrolled: this.#deps.enrolled(uid),
      duplicate: this.#deps.duplicate(uid),
      approvalUsed: order.approvalId !== undefined && this.#deps.journal.approvalUsed(order.approvalId),
      foreignStation: this.#deps.foreignStation(uid),
      rateOk:
        safeVerbs.has(order.act.verb) || order.act.verb === "emergencyStop" || rate.take(this.#deps.clock.nowMs()),
      tooManyArmed:
        order.act.verb === "arm" ? this.#arms.refusal(uid, this.#deps.active(), this.#deps.clock.nowMs()) : undefined,
      limits: this.#deps.limits.limits,
    });
  }

  /** A refusal is an outcome for ever too: the same id sent again changes nothing. The intent holds no approval. */
  #refuseNew(run: OrderRun, reason: string): void {
    const { orderId, uid, launchId, act } = run.order;
    this.#deps.journal.remember({ orderId, uid, launchId, verb: act.verb });
    run.refuse(reason);
  }

  /** Hold, return, land: on the wire now, in the journal as soon as the disk likes. */
  #safe(run: OrderRun): void {
    const { order } = run;
    const aircraft = this.#deps.aircraftOf(order.uid);
    if (aircraft === undefined) return;
    this.#runs.set(order.orderId, run);
    supersede(this.#runs.values(), run);
    this.#mark(run, aircraft);
    aircraft.sticks.end();
    // Only queued: a disk that is slow, full or gone delays nothing.
    this.#deps.journal.intend(intentOf(order), sentOf(order));
    const spec = flightCommand(order.act, aircraft.door, aircraft.state);
    if (spec !== undefined) aircraft.commands.runNow(spec, (outcome) => this.#safeAnswered(run, aircraft, outcome));
  }

  /** Hold has a second way, which is another command and no repetition. */
  #safeAnswered(run: OrderRun, aircraft: Aircraft, outcome: CommandOutcome): void {
    const { verb } = run.order.act;
    if ((verb === "hold" || verb === "releaseStick") && outcome.kind !== "accepted" && !run.over && !run.replaced) {
      aircraft.commands.runNow(aircraft.door.holdByMode(), (second) => run.answered(second));
    } else run.answered(outcome);
    aircraft.sticks.ended();
  }

  #begin(run: OrderRun): void {
    const { order } = run;
    if (!this.#stillWanted(run))
      return run.refuse(`older than ${order.maxAgeMs / 1000} s before it could be sent: nothing was sent`);
    if (moveDoor(this.#deps.docks, run, this.#deps.clock)) return;
    const aircraft = this.#deps.aircraftOf(order.uid);
    if (aircraft === undefined) return run.refuse("the aircraft is gone: nothing was sent");
    if (order.launchId !== undefined && (order.act.verb === "uploadPlan" || order.act.verb === "arm"))
      aircraft.launchId = order.launchId;
    switch (order.act.verb) {
      case "uploadPlan":
        run.sentMs = this.#deps.clock.nowMs();
        run.plan = new PlanPut(run, order.act.plan, aircraft, this.#deps.clock);
        return;
      case "refreshParameters":
        run.sentMs = this.#deps.clock.nowMs();
        aircraft.readParameters(() => run.done("parameters read"));
        return;
      case "arm":
        return this.#arm(run, aircraft);
      case "takeStick":
        supersede(this.#runs.values(), run);
        return this.#takeStick(run, aircraft);
      default: {
        supersede(this.#runs.values(), run);
        const camera = cameraCommand(order.act, aircraft.services.cameras.main);
        const wrong = outOfReach(order.act, aircraft.services.gimbal.reach);
        if (wrong !== undefined) return run.refuse(wrong);
        if (camera !== undefined) return this.#aim(run, aircraft, camera);
        const spec = flightCommand(order.act, aircraft.door, aircraft.state);
        if (spec === undefined) return run.refuse(`this bridge cannot do ${order.act.verb}`);
        if (movingVerbs.has(order.act.verb)) aircraft.sticks.release();
        this.#send(run, aircraft, spec);
      }
    }
  }

  /** A later look may have taken its place while the gimbal was being taken. */
  #aim(run: OrderRun, aircraft: Aircraft, camera: CommandSpec): void {
    const { act } = run.order;
    // A zoom turns nothing: taking the gimbal for it would end a look at a place.
    if (act.verb === "zoomCamera") return this.#send(run, aircraft, camera);
    takeFirst(aircraft, act, () => {
      if (run.over) return;
      this.#send(run, aircraft, camera, () => {
        if (act.verb === "pointCamera") aircraft.services.gaze.begin(act.point, act.altAmslM, this.#deps.clock.nowMs());
      });
    });
  }

  #send(run: OrderRun, aircraft: Aircraft, spec: CommandSpec, mayHold?: () => void): void {
    this.#mark(run, aircraft);
    run.callOff = aircraft.commands.run(
      spec,
      (outcome) => {
        const left = outcome.kind === "accepted" || outcome.kind === "unanswered";
        if (left && !run.replaced) mayHold?.();
        run.answered(outcome);
      },
      () => this.#stillWanted(run),
    );
  }

  #mark(run: OrderRun, aircraft: Aircraft): void {
    run.sentMs = this.#deps.clock.nowMs();
    aircraft.watch.expect(expectedModes[run.order.act.verb] ?? [], run.sentMs, () => run.mayHappen);
  }

  /** Some modes refuse to arm; the one to arm in is asked for first, and must be seen before the one try at arming. */
  #arm(run: OrderRun, aircraft: Aircraft): void {
    const { clock } = this.#deps;
    const ready = aircraft.door.readyMode(aircraft.state.customMode);
    if (ready === undefined) return this.#send(run, aircraft, aircraft.door.arm());
    const untilMs = clock.nowMs() + orderTiming.readyMs;
    aircraft.watch.expect(["hold", "goto"], clock.nowMs());
    const look = (): void => {
      if (run.over) return;
      if (aircraft.door.readyMode(aircraft.state.customMode) === undefined) {
        if (this.#stillWanted(run)) this.#send(run, aircraft, aircraft.door.arm());
        else run.refuse("too old before the aircraft stood ready: it was not armed");
      } else if (clock.nowMs() > untilMs) run.refuse("the aircraft did not take the mode to arm in: it was not armed");
      else clock.after(50, look);
    };
    aircraft.commands.run(ready, (outcome) => {
      if (outcome.kind === "refused") run.refuse(`${outcome.reason}: it was not armed`);
    });
    look();
  }

  /** PX4 refuses Position until it has seen sticks for a while, so they come first. */
  #takeStick(run: OrderRun, aircraft: Aircraft): void {
    const { orderId: grantId, issuedBy } = run.order;
    const wrong = aircraft.sticks.take({ grantId, personId: personOf(issuedBy) });
    if (wrong !== undefined) return run.refuse(wrong);
    this.#deps.clock.after(1_000, () => {
      if (run.over) return;
      if (!aircraft.sticks.heldBy(grantId)) run.refuse(sticksGone);
      else this.#send(run, aircraft, aircraft.door.manualMode());
    });
  }

  #stillWanted(run: OrderRun): boolean {
    return !run.over && !run.replaced && this.#deps.clock.nowMs() - run.arrivedMs <= run.order.maxAgeMs;
  }
}

const sticksGone = "the sticks were given up before the aircraft took them";

const personOf = (by: Order["issuedBy"]): string | undefined => (by.kind === "person" ? by.personId : undefined);

const intentOf = (
  order: Order,
): { orderId: string; uid: string; launchId: string | undefined; approvalId: string | undefined; verb: string } => ({
  orderId: order.orderId,
  uid: order.uid,
  launchId: order.launchId,
  // Only arming uses an approval up.
  approvalId: order.act.verb === "arm" ? order.approvalId : undefined,
  verb: order.act.verb,
});

const sentOf = (order: Order) => ({ orderId: order.orderId, uid: order.uid, launchId: order.launchId, act: order.act });
