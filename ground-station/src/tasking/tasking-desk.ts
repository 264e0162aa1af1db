import { type Actor, type GeoPoint, type NewFact, newFact, type OrderVerb } from "@outrider/contract";
import { checkTarget, hasGimbal, privacyAt, type Site } from "../airspace/index.js";
import { aircraftOf, type FleetPart, fleetRoom } from "../fleet/index.js";
import { actorOf, type Durable, type Reply, type Session, type StationContext, systemActor } from "../kernel/index.js";
import { isEnded, launchOfUid, launchRoom, type PilotsPort } from "../launch/index.js";
import { type Control, type ControlState, controlRoom } from "./control-room.js";
import type { FlyView, ZoneEntered } from "./decide-fly.js";
import { notDone } from "./not-done.js";

export type TaskingDeps = { readonly fleet: FleetPart; readonly site: Site; readonly pilots: PilotsPort };
export type Person = Extract<Actor, { kind: "person" }>;

const ORBIT_MPS = 5;

/** What all of tasking's acts share: who asks, what is true of the aircraft, and how an order leaves. */
export class TaskingDesk {
  readonly context: StationContext;
  readonly deps: TaskingDeps;

  constructor(context: StationContext, deps: TaskingDeps) {
    this.context = context;
    this.deps = deps;
  }

  get state(): ControlState {
    return this.context.kernel.state(controlRoom);
  }

  control(uid: string): Control | undefined {
    return this.state.controls.get(uid);
  }

  person(session: Session | undefined, role: "pic" | "rtcc" | "supervisor" = "pic"): Person | undefined {
    const actor = session === undefined ? undefined : actorOf(session, role);
    return actor?.kind === "person" ? actor : undefined;
  }

  onWatch(personId: string): boolean {
    return this.deps.pilots.pilotsOnWatch().some((one) => one.personId === personId);
  }

  callSign(uid: string): string {
    return this.deps.fleet.aircraftConfig(uid)?.aircraft.callSign ?? uid;
  }

  inAir(uid: string): boolean {
    return (
      aircraftOf(this.context.kernel.state(fleetRoom), uid).inAir || this.deps.fleet.samples.latest(uid)?.inAir === true
    );
  }

  inUse(uid: string): boolean {
    const launch = launchOfUid(this.context.kernel.state(launchRoom), uid);
    const state = aircraftOf(this.context.kernel.state(fleetRoom), uid);
    return this.inAir(uid) || state.armed || (launch !== undefined && !isEnded(launch));
  }

  /** Why its camera cannot be turned: an order that nobody carries out ends as unconfirmed, long after it was missed. */
  cameraStuck(uid: string): string | undefined {
    const type = this.deps.fleet.aircraftConfig(uid)?.type;
    if (type !== undefined && !hasGimbal(type)) return `${this.callSign(uid)} has no gimbal: its camera looks ahead.`;
    const sample = this.deps.fleet.samples.latest(uid);
    return sample?.link === "live" && !sample.gimbalOk
      ? `The gimbal of ${this.callSign(uid)} has said nothing for two seconds.`
      : undefined;
  }

  /** The privacy zone that a place lies in, unless the incident that it was launched for lies in it too. */
  privacyZone(uid: string, point: GeoPoint, radiusM = 0): string | undefined {
    const { site } = this.deps;
    const { incidents } = this.context.kernel.state(launchRoom);
    const incident = incidents.open.get(launchOfUid(this.context.kernel.state(launchRoom), uid)?.incidentId ?? "");
    const scene = incident === undefined ? undefined : site.local(incident.place.point);
    return privacyAt(site, site.local(point), radiusM, scene)[0];
  }

  /** On record before the order is: why somebody is watched where he need not expect it. */
  enterZone(uid: string, act: "goto" | "orbit" | "look", zone: ZoneEntered | undefined, by: Actor): void {
    if (zone !== undefined) this.context.kernel.commit([newFact("PrivacyZoneEntered", { uid, act, ...zone }, by)]);
  }

  order(uid: string, act: OrderVerb, by: Actor): string {
    const launch = launchOfUid(this.context.kernel.state(launchRoom), uid);
    return this.deps.fleet.orders.issue({
      uid,
      act,
      by,
      ...(launch === undefined ? {} : { launchId: launch.launchId }),
    });
  }

  /** A refused act is a fact too: who wanted what, and why it was not done. */
  refuse(
    reply: Reply,
    by: Actor | undefined,
    act: string,
    uid: string | undefined,
    reason: string,
    doThis: string,
  ): void {
    const data = { act, reason, ...(uid === undefined ? {} : { uid }) };
    this.context.kernel.commit([newFact("ActRefused", data, by ?? systemActor)]);
    reply.problem(409, "Refused", reason, doThis);
  }

  commit(facts: readonly NewFact[], reply: Reply, body: unknown = {}): void {
    const { kernel } = this.context;
    const undo = kernel.writable ? notDone(facts, this.state) : [];
    const told = (result: Durable): void => {
      if (result.kind === "ok") return reply.ok(body);
      kernel.commit(undo);
      reply.problem(503, "Not recorded", "The record cannot be written, so nothing was done.", "Look at the disk.");
    };
    kernel.commit(facts, told, { orNothing: true });
  }

  flyView(uid: string, by: Person): FlyView {
    const { site, fleet } = this.deps;
    const known = fleet.aircraftConfig(uid);
    const state = aircraftOf(this.context.kernel.state(fleetRoom), uid);
    const sample = fleet.samples.latest(uid);
    return {
      personId: by.personId,
      onWatch: this.onWatch(by.personId),
      control: this.control(uid),
      callSign: this.callSign(uid),
      armed: state.armed || sample?.armed === true,
      inAir: this.inAir(uid),
      linkLost: sample === undefined || sample.link === "lost" || !this.context.kernel.state(fleetRoom).bridgeUp,
      doubt: state.doubt,
      at:
        sample === undefined
          ? undefined
          : { point: { latDeg: sample.latDeg, lonDeg: sample.lonDeg }, altAmslM: sample.altAmslM },
      cruiseMps: known?.type.cruiseMps ?? ORBIT_MPS,
      orbitRadiusM: this.context.config.launch.orbitRadiusM,
      orbitMps: ORBIT_MPS,
      check: (wish) => checkTarget(site, wish),
      privacyZone: (point, radiusM) => this.privacyZone(uid, point, radiusM),
    };
  }
}
