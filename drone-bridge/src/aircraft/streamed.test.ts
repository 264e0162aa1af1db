import { codecNamed, encodeFrame, type Frame, FrameReader, type MavMessage, type MessageName } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { streamedNames } from "../route/index.js";
import { FakeClock, fakeChance } from "../testing/index.js";
import { Aircraft } from "./index.js";

const path = { key: "p", link: "l", peer: "x", signed: false };
const roundMs = 100;

/** One aircraft, and what it made of what it heard. */
function one() {
  const clock = new FakeClock();
  const facts: string[] = [];
  const aircraft = new Aircraft({
    uid: "a",
    handle: 1,
    sysid: 1,
    compid: 1,
    autopilot: 12,
    clock,
    sink: (type, data) => facts.push(`${clock.nowMs()} ${type} ${JSON.stringify(data)}`),
    sendOn: () => true,
    failsafeParameters: [],
    before: undefined,
    onText: () => {},
    onSticksGivenUp: () => {},
    onReboot: () => facts.push("rebooted"),
  });
  aircraft.addPath(path);
  return { clock, facts, aircraft };
}

function frameOf(bytes: Uint8Array): Frame {
  const frames: Frame[] = [];
  new FrameReader().pushDatagram(bytes, (frame) => frames.push(frame));
  const [frame] = frames;
  if (frame === undefined) throw new Error("no frame");
  return frame;
}

/** Any numbers, mostly small ones: a landed state or a fix type that means something. */
function anything(name: MessageName, unit: () => number): MavMessage {
  const codec = codecNamed(name);
  if (codec === undefined) throw new Error(`no codec for ${name}`);
  const bytes = Uint8Array.from({ length: codec.maxLength }, () => Math.floor(unit() * (unit() < 0.7 ? 5 : 256)));
  const out = codec.blank();
  codec.decode(new DataView(bytes.buffer), 0, bytes.length, out);
  return out;
}

const beat = (armed: boolean): MavMessage => ({
  name: "HEARTBEAT",
  type: 2,
  autopilot: 12,
  baseMode: armed ? 0x81 : 1,
  customMode: 0x03_04_00_00,
  systemStatus: armed ? 4 : 3,
  mavlinkVersion: 3,
});

describe("what an aircraft streams", () => {
  it("tells the same as every other message would: nothing but its state is made of it, and facts from that", () => {
    const { unit } = fakeChance(7);
    const [streamed, word] = [one(), one()];
    for (let n = 0; n < 6_000; n++) {
      const name = streamedNames[Math.floor(unit() * streamedNames.length)] ?? "ATTITUDE";
      const message = n % 50 === 0 ? beat(n % 400 < 200) : anything(name, unit);
      const compid = unit() < 0.9 ? 1 : 100;
      const frame = frameOf(encodeFrame(message, { sysid: 1, compid, seq: n & 0xff }));
      for (const { clock, aircraft } of [streamed, word]) {
        const tMs = clock.nowMs();
        if (aircraft === word.aircraft || message.name === "HEARTBEAT") {
          aircraft.hear(path, frame, message, tMs);
          aircraft.update(tMs);
        } else aircraft.hearStreamed(path, frame, message, tMs);
        aircraft.update(tMs);
        clock.run(n % 1_000 === 999 ? 5_000 : roundMs);
      }
    }
    expect(streamed.aircraft.state).toEqual(word.aircraft.state);
    expect(streamed.facts).toEqual(word.facts);
    expect(word.facts.length).toBeGreaterThan(20);
  });

  it("is judged with the very frame where it can mean that it flies, and ends a late link at once", () => {
    const { clock, facts, aircraft } = one();
    const hear = (message: MavMessage): void => {
      const frame = frameOf(encodeFrame(message, { sysid: 1, compid: 1, seq: 0 }));
      if (message.name === "HEARTBEAT") {
        aircraft.hear(path, frame, message, clock.nowMs());
        aircraft.update(clock.nowMs());
      } else aircraft.hearStreamed(path, frame, message, clock.nowMs());
    };
    hear(beat(true));
    hear({ name: "EXTENDED_SYS_STATE", vtolState: 0, landedState: 2 });
    expect(facts.some((fact) => fact.includes(" Airborne "))).toBe(true);
    clock.run(3_000);
    aircraft.update(clock.nowMs());
    expect(aircraft.link).toBe("late");
    hear(anything("BATTERY_STATUS", () => 0));
    expect(aircraft.link).toBe("live");
  });
});
