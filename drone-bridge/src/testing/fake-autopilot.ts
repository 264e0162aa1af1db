import {
  type AnyMessageInit,
  decode,
  FrameReader,
  MavCmd,
  type MavMessage,
  MavResult,
  type MessageOf,
  messageId,
  paramFromInteger,
  px4Mode,
} from "@outrider/mavlink";
import type { Bench } from "./bench.js";
import { FakePlanStore } from "./fake-plan-store.js";

export const fakeHome = { latDeg: 39.74, lonDeg: -104.99 };
export const fakeGroundAmslM = 1600;

/** A PX4-mannered peer that does at once what it is told: enough to see what the bridge does with its answers. */
export class FakeAutopilot {
  uid: string;
  sysid: number;
  readonly port: number;
  /** Addresses that it speaks from and hears at, each with every frame: two radios on board. */
  ways: number[];
  /** Frames that get lost on one of them, each way. */
  loses: (way: number) => boolean = () => false;
  readonly took: MessageOf<"COMMAND_LONG" | "COMMAND_INT">[] = [];
  readonly heard: MavMessage[] = [];
  readonly store: FakePlanStore;
  armed = false;
  landedState = 1;
  customMode = px4Mode(4, 3);
  systemStatus = 3;
  altAmslM = fakeGroundAmslM;
  latDeg = fakeHome.latDeg;
  velNorthMps = 0;
  bootAtMs: number;
  /** Answers nothing and does nothing, but goes on talking. */
  deaf = false;
  /** Does what it is told and does not say so. */
  mute = false;
  /** Result for each command id that is not simply accepted. */
  readonly results = new Map<number, number>();
  /** Commands it was told to stop, each with how many it had taken until then. */
  readonly cancels: { readonly command: number; readonly afterTaken: number }[] = [];
  /** Said after a command. */
  readonly says = new Map<number, string>();
  off = false;
  /** Tells the numbers of what it carries, and its clock to whoever asks. */
  tells = false;
  readonly #bench: Bench;
  #seq = 0;

  constructor(bench: Bench, options: { uid: string; sysid: number; port: number }) {
    this.#bench = bench;
    this.uid = options.uid;
    this.sysid = options.sysid;
    this.port = options.port;
    this.ways = [options.port];
    this.bootAtMs = bench.clock.nowMs() - 60_000;
    this.store = new FakePlanStore(bench.clock, (message) => this.send(message));
    const reader = new FrameReader();
    const before = bench.radio.onSent;
    bench.radio.onSent = (peer, bytes) => {
      before?.(peer, bytes);
      const way = this.ways.find((port) => peer === `127.0.0.1:${port}`);
      if (way === undefined || this.loses(way)) return;
      reader.pushDatagram(bytes, (frame) => {
        const message = decode(frame);
        // Later, as on any wire: an answer inside the sending call would hide mistakes of order.
        if (message !== undefined) bench.clock.after(2, () => this.#take(message));
      });
    };
    this.#beat();
    this.#report();
  }

  send(message: AnyMessageInit): void {
    if (this.off) return;
    const header = { sysid: this.sysid, compid: 1, seq: this.#seq++ & 0xff };
    for (const way of this.ways) if (!this.loses(way)) this.#bench.hear(message, header, way);
  }

  say(text: string, severity = 4): void {
    this.send({ name: "STATUSTEXT", severity, text, id: 0, chunkSeq: 0 });
  }

  commands(id: number): number {
    return this.took.filter((command) => command.command === id).length;
  }

  #beat(): void {
    const baseMode = 0x1d | (this.armed ? 0x80 : 0);
    const systemStatus = this.armed && this.systemStatus === 3 ? 4 : this.systemStatus;
    this.send({ name: "HEARTBEAT", type: 2, autopilot: 12, baseMode, customMode: this.customMode, systemStatus });
    this.send({ name: "EXTENDED_SYS_STATE", landedState: this.landedState });
    const [missionId, fenceId, rallyPointsId] = this.store.ids;
    if (this.tells) this.send({ name: "MISSION_CURRENT", seq: 0, total: 0, missionId, fenceId, rallyPointsId });
    this.#bench.clock.after(1_000, () => this.#beat());
  }

  #report(): void {
    const timeBootMs = this.#bench.clock.nowMs() - this.bootAtMs;
    const lon = Math.round(fakeHome.lonDeg * 1e7);
    this.send({
      name: "GLOBAL_POSITION_INT",
      timeBootMs,
      lat: Math.round(this.latDeg * 1e7),
      lon,
      alt: this.altAmslM * 1000,
      vx: this.velNorthMps * 100,
      hdg: 0,
    });
    this.#bench.clock.after(100, () => this.#report());
  }

  #take(message: MavMessage): void {
    this.heard.push(message);
    if (this.deaf || this.off) return;
    this.store.take(message);
    if (this.tells && message.name === "TIMESYNC" && message.tc1 === 0n) {
      const tc1 = BigInt(Math.round(this.#bench.clock.nowMs() - this.bootAtMs)) * 1_000_000n;
      this.send({ name: "TIMESYNC", tc1, ts1: message.ts1, targetSystem: 255, targetComponent: 190 });
    }
    if (message.name === "PARAM_REQUEST_READ")
      this.send({
        name: "PARAM_VALUE",
        paramId: message.paramId,
        paramType: 6,
        paramCount: 1,
        paramIndex: 0,
        ...paramFromInteger(2),
      });
    if (message.name === "COMMAND_CANCEL") return this.#stop(message.command);
    if (message.name !== "COMMAND_LONG" && message.name !== "COMMAND_INT") return;
    this.took.push(message);
    const result = this.results.get(message.command) ?? (asksOfPayload(message) ? MavResult.DENIED : 0);
    const text = this.says.get(message.command);
    if (text !== undefined) this.say(text);
    if (!this.mute) this.#answer(message.command, result);
    if (result === 0) this.#obey(message);
  }

  #answer(command: number, result: number): void {
    this.send({ name: "COMMAND_ACK", command, result, targetSystem: 255, targetComponent: 190 });
  }

  #stop(command: number): void {
    this.cancels.push({ command, afterTaken: this.took.length });
    if (!this.mute) this.#answer(command, MavResult.CANCELLED);
  }

  #obey(message: MessageOf<"COMMAND_LONG" | "COMMAND_INT">): void {
    switch (message.command) {
      case 512:
        if (message.param1 === 148)
          this.send({
            name: "AUTOPILOT_VERSION",
            uid2: Uint8Array.from(Buffer.from(this.uid, "hex")),
            flightSwVersion: 0x01110040,
          });
        return;
      case 400:
        this.armed = true;
        return;
      case 34:
        this.customMode = px4Mode(3, 1);
        return;
      case 300:
        this.customMode = px4Mode(4, 4);
        this.landedState = 2;
        this.altAmslM = fakeGroundAmslM + 60;
        return;
      case 20:
        this.customMode = px4Mode(4, 5);
        return;
      case 21:
        this.customMode = px4Mode(4, 6);
        return;
      case 176:
        this.customMode = px4Mode(message.param2, message.param3);
        return;
      case 192:
        this.customMode = px4Mode(4, 3);
        return;
      default:
        return;
    }
  }
}

/** It has neither gimbal nor camera, and says so when it is asked for them, as PX4 does. */
const asksOfPayload = ({ command, param1 }: MessageOf<"COMMAND_LONG" | "COMMAND_INT">): boolean =>
  command === MavCmd.REQUEST_MESSAGE &&
  [messageId("CAMERA_INFORMATION"), messageId("GIMBAL_MANAGER_INFORMATION")].includes(param1);
