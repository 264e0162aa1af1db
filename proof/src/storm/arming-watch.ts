import type { Fact } from "@outrider/contract";
import type { Breaches } from "./breach.js";
import type { HeardCommand } from "./wire-tap.js";

type Approval = {
  readonly uid: string;
  readonly launchId: string;
  readonly incidentId: string;
  readonly approvalId: string;
  readonly validUntilMs: number;
  used: boolean;
};

const armCommand = 400;
/** An order may be on its way when the approval or the alert ends: from the disk to the aircraft's socket. */
const onTheWayMs = 4_000;
/** The network repeats a datagram with its frame sequence; a second sending has another. */
const sameDatagramMs = 2_000;

/** INV-1, INV-2, INV-5, INV-6: bytes at the aircraft against what the record allows. */
export class ArmingWatch {
  readonly #breaches: Breaches;
  readonly #onDisk: () => readonly Fact[];
  readonly #sysids: ReadonlyMap<string, number>;
  readonly #approvals = new Map<string, Approval>();
  readonly #voidSinceMs = new Map<string, number>();
  readonly #lastArm = new Map<string, { frameSeq: number; tMs: number }>();
  readonly #alertsOf = new Map<string, Set<string>>();
  arms = 0;

  constructor(breaches: Breaches, sysids: ReadonlyMap<string, number>, onDisk: () => readonly Fact[]) {
    this.#onDisk = onDisk;
    this.#breaches = breaches;
    this.#sysids = sysids;
  }

  /** `late`: whoever approved was told that nothing was done, so that it allows nothing. */
  onFact(fact: Fact, late: boolean): void {
    switch (fact.type) {
      case "LaunchApproved":
      case "VetoWindowElapsed":
        if (!late && !this.#approvals.has(fact.data.approvalId))
          this.#approvals.set(fact.data.approvalId, { ...fact.data, used: false });
        return;
      case "LaunchAborted":
      case "LaunchRefused":
      case "LaunchDeclined":
      case "LaunchExpired":
        this.#voidSinceMs.set(fact.data.launchId, fact.tMs);
        return;
      case "IncidentOpened":
      case "AlertMerged":
        this.#alerts(fact.data.incidentId).add(fact.data.alertId);
        return;
      case "AlertCancelled":
        this.#alerts(fact.data.incidentId).delete(fact.data.alertId);
        if (this.#alerts(fact.data.incidentId).size === 0) this.#voidIncident(fact.data.incidentId, fact.tMs);
        return;
      default:
        return;
    }
  }

  onCommand(command: HeardCommand, nowMs: number): void {
    const own = this.#sysids.get(command.uid);
    if (command.targetSysid !== own && command.targetSysid !== 0)
      this.#breaches.say(
        "INV-6",
        `command ${command.command} for system ${command.targetSysid} reached ${command.uid}`,
      );
    if (command.command !== armCommand || command.param1 !== 1) return;
    const last = this.#lastArm.get(command.uid);
    this.#lastArm.set(command.uid, { frameSeq: command.frameSeq, tMs: nowMs });
    if (last !== undefined && last.frameSeq === command.frameSeq && nowMs - last.tMs < sameDatagramMs) return;
    this.arms += 1;
    this.#judge(command.uid, nowMs);
  }

  #judge(uid: string, nowMs: number): void {
    const mine = [...this.#approvals.values()].filter((approval) => approval.uid === uid);
    const inTime = mine.filter((approval) => !approval.used && nowMs <= approval.validUntilMs + onTheWayMs);
    // An aircraft whose launch ended may have been approved anew: the arm belongs to the approval that still stands.
    const live = inTime.find((approval) => this.#voidMsOf(approval) === undefined) ?? inTime[0];
    if (live === undefined) {
      const spent = mine.some((approval) => approval.used && nowMs <= approval.validUntilMs + onTheWayMs);
      this.#breaches.say(
        spent ? "INV-2" : "INV-1",
        `${uid} was told to arm ${spent ? "a second time on one approval" : "without a live approval"}`,
      );
      return;
    }
    live.used = true;
    const voidMs = this.#voidMsOf(live);
    if (voidMs !== undefined && nowMs > voidMs + onTheWayMs && this.#reallyOver(live))
      this.#breaches.say(
        "INV-5",
        `${uid} was told to arm for ${live.launchId}, which had ended ${Math.round(nowMs - voidMs)} ms before`,
      );
  }

  /**
   * Facts of a time when the disk was full are written later and told to nobody: whether an incident had lost its last
   * alert is judged by the disk, in the order of the record.
   */
  #reallyOver(approval: Approval): boolean {
    if (this.#voidSinceMs.has(approval.launchId)) return true;
    const left = new Set<string>();
    for (const fact of this.#onDisk()) {
      if (
        (fact.type === "IncidentOpened" || fact.type === "AlertMerged") &&
        fact.data.incidentId === approval.incidentId
      )
        left.add(fact.data.alertId);
      if (fact.type === "AlertCancelled") left.delete(fact.data.alertId);
    }
    return left.size === 0;
  }

  #voidMsOf(approval: Approval): number | undefined {
    return this.#voidSinceMs.get(approval.launchId) ?? this.#voidSinceMs.get(approval.incidentId);
  }

  #alerts(incidentId: string): Set<string> {
    const held = this.#alertsOf.get(incidentId) ?? new Set<string>();
    this.#alertsOf.set(incidentId, held);
    return held;
  }

  #voidIncident(incidentId: string, tMs: number): void {
    this.#voidSinceMs.set(incidentId, tMs);
  }
}
