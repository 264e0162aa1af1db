import { type AircraftSample, type Clock, encodeSamples, type Log, type TrafficSeen } from "@outrider/contract";
import {
  type AnyMessageInit,
  type Frame,
  MavAutopilot,
  type MavMessage,
  MavType,
  type MessageOf,
} from "@outrider/mavlink";
import { Aircraft, actOf } from "../aircraft/index.js";
import { doorOf } from "../autopilot/index.js";
import { CommandDesk } from "../command/index.js";
import type { Deadman } from "../deadman/index.js";
import { type Contact, firmwareOf, IdentityBook, plainUid, uidOf } from "../identity/index.js";
import type { FactSink, LastKnown } from "../journal/index.js";
import type { Heard, Path, Radio } from "../route/index.js";
import { ForeignWatch, inAir, request, type Said, sampleOf } from "../telemetry/index.js";
import { Traffic } from "../traffic/index.js";
import { uplinkTiming } from "../uplink/index.js";
import type { BridgeConfig } from "./bridge-config.js";
import { Greetings } from "./greetings.js";
import { ourHeartbeat } from "./our-heartbeat.js";

export type FleetDeps = {
  readonly config: BridgeConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly sink: FactSink;
  readonly radio: () => Radio;
  readonly lastKnown: (uid: string) => Readonly<LastKnown> | undefined;
  readonly onText: (aircraft: Aircraft, said: Said) => void;
  readonly onSticksGivenUp: (aircraft: Aircraft) => void;
};

/** Every aircraft heard: who it is, what it said, and the heartbeat it gets from us. */
export class Fleet {
  readonly #deps: FleetDeps;
  #book = new IdentityBook();
  readonly #byUid = new Map<string, Aircraft>();
  readonly #askers = new Map<string, CommandDesk>();
  #foreign: ForeignWatch;
  readonly #lastSampleMs = new Map<string, number>();
  readonly #traffic = new Traffic();
  readonly #greetings = new Greetings();
  #nextHandle = 1;
  #handlesChanged = false;

  constructor(deps: FleetDeps) {
    this.#deps = deps;
    this.#foreign = new ForeignWatch(deps.sink);
  }

  get all(): readonly Aircraft[] {
    return [...this.#byUid.values()];
  }

  aircraftOf(uid: string): Aircraft | undefined {
    return this.#byUid.get(uid);
  }

  isDuplicate(uid: string): boolean {
    return this.#book.isDuplicate(uid);
  }

  foreignStation(uid: string): boolean {
    return this.#foreign.heardNear(uid);
  }

  /** The aircraft heard on a path; with `sysid`, the one that uses it there. */
  at(path: Path, sysid?: number): readonly Aircraft[] {
    return this.all.filter(
      (aircraft) =>
        (sysid === undefined || aircraft.sysid === sysid) && aircraft.paths.some((each) => each.key === path.key),
    );
  }

  callSignOf(uid: string): string {
    return this.#deps.config.aircraft.find((each) => each.uid === uid)?.callSign ?? uid;
  }

  /** Another station's heartbeat was let through to this aircraft. */
  foreignBeat(aircraft: Aircraft, sysid: number, endpoint: string): void {
    this.#foreign.hear(aircraft.uid, sysid, endpoint, this.#deps.clock.nowMs());
  }

  handles(): { handle: number; uid: string; sysid: number }[] {
    return this.all.map(({ handle, uid, sysid }) => ({ handle, uid, sysid }));
  }

  /** All handles, where one has changed since this was last asked: once for all aircraft that came up together. */
  newHandles(): { handle: number; uid: string; sysid: number }[] | undefined {
    if (!this.#handlesChanged) return undefined;
    this.#handlesChanged = false;
    return this.handles();
  }

  hear(heard: Heard): void {
    if (heard.streamed) this.#hearStreamed(heard);
    else this.#hearWord(heard);
  }

  /** PX4 obeys any station's heartbeat, however signed: it keeps it from coming home, so it is said, and no more. */
  hearUnproven(path: Path, sysid: number, { type }: MessageOf<"HEARTBEAT">): void {
    if (type === MavType.GCS) this.#hearForeign(path, sysid, this.#deps.clock.nowMs());
  }

  #hearStreamed({ path, frame, message, tMs }: Heard): void {
    const contact = this.#book.contactOf(path.key, frame.sysid);
    if (contact === undefined) return;
    if (frame.compid === contact.compid) this.#book.voice(contact, frame.seq, tMs);
    if (contact.uid !== undefined) this.#byUid.get(contact.uid)?.hearStreamed(path, frame, message, tMs);
  }

  #hearWord({ path, frame, message, tMs }: Heard): void {
    if (message.name === "HEARTBEAT" && message.type === MavType.GCS) return this.#hearForeign(path, frame.sysid, tMs);
    if (message.name === "HEARTBEAT" && isAutopilot(message))
      this.#heartbeat(path, frame.sysid, frame.compid, message, tMs);
    if (message.name === "RADIO_STATUS" && isRadio(frame)) return this.#hearRadio(path, message, tMs);
    if (message.name === "HIGH_LATENCY2") this.#hearLowRate(path, frame, message.autopilot, tMs);
    const contact = this.#book.contactOf(path.key, frame.sysid);
    if (isRemoteId(frame.msgid)) this.#hearRemoteId(path, frame, message, contact, tMs);
    if (contact === undefined) return this.#overhear(path, frame, message);
    if (frame.compid === contact.compid) this.#book.voice(contact, frame.seq, tMs);
    if (message.name === "AUTOPILOT_VERSION" && frame.compid === contact.compid)
      this.#identify(path, contact, message, tMs);
    if (message.name === "COMMAND_ACK") this.#askers.get(askerKey(contact))?.onAck(frame.compid, message);
    const aircraft = contact.uid === undefined ? undefined : this.#byUid.get(contact.uid);
    if (aircraft === undefined) return;
    if (message.name === "ADSB_VEHICLE") this.#traffic.adsb(aircraft.uid, message, tMs);
    if (message.name === "UTM_GLOBAL_POSITION") this.#traffic.utm(aircraft.uid, message, tMs);
    aircraft.hear(path, frame, message, tMs);
    aircraft.update(tMs);
  }

  pathGone(path: Path): void {
    this.#book.forgetPath(path.key);
    for (const aircraft of this.#byUid.values()) aircraft.pathGone(path.key);
    for (const [key, asker] of this.#askers) {
      if (!key.startsWith(`${path.key}#`)) continue;
      asker.close();
      this.#askers.delete(key);
    }
  }

  update(tMs: number): void {
    this.#greetings.update();
    for (const { contact, before } of this.#book.update(tMs)) this.#moveContact(contact, before);
    for (const aircraft of this.#byUid.values()) {
      this.#judge(aircraft);
      for (const path of aircraft.paths) aircraft.counted(path, this.#deps.radio().counts(path), tMs);
      aircraft.update(tMs);
    }
    this.#foreign.update(tMs);
    this.#deps
      .radio()
      .expire((path) =>
        this.all.some(
          (aircraft) =>
            aircraft.paths.some((each) => each.key === path.key) &&
            aircraft.link === "live" &&
            aircraft.paths.length > 1,
        ),
      );
  }

  /** Our heartbeat to every aircraft, on each of its paths, always: one left out would turn home by itself. */
  beat(deadman: Deadman, tMs: number): boolean {
    let allowed = true;
    for (const path of this.#deps.radio().heartbeatPaths()) {
      const carried = this.all.filter((aircraft) => aircraft.paths.some((each) => each.key === path.key));
      if (
        !deadman.mayBeat(
          tMs,
          carried.some((aircraft) => inAir(aircraft.state)),
        )
      ) {
        allowed = false;
        continue;
      }
      this.#deps.radio().send(path, ourHeartbeat);
    }
    return allowed && !deadman.starved(tMs);
  }

  /** Samples of all aircraft; those that are not heard any more go seldom, so that their age is seen to grow. */
  samples(tMs: number): Uint8Array | undefined {
    const rows: AircraftSample[] = [];
    for (const aircraft of this.#byUid.values()) {
      if (!Number.isFinite(aircraft.state.positionMs)) continue;
      const last = this.#lastSampleMs.get(aircraft.uid) ?? Number.NEGATIVE_INFINITY;
      if (aircraft.state.heardMs <= last && tMs - last < uplinkTiming.staleSampleMs) continue;
      this.#lastSampleMs.set(aircraft.uid, tMs);
      rows.push(this.#sample(aircraft, tMs));
    }
    return rows.length === 0 ? undefined : encodeSamples(rows, tMs);
  }

  /** Other aircraft, as ours hear them. */
  traffic(tMs: number): TrafficSeen[] {
    return this.#traffic.seen(tMs);
  }

  /** Forgets everybody: who is heard again is asked again who it is. */
  reset(): void {
    this.close();
    this.#book = new IdentityBook();
    this.#foreign = new ForeignWatch(this.#deps.sink);
    this.#lastSampleMs.clear();
    this.#traffic.clear();
  }

  close(): void {
    for (const asker of this.#askers.values()) asker.close();
    for (const aircraft of this.#byUid.values()) aircraft.close();
    this.#greetings.clear();
    this.#askers.clear();
    this.#byUid.clear();
  }

  /** Through an aircraft's own radio it concerns that one; on a shared port it may reach every one there. */
  #hearForeign(path: Path, sysid: number, tMs: number): void {
    const through = this.all.filter((aircraft) => aircraft.paths.some((each) => each.key === path.key));
    const beside = this.all.filter((aircraft) => aircraft.paths.some((each) => each.link === path.link));
    for (const { uid } of through.length > 0 ? through : beside) this.#foreign.hear(uid, sysid, path.peer, tMs);
  }

  #sample(aircraft: Aircraft, tMs: number): AircraftSample {
    const configured = this.#deps.config.aircraft.find((each) => each.uid === aircraft.uid);
    const batteryWh = configured === undefined ? 0 : (this.#deps.config.aircraftTypes[configured.type]?.batteryWh ?? 0);
    const { handle, link, control, positionDoubted } = aircraft;
    return sampleOf(aircraft.state, { handle, link, control, positionDoubted, batteryWh }, tMs);
  }

  #heartbeat(path: Path, sysid: number, compid: number, message: MessageOf<"HEARTBEAT">, tMs: number): void {
    this.#deps.radio().carriesAircraft(path);
    const { contact, ask } = this.#book.heartbeat(path.key, sysid, compid, message.autopilot, tMs);
    const aircraft = contact.uid === undefined ? undefined : this.#byUid.get(contact.uid);
    if (aircraft !== undefined) this.#judge(aircraft);
    if (ask) this.#asker(path, contact).run(request("AUTOPILOT_VERSION", compid), () => {});
  }

  /** A satellite modem brings no heartbeat and no answer: what it tells is of the one aircraft with that system id. */
  #hearLowRate(path: Path, { sysid, compid }: Frame, autopilot: number, tMs: number): void {
    const [only, ...more] = this.all.filter((aircraft) => aircraft.sysid === sysid);
    if (only === undefined || more.length > 0 || this.isDuplicate(only.uid)) return;
    if (!this.#book.adopt(path.key, { sysid, compid, autopilot, uid: only.uid }, tMs)) return;
    this.#deps.radio().carriesAircraft(path);
    only.addPath(path);
  }

  /** Before an aircraft has a name it still needs a desk to be asked from. */
  #asker(path: Path, contact: Contact): CommandDesk {
    const key = askerKey(contact);
    let asker = this.#askers.get(key);
    if (asker === undefined) {
      const send = (message: AnyMessageInit): boolean => this.#deps.radio().send(path, message);
      asker = new CommandDesk({ clock: this.#deps.clock, sysid: () => contact.sysid, send });
      this.#askers.set(key, asker);
    }
    return asker;
  }

  #identify(path: Path, contact: Contact, message: MessageOf<"AUTOPILOT_VERSION">, tMs: number): void {
    const heard = uidOf(message);
    const uid = heard === undefined ? undefined : this.#spelled(heard);
    if (uid === undefined)
      return this.#deps.log("error", "an autopilot has no unique id: it cannot be enrolled", {
        sysid: contact.sysid,
        peer: path.peer,
      });
    const recognised = this.#book.identify(contact, uid, tMs);
    if (recognised.kind === "duplicate" && recognised.first) this.#sayDuplicate(recognised);
    // A second one behind the same contact has nothing of its own to be spoken to by.
    if (contact.uid !== uid) return;
    if (recognised.kind === "replaced") this.#replaced(contact, recognised.before, path);
    this.#noteSysid(contact, uid);
    const aircraft = this.#byUid.get(uid) ?? this.#newAircraft(uid, contact);
    aircraft.sysid = contact.sysid;
    const isNew = aircraft.paths.length === 0;
    aircraft.addPath(path);
    this.#judge(aircraft);
    if (!isNew) return;
    const identity = {
      uid,
      sysid: contact.sysid,
      autopilot: doorOf(contact.autopilot).kind,
      firmware: firmwareOf(message),
      signedLink: path.signed,
      endpoint: `${path.link} ${path.peer}`,
    };
    // Whoever enrols an aircraft reads its uid here.
    const enrolled = this.#deps.config.aircraft.some((each) => each.uid === uid);
    this.#deps.log("info", "aircraft identified", { ...identity, enrolled });
    this.#deps.sink("AircraftIdentified", identity);
    this.#handlesChanged = true;
    this.#greetings.add(aircraft);
  }

  #sayDuplicate({ sysid, uids }: { readonly sysid: number; readonly uids: readonly string[] }): void {
    const names = uids.map((uid) => this.callSignOf(uid));
    this.#deps.log("error", "two aircraft use one system id: neither is ordered", { sysid, uids, names });
    this.#deps.sink("DuplicateSysid", { sysid, uids: [...uids] });
  }

  /** Another aircraft stands where this one did: whatever was known of the path is not true of it. */
  #replaced(contact: Contact, before: string, path: Path): void {
    const { uid, sysid } = contact;
    if (uid === undefined) return;
    this.#deps.log("warn", "another aircraft answers there now", { sysid, before, uid });
    this.#deps.sink("AircraftReplaced", { uid, before, sysid, endpoint: `${path.link} ${path.peer}` });
    this.#byUid.get(before)?.pathGone(path.key);
  }

  /** Its rival has gone: what is heard there is the other one's. It is asked once more and so gets its path. */
  #moveContact(contact: Contact, before: string): void {
    this.#byUid.get(before)?.pathGone(contact.pathKey);
    this.#book.doubt(contact);
  }

  #noteSysid(contact: Contact, uid: string): void {
    const before = this.#book.dropOtherSysids(contact);
    if (before === undefined) return;
    this.#deps.log("warn", "an aircraft uses another system id now", { uid, before, sysid: contact.sysid });
    this.#deps.sink("SysidChanged", { uid, before, sysid: contact.sysid });
    const aircraft = this.#byUid.get(uid);
    if (aircraft !== undefined) aircraft.sysid = contact.sysid;
    this.#handlesChanged = true;
  }

  #judge(aircraft: Aircraft): void {
    aircraft.doubted = this.#book.isDoubted(aircraft.carrier?.key, aircraft.sysid);
  }

  /** A radio speaks of itself on the path that it carries; it says nothing of the aircraft behind it. */
  #hearRadio(path: Path, status: MessageOf<"RADIO_STATUS">, tMs: number): void {
    for (const aircraft of this.at(path)) aircraft.radioHeard(path, status, tMs);
  }

  /** Other people's drones, by a receiver on one of ours or on the ground. What an autopilot says is said of itself. */
  #hearRemoteId(path: Path, frame: Frame, message: MavMessage, contact: Contact | undefined, tMs: number): void {
    if (contact !== undefined && frame.compid === contact.compid) return;
    const heardBy = contact?.uid ?? `link:${path.link}`;
    const name = `${path.peer}/${frame.sysid}/${frame.compid}`.slice(0, 60);
    this.#traffic.remoteId(message, { heardBy, name, aboardOurs: contact !== undefined }, tMs);
  }

  /** Somebody who is no aircraft speaks on an aircraft's link to an aircraft of ours. */
  #overhear(path: Path, frame: Frame, message: MavMessage): void {
    const act = actOf(message);
    if (act === undefined) return;
    for (const aircraft of this.all)
      if ((act.sysid === 0 || aircraft.sysid === act.sysid) && aircraft.paths.some((each) => each.link === path.link))
        aircraft.others.did(frame.sysid, act);
  }

  /** As the configuration spells it, where it does. */
  #spelled(heard: string): string {
    return this.#deps.config.aircraft.find((each) => plainUid(each.uid) === plainUid(heard))?.uid ?? heard;
  }

  #newAircraft(uid: string, contact: Contact): Aircraft {
    const aircraft = new Aircraft({
      uid,
      handle: this.#nextHandle++,
      sysid: contact.sysid,
      compid: contact.compid,
      autopilot: contact.autopilot,
      clock: this.#deps.clock,
      sink: this.#deps.sink,
      sendOn: (path, message) => this.#deps.radio().send(path, message),
      failsafeParameters: this.#deps.config.failsafeParameters,
      before: this.#deps.lastKnown(uid),
      operator: this.#deps.config.remoteId,
      onText: this.#deps.onText,
      onSticksGivenUp: this.#deps.onSticksGivenUp,
      onReboot: (rebooted) => {
        this.#book.doubtAll(rebooted.uid);
        this.#greetings.add(rebooted);
      },
    });
    this.#byUid.set(uid, aircraft);
    return aircraft;
  }
}

/** OPEN_DRONE_ID_BASIC_ID to OPERATOR_ID. */
const isRemoteId = (msgid: number): boolean => msgid >= 12_900 && msgid <= 12_905;

const askerKey = (contact: Contact): string => `${contact.pathKey}#${contact.sysid}`;

/** A component is an autopilot by what it says, never by its number; gimbals and cameras say INVALID. */
function isAutopilot(message: MessageOf<"HEARTBEAT">): boolean {
  return message.autopilot !== MavAutopilot.INVALID && message.type !== MavType.GCS;
}

/** What radios call themselves: SiK is system 51, component 68. */
const isRadio = (frame: Frame): boolean => frame.sysid === 51 || frame.compid === 68;
