import { type AnyMessageInit, decode, encodeFrame, FrameReader, MavAutopilot, MavType } from "@outrider/mavlink";

/** How often each fault comes, for one datagram or (the slow ones) for one second. */
const odds = {
  lost: 0.02,
  twice: 0.01,
  late: 0.01,
  cut: 0.005,
  noise: 0.005,
  silentPerS: 1 / 40,
  rebootPerS: 1 / 90,
  armPerS: 1 / 15,
  textPerS: 1 / 5,
} as const;
const quietMs = { least: 1_500, most: 8_000 } as const;
const compid = 1;
const armedBit = 0x81;
const requestMessage = 512;
const autopilotVersion = 148;

/**
 * One aircraft of a soak: talks at its rate, answers what it is asked, and has every fault that a bad radio and a bad
 * day bring. Pure: time and dice are handed in, and what it says comes back as datagrams.
 */
export class SoakAircraft {
  readonly sysid: number;
  readonly #dice: () => number;
  #seq = 0;
  #steps = 0;
  #bootMs: number;
  #armed = false;
  #calm = false;
  #gone = false;
  #silentUntilMs = 0;
  #late: Uint8Array | undefined;

  constructor(sysid: number, dice: () => number, tMs: number) {
    this.sysid = sysid;
    this.#dice = dice;
    this.#bootMs = tMs - 60_000;
  }

  /** No faults any more; it lands. */
  calm(): void {
    this.#calm = true;
    this.#silentUntilMs = 0;
    this.#armed = false;
  }

  /** Never heard again. */
  leave(): void {
    this.#gone = true;
  }

  /** What leaves in this step; `hz` steps make a second. */
  step(tMs: number, hz: number): readonly Uint8Array[] {
    const second = this.#steps % hz === 0;
    this.#steps++;
    if (second && !this.#calm) this.#misfortune(tMs);
    if (this.#gone || tMs < this.#silentUntilMs) return [];
    const said: AnyMessageInit[] = [this.#position(tMs)];
    if (second) said.push(...this.#everySecond());
    return said.flatMap((message) => this.#aired(this.#frame(message)));
  }

  /** Answers to what came from the bridge. */
  hear(bytes: Uint8Array, tMs: number): readonly Uint8Array[] {
    if (this.#gone || tMs < this.#silentUntilMs) return [];
    const answers: Uint8Array[] = [];
    new FrameReader().pushDatagram(bytes, (frame) => {
      const message = decode(frame);
      if (message?.name !== "COMMAND_LONG" && message?.name !== "COMMAND_INT") return;
      const { command } = message;
      answers.push(
        this.#frame({ name: "COMMAND_ACK", command, targetSystem: frame.sysid, targetComponent: frame.compid }),
      );
      if (message.name === "COMMAND_LONG" && command === requestMessage && message.param1 === autopilotVersion)
        answers.push(this.#frame({ name: "AUTOPILOT_VERSION", uid: 0x50_41_4b_00n + BigInt(this.sysid) }));
    });
    return answers.flatMap((frame) => this.#aired(frame));
  }

  #misfortune(tMs: number): void {
    if (this.#dice() < odds.silentPerS)
      this.#silentUntilMs = tMs + quietMs.least + this.#dice() * (quietMs.most - quietMs.least);
    if (this.#dice() < odds.armPerS) this.#armed = !this.#armed;
    if (this.#dice() >= odds.rebootPerS) return;
    this.#bootMs = tMs;
    this.#armed = false;
  }

  #everySecond(): AnyMessageInit[] {
    const base: AnyMessageInit[] = [
      {
        name: "HEARTBEAT",
        type: MavType.QUADROTOR,
        autopilot: MavAutopilot.PX4,
        baseMode: this.#armed ? armedBit : 1,
        customMode: 0x03_04_00_00,
        systemStatus: this.#armed ? 4 : 3,
        mavlinkVersion: 3,
      },
      { name: "EXTENDED_SYS_STATE", landedState: this.#armed ? 2 : 1 },
      { name: "SYS_STATUS", batteryRemaining: 80 },
    ];
    if (!this.#calm && this.#dice() < odds.textPerS)
      base.push({ name: "STATUSTEXT", severity: 6, text: `said ${this.#steps}` });
    return base;
  }

  #position(tMs: number): AnyMessageInit {
    const swing = Math.sin(tMs / 10_000 + this.sysid);
    return {
      name: "GLOBAL_POSITION_INT",
      timeBootMs: Math.max(0, Math.round(tMs - this.#bootMs)),
      lat: 397_400_000 + Math.round(1_000 * swing) + this.sysid * 10_000,
      lon: -1_049_900_000,
      alt: 1_650_000,
      vx: Math.round(100 * swing),
    };
  }

  #frame(message: AnyMessageInit): Uint8Array {
    const frame = encodeFrame(message, { sysid: this.sysid, compid, seq: this.#seq });
    this.#seq = (this.#seq + 1) & 0xff;
    return frame;
  }

  /** What a bad radio makes of one datagram. */
  #aired(frame: Uint8Array): readonly Uint8Array[] {
    const before = this.#late === undefined ? [] : [this.#late];
    this.#late = undefined;
    if (this.#calm) return [frame, ...before];
    if (this.#dice() < odds.lost) return before;
    if (this.#dice() < odds.twice) return [frame, frame, ...before];
    if (this.#dice() < odds.cut) return [frame.slice(0, Math.floor(this.#dice() * frame.length)), ...before];
    if (this.#dice() < odds.noise) {
      const noise = Uint8Array.from({ length: 40 }, () => Math.floor(this.#dice() * 256));
      return [noise, frame, ...before];
    }
    if (this.#dice() < odds.late) {
      this.#late = frame;
      return before;
    }
    return [frame, ...before];
  }
}
