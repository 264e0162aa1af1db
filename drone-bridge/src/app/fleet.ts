import { type AircraftSample, type Clock, encodeSamples, type Log, type TrafficSeen } from "@outrider/contract";
import { type Frame, MavAutopilot, type MavMessage, MavType, type MessageOf } from "@outrider/mavlink";
import { Aircraft, actOf } from "../aircraft/index.js";
import { doorOf } from "../autopilot/index.js";
import type { Deadman } from "../deadman/index.js";
import { type Contact, type Known, plainUid, Recognition } from "../identity/index.js";
import type { FactSink, LastKnown } from "../journal/index.js";
import type { KeptCopy } from "../param/index.js";
import type { Heard, Path, Radio } from "../route/index.js";
import { ForeignWatch, inAir, type Said, sampleOf } from "../telemetry/index.js";
import { Traffic } from "../traffic/index.js";
import { uplinkTiming } from "../uplink/index.js";
import type { BridgeConfig } from "./bridge-config.js";
import { Greetings } from "./greetings.js";
import { ourHeartbeat } from "./our-heartbeat.js";

/** Aircraft that this site does not list. They are heard and never ordered, and anybody can make up a thousand. */
const mostUnlisted = 64;

export type FleetDeps = {
  readonly config: BridgeConfig;
  readonly clock: Clock;
  readonly log: Log;
  readonly sink: FactSink;
  readonly radio: () => Radio;
  readonly lastKnown: (uid: string) => Readonly<LastKnown> | undefined;
  /** Where the parameters of an aircraft of this site outlive the bridge. */
  readonly kept: (uid: string) => KeptCopy | undefined;
  readonly onText: (aircraft: Aircraft, said: Said) => void;
  readonly onSticksGivenUp: (aircraft: Aircraft) => void;
};

/** Every aircraft heard: who it is, what it said, and the heartbeat it gets from us. */
export class Fleet {
  readonly #deps: FleetDeps;
  readonly #recognition: Recognition;
  readonly #byUid = new Map<string, Aircraft>();
  #foreign: ForeignWatch;
  readonly #lastSampleMs = new Map<string, number>();
  readonly #traffic = new Traffic();
  readonly #greetings = new Greetings();
  #nextHandle = 1;
  #handlesChanged = false;
  #crowded = false;

  constructor(deps: FleetDeps) {
    this.#deps = deps;
    this.#foreign = new ForeignWatch(deps.sink);
    this.#recognition = new Recognition({
      ...{ clock: deps.clock, log: deps.log, sink: deps.sink },
      send: (path, message) => deps.radio().send(path, message),
      spelled: (heard) => deps.config.aircraft.find((each) => plainUid(each.uid) === plainUid(heard))?.uid ?? heard,
      callSignOf: (uid) => this.callSignOf(uid),
      onKnown: (known) => this.#known(known),
      onGone: (uid, pathKey) => this.#byUid.get(uid)?.pathGone(pathKey),
      onSysid: (uid, sysid) => this.#sysidChanged(uid, sysid),
    });
  }

  get all(): readonly Aircraft[] {
    return [...this.#byUid.values()];
  }

  aircraftOf(uid: string): Aircraft | undefined {
    return this.#byUid.get(uid);
  }

  isDuplicate(uid: string): boolean {
    return this.#recognition.isDuplicate(uid);
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
    const contact = this.#recognition.contactOf(path, frame.sysid);
    if (contact === undefined) return;
    this.#recognition.voice(contact, frame, tMs);
    if (contact.uid !== undefined) this.#byUid.get(contact.uid)?.hearStreamed(path, frame, message, tMs);
  }

  #hearWord({ path, frame, message, tMs }: Heard): void {
    if (message.name === "HEARTBEAT" && message.type === MavType.GCS) return this.#hearForeign(path, frame.sysid, tMs);
    if (message.name === "HEARTBEAT" && isAutopilot(message)) this.#heartbeat(path, frame, message, tMs);
    if (message.name === "RADIO_STATUS" && isRadio(frame)) return this.#hearRadio(path, message, tMs);
    if (message.name === "HIGH_LATENCY2") this.#hearLowRate(path, frame, message.autopilot, tMs);
    const contact = this.#recognition.contactOf(path, frame.sysid);
    if (isRemoteId(frame.msgid)) this.#hearRemoteId(path, frame, message, contact, tMs);
    if (contact === undefined) return this.#overhear(path, frame, message);
    this.#recognition.voice(contact, frame, tMs);
    if (message.name === "AUTOPILOT_VERSION" && frame.compid === contact.compid)
      this.#recognition.identify(path, contact, message, tMs);
    if (message.name === "COMMAND_ACK") this.#recognition.answered(contact, frame.compid, message);
    const aircraft = contact.uid === undefined ? undefined : this.#byUid.get(contact.uid);
    if (aircraft === undefined) return;
    if (message.name === "ADSB_VEHICLE") this.#traffic.adsb(aircraft.uid, message, tMs);
    if (message.name === "UTM_GLOBAL_POSITION") this.#traffic.utm(aircraft.uid, message, tMs);
    aircraft.hear(path, frame, message, tMs);
    aircraft.update(tMs);
  }

  pathGone(path: Path): void {
    this.#recognition.pathGone(path);
    for (const aircraft of this.#byUid.values()) aircraft.pathGone(path.key);
  }

  update(tMs: number): void {
    this.#greetings.update();
    this.#recognition.update(tMs);
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
    this.#recognition.reset();
    this.#foreign = new ForeignWatch(this.#deps.sink);
    this.#lastSampleMs.clear();
    this.#traffic.clear();
    this.#crowded = false;
  }

  close(): void {
    this.#recognition.close();
    for (const aircraft of this.#byUid.values()) aircraft.close();
    this.#greetings.clear();
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

  #heartbeat(path: Path, frame: Frame, message: MessageOf<"HEARTBEAT">, tMs: number): void {
    this.#deps.radio().carriesAircraft(path);
    const { uid } = this.#recognition.heartbeat(path, frame, message.autopilot, tMs);
    const aircraft = uid === undefined ? undefined : this.#byUid.get(uid);
    if (aircraft !== undefined) this.#judge(aircraft);
  }

  /** A satellite modem brings no heartbeat and no answer: what it tells is of the one aircraft with that system id. */
  #hearLowRate(path: Path, { sysid, compid }: Frame, autopilot: number, tMs: number): void {
    const [only, ...more] = this.all.filter((aircraft) => aircraft.sysid === sysid);
    if (only === undefined || more.length > 0 || this.isDuplicate(only.uid)) return;
    if (!this.#recognition.adopt(path, { sysid, compid, autopilot, uid: only.uid }, tMs)) return;
    this.#deps.radio().carriesAircraft(path);
    only.addPath(path);
  }

  #known({ uid, contact, path, firmware }: Known): void {
    const listed = this.#deps.config.aircraft.some((each) => each.uid === uid);
    if (!listed && !this.#byUid.has(uid) && this.#tooMany()) return;
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
      firmware,
      signedLink: path.signed,
      endpoint: `${path.link} ${path.peer}`,
    };
    // Whoever enrols an aircraft reads its uid here.
    this.#deps.log("info", "aircraft identified", { ...identity, enrolled: listed });
    this.#deps.sink("AircraftIdentified", identity);
    this.#handlesChanged = true;
    this.#greetings.add(aircraft);
  }

  #tooMany(): boolean {
    const { aircraft } = this.#deps.config;
    const unlisted = this.all.filter(({ uid }) => !aircraft.some((each) => each.uid === uid)).length;
    if (unlisted < mostUnlisted) return false;
    if (!this.#crowded)
      this.#deps.log(
        "error",
        "too many aircraft that this site does not list: no more of them are shown until the bridge starts anew",
        { unlisted },
      );
    this.#crowded = true;
    return true;
  }

  #sysidChanged(uid: string, sysid: number): void {
    const aircraft = this.#byUid.get(uid);
    if (aircraft !== undefined) aircraft.sysid = sysid;
    this.#handlesChanged = true;
  }

  #judge(aircraft: Aircraft): void {
    aircraft.doubted = this.#recognition.isDoubted(aircraft.carrier, aircraft.sysid);
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
      kept: this.#deps.kept(uid),
      onText: this.#deps.onText,
      onSticksGivenUp: this.#deps.onSticksGivenUp,
      onReboot: (rebooted) => {
        this.#recognition.doubt(rebooted.uid);
        this.#greetings.add(rebooted);
      },
    });
    this.#byUid.set(uid, aircraft);
    return aircraft;
  }
}

/** OPEN_DRONE_ID_BASIC_ID to OPERATOR_ID, and MESSAGE_PACK. */
const isRemoteId = (msgid: number): boolean => (msgid >= 12_900 && msgid <= 12_905) || msgid === 12_915;

/** A component is an autopilot by what it says, never by its number; gimbals and cameras say INVALID. */
function isAutopilot(message: MessageOf<"HEARTBEAT">): boolean {
  return message.autopilot !== MavAutopilot.INVALID && message.type !== MavType.GCS;
}

/** What radios call themselves: SiK is system 51, component 68. */
const isRadio = (frame: Frame): boolean => frame.sysid === 51 || frame.compid === 68;
