import type { Clock, ControlOverlay, LinkState } from "@outrider/contract";
import type { AnyMessageInit, Frame, MavMessage, MessageOf } from "@outrider/mavlink";
import { type AutopilotDoor, doorOf } from "../autopilot/index.js";
import { CommandDesk, RecentWords, withChecks } from "../command/index.js";
import { PositionDoubt } from "../doubt/index.js";
import type { FactSink, LastKnown } from "../journal/index.js";
import { StickDesk, tooSlow } from "../manual/index.js";
import { MissionDesk } from "../mission/index.js";
import { type KeptCopy, ParamDesk } from "../param/index.js";
import type { OperatorIdentity } from "../remote-id/index.js";
import type { Path } from "../route/index.js";
import {
  type AircraftState,
  FlightWatch,
  hear,
  heardLate,
  isJudged,
  LinkWatch,
  newAircraftState,
  payloadCommands,
  rateCommands,
  request,
  type Said,
  TextJoiner,
} from "../telemetry/index.js";
import { FrameOrder, type Order } from "./frame-order.js";
import { OtherWatch } from "./other-watch.js";
import { type CarrierChange, PathChoice } from "./path-choice.js";
import { Services } from "./services.js";

export type AircraftDeps = {
  readonly uid: string;
  readonly handle: number;
  readonly sysid: number;
  readonly compid: number;
  readonly autopilot: number;
  readonly clock: Clock;
  readonly sink: FactSink;
  readonly sendOn: (path: Path, message: AnyMessageInit) => boolean;
  readonly failsafeParameters: readonly string[];
  /** What the journal last said of it, before a restart too. */
  readonly before: Readonly<LastKnown> | undefined;
  /** What its remote ID module is told of us; nothing where left out. */
  readonly operator?: OperatorIdentity | undefined;
  /** Where its parameters outlive the bridge. */
  readonly kept?: KeptCopy | undefined;
  readonly onText: (aircraft: Aircraft, said: Said) => void;
  readonly onSticksGivenUp: (aircraft: Aircraft) => void;
  /** It began anew: another one may stand there now, and whoever stands there must be greeted. */
  readonly onReboot: (aircraft: Aircraft) => void;
};

/** Two aircraft behind one address seem to reboot with every frame; that they are two is found by asking. */
const rebootAgainMs = 10_000;

/** MAV_SEVERITY WARNING: what is milder comes as a text as well, or matters to nobody here. */
const eventSeverity = 4;

/** One identified aircraft: what is known of it, and the desks through which it is spoken to. */
export class Aircraft {
  readonly uid: string;
  readonly handle: number;
  readonly door: AutopilotDoor;
  readonly state: AircraftState = newAircraftState();
  readonly commands: CommandDesk;
  readonly missions: MissionDesk;
  readonly params: ParamDesk;
  readonly sticks: StickDesk;
  readonly services: Services;
  readonly watch: FlightWatch;
  readonly others: OtherWatch;
  sysid: number;
  /** The launch that its orders belong to; facts of the flight carry it. */
  launchId: string | undefined;
  /** The plan that was read back in this boot of the aircraft; without it nothing arms. */
  verifiedPlan: { readonly planId: string; readonly launchId: string | undefined } | undefined;
  gimbalTaken = false;
  /** Whether it must say anew who it is; until then nothing new is begun with it. */
  doubted = false;
  readonly #deps: AircraftDeps;
  readonly #compid: number;
  readonly #link: LinkWatch;
  readonly #doubt: PositionDoubt;
  readonly #texts = new TextJoiner();
  readonly #words = new RecentWords();
  readonly #paths = new PathChoice((change) => this.#carrierChanged(change));
  readonly #order = new FrameOrder();
  /** Of what else is aboard. */
  readonly #orders = new Map<number, FrameOrder>();
  #rebootOwed = false;
  #rebootToldMs = Number.NEGATIVE_INFINITY;
  /** A radio that tells of itself is one of the slow ones. */
  #overRadio = false;
  #flew = false;

  constructor(deps: AircraftDeps) {
    this.#deps = deps;
    this.uid = deps.uid;
    this.handle = deps.handle;
    this.sysid = deps.sysid;
    this.#compid = deps.compid;
    this.door = doorOf(deps.autopilot);
    const wire = { clock: deps.clock, sysid: () => this.sysid, send: (message: AnyMessageInit) => this.send(message) };
    this.commands = new CommandDesk({ ...wire, armingChecks: () => this.services.events.checks.failing });
    this.missions = new MissionDesk({ ...wire, homeFirst: this.door.missionBeginsWithHome });
    this.params = new ParamDesk({ ...wire, door: this.door, changed: () => this.readParameters(() => {}) });
    this.sticks = new StickDesk({
      ...wire,
      tooSlow: () => tooSlow(this.link, this.services.clock.roundsMs, this.state.positionMs - this.state.measuredMs),
      giveUp: (why) => this.#holdAfterSticks(why),
    });
    this.services = new Services({
      ...wire,
      uid: deps.uid,
      door: this.door,
      run: (spec, done) => void this.commands.run(spec, done),
      sink: deps.sink,
      state: this.state,
      operator: deps.operator,
      kept: deps.kept,
      onSaid: (said) => this.#eventSaid(said),
    });
    const { before } = deps;
    this.launchId = before?.armed === true ? before.launchId : undefined;
    this.watch = new FlightWatch(
      deps.uid,
      deps.sink,
      () => this.launchId,
      before,
      () => this.roundMs,
    );
    this.others = new OtherWatch(deps.uid, deps.sink, deps.clock.nowMs(), () => this.roundMs);
    this.#link = new LinkWatch(deps.uid, deps.sink, before?.linkLost ?? false, deps.clock.nowMs());
    this.#doubt = new PositionDoubt(deps.uid, deps.sink, before?.doubted ?? false);
  }

  /** Late while it is not sure who speaks there: orders wait, Hold, return and land do not. */
  get link(): LinkState {
    const { link } = this.#link;
    return link === "live" && this.doubted ? "late" : link;
  }

  get control(): ControlOverlay {
    const control = this.watch.control;
    if (control === "ours" && this.others.inControl) return "other";
    return control === "ours" && this.sticks.taken && this.state.mode === "position" ? "sticks" : control;
  }

  /** How long there and back took at the longest of late, ms; 0 while nobody knows. */
  get roundMs(): number {
    return Math.max(0, ...this.services.clock.roundsMs);
  }

  get positionDoubted(): boolean {
    return this.#doubt.doubted;
  }

  get paths(): readonly Path[] {
    return this.#paths.all;
  }

  addPath(path: Path): void {
    this.#paths.add(path, this.#deps.clock.nowMs());
    this.#link.plugged();
  }

  pathGone(pathKey: string): void {
    this.#paths.remove(pathKey);
    if (this.#paths.all.length === 0) this.#link.pulled(this.state, this.#deps.clock.nowMs());
  }

  /** What it said around the moment in which it refused to arm, with the checks that failed. */
  whyNotArmed(refusedMs: number): string {
    return withChecks(this.#words.around(refusedMs).join("; "), this.services.events.checks.failing);
  }

  /** Which of its paths carries what we send. */
  get carrier(): Path | undefined {
    return this.#paths.best(this.#deps.clock.nowMs());
  }

  /** By one of its paths: the better one, or the next where that one took nothing. Never by two: true when it left. */
  send(message: AnyMessageInit): boolean {
    const tMs = this.#deps.clock.nowMs();
    this.#noteSent(message, tMs);
    return this.#paths.inOrder(tMs).some((path) => this.#deps.sendOn(path, message));
  }

  /** How a path carries, as its link and its radio see it. */
  counted(path: Path, counts: { readonly frames: number; readonly lost: number }, tMs: number): void {
    this.#paths.counted(path.key, counts, tMs);
  }

  radioHeard(path: Path, status: MessageOf<"RADIO_STATUS">, tMs: number): void {
    this.#overRadio = true;
    this.#paths.radio(path.key, status, tMs);
  }

  /** After identification, and again after a reboot: rates, payload, and the failsafes it will act by. */
  greet(): void {
    this.services.greeted(this.#deps.clock.nowMs());
    for (const spec of [...rateCommands(), ...payloadCommands(), request("HOME_POSITION", this.#compid)])
      this.commands.run(spec, () => {});
    this.readParameters(() => {});
  }

  readParameters(done: () => void): void {
    this.params.read(this.#deps.failsafeParameters, ({ values, missing }) => {
      this.#deps.sink("FailsafeParametersRead", { uid: this.uid, values: { ...values }, missing: [...missing] });
      done();
      // A thousand values fill a slow radio for seconds: only on the ground, and never over one.
      if (!this.state.armed && !this.#overRadio) this.services.listParameters();
    });
  }

  /** A message that tells of its state and of nothing else. What that changes is judged at once. */
  hearStreamed(path: Path, frame: Frame, message: MavMessage, tMs: number): void {
    const fromAutopilot = frame.compid === this.#compid;
    if (this.#paths.isDuplicate(path, frame, tMs, fromAutopilot)) return;
    const judged = isJudged(frame.msgid);
    if (this.#inOrder(path, frame, message, tMs) === "late") return this.#heardLate(fromAutopilot, tMs);
    if (message.name === "CAMERA_FOV_STATUS") this.services.cameras.heardFov(frame.compid);
    this.#take(frame, message, tMs);
    if (judged) this.update(tMs);
    else if (this.state.heartbeatMs !== Number.NEGATIVE_INFINITY) this.#link.update(this.state, tMs);
  }

  hear(path: Path, frame: Frame, message: MavMessage, tMs: number): void {
    const { compid } = frame;
    const fromAutopilot = compid === this.#compid;
    if (this.#paths.isDuplicate(path, frame, tMs, fromAutopilot)) return;
    if (this.#inOrder(path, frame, message, tMs) === "late") return this.#heardLate(fromAutopilot, tMs);
    this.#take(frame, message, tMs);
    this.services.hear(message, compid, fromAutopilot, tMs);
    switch (message.name) {
      case "COMMAND_ACK":
        this.others.answered(message, tMs);
        this.commands.onAck(compid, message);
        break;
      case "MISSION_CURRENT":
        // What was read back is not what it carries now: nothing arms on it.
        if (fromAutopilot && this.others.carries(this.state.missionIds, tMs)) this.verifiedPlan = undefined;
        break;
      case "PARAM_VALUE":
        if (fromAutopilot) this.params.onValue(message);
        break;
      case "STATUSTEXT":
        for (const said of this.#texts.hear(compid, message, tMs)) this.#said(said, tMs);
        break;
      case "MISSION_REQUEST":
      case "MISSION_REQUEST_INT":
      case "MISSION_ACK":
      case "MISSION_COUNT":
      case "MISSION_ITEM_INT":
        if (fromAutopilot) this.missions.onMessage(message);
        break;
      default:
        break;
    }
  }

  /** Judges what has become of it: whenever that can have changed, and by the clock, so that silence is noticed. */
  update(tMs: number): void {
    if (this.state.heartbeatMs === Number.NEGATIVE_INFINITY) return;
    for (const said of this.#texts.overdue(tMs)) this.#said(said, tMs);
    if (this.#rebootOwed) this.#tellReboot(tMs);
    this.#link.update(this.state, tMs);
    this.services.clock.often = this.sticks.taken;
    this.services.update(tMs, this.link === "live");
    this.watch.update(this.state, tMs, this.door.modeName);
    // Told with its launch; what it does next belongs to the next one.
    const active = this.state.armed || this.watch.airborne;
    if (this.#flew && !active) {
      this.launchId = undefined;
      this.others.letGo();
    }
    this.#flew = active;
    this.#doubt.update(this.state, tMs);
    if (!this.state.armed && !this.watch.airborne) this.gimbalTaken = this.gimbalTaken && this.link === "live";
  }

  close(): void {
    this.commands.close();
    this.missions.close();
    this.params.close();
    this.services.close();
    this.sticks.release();
  }

  #holdAfterSticks(why: string): void {
    this.#deps.sink("SticksEnded", { uid: this.uid, text: why });
    this.watch.expect(["hold"], this.#deps.clock.nowMs());
    this.commands.runNow(this.door.hold(), (outcome) => {
      if (outcome.kind === "accepted") return this.sticks.ended();
      this.commands.runNow(this.door.holdByMode(), () => this.sticks.ended());
    });
    this.#deps.onSticksGivenUp(this);
  }

  /** What came late explains nothing that happens now, but what began while nobody heard: else the record alone has it. */
  #eventSaid({ severity, text, late }: { severity: number; text: string; late: boolean }): void {
    const tMs = this.#deps.clock.nowMs();
    if (severity > eventSeverity) return;
    for (const said of this.#texts.event({ severity, text }, tMs))
      if (late) {
        this.watch.onLateText(severity, said.text, tMs);
        this.#deps.sink("AutopilotSaid", { uid: this.uid, severity, text: said.text });
      } else this.#said(said, tMs);
  }

  #said(said: Said, tMs: number): void {
    this.#words.note(said.text, tMs);
    this.watch.onText(said.severity, said.text, tMs);
    this.commands.onText(said.text);
    this.#deps.sink("AutopilotSaid", { uid: this.uid, severity: said.severity, text: said.text });
    this.#deps.onText(this, said);
  }

  #noteSent(message: AnyMessageInit, tMs: number): void {
    switch (message.name) {
      case "COMMAND_LONG":
      case "COMMAND_INT":
        this.others.weSent(message.command ?? 0, tMs);
        this.services.gimbal.weSent(message.command ?? 0, tMs);
        return;
      case "MISSION_COUNT":
      case "MISSION_ITEM_INT":
      case "MISSION_CLEAR_ALL":
        this.others.wePut(tMs);
        return;
      default:
        return;
    }
  }

  #carrierChanged({ from, to, why }: CarrierChange): void {
    const name = (path: Path): string => `${path.link} ${path.peer}`;
    this.#deps.sink("CarrierChanged", {
      uid: this.uid,
      to: name(to),
      why,
      ...(from === undefined ? {} : { from: name(from) }),
    });
  }

  /** What a camera beside the main one says of its view is not said of the picture that is shown. */
  #take(frame: Frame, message: MavMessage, tMs: number): void {
    const fromAutopilot = frame.compid === this.#compid;
    if (this.services.cameras.saysOther(message, frame.compid, fromAutopilot))
      heardLate(this.state, fromAutopilot, tMs);
    else hear(this.state, message, fromAutopilot, this.door, tMs);
  }

  #inOrder(path: Path, frame: Frame, message: MavMessage, tMs: number): Order {
    const { compid } = frame;
    const fromAutopilot = compid === this.#compid;
    let order = fromAutopilot ? this.#order : this.#orders.get(compid);
    if (order === undefined) {
      order = new FrameOrder();
      this.#orders.set(compid, order);
    }
    const found = order.hear(path.key, frame.seq, message, frame.msgid, tMs);
    if (found === "rebooted" && fromAutopilot) this.#rebooted(tMs);
    return found;
  }

  /** It is there, and says nothing that is not known better. */
  #heardLate(fromAutopilot: boolean, tMs: number): void {
    heardLate(this.state, fromAutopilot, tMs);
    if (this.state.heartbeatMs !== Number.NEGATIVE_INFINITY) this.#link.update(this.state, tMs);
  }

  /** What it was told before is gone with its memory, each time: nothing arms on it. */
  #rebooted(tMs: number): void {
    this.verifiedPlan = undefined;
    this.gimbalTaken = false;
    this.state.bootMs = 0;
    this.state.home = undefined;
    this.state.homeAltAmslM = undefined;
    this.state.missionIds = undefined;
    this.others.rebooted();
    this.services.rebooted();
    this.#rebootOwed = true;
    this.#tellReboot(tMs);
  }

  /** Now, or when it may be told again. */
  #tellReboot(tMs: number): void {
    if (tMs - this.#rebootToldMs < rebootAgainMs) return;
    this.#rebootOwed = false;
    this.#rebootToldMs = tMs;
    this.#deps.sink("AircraftRebooted", { uid: this.uid });
    this.#deps.onReboot(this);
  }
}
