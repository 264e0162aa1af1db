import { newFact } from "@outrider/contract";
import { distanceM } from "@outrider/geo";
import { hasGimbal } from "../airspace/index.js";
import { fleetRoom } from "../fleet/index.js";
import { systemActor } from "../kernel/index.js";
import { closeFlight } from "./close-flight.js";
import { bringHome } from "./decide.js";
import type { LaunchDesk } from "./desk.js";
import { isFlying, isPreparing, type Launch } from "./launch.js";
import { live } from "./launch-room.js";
import { reactToTelemetry, timeOut } from "./react.js";
import { stepLaunch } from "./step.js";
import { seenOf } from "./telemetry.js";

const AUTO_CLOSE_S = 90;
const LANDED_AWAY_CLOSE_S = 600;
const OVER_DOCK_M = 4;
/** Its own word of where it stands may be this far from the dock's surveyed middle. */
const ON_DOCK_M = 6;
/** Height at which an aircraft over a dock may press on its pad already, with what its height may be wrong. */
const TOUCHING_M = 4;
const MOST_STEPS = 6;

/** Launches from approval to closed flight: what comes next, what was seen, what took too long. */
export class Flights {
  readonly #desk: LaunchDesk;

  constructor(desk: LaunchDesk) {
    this.#desk = desk;
  }

  /** Does whatever the launch's state asks for next, until it asks for nothing more now. */
  advance(launchId: string): void {
    for (let step = 0; step < MOST_STEPS; step++) {
      const launch = this.#desk.launch(launchId);
      if (launch === undefined || !live(launch)) return;
      const decision = stepLaunch(launch, {
        gates: isPreparing(launch) ? this.#desk.measure(launch, launch.picId, false) : [],
        nowMs: this.#desk.nowMs,
        door: (dockId) => this.#door(dockId),
        overReturnDock: this.#overReturnDock(launch),
        cameraTurns: this.#cameraTurns(launch),
      });
      if (decision.kind === "refused" || decision.facts.length + decision.orders.length === 0) return;
      this.#desk.carryOut(decision);
      // Facts that only repeat a measurement must not make it go round for ever.
      if (this.#desk.launch(launchId)?.stage === launch.stage && decision.orders.length === 0) return;
    }
  }

  /** Once in half a second: progress by telemetry, energy, docks, and stages that take too long. */
  watch(launch: Launch): void {
    const { uid } = launch.offer.choice;
    const sample = this.#desk.deps.fleet.samples.latest(uid);
    if (isFlying(launch) && sample !== undefined && sample.link !== "lost") {
      this.#desk.carryOut(
        reactToTelemetry(launch, {
          ...seenOf(this.#desk.deps.site, launch, sample),
          cameraTurns: this.#cameraTurns(launch),
        }),
      );
      const energy = this.#desk.deps.fleet.energyOf(uid);
      if (energy !== undefined && energy.turnInS <= 0)
        this.#desk.carryOut(bringHome(launch, "its energy says it must turn now", systemActor));
      this.#watchReturnDock(launch);
    }
    const sinceS = (this.#desk.nowMs - launch.sinceMs) / 1000;
    if (launch.stage.kind === "landed") this.#watchLanded(launch, sinceS);
    if (launch.stage.kind === "docked" && sinceS > AUTO_CLOSE_S) this.close(launch);
    this.#desk.carryOut(timeOut(this.#desk.launch(launch.launchId) ?? launch, this.#desk.nowMs));
  }

  close(launch: Launch): void {
    const { kernel } = this.#desk.context;
    kernel.commit(closeFlight(launch, this.#desk.brief(launch.incidentId), this.closing(), undefined, systemActor));
  }

  closing() {
    const { kernel, config } = this.#desk.context;
    return { flightId: kernel.newId("fl"), nowMs: this.#desk.nowMs, delayMs: config.public.delayMinutes * 60_000 };
  }

  /** Where its energy is counted to. */
  syncWayHome(launch: Launch): void {
    const { uid } = launch.offer.choice;
    const { fleet } = this.#desk.deps;
    const dock = this.#desk.context.config.docks.find((one) => one.dockId === launch.returnDockId);
    if (!isFlying(launch) || dock === undefined) fleet.setWayHome(uid, undefined);
    else fleet.setWayHome(uid, { point: dock.point, returnAltAmslM: launch.offer.plan.returnAltAmslM });
  }

  #door(dockId: string): string | undefined {
    return this.#desk.deps.fleet.dockNow(dockId)?.door ?? this.#dockFacts(dockId)?.door;
  }

  #dockFacts(dockId: string) {
    return this.#desk.context.kernel.state(fleetRoom).docks.get(dockId);
  }

  #overReturnDock(launch: Launch): boolean {
    const { fleet, site } = this.#desk.deps;
    const sample = fleet.samples.latest(launch.offer.choice.uid);
    const dock = this.#desk.context.config.docks.find((one) => one.dockId === launch.returnDockId);
    if (sample === undefined || dock === undefined) return false;
    return (
      distanceM(site.local({ latDeg: sample.latDeg, lonDeg: sample.lonDeg }), site.local(dock.point)) <= OVER_DOCK_M
    );
  }

  #cameraTurns(launch: Launch): boolean {
    const { uid } = launch.offer.choice;
    const { fleet } = this.#desk.deps;
    const type = fleet.aircraftConfig(uid)?.type;
    return (type === undefined || hasGimbal(type)) && fleet.samples.latest(uid)?.gimbalOk !== false;
  }

  #watchLanded(launch: Launch, sinceS: number): void {
    const { launchId, incidentId } = launch;
    const { uid } = launch.offer.choice;
    const dockId = this.#dockUnder(launch);
    // A dock's sensor feels the weight seconds before the motors stop: it is home when it is disarmed.
    const armed = this.#desk.context.kernel.state(fleetRoom).aircraft.get(uid)?.armed ?? false;
    if (dockId !== undefined && !armed)
      this.#desk.context.kernel.commit([newFact("Docked", { launchId, incidentId, uid, dockId }, systemActor)]);
    else if (sinceS > LANDED_AWAY_CLOSE_S) this.close(launch);
  }

  #occupied(dockId: string): boolean {
    return (this.#desk.deps.fleet.dockNow(dockId)?.occupied ?? this.#dockFacts(dockId)?.occupied) === true;
  }

  /** The dock that it stands in: the one it was to come to, or another one that a pilot landed it on. */
  #dockUnder(launch: Launch): string | undefined {
    if (this.#occupied(launch.returnDockId)) return launch.returnDockId;
    const { kernel, config } = this.#desk.context;
    const { site } = this.#desk.deps;
    const landed = kernel.state(fleetRoom).aircraft.get(launch.offer.choice.uid)?.landedAt;
    if (landed === undefined) return undefined;
    const at = site.local(landed);
    return config.docks.find(
      (dock) => distanceM(at, site.local(dock.point)) <= ON_DOCK_M && this.#occupied(dock.dockId),
    )?.dockId;
  }

  /** Whether a dock could take it in: its own must still be open, another one opens for it. */
  #takesIn(launch: Launch, dockId: string): boolean {
    const facts = this.#dockFacts(dockId);
    if (facts === undefined || !facts.connected) return false;
    const now = this.#desk.deps.fleet.dockNow(dockId) ?? facts;
    const shut = dockId === launch.offer.choice.dockId && now.door === "closed";
    const another = (now.occupied || !now.padClear) && !this.#touchesDown(launch, dockId);
    return now.door !== "jammed" && !another && !shut;
  }

  /** A dock may feel the aircraft before anybody says that it landed: it is the one that the dock waits for, not another. */
  #touchesDown(launch: Launch, dockId: string): boolean {
    const { fleet, site } = this.#desk.deps;
    const sample = fleet.samples.latest(launch.offer.choice.uid);
    const dock = this.#desk.context.config.docks.find((one) => one.dockId === dockId);
    if (sample === undefined || dock === undefined) return false;
    const at = site.local(dock.point);
    const overM = distanceM(site.local({ latDeg: sample.latDeg, lonDeg: sample.lonDeg }), at);
    return overM <= ON_DOCK_M && sample.altAmslM - site.groundAmslM(at) <= TOUCHING_M;
  }

  /** An empty dock may be empty because its aircraft is out: one dock takes in one. */
  #awaitsAnother(launch: Launch, dockId: string): boolean {
    for (const other of this.#desk.state.launches.values())
      if (other.launchId !== launch.launchId && isFlying(other) && other.returnDockId === dockId) return true;
    return false;
  }

  /** Shown before it is needed: another dock is chosen as soon as its own cannot take it in. */
  #watchReturnDock(launch: Launch): void {
    const { plan, choice } = launch.offer;
    const up = this.#desk.context.kernel.state(fleetRoom).bridgeUp;
    if (launch.stage.kind === "climbing" || !up || this.#takesIn(launch, launch.returnDockId)) return;
    const docks = [choice.dockId, ...plan.rally.map((one) => one.dockId)];
    const next = docks.find(
      (dockId) =>
        dockId !== launch.returnDockId && this.#takesIn(launch, dockId) && !this.#awaitsAnother(launch, dockId),
    );
    if (next === undefined) return;
    const name = (dockId: string): string =>
      this.#desk.context.config.docks.find((one) => one.dockId === dockId)?.name ?? dockId;
    const why = `${name(launch.returnDockId)} cannot take it in; it goes to ${name(next)}.`;
    const { launchId, incidentId } = launch;
    this.#desk.context.kernel.commit([
      newFact("AlternateChosen", { launchId, incidentId, uid: choice.uid, dockId: next, why }, systemActor),
    ]);
  }
}
